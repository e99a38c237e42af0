"""What is not known about prices, crossed with chance: ranges, the odds of being cheaper, and a tornado."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.appraisal import Spread, spread
from analysis.cost_product import Product

Floats = NDArray[np.float64]

DRAWS: Final = 1_000
"""Draws of all prices; each is crossed with every replication."""


@dataclass(frozen=True)
class Range:
    """One scenario's present value in pounds, over all prices and all replications.

    `chance` is the standard deviation that replications leave once prices are averaged, and `prices` the
    one that prices leave once replications are. `cheapest` is how often no other scenario costs less.
    """

    name: str
    cost: Spread
    per_accredited: Spread
    chance: float
    prices: float
    cheapest: float


@dataclass(frozen=True)
class Bar:
    """The mean difference in cost with one figure at its lowest and at its highest, in pounds."""

    key: str
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the figure moves the difference."""
        return abs(self.at_high - self.at_low)


def ranges(products: Sequence[Product], seed: int, draws: int = DRAWS) -> list[Range]:
    """The ranges of scenarios of one case, whose prices are drawn alike and whose replications are paired."""
    costs = np.array([item.at_drawn_prices(draws, seed) for item in products])
    least = costs.min(axis=0)
    found = []
    for item, cost in zip(products, costs, strict=True):
        accredited = item.run.accredited
        each = np.where(accredited > 0, cost / np.where(accredited > 0, accredited, 1.0), np.nan)
        found.append(
            Range(
                item.run.name,
                spread(cost.ravel()),
                spread(each.ravel()),
                float(cost.mean(axis=0).std()),
                float(cost.mean(axis=1).std()),
                float((cost <= least).mean()),
            )
        )
    return found


@dataclass(frozen=True)
class Further:
    """What one scenario costs beyond another over all prices and replications, in pounds of present value.

    `per_extra` is by draw of the prices, the mean cost over the mean number of further accredited workers;
    NaN where there are none.
    """

    cost: Spread
    per_extra: Spread


def further(one: Product, other: Product, seed: int, draws: int = DRAWS) -> Further:
    """What the first costs beyond the second, prices drawn alike and replications paired."""
    cost = one.at_drawn_prices(draws, seed) - other.at_drawn_prices(draws, seed)
    gained = float((one.run.accredited - other.run.accredited).mean())
    each = cost.mean(axis=1) / gained if gained > 0 else np.full(len(cost), np.nan)
    return Further(spread(cost.ravel()), spread(each))


def odds_cheaper(one: Product, other: Product, seed: int, draws: int = DRAWS) -> float:
    """The probability that the first costs less than the second, prices drawn alike, replications paired."""
    return float((one.at_drawn_prices(draws, seed) < other.at_drawn_prices(draws, seed)).mean())


def tornado(one: Product, other: Product | None = None) -> list[Bar]:
    """How far each figure's range moves the difference in mean cost, the widest first.

    Without a second scenario the difference is that from no scheme.
    """
    found = []
    keys = dict.fromkeys([*one.used(), *(other.used() if other else ())])
    for key in keys:
        figure, to_prices = one.case.figures[key], one.case.to_prices(key)
        if figure.low == figure.high:
            continue
        ends = {key: np.array([figure.low, figure.high]) * to_prices}
        difference = one.cost(ends).mean(axis=1)
        if other is not None:
            difference = difference - other.cost(ends).mean(axis=1)
        low, high = ends[key].tolist()
        found.append(Bar(key, low, high, float(difference[0]), float(difference[1])))
    return sorted(found, key=lambda bar: (-bar.swing, bar.key))
