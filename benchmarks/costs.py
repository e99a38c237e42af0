"""How long a change of prices takes: 200 stored replications costed anew, nothing simulated.

    python benchmarks/costs.py            # the table, some seconds
    python benchmarks/costs.py --bound    # the same, and fail where the bound is broken

The quantities are made up, of the shape that a national run of five years has: what is timed does not depend
on what they are. Bounds are held against processor time, which neighbours disturb least.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analysis.cost_case import CostCase
from analysis.cost_drivers import Run, line_up_run
from analysis.cost_product import drawn, product
from analysis.cost_uncertainty import DRAWS, tornado
from analysis.costs import View, reckon
from rules.levers import Levers
from simulation.codes import REGIONS
from simulation.employers import establish
from simulation.parameters import Parameters
from simulation.quantities import QUANTITIES

REPLICATIONS = 200
YEARS = (2017, 2018, 2019, 2020, 2021)
TARGET_SECONDS = 0.05
MOST_SECONDS = 0.25
RUNS = 15


def made_up() -> Run:
    employers = establish(Parameters.shipped(), 1.0).employers
    source = np.random.default_rng(2017)
    shape = REPLICATIONS, len(QUANTITIES), len(YEARS), len(employers)
    seats = source.integers(0, 3_000, (REPLICATIONS, len(YEARS), len(REGIONS)))
    return line_up_run(
        "made up",
        Levers(),
        YEARS,
        np.ones(len(YEARS)),
        employers,
        REGIONS,
        1.0,
        source.integers(0, 80, shape).astype(np.float64),
        seats.astype(np.float64),
    )


def timed(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return median(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bound", action="store_true", help="fail where the bound is broken")
    bound = parser.parse_args().bound
    run, case = made_up(), CostCase.default()
    turned = case.set(["leavers=15000"])
    item = product(run, case, View("full"))
    values = drawn(case, tuple(case.figures), DRAWS, 2017)
    first = time.process_time()
    reckon(run, case)
    first = time.process_time() - first
    rows = [(f"a bill of {REPLICATIONS} replications, the first", first)]
    for valuation in ("cash", "pay", "full"):
        for mode in ("contract", "bottom-up"):
            view = View(valuation, mode)
            rows.append(
                (
                    f"again with a price changed, {valuation}, {mode}",
                    timed(lambda v=view: reckon(run, turned, v)),
                )
            )
    rows.append((f"{DRAWS:,} draws of all prices, crossed with them", timed(lambda: item.cost(values))))
    rows.append(("a tornado of every price", timed(lambda: tornado(item))))
    for name, seconds in rows:
        print(f"{name:55} {seconds * 1000:8.1f} ms")
    slowest = max(seconds for name, seconds in rows if name.startswith("again"))
    print(f"target {TARGET_SECONDS:.2f} s, bound {MOST_SECONDS:.2f} s, slowest {slowest:.3f} s")
    return int(bound and slowest > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
