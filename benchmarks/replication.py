"""How long one replication takes, against the plain way to write it, and how that grows with the workforce.

    python benchmarks/replication.py            # the whole table, two or three minutes
    python benchmarks/replication.py --bound    # the same, and fail where a loose bound is broken

The cases are run in turn, several times over, so that a busy spell of the machine falls on all of them alike;
the table shows medians. Bounds are held against processor time, which neighbours disturb least.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rules.levers import Levers
from scenarios.loader import load_scenario
from simulation.codes import REGIONS
from simulation.durations import Duration, fixed
from simulation.inputs import Inputs, PlainScheme
from simulation.parameters import Parameters
from simulation.prepared import Prepared
from simulation.replicate import prepare, replicate, simulate
from simulation.twin import run_twin

LEAST_RATIO = 10.0
MOST_SECONDS = 1.5
MOST_PLAIN_SECONDS = 0.3
TARGET_SECONDS = 0.5
TARGET_PLAIN_SECONDS = 0.1
MEBIBYTE = 1024

ROLLOUT, MEASURED, TWIN, PLAIN = "rollout", "rollout, measured", "twin", "plain scheme"


@dataclass
class Case:
    """Something to time: `what` is done at a `scale`, its replications numbered as they come."""

    what: str
    scale: float
    people: int = 0
    mebibytes: float = 0.0
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def ready(self) -> Callable[[int], object]:
        """Prepare the arm, and give what runs one of its replications."""
        prepared = prepare(plain_inputs() if self.what == PLAIN else rollout_inputs(self.scale))
        self.people = prepared.workforce.size
        if self.what == MEASURED:
            return lambda number: replicate(prepared, number)
        if self.what == TWIN and isinstance(prepared, Prepared):
            return lambda number: run_twin(prepared, number)
        return lambda number: simulate(prepared, number)

    def time(self, run: Callable[[int], object], number: int) -> None:
        """Run one replication and keep its times."""
        wall, processor = time.perf_counter(), time.process_time()
        run(number)
        self.wall.append(time.perf_counter() - wall)
        self.processor.append(time.process_time() - processor)

    @property
    def seconds(self) -> float:
        return median(self.processor)


def rollout_inputs(scale: float) -> Inputs:
    return load_scenario("mandatory").inputs(seed=2017, scale=scale)


def plain_inputs() -> Inputs:
    """30,000 people, nine centres, four years: enough seats for everyone to come through with retakes."""
    scheme = PlainScheme(
        count=30_000,
        regions=tuple((region, 1 / len(REGIONS)) for region in REGIONS),
        eligible_first=date(2017, 1, 2),
        eligible_last=date(2018, 12, 31),
        seats=tuple((region, 7) for region in REGIONS),
        preparation=Duration("pert", (14, 42, 120)),
        endorsement=Duration("lognormal", (21, 0.6)),
        endorsement_probability=0.85,
        pass_probability=(0.9, 0.8, 0.88),
        narrow_share=0.85,
        result=fixed(20),
        attempts=3,
        leaving_rate=0.13,
        no_show=0.04,
    )
    return Inputs(
        Levers(),
        Parameters.shipped(),
        start=date(2017, 1, 2),
        until=date(2020, 12, 31),
        plain=scheme,
    )


def peak_memory(what: str, scale: float) -> float:
    """The most memory, in MiB, of a process that prepares and runs one replication of a case."""
    Case(what, scale).ready()(0)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def in_a_fresh_process(what: str, scale: float) -> float:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(peak_memory, (what, scale))


def measured(cases: list[Case], runs: int) -> None:
    """Fill in times and memory; memory first, while this process is small and its children start small."""
    for case in cases:
        case.mebibytes = in_a_fresh_process(case.what, case.scale)
    ready = [case.ready() for case in cases]
    for run in ready:
        run(0)
    for number in range(1, runs + 1):
        for case, run in zip(cases, ready, strict=True):
            case.time(run, number)


def table(cases: list[Case]) -> str:
    lines = [f"{'':20}{'scale':>7}{'people':>10}{'wall s':>10}{'cpu s':>10}{'peak MiB':>10}"]
    lines += [
        f"{case.what:20}{case.scale:>7g}{case.people:>10,}{median(case.wall):>10.3f}{case.seconds:>10.3f}"
        f"{case.mebibytes:>10.0f}"
        for case in cases
    ]
    return "\n".join(lines)


def main() -> int:
    """Print the table and what follows from it; with --bound, 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=10, help="the large workforce, in times the national")
    parser.add_argument("--twin-scale", type=float, default=0.25, help="the workforce of the twin")
    parser.add_argument("--runs", type=int, default=3, help="how often each case is timed")
    parser.add_argument("--bound", action="store_true", help="fail where a loose bound is broken")
    chosen = parser.parse_args()
    national, whole = Case(ROLLOUT, 1), Case(MEASURED, 1)
    small, twin = Case(ROLLOUT, chosen.twin_scale), Case(TWIN, chosen.twin_scale)
    large, plain = Case(ROLLOUT, chosen.scale), Case(PLAIN, 1)
    cases = [national, whole, small, twin, large, plain]
    measured(cases, max(chosen.runs, 1))
    ratio = twin.seconds / small.seconds
    growth = (large.seconds / national.seconds) / (large.people / national.people)
    print(table(cases))
    print(f"\ntwin / rollout at the same scale: {ratio:.0f} times")
    print(f"time ratio / size ratio from scale 1 to {chosen.scale:g}: {growth:.2f} (1 is linear)")
    rows = [
        ("rollout, measured", whole.seconds, MOST_SECONDS, TARGET_SECONDS),
        ("plain scheme", plain.seconds, MOST_PLAIN_SECONDS, TARGET_PLAIN_SECONDS),
    ]
    for name, found, bound, target in rows:
        print(f"{name}: {found:.3f} s (target {target:g} s, bound {bound:g} s)")
    broken = [
        f"{name} takes {found:.2f} s, more than {bound:g} s"
        for name, found, bound, _ in rows
        if found > bound
    ]
    if ratio < LEAST_RATIO:
        broken.append(f"the twin takes {ratio:.1f} times as long, less than {LEAST_RATIO:g} times")
    if chosen.bound and broken:
        print("bounds broken: " + "; ".join(broken), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
