"""How long capacity takes: `show` from stored results, what is kept of a run, and sizing nine regions.

    python benchmarks/capacity.py            # the table; some minutes, most of them for sizing
    python benchmarks/capacity.py --quick    # without sizing
    python benchmarks/capacity.py --bound    # the same, and fail where a bound is broken

Bounds are held against processor time, which neighbours disturb least; that of `naas capacity show` is of the
whole command, from the start of its process to its end. Sizing is told in time on the clock, since it works
on every core.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analysis.capacity.futures import Futures
from analysis.capacity.plans import LUMPS
from analysis.capacity.sizing import size
from analysis.capacity.targets import Target
from scenarios import shard
from scenarios.experiment import run
from scenarios.line_up import line_up
from scenarios.record import record
from scenarios.store import Store
from simulation.replicate import prepare, replicate

HERE = Path(__file__).resolve().parents[1]
REPLICATIONS = 20
TARGET_SECONDS, MOST_SECONDS = 0.9, 2.0
TARGET_SHARE, MOST_SHARE = 0.15, 0.30
TARGET_BYTES = 300_000
SIZING_MINUTES = 3.0
RUNS = 5


def timed(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return median(taken)


def command(*words: str) -> float:
    """Seconds of processor time that a whole `naas` command takes, its smallest of some runs."""
    taken = []
    for _ in range(RUNS):
        begun = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "cli.main", *words], check=True, cwd=HERE, stdout=subprocess.DEVNULL
        )
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime)
    return min(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bound", action="store_true", help="fail where a bound is broken")
    parser.add_argument("--quick", action="store_true", help="leave sizing out")
    asked = parser.parse_args()
    arm = line_up(["mandatory"])[0][1]
    prepared = prepare(arm.inputs)
    outcome = replicate(prepared, 0)
    simulating = timed(lambda: replicate(prepared, 0))
    keeping = timed(lambda: record(outcome))
    kept = record(outcome)
    shard.encode("x", 0, kept)
    writing = timed(lambda: shard.encode("x", 0, kept))
    size_of_shard = len(shard.encode("x", 0, kept))
    share = (keeping + writing) / simulating
    print(f"{'a national replication, measured':55} {simulating * 1000:8.0f} ms")
    print(f"{'keeping its arrays, and writing them':55} {(keeping + writing) * 1000:8.0f} ms, {share:.0%}")
    print(f"{'on disk':55} {size_of_shard / 1000:8.0f} kB (target {TARGET_BYTES / 1000:.0f})")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        run([arm], REPLICATIONS, jobs=2, store=store)
        words = ("capacity", "show", "mandatory", "-n", str(REPLICATIONS), "--store", folder)
        shown = command(*words)
    name = f"capacity show, {REPLICATIONS} national replications stored"
    bounds = f"target {TARGET_SECONDS:g} s, bound {MOST_SECONDS:g} s"
    print(f"{name:55} {shown * 1000:8.0f} ms of processor time ({bounds})")
    if not asked.quick:
        begun = time.perf_counter()
        futures = Futures.of(arm, lambda arms, numbers: run(arms, len(numbers), jobs=2, numbers=numbers))
        found = size(futures, Target(80, 90), 0.9, LUMPS["circuit"], 40)
        minutes = (time.perf_counter() - begun) / 60
        name = f"size, nine regions, 40 futures, {found.runs} replications"
        print(f"{name:55} {minutes:8.1f} minutes on two processes (target {SIZING_MINUTES:.0f})")
    return int(asked.bound and (shown > MOST_SECONDS or share > MOST_SHARE))


if __name__ == "__main__":
    sys.exit(main())
