"""Switching values: how far one figure would have to go before another choice is the better one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.cost_product import Product
from scenarios.request import DEFAULT_SEED
from simulation.streams import uniforms

Floats = NDArray[np.float64]

METRICS: Final = {
    "cost": "present value of the social cost",
    "per-accredited": "present value of the social cost for each accredited worker",
}
RESAMPLES: Final = 200
_FARTHER: Final = 20.0
_STEPS: Final = 60
_STRAIGHT: Final = 1e-9
"""How near to zero a gap is at the root of its chord, against the gap at the ends, when it is straight."""


@dataclass(frozen=True)
class Switch:
    """Where one figure makes two choices equal, in the prices of the case.

    `value` lies within the figure's range, or is None; `low` and `high` hold it in 80% of resamples of the
    replications, in `found` of which there is one; of one replication all three are NaN. `beyond` is where it
    lies outside the range, if anywhere up to twenty times its highest value. `also` are other values in the
    range, where they are looked for.
    """

    key: str
    unit: str
    now: float
    range_low: float
    range_high: float
    value: float | None
    low: float
    high: float
    found: float
    beyond: float | None
    also: tuple[float, ...] = ()


Gap = Callable[[Floats], Floats]
"""The gap [resample] between two choices at a value of a figure for each resample; the first is of all."""


def switching(one: Product, other: Product, metric: str = "cost", seed: int = DEFAULT_SEED) -> list[Switch]:
    """The switching value of every figure with a range, between two scenarios of the same replications."""
    samples = resampled_rows(one.run.replications, seed)

    def gap(key: str) -> Gap:
        return lambda at: _metric(one, metric, samples, key, at) - _metric(other, metric, samples, key, at)

    return _all(one, list(dict.fromkeys([*one.used(), *other.used()])), gap)


def switching_budget(one: Product, budget: float, seed: int = DEFAULT_SEED) -> list[Switch]:
    """The value of every figure with a range at which a scenario costs exactly a budget in pounds."""
    samples = resampled_rows(one.run.replications, seed)

    def gap(key: str) -> Gap:
        return lambda at: _metric(one, "cost", samples, key, at) - budget

    return _all(one, list(one.used()), gap)


def _all(one: Product, keys: list[str], gap: Callable[[str], Gap]) -> list[Switch]:
    ranged = [key for key in keys if one.case.figures[key].low < one.case.figures[key].high]
    found = [_switch(one, key, gap(key)) for key in ranged]
    return sorted(
        found, key=lambda item: (item.value is None, item.beyond is None, _distance(item), item.key)
    )


def _switch(one: Product, key: str, gap: Gap) -> Switch:
    figure, to_prices = one.case.figures[key], one.case.to_prices(key)
    low, high = figure.low * to_prices, figure.high * to_prices
    value = _root(gap, low, high)
    beyond, known = None, np.empty(0)
    if value is not None:
        roots = zeros(gap, low, high, RESAMPLES + 1)[1:]
        known = roots[~np.isnan(roots)]
    else:
        farther = (_root(gap, *ends) for ends in ((0.0, low), (high, max(high, 1.0) * _FARTHER)))
        beyond = next((root for root in farther if root is not None), None)
    ends, share = [np.nan, np.nan], np.nan
    if one.run.replications > 1:
        ends = np.percentile(known, [10, 90]).tolist() if len(known) else ends
        share = len(known) / RESAMPLES
    return Switch(key, figure.unit, one.case.value(key), low, high, value, ends[0], ends[1], share, beyond)


def _root(gap: Gap, low: float, high: float) -> float | None:
    root = float(zeros(gap, low, high, 1)[0])
    return None if np.isnan(root) else root


def zeros(gap: Gap, low: float, high: float, count: int) -> Floats:
    """Where each of `count` gaps is zero between two values; NaN where it has the same sign at both.

    A gap that is straight, as it is wherever a figure is a factor once, is solved at one go.
    """
    left, right = np.full(count, low), np.full(count, high)
    at_left, at_right = gap(left), gap(right)
    crosses = (np.sign(at_left) * np.sign(at_right) <= 0) & (at_left != at_right)
    if not crosses.any():
        return np.full(count, np.nan)
    slope = np.where(crosses, at_right - at_left, 1.0)
    found = np.where(crosses, np.clip(left - at_left * (right - left) / slope, low, high), left)
    missed = np.abs(np.where(crosses, gap(found), 0.0))
    if (missed <= _STRAIGHT * np.maximum(np.abs(at_left), np.abs(at_right))).all():
        return np.where(crosses, found, np.nan)
    return bisect(gap, low, high, count)


def bisect(gap: Gap, low: float, high: float, count: int) -> Floats:
    """Where each of `count` gaps is zero between two values; NaN where it has the same sign at both."""
    left, right = np.full(count, low), np.full(count, high)
    at_left, at_right = gap(left), gap(right)
    crosses = (np.sign(at_left) * np.sign(at_right) <= 0) & (at_left != at_right)
    rising = at_right > at_left
    for _ in range(_STEPS):
        middle = (left + right) / 2
        below = (gap(middle) < 0) == rising
        left, right = np.where(below, middle, left), np.where(below, right, middle)
    return np.where(crosses, (left + right) / 2, np.nan)


def resampled_rows(replications: int, seed: int) -> NDArray[np.int64]:
    """Rows of replications: all of them first, then resamples with replacement."""
    draws = uniforms(seed, 0, "switching resamples", RESAMPLES * replications)
    resampled = np.floor(draws * replications).astype(np.int64).reshape(RESAMPLES, replications)
    return np.vstack([np.arange(replications), resampled])


def _metric(item: Product, metric: str, samples: NDArray[np.int64], key: str, at: Floats) -> Floats:
    rows = samples[: len(at)]
    total = np.take_along_axis(item.cost({key: at}), rows, axis=1).mean(axis=1)
    if metric == "cost":
        return np.asarray(total)
    return np.asarray(total / np.maximum(item.run.accredited[rows].mean(axis=1), 1e-9))


def _distance(item: Switch) -> float:
    """How far the figure has to move, against the width of its range."""
    at = item.value if item.value is not None else item.beyond
    if at is None:
        return np.inf
    return abs(at - item.now) / max(item.range_high - item.range_low, 1e-9)
