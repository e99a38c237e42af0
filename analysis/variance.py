"""The variance that one parameter gives a result, when it is drawn from its range and all others stand still.

A parameter is drawn as `--uncertainty parameters` draws it (PERT). How far each method of sensitivity knows
the shape of its effect differs: at both ends of the range (one at a time), as a mean slope (Morris), or as an
index of its own (Sobol), which needs nothing from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.factors import Factor

Floats = NDArray[np.float64]

_POINTS: Final = 200
"""Values of a parameter, each as likely as any other, over which its effect is spread."""


def between_ends(factor: Factor, low: Floats, high: Floats) -> float:
    """The variance of an effect that runs straight from the lowest value to the base, and on to the highest.

    `low` and `high` are the changes at the ends by replication; what chance adds to squares is taken off.
    """
    changes = np.array([low, high])
    changes = changes[:, ~np.isnan(changes).any(axis=0)]
    count = changes.shape[1]
    if not count:
        return 0.0
    weights = _weights(factor)
    means = changes.mean(axis=1)
    noise = np.cov(changes) / count if count > 1 else np.zeros((2, 2))
    return max(0.0, float(means @ weights @ means - (weights * noise).sum()))


def of_slope(factor: Factor, slope: float, deviation: float, count: int) -> float:
    """The variance of an effect with a mean slope, stated for a whole range, of `count` that deviate.

    What chance and the other parameters add to the square of the mean is taken off.
    """
    squared = slope**2 - deviation**2 / count
    mean = (factor.low + 4 * factor.mode + factor.high) / 6
    spread = (mean - factor.low) * (factor.high - mean) / 7
    return max(0.0, squared * spread / (factor.high - factor.low) ** 2)


def red_share(parts: Iterable[tuple[Factor, float]]) -> float:
    """The part of a sum over factors that belongs to red-rated ones; NaN where there is nothing to share."""
    parts = list(parts)
    whole = sum(size for _, size in parts)
    red = sum(size for factor, size in parts if factor.parameter.rating == "red")
    return red / whole if whole > 0 else float("nan")


def _weights(factor: Factor) -> Floats:
    """The covariance [2, 2] of the parts of the changes at both ends that a draw brings."""
    values = np.array([factor.believed((place + 0.5) / _POINTS) for place in range(_POINTS)])
    parts = [
        np.clip((values - factor.base) / (end - factor.base), 0.0, None)
        if end != factor.base
        else np.zeros(_POINTS)
        for end in (factor.low, factor.high)
    ]
    return np.cov(parts, bias=True)
