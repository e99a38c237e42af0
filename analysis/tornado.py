"""One at a time: each parameter at the lowest and at the highest of its range, the others as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.factors import Factor
from analysis.study import Point, Study
from analysis.variance import between_ends, red_share
from scenarios.comparison import Estimate, estimates

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bar:
    """What one parameter does: changes from the base at either end of its range, on the same random draws.

    `swing` is the number at the highest value less that at the lowest, and `reach` the size of the largest of
    the three. `clear` says whether any of them is more than chance. `variance` is that of the result when the
    parameter alone is drawn from its range, its effect straight between the three values that were run.
    """

    factor: Factor
    at_low: Estimate
    at_high: Estimate
    swing: Estimate
    reach: float
    clear: bool
    variance: float


@dataclass(frozen=True)
class Tornado:
    """Every parameter in falling order of what it does, and the part of their variance that is red-rated."""

    base: Estimate
    bars: tuple[Bar, ...]
    red: float
    level: float


def tornado_points(factors: tuple[Factor, ...]) -> list[Point]:
    """The base, then every factor at its lowest and its highest; none where a factor stands at that end."""
    ends = [
        {factor.id: value}
        for factor in factors
        for value in (factor.low, factor.high)
        if value != factor.base
    ]
    return [{}, *ends]


def tornado(study: Study, replications: int, level: float = 0.8) -> Tornado:
    """Run the study at the ends of every factor's range and rank the factors."""
    points = tornado_points(tuple(study.factors))
    values = study.values(points, range(replications))
    base = values[0]
    rows = iter(values[1:])
    bars = []
    for factor in study.factors:
        low, high = (next(rows) if end != factor.base else base for end in (factor.low, factor.high))
        bars.append(_bar(factor, low - base, high - base, level))
    bars.sort(key=lambda bar: (-np.nan_to_num(bar.reach), bar.factor.id))
    [middle] = estimates(base[:, np.newaxis], level)
    return Tornado(middle, tuple(bars), red_share((bar.factor, bar.variance) for bar in bars), level)


def _bar(factor: Factor, low: Floats, high: Floats, level: float) -> Bar:
    contrasts = np.array([low, high, high - low])
    at_low, at_high, swing = estimates(contrasts.T, level)
    reach = max(abs(float(np.nan_to_num(item.mean))) for item in (at_low, at_high, swing))
    # Three chances to be taken in by chance: each interval is the wider for it (Bonferroni).
    clear = any(item.low > 0 or item.high < 0 for item in estimates(contrasts.T, 1 - (1 - level) / 3))
    return Bar(factor, at_low, at_high, swing, reach, clear, between_ends(factor, low, high))
