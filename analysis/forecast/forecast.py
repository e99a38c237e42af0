"""A forecast: for each point the sample of what might be, its quantiles, and where it all came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.forecast.series import Point, Series

LEVELS: Final = (0.50, 0.80, 0.95)
"""What the intervals cover."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One point with its sample, in the order of replications; NaN where the number is not defined."""

    point: Point
    sample: Floats

    @property
    def known(self) -> Floats:
        """The defined part of the sample."""
        return np.asarray(self.sample[~np.isnan(self.sample)])

    @property
    def mean(self) -> float:
        """The mean of the sample; NaN where nothing is defined."""
        return float(self.known.mean()) if len(self.known) else float("nan")

    @property
    def median(self) -> float:
        """The middle of the sample."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> float:
        """A quantile, linear between the values of the sample; NaN where nothing is defined."""
        return float(np.quantile(self.known, share)) if len(self.known) else float("nan")

    def interval(self, level: float) -> tuple[float, float]:
        """The central interval that covers `level` of the sample."""
        return self.quantile(0.5 - level / 2), self.quantile(0.5 + level / 2)


@dataclass(frozen=True)
class Forecast:
    """A forecast with its provenance: plain values that say what it was made from, and no wall clock."""

    name: str
    title: str
    provenance: Mapping[str, object]
    series: tuple[Series, ...]
    rows: tuple[Row, ...]

    def row(self, point: Point) -> Row | None:
        """The row of a point, or None."""
        return next((row for row in self.rows if row.point == point), None)


def rows_of(points: Sequence[Point], values: Floats) -> tuple[Row, ...]:
    """Rows from values [replication, point], rounded to what is worth keeping."""
    return tuple(Row(point, np.round(values[:, place], 4)) for place, point in enumerate(points))
