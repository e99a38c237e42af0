"""The twin: a slow and obvious model of the same policy, with one SimPy process for each person.

Both must write the same journal, event for event: that is the proof that the fast world is right, and the
twin is what it is right about. `twin_worker` tells a life from beginning to end; `twin_organisations` holds
the employers, centres and careers that people meet; `twin_seats` and `twin_calendar` count seats, weeks and
lead times day by day, and `twin_rules` who is called when.

What the two share, the proof cannot reach: docs/verification.md lists it.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from simulation.capacity import VENUES
from simulation.journal import Event, Journal, codes_of, days_of, details_of, workers_of
from simulation.prepared import Prepared
from simulation.twin_nation import Nation
from simulation.twin_organisations import Agency, Careers, Centre, Employer, Inspector, Neighbours
from simulation.twin_worker import Worker


def run_twin(prepared: Prepared, replication: int) -> Journal:
    """The journal of one replication, as `simulate(prepared, replication).journal` gives it."""
    nation = Nation(prepared, replication)
    people = prepared.workforce
    nation.workers = [Worker(nation, row) for row in range(people.size)]
    in_post = nation.workers[: people.baseline]
    staff = Counter(worker.employer for worker in in_post)
    managers = Counter(
        worker.employer
        for worker in in_post
        if worker.role == "first_line_manager" and worker.contract == "employed"
    )
    nation.employers = [
        Employer(nation, row, managers[row], staff[row]) for row in range(len(people.employers))
    ]
    nation.centres = [Centre(nation, venue) for venue in range(len(VENUES))]
    Neighbours(nation)
    Agency(nation)
    Inspector(nation)
    Careers(nation)
    nation.env.run()
    past = (prepared.until + 1) << 48
    return np.array(sorted(event for event in nation.events if event < past), dtype=np.uint64)


def first_difference(fast: Journal, slow: Journal) -> str | None:
    """The first event in which two journals part, with both histories of its worker; None if they agree."""
    if np.array_equal(fast, slow):
        return None
    only_fast, only_slow = (set(a.tolist()) - set(b.tolist()) for a, b in ((fast, slow), (slow, fast)))
    different = sorted(only_fast | only_slow)
    if not different:
        return "the journals hold the same events, but not in the same order or not as often"
    first = different[0]
    worker = int(workers_of(np.array([first], dtype=np.uint64))[0])
    lines = [f"{len(different)} events differ; the first is of worker {worker}:"]
    for name, journal in (("fast", fast), ("slow", slow)):
        lines += [f"{name}:", *_history(journal, worker, first)]
    return "\n".join(lines)


def _history(journal: Journal, worker: int, marked: int) -> list[str]:
    """A worker's events, one a line, with an arrow at the one marked."""
    own = journal[workers_of(journal) == worker]
    columns = zip(
        days_of(own).tolist(), codes_of(own).tolist(), details_of(own).tolist(), own.tolist(), strict=True
    )
    return [
        f"  {'->' if packed == marked else '  '} day {day:5} {Event(code).name.lower():16} {detail}"
        for day, code, detail, packed in columns
    ]
