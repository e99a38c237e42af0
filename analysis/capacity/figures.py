"""A figure over random futures: its mean, and the range that eight in ten futures lie in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LOW, HIGH = 10, 90
"""Percentiles that the range lies between."""

_ENDS: Final = np.array([[LOW], [HIGH]]) / 100
NONE_OF: Final = math.nan


@dataclass(frozen=True)
class Figure:
    """A mean over futures with the 10th and the 90th percentile; NaN where it is defined in none of them.

    A mean of one future has no range: the percentiles are NaN.
    """

    mean: float
    low: float
    high: float

    def negated(self) -> Figure:
        """The same with its sign turned: how much less, of how much more."""
        return Figure(-self.mean, -self.high, -self.low)

    def to_dict(self) -> dict[str, float]:
        """The figure as plain data."""
        return {"mean": self.mean, "p10": self.low, "p90": self.high}


def figure(values: ArrayLike) -> Figure:
    """The figure of values, one a future; futures in which it is not defined (NaN) are left out."""
    return figures(np.asarray(values, dtype=np.float64).ravel())[()]


def figures(values: ArrayLike) -> dict[tuple[int, ...], Figure]:
    """The figure of every cell of an array [future, ...], by the cell's place."""
    found = np.asarray(values, dtype=np.float64)
    shape = found.shape[1:]
    by_cell = np.sort(found.reshape(len(found), -1), axis=0)  # NaN comes last
    known = (~np.isnan(by_cell)).sum(axis=0)
    total = np.where(np.isnan(by_cell), 0.0, by_cell).sum(axis=0)
    means = np.divide(total, known, out=np.full(len(known), NONE_OF), where=known > 0)
    low, high = np.where(known > 1, _quantiles(by_cell, known), NONE_OF).tolist()
    rows = zip(means.tolist(), low, high, strict=True)
    return dict(zip(np.ndindex(shape), (Figure(*row) for row in rows), strict=True))


def _quantiles(by_cell: Floats, known: Ints) -> Floats:
    """Both ends of the range of the first `known` values of each column, straight between neighbours."""
    if not len(by_cell):
        return np.full((len(_ENDS), by_cell.shape[1]), NONE_OF)
    last = np.maximum(known - 1, 0)
    at = _ENDS * last
    below = at.astype(np.int64)
    cells = np.arange(by_cell.shape[1])
    low, high = by_cell[below, cells], by_cell[np.minimum(below + 1, last), cells]
    return np.asarray(low + (high - low) * (at - below))


def in_order(values: NDArray[Any], percent: float) -> float:
    """Of values that stand in order, the smallest that `percent` of them do not exceed; NaN of none."""
    if not len(values):
        return NONE_OF
    rank = min(max(math.ceil(len(values) * percent / 100 - 1e-9), 1), len(values)) - 1
    return float(values[rank])


def over(top: ArrayLike, bottom: ArrayLike) -> Floats:
    """A ratio, NaN where there is nothing below the line."""
    above, below = np.broadcast_arrays(
        np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    )
    ratio = np.full(above.shape, np.nan)
    np.divide(above, below, out=ratio, where=below != 0)
    return ratio
