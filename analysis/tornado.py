"""One at a time: each parameter at the lowest and at the highest of its range, the others as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.factors import Factor, red_share
from analysis.study import Point, Study
from scenarios.comparison import Estimate, estimates

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bar:
    """What one parameter does: changes from the base at either end of its range, on the same random draws.

    `swing` is the number at the highest value less that at the lowest, and `reach` the size of the largest of
    the three. `clear` says whether any of them is more than chance. `squared` is the largest one squared,
    less what chance adds to a square: the size by which parameters share out what they do.
    """

    factor: Factor
    at_low: Estimate
    at_high: Estimate
    swing: Estimate
    reach: float
    clear: bool
    squared: float


@dataclass(frozen=True)
class Tornado:
    """Every parameter in falling order of what it does. `red` is the part of it that rests on red ratings."""

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
    return Tornado(middle, tuple(bars), red_share((bar.factor, bar.squared) for bar in bars), level)


def _bar(factor: Factor, low: Floats, high: Floats, level: float) -> Bar:
    contrasts = np.array([low, high, high - low])
    at_low, at_high, swing = estimates(contrasts.T, level)
    found = [at_low, at_high, swing]
    largest = max(range(3), key=lambda index: abs(np.nan_to_num(found[index].mean)))
    kept = contrasts[largest][~np.isnan(contrasts[largest])]
    noise = float(kept.var(ddof=1)) / len(kept) if len(kept) > 1 else 0.0
    reach = abs(found[largest].mean)
    squared = max(0.0, reach**2 - noise) if kept.size else 0.0
    # Three chances to be taken in by chance: each interval is the wider for it (Bonferroni).
    clear = any(item.low > 0 or item.high < 0 for item in estimates(contrasts.T, 1 - (1 - level) / 3))
    return Bar(factor, at_low, at_high, swing, reach, clear, squared)
