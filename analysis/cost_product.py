"""The social cost of a run as a sum of products, so that prices can be drawn and turned by the thousand.

Each term is a quantity, discounted and summed over years, times some figures of the case. What the terms give
for the figures as they stand is the present value of the bill, but for the rounding to pence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.appraisal import RATE, factors
from analysis.cost_case import CostCase
from analysis.cost_drivers import Run, drivers
from analysis.cost_lines import Figure, Line
from analysis.costs import View
from simulation.streams import uniforms

Floats = NDArray[np.float64]

PERT_SHAPE = 4.0


@dataclass(frozen=True, eq=False)
class Product:
    """`quantities` is [term, replication]; `figures` names what each term is multiplied by."""

    run: Run
    case: CostCase
    lines: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]
    quantities: Floats
    known: dict[tuple[int, int], Floats] = field(default_factory=dict, repr=False)

    def used(self) -> tuple[str, ...]:
        """The figures that the cost depends on, in the order of the case."""
        found = {
            key
            for keys, amounts in zip(self.figures, self.quantities, strict=True)
            for key in keys
            if amounts.any()
        }
        return tuple(key for key in self.case.figures if key in found)

    def cost(self, values: Mapping[str, Floats | float]) -> Floats:
        """Pounds [draw, replication] with some figures at other values; each is a number or one a draw."""
        draws = max((np.size(value) for value in values.values()), default=1)
        fixed = np.ones(len(self.figures))
        turned: list[tuple[int, str]] = []
        for term, keys in enumerate(self.figures):
            for key in keys:
                if key in values:
                    turned.append((term, key))
                else:
                    fixed[term] *= self._standing[key]
        units = np.tile(fixed, (draws, 1))
        for term, key in turned:
            units[:, term] *= values[key]
        return np.asarray(units @ self.quantities)

    def at_drawn_prices(self, draws: int, seed: int) -> Floats:
        """Pounds [draw, replication] with every figure drawn from its range, alike for every scenario."""
        if (draws, seed) not in self.known:
            self.known[draws, seed] = self.cost(drawn(self.case, tuple(self.case.figures), draws, seed))
        return self.known[draws, seed]

    @cached_property
    def _standing(self) -> dict[str, float]:
        """The figures as they stand in the case."""
        return {key: self.case.value(key) for keys in self.figures for key in keys}

    def per_accredited(self, cost: Floats) -> Floats:
        """Mean cost over the mean number accredited, by draw; NaN where nobody is."""
        accredited = float(self.run.accredited.mean())
        return np.asarray(cost.mean(axis=1) / accredited) if accredited > 0 else np.full(len(cost), np.nan)


def product(run: Run, case: CostCase, view: View, rate: float = RATE) -> Product:
    """The present value of a run's social cost as a sum of products."""
    return _product(run, case, view, rate, lambda line: 0.0 if line.transfer else 1.0)


def borne_by_department(run: Run, case: CostCase, view: View, rate: float = RATE) -> Product:
    """What of it the department bears in the end, as a sum of products: its `cost` is the department's."""

    def share(line: Line) -> float:
        if line.transfer:
            counts = line.grants in ("", view.grants)
            return float(counts) * ((line.payer == "department") - (line.paid_to == "department"))
        if view.grants == "lever" and line.payer != "individual":
            return run.department_share
        return float(line.payer == "department")

    return _product(run, case, view, rate, share)


def _product(run: Run, case: CostCase, view: View, rate: float, weight: Callable[[Line], float]) -> Product:
    """Every line as products of figures, each weighted; shares of other lines are taken before weighting."""
    found = drivers(run, case, view.mode)
    weights = factors(run.years, rate)
    lines: list[str] = []
    figures: list[tuple[str, ...]] = []
    quantities: list[Floats] = []
    counted = [line for line in case.lines if line.counts(view.valuation, view.mode)]
    for line in counted:
        for term in line.terms(view.valuation):
            lines.append(line.key)
            figures.append(term.figures)
            quantities.append(found.over_england(term.driver) @ weights)
    for line in counted:
        for key in line.share_of:
            for index in [place for place, name in enumerate(lines) if name == key]:
                lines.append(line.key)
                figures.append((*figures[index], line.key))
                quantities.append(quantities[index])
    shares = {line.key: weight(line) for line in counted}
    kept = [place for place, key in enumerate(lines) if shares[key]]
    amounts = np.array([quantities[place] * shares[lines[place]] for place in kept])
    return Product(
        run,
        case,
        tuple(lines[place] for place in kept),
        tuple(figures[place] for place in kept),
        amounts.reshape(len(kept), run.replications),
    )


def drawn(case: CostCase, keys: tuple[str, ...], count: int, seed: int) -> dict[str, Floats]:
    """`count` values of each figure from its PERT distribution, the same for every scenario."""
    return {
        key: _values(key, case.figures[key].low, case.figures[key].mode, case.figures[key].high, count, seed)
        * case.to_prices(key)
        for key in keys
        if case.figures[key].low < case.figures[key].high
    }


@lru_cache(maxsize=512)
def _values(key: str, low: float, mode: float, high: float, count: int, seed: int) -> Floats:
    """Values drawn for one figure, kept: while a person changes one figure, the others are not drawn anew."""
    found = _pert(low, mode, high, uniforms(seed, 0, f"cost {key}", count))
    found.flags.writeable = False
    return found


def pert(figure: Figure, u: Floats) -> Floats:
    """Values of a figure in its own prices at given probabilities, by the PERT distribution."""
    return _pert(figure.low, figure.mode, figure.high, u)


def _pert(low: float, mode: float, high: float, u: Floats) -> Floats:
    from scipy.special import betaincinv

    width = high - low
    if width == 0:
        return np.full(len(u), mode)
    first = 1 + PERT_SHAPE * (mode - low) / width
    second = 1 + PERT_SHAPE * (high - mode) / width
    return np.asarray(low + width * betaincinv(first, second, u))
