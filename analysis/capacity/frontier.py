"""The frontier: more circuits, shorter waits and dearer candidates; and where more stops paying, the knee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure, over
from analysis.capacity.futures import Futures
from analysis.capacity.plans import Lump, ample, kept, opening, planned, regions_of
from analysis.capacity.stored import WEEK, stored
from analysis.capacity.trials import BLOCK
from analysis.capacity.waits import AtLeast, Curves, at_least
from analysis.cost_case import CostCase
from analysis.cost_drivers import Run
from analysis.cost_runs import arms_to_run, runs_of
from analysis.costs import View, reckon
from analysis.readouts import UnfinishedError
from rules.errors import problem
from scenarios.experiment import Results
from simulation.calendar import LAST
from simulation.flows import FLOWS, WAITING

Floats = NDArray[np.float64]

SHARES: Final = (0.6, 0.75, 0.85, 0.95, 1.05, 1.2, 1.4, 1.7, 2.0)
"""Seats tried, as shares of what is asked for on average."""

_MODE: Final = "bottom-up"


@dataclass(frozen=True)
class Point:
    """One capacity: lumps in all, the wait that nine in ten do not exceed, and what a candidate costs.

    Waits are of everyone who joined a queue, by the product limit: at least so long where people still wait
    at the end. `still` are those people. The cost of a candidate is that of delivery built up from circuits,
    over sittings.
    """

    total: int
    counts: dict[str, int]
    p90: AtLeast
    still: Figure
    cost: Figure
    used: Figure
    knee: bool = False

    def to_dict(self) -> dict[str, object]:
        """The point as plain data."""
        return {
            "lumps": self.total,
            "by_region": self.counts,
            "p90_wait_days": self.p90.to_dict(),
            "still_waiting": self.still.to_dict(),
            "cost_per_candidate": self.cost.to_dict(),
            "utilisation": self.used.to_dict(),
            "knee": self.knee,
        }


@dataclass(frozen=True)
class Frontier:
    """Points in order of capacity; the knee is that of waits against capacity."""

    scenario: str
    lump: Lump
    price_year: int
    points: tuple[Point, ...]
    futures: int
    runs: int

    def to_dict(self) -> dict[str, object]:
        """Everything as plain data."""
        return {
            "scenario": self.scenario,
            "lump": self.lump.name,
            "seats_a_week_in_a_lump": self.lump.weekly,
            "price_year": self.price_year,
            "futures": self.futures,
            "runs": self.runs,
            "points": [point.to_dict() for point in self.points],
        }


def frontier(futures: Futures, lump: Lump, replications: int) -> Frontier:
    """Try capacities around what is asked for. Raises `InputError` Q005, Q009 or Q012."""
    inputs = futures.arm.inputs
    if inputs.plain is not None:
        raise problem("Q009", "a scheme from scratch has no costs, and so no frontier")
    needed = _needed(futures, lump, range(min(replications, BLOCK)))
    plans: dict[int, dict[str, int]] = {}
    for share in SHARES:
        counts = {region: lumps_for(share * lumps) for region, lumps in needed.items()}
        plans.setdefault(sum(counts.values()), counts)
    arms = [
        replace(
            futures.arm,
            name=f"{futures.arm.name} with {total}",
            inputs=planned(inputs, lump, {region: (count,) for region, count in counts.items()}),
        )
        for total, counts in plans.items()
    ]
    every, places = arms_to_run(arms)
    futures.tell(f"{len(arms)} capacities and the same world without a scheme, {replications} futures")
    results = futures.run(every, range(replications))
    if results.interrupted or results.stopped:
        raise UnfinishedError(results.stopped)
    futures.failures += results.failures
    futures.runs += len(every) * replications
    if not results.whole.any():
        raise problem("Q012", "no replication was finished; there is nothing to show")
    case = CostCase.default()
    costs = [_each(run, case) for run in runs_of(results, len(arms), places)]
    points = [
        Point(total, counts, *_waited(results, place), figure(costs[place]), figure(_used(results, place)))
        for place, (total, counts) in enumerate(plans.items())
    ]
    at = knee([point.total for point in points], [point.p90.days.mean for point in points])
    points = [replace(point, knee=place == at) for place, point in enumerate(points)]
    name = futures.arm.name
    return Frontier(name, lump, case.price_year, tuple(points), replications, futures.runs)


def lumps_for(needed: float) -> int:
    """Whole lumps for a region: one at least where anybody comes from it, and none where nobody does."""
    return max(round(needed), 1) if needed > 0 else 0


def knee(along: Sequence[float], down: Sequence[float]) -> int | None:
    """The point farthest below the line from the first to the last; None where none lies well below it."""
    x, y = np.asarray(along, dtype=np.float64), np.asarray(down, dtype=np.float64)
    if len(x) < 3 or x[-1] == x[0] or y[0] == y[-1] or not np.isfinite(y).all():
        return None
    below = 1 - (x - x[0]) / (x[-1] - x[0]) - (y - y[-1]) / (y[0] - y[-1])
    at = int(below.argmax())
    return at if below[at] > 0.05 else None


def _needed(futures: Futures, lump: Lump, numbers: Sequence[int]) -> dict[str, float]:
    """Lumps that the people who come ask for on average, from futures in which nobody waits for a seat."""
    inputs = futures.arm.inputs
    futures.tell(f"with ample seats, {len(numbers)} futures")
    waits = futures.spells(ample(inputs), "ample seats", numbers)
    found = {}
    for venue, region in enumerate(regions_of(inputs)):
        weeks = max((min(inputs.until, LAST) - opening(inputs, region)).days / WEEK, 1)
        joined = float(np.mean([(spells.home == venue).sum() for spells in waits]))
        found[region] = joined / weeks / (lump.weekly * kept(inputs) * inputs.scale)
    if not any(found.values()):
        raise problem("Q005", f"nobody comes to a seat in {futures.arm.name}; there is nothing to try")
    return found


def _waited(results: Results, arm: int) -> tuple[AtLeast, Figure]:
    """The wait that nine in ten do not exceed, and the people who still wait at the end."""
    people = stored(results, arm).waited.sum(axis=(1, 2))
    return at_least(*Curves.of(people).percentile(90)), figure(people[:, WAITING].sum(axis=1))


def _used(results: Results, arm: int) -> Floats:
    flows = results.recorded("flows", arm).astype(np.float64)
    used = flows[:, FLOWS.index("used_first")] + flows[:, FLOWS.index("used_retake")]
    offered = flows[:, FLOWS.index("offered")]
    return over(used[..., :-1].sum(axis=(1, 2)), offered[..., :-1].sum(axis=(1, 2)))


def _each(run: Run, case: CostCase) -> Floats:
    """Pounds of delivery for each sitting, by future."""
    bill = reckon(run, case, View("pay", _MODE, "none"))
    lines = [place for place, line in enumerate(bill.lines) if line.mode == _MODE]
    pence = bill.pence[lines].sum(axis=(0, 2, 3))
    return over(pence / 100, run.total("sittings"))
