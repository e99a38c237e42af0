"""Marking a forecast: coverage of each interval, the continuous ranked probability score, and bias.

The score of one number is that of the replication sample as a distribution of its own: the mean distance of
the sample from what happened, less half the mean distance within the sample (Gneiting and Raftery, 2007).
It is in the unit of the series; smaller is better; for a single number it is the absolute error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.forecast.forecast import LEVELS, Forecast, Row
from analysis.forecast.series import Point

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mark:
    """One number marked. `inside` says for each level whether its interval holds what happened."""

    point: Point
    outturn: float
    mean: float
    median: float
    crps: float
    inside: tuple[bool, ...]
    rank: float

    @property
    def error(self) -> float:
        """The mean of the forecast less what happened: above 0, too high."""
        return self.mean - self.outturn


@dataclass(frozen=True)
class Total:
    """The marks of one series, or of all: shares inside each interval, mean score, mean error.

    `bias` is the mean error, `relative_bias` the sum of errors over the sum of what happened. Over several
    units only coverage means anything; the others are NaN.
    """

    name: str
    count: int
    coverage: tuple[float, ...]
    crps: float
    bias: float
    relative_bias: float


def crps(sample: Floats, outturn: float) -> float:
    """The score of a sample against what happened: exact for the sample's own distribution."""
    ordered = np.sort(sample)
    count = len(ordered)
    if count == 0:
        return float("nan")
    weights = 2 * np.arange(1, count + 1) - count - 1
    within = 2 * float((weights * ordered).sum()) / count**2
    return float(np.abs(ordered - outturn).mean()) - within / 2


def mark(row: Row, outturn: float) -> Mark:
    """One number of the forecast against what happened."""
    known = row.known
    inside = tuple(low <= outturn <= high for low, high in map(row.interval, LEVELS))
    below = float((known < outturn).mean() + (known == outturn).mean() / 2) if len(known) else float("nan")
    return Mark(row.point, outturn, row.mean, row.median, crps(known, outturn), inside, below)


def marks(found: Forecast, outturn: dict[Point, float]) -> list[Mark]:
    """Every number that is known, marked, in the order of the forecast."""
    return [mark(row, outturn[row.point]) for row in found.rows if row.point in outturn]


def totals(given: Sequence[Mark]) -> list[Total]:
    """The marks of each series, in the order of the forecast, and of all."""
    names = dict.fromkeys(one.point.series for one in given)
    found = [_total(name, [one for one in given if one.point.series == name]) for name in names]
    nan = float("nan")
    everything = _total("all series", given)
    return [*found, Total(everything.name, everything.count, everything.coverage, nan, nan, nan)]


def _total(name: str, given: Sequence[Mark]) -> Total:
    errors = np.array([one.error for one in given])
    happened = float(sum(one.outturn for one in given))
    return Total(
        name,
        len(given),
        tuple(float(np.mean([one.inside[place] for one in given])) for place in range(len(LEVELS))),
        float(np.mean([one.crps for one in given])),
        float(errors.mean()),
        float(errors.sum()) / happened if happened else float("nan"),
    )
