"""Paired comparison: means, differences, their intervals, and one plain word for each difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from scenarios.experiment import Results

if TYPE_CHECKING:
    from simulation.measures import Measure, MeasureKey

Array = NDArray[np.float64]

NO_VERDICT: Final = "no verdict"

VERDICTS: Final = ("better", "worse", "higher", "lower", "no difference", "unclear", NO_VERDICT)
"""Better and worse for a measure with a good direction; higher and lower for one without; no verdict on fewer
than two replications, which have no interval."""

IN_ORDER: Final = (
    "not yet eligible",
    "not willing",
    "preparing",
    "awaiting endorsement",
    "awaiting release",
    "awaiting a seat",
    "centre closed",
    "awaiting a result",
    "developing after a fail",
)
"""Causes of delay in the order of a life, which is the order in which they are always told."""

ROUNDING: Final = 1e-9
"""A difference smaller than this share of the mean is the last digits of arithmetic and no difference."""


@dataclass(frozen=True)
class Estimate:
    """A mean over `n` values with its interval; NaN stands for what cannot be said."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Difference:
    """An arm minus the first arm, replication by replication, and the word for it."""

    estimate: Estimate
    verdict: str


@dataclass(frozen=True)
class Row:
    """One measure at one date or over one period; there is no difference for the first arm."""

    key: MeasureKey
    measure: Measure
    arms: Mapping[str, Estimate]
    differences: Mapping[str, Difference]


@dataclass(frozen=True)
class Comparison:
    """Every measure of an experiment. `level` is the probability that an interval is meant to cover.

    Intervals are for the mean, and hold chance only; with `spread` they hold that share of the replications,
    and so everything that differs between them.
    """

    results: Results
    level: float
    rows: tuple[Row, ...]
    spread: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The arms, the baseline first."""
        return tuple(arm.name for arm in self.results.arms)

    @property
    def used(self) -> int:
        """Replications that every arm finished."""
        return int(self.results.whole.sum())


def compare(
    results: Results, measures: Mapping[str, Measure], level: float = 0.8, spread: bool = False
) -> Comparison:
    """Compare every arm with the first, pairing replications that share their random draws.

    `spread` asks for the interval that holds the replications rather than that of their mean: the one that
    stands for what we do not know, when each replication draws its own parameters.
    """
    values = [results.of(arm) for arm in range(len(results.arms))]
    reckon = spreads if spread else estimates
    means = [reckon(array, level) for array in values]
    gaps = [reckon(array - values[0], level) for array in values]
    names = [arm.name for arm in results.arms]
    rows = []
    for column, key in enumerate(results.keys):
        measure = measures[key.id]
        most = 1.0 if measure.unit == "share" else np.inf
        arms = {name: within(means[index][column], 0.0, most) for index, name in enumerate(names)}
        scale = abs(arms[names[0]].mean)
        differences = {
            name: Difference(within(gap[column], -most, most), verdict(gap[column], measure.better, scale))
            for name, gap in list(zip(names, gaps, strict=True))[1:]
        }
        rows.append(Row(key, measure, arms, differences))
    return Comparison(results, level, tuple(rows), spread)


def held_back(comparison: Comparison) -> dict[str, list[tuple[str, Estimate]]]:
    """What holds people back: for each arm the causes of delay with their share of its delayed days.

    Causes come in the order of a life; an arm without delay has none.
    """
    results = comparison.results
    column = {
        key.by[0][1]: place
        for place, key in enumerate(results.keys)
        if key.id == "delay_days" and key.by and key.by[0][0] == "cause"
    }
    order = [*(cause for cause in IN_ORDER if cause in column), *sorted(set(column) - set(IN_ORDER))]
    reckon = spreads if comparison.spread else estimates
    found = {}
    for arm, name in enumerate(comparison.names):
        days = results.of(arm)[:, [column[cause] for cause in order]]
        total = np.nansum(days, axis=1, keepdims=True)
        shares = np.divide(days, total, out=np.full_like(days, np.nan), where=total > 0)
        told = zip(order, reckon(shares, comparison.level), strict=True)
        found[name] = [(cause, within(share, 0.0, 1.0)) for cause, share in told if share.n]
    return found


def within(found: Estimate, least: float, most: float) -> Estimate:
    """An estimate whose interval is cut to what the measure can be.

    Student's interval is as wide on either side of the mean, and so, where a mean is near a bound, runs past
    it: no run has fewer than no people waiting. What is cut off is impossible and so covers nothing.
    """
    if not (found.low < least or found.high > most):
        return found
    return replace(
        found, low=max(found.low, min(least, found.mean)), high=min(found.high, max(most, found.mean))
    )


def estimates(values: Array, level: float) -> list[Estimate]:
    """The estimate of each column of `values` [replication, key], leaving out what is not defined (NaN).

    The interval is Student's t for the mean. One value gives a mean and no interval; none gives neither.
    """
    defined = ~np.isnan(values)
    count = defined.sum(axis=0)
    total = np.where(defined, values, 0.0).sum(axis=0)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    squares = (np.where(defined, values - mean, 0.0) ** 2).sum(axis=0)
    spread = np.sqrt(squares / np.maximum(count - 1, 1) / np.maximum(count, 1))
    half = np.where(count > 1, spread * _quantiles(count, level), np.nan)
    columns = zip(mean.tolist(), (mean - half).tolist(), (mean + half).tolist(), count.tolist(), strict=True)
    return [Estimate(*column) for column in columns]


def spreads(values: Array, level: float) -> list[Estimate]:
    """The mean of each column of `values` [replication, key] with the interval that holds `level` of them.

    The interval runs between two quantiles, as far from either end; fewer than two values give none.
    """
    found = []
    for column in values.T:
        defined = column[~np.isnan(column)]
        low, high = np.nan, np.nan
        if len(defined) > 1:
            low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2]).tolist()
        mean = float(defined.mean()) if len(defined) else np.nan
        found.append(Estimate(mean, low, high, len(defined)))
    return found


def verdict(gap: Estimate, better: str, scale: float = 0.0) -> str:
    """One of `VERDICTS` for a paired difference.

    `better` says which direction is good ("higher", "lower" or "neither"); `scale` is the size of the mean
    that the difference is a difference of.
    """
    slack = ROUNDING * max(1.0, scale) if np.isfinite(scale) else ROUNDING
    bounds = [bound for bound in (gap.mean, gap.low, gap.high) if not np.isnan(bound)]
    if bounds and all(abs(bound) <= slack for bound in bounds):
        return "no difference"
    if gap.n < 2:
        return NO_VERDICT
    if not (gap.low > 0 or gap.high < 0):
        return "unclear"
    direction = "higher" if gap.low > 0 else "lower"
    if better == "neither":
        return direction
    return "better" if direction == better else "worse"


def _quantiles(count: NDArray[np.int64], level: float) -> Array:
    """Two-sided quantiles of Student's t for each number of values; 0 where there are fewer than two."""
    from scipy.special import stdtrit

    found = {int(n): float(stdtrit(n - 1, 0.5 + level / 2)) for n in np.unique(count) if n > 1}
    return np.array([found.get(int(n), 0.0) for n in count])
