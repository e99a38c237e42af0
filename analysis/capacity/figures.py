"""A figure over random futures: its mean, and the range that eight in ten futures lie in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

LOW, HIGH = 10, 90
"""Percentiles that the range lies between."""

NONE_OF: Final = math.nan


@dataclass(frozen=True)
class Figure:
    """A mean over futures with the 10th and the 90th percentile; NaN where it is defined in none of them."""

    mean: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """The figure as plain data."""
        return {"mean": self.mean, "p10": self.low, "p90": self.high}


def figure(values: ArrayLike) -> Figure:
    """The figure of values, one a future; futures in which it is not defined (NaN) are left out."""
    found = np.asarray(values, dtype=np.float64).ravel()
    found = found[~np.isnan(found)]
    if not len(found):
        return Figure(NONE_OF, NONE_OF, NONE_OF)
    low, high = np.percentile(found, (LOW, HIGH)) if np.isfinite(found).all() else (found.min(), found.max())
    return Figure(float(found.mean()), float(low), float(high))


def at_percentile(values: ArrayLike, percent: float) -> float:
    """The smallest value that `percent` of the values do not exceed; NaN of none."""
    found = np.asarray(values)
    if not found.size:
        return NONE_OF
    rank = min(max(math.ceil(found.size * percent / 100 - 1e-9), 1), found.size) - 1
    return float(np.partition(found.ravel(), rank)[rank])


def over(top: ArrayLike, bottom: ArrayLike) -> np.ndarray:
    """A ratio, NaN where there is nothing below the line."""
    above, below = np.broadcast_arrays(
        np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    )
    ratio = np.full(above.shape, np.nan)
    np.divide(above, below, out=ratio, where=below != 0)
    return ratio
