"""How far each parameter of the world moves a social cost, from runs that are stored.

A price can be turned without running anything; a parameter of the world cannot. `naas sensitivity` runs a
scenario with each parameter at the lowest and at the highest of its range, and keeps what happened. Where
both ends are kept, for the scenario and for the same world without a scheme, their costs are reckoned here.
"""

from __future__ import annotations

from analysis.cost_case import CostCase
from analysis.cost_product import product
from analysis.cost_runs import arms_to_run, runs_of
from analysis.costs import View
from analysis.factors import Factor, factors
from analysis.study import at_point
from scenarios.experiment import Arm
from scenarios.kept import held, read_results
from scenarios.store import Store


def world_swings(
    arm: Arm, case: CostCase, view: View, rate: float, store: Store | None, most: int
) -> dict[str, float]:
    """Mean pounds between the ends of each range, by parameter, of at most `most` replications.

    Parameters of which an end is not stored are left out.
    """
    if store is None:
        return {}
    found = {}
    for factor in factors([arm.inputs.parameters]):
        swing = _swing(arm, factor, case, view, rate, store, most)
        if swing is not None:
            found[factor.id] = swing
    return found


def _swing(
    arm: Arm, factor: Factor, case: CostCase, view: View, rate: float, store: Store, most: int
) -> float | None:
    ends = [at_point(arm, {factor.id: factor}, {factor.id: value}) for value in (factor.low, factor.high)]
    needed, places = arms_to_run(ends)
    stored = frozenset.intersection(*(held(store, one)[1] for one in needed))
    numbers = sorted(stored)[:most]
    if not numbers:
        return None
    results = read_results(store, needed, len(numbers), numbers)
    if not results.whole.any():
        return None
    low, high = (product(run, case, view, rate).cost({})[0] for run in runs_of(results, 2, places))
    return float((high - low).mean())
