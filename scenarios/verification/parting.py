"""Where two journals part: the first event that only one of them has, with both histories of its worker."""

from __future__ import annotations

import numpy as np

from simulation.calendar import date_of
from simulation.journal import Event, Journal, codes_of, days_of, details_of, workers_of


def parting(one: Journal, other: Journal, names: tuple[str, str]) -> str:
    """Both histories of the worker of the first different event, as text; empty where the journals agree."""
    if one.tobytes() == other.tobytes():
        return ""
    mine, theirs = set(one.tolist()), set(other.tolist())
    different = sorted(mine ^ theirs)
    if not different:
        return "the journals hold the same events, but not in the same order or not as often"
    first = np.array(different[:1], dtype=np.uint64)
    worker = int(workers_of(first)[0])
    lines = [f"{len(different)} events differ; the first is of worker {worker}, on {_date(first)}"]
    for name, journal in zip(names, (one, other), strict=True):
        lines += [f"  {name}", *_history(journal, worker, different[0])]
    return "\n".join(lines)


def _date(event: Journal) -> str:
    return date_of(int(days_of(event)[0])).isoformat()


def _history(journal: Journal, worker: int, marked: int) -> list[str]:
    """A worker's events, one a line, with an arrow at the one that only this journal has."""
    own = journal[workers_of(journal) == worker]
    columns = zip(*(f(own).tolist() for f in (days_of, codes_of, details_of)), own.tolist(), strict=True)
    lines = []
    for day, code, detail, packed in columns:
        arrow = "->" if packed == marked else "  "
        lines.append(f"   {arrow} {date_of(day)}  {Event(code).name.lower():16} {detail or ''}".rstrip())
    return lines
