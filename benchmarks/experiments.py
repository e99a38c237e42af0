"""What surrounds a replication: keeping it and reading it again, many in pairs, many settings of parameters.

    python benchmarks/experiments.py                     # some minutes
    python benchmarks/experiments.py --bound             # only what keeping costs; fail where it is too much
    python benchmarks/experiments.py --pairs 200 --trajectories 10    # the promises at full size

Experiments run on `--jobs` processes into a store of their own, which is thrown away. Their times are of the
wall clock, as promises are, and depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analysis.factors import factors
from analysis.morris import elementary_effects
from analysis.study import Floats, Study
from scenarios.experiment import Arm, run, simulate
from scenarios.loader import load_scenario
from scenarios.store import Store

MOST_SHARE = 0.15
NAMES = ("voluntary", "mandatory")
PAIRS, PAIRS_SECONDS = 200, 90.0
PARAMETERS, TRAJECTORIES, MORRIS_SECONDS = 20, 10, 300.0


def arms() -> list[Arm]:
    return [Arm(name, load_scenario(name).inputs(seed=2017)) for name in NAMES]


def keeping(runs: int) -> tuple[float, float, float]:
    """Medians of processor seconds: to simulate and measure a replication, to write it, and to read it."""
    _, arm = arms()
    times: list[list[float]] = [[], [], []]
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        where = store.open(arm.inputs, arm.name)
        store.begin(arm.inputs, arm.name)
        for number in range(runs + 1):
            found = []

            def timed(do: Callable[[], object], into: list[object]) -> float:
                began = time.process_time()
                into.append(do())
                return time.process_time() - began

            taken = [timed(lambda: simulate(arm.inputs, number), found)]  # noqa: B023
            record = found[0]
            taken.append(timed(lambda: store.write(where, number, record), found))  # noqa: B023
            store.stored(where)
            taken.append(timed(lambda: store.read(where, number), found))  # noqa: B023
            if number:  # the first prepares the arm and warms everything up
                for kept, seconds in zip(times, taken, strict=True):
                    kept.append(seconds)
    simulated, written, read = map(median, times)
    return simulated, written, read


def pairs(count: int, jobs: int) -> tuple[float, float]:
    """Wall seconds of an experiment with two national scenarios, and of the same again, when all is kept."""
    with TemporaryDirectory() as folder:
        seconds = []
        for _ in range(2):
            began = time.perf_counter()
            run(arms(), count, jobs, store=Store(Path(folder)))
            seconds.append(time.perf_counter() - began)
    return seconds[0], seconds[1]


def morris(trajectories: int, jobs: int) -> float:
    """Wall seconds of Morris's screening of the paired difference over twenty parameters."""
    sides = arms()
    everything = factors([arm.inputs.parameters for arm in sides])
    varied = everything[:: len(everything) // PARAMETERS][:PARAMETERS]  # of the workforce and of the world
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))

        def runner(some: list[Arm], numbers: list[int]) -> object:
            return run(some, len(numbers), jobs, store=store, numbers=numbers)

        study = Study(sides, varied, "accredited", sides[0].inputs.until, runner)  # type: ignore[arg-type]

        def evaluate(points: Floats, number: int) -> Floats:
            settings = [{f.id: f.at(x) for f, x in zip(varied, row, strict=True)} for row in points]
            return study.values(settings, [number])[:, 0]

        began = time.perf_counter()
        elementary_effects(len(varied), trajectories, 2017, evaluate)
        return time.perf_counter() - began


def main() -> int:
    """Print what was measured; with --bound, only what keeping costs, and 1 where that is too much."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="replications timed for what keeping costs")
    parser.add_argument("--pairs", type=int, default=10, help="paired replications of two scenarios")
    parser.add_argument("--trajectories", type=int, default=1, help="trajectories of Morris's screening")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--bound", action="store_true", help="fail where keeping costs too much")
    chosen = parser.parse_args()
    simulated, written, read = keeping(max(chosen.runs, 1))
    share = (written + read) / (simulated + written + read)
    print(f"a national replication {simulated:.3f} s, written in {written:.4f} s, read in {read:.4f} s (cpu)")
    print(f"writing and reading: {share:.1%} of a run (bound {MOST_SHARE:.0%})")
    if chosen.bound:
        return int(share > MOST_SHARE)
    first, again = pairs(chosen.pairs, chosen.jobs)
    print(f"{chosen.pairs} paired national replications on {chosen.jobs} processes: {first:.1f} s")
    print(f"    at that rate {PAIRS}: {first / chosen.pairs * PAIRS:.0f} s (target {PAIRS_SECONDS:g} s)")
    print(f"    the same again, all of it kept: {again:.2f} s")
    taken = morris(chosen.trajectories, chosen.jobs)
    print(
        f"Morris of a difference, {PARAMETERS} parameters, {chosen.trajectories} trajectories: {taken:.1f} s"
    )
    whole = taken / chosen.trajectories * TRAJECTORIES
    print(f"    at that rate {TRAJECTORIES} trajectories: {whole:.0f} s (target {MORRIS_SECONDS:g} s)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
