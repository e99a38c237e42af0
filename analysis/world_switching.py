"""Switching values of what the world itself rests on, such as take-up: found between runs at several values.

A price can be turned without running anything; a parameter of the world cannot. Both scenarios are run at
some values from the lowest to the highest of its range, on the same random draws, and the value at which they
are equal is found on the straight line between two neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.switching import RESAMPLES, Switch, resampled_rows

Floats = NDArray[np.float64]

POINTS: Final = 5
"""Values of the parameter at which both scenarios are run, besides the present one."""


@dataclass(frozen=True, eq=False)
class Swept:
    """One scenario at several values of a parameter: pounds and accreditations [value, replication]."""

    cost: Floats
    accredited: Floats

    def metric(self, name: str, rows: NDArray[np.int64]) -> Floats:
        """What is compared [value, resample]; NaN where nobody is accredited."""
        total = self.cost[:, rows].mean(axis=2)
        if name == "cost":
            return np.asarray(total)
        gained = self.accredited[:, rows].mean(axis=2)
        each = np.full_like(total, np.nan)
        np.divide(total, gained, out=each, where=gained > 0)
        return np.asarray(each)


def points(low: float, high: float, now: float) -> Floats:
    """The values to run at, in order: from one end of a range to the other, and the present one."""
    return np.unique([*np.linspace(low, high, POINTS).tolist(), now])


def world_switching(
    key: str, unit: str, now: float, at: Floats, one: Swept, other: Swept, metric: str, seed: int
) -> Switch:
    """Where the first scenario and the other are equal, nearest to the present value and wherever else.

    The interval is of the root nearest to that in each of the resampled replications. One replication tells
    nothing of chance: its interval, and the share of resamples with a root, are NaN.
    """
    replications = one.cost.shape[1]
    rows = resampled_rows(replications, seed)
    gap = one.metric(metric, rows) - other.metric(metric, rows)
    first, *resampled = (crossings(at, column) for column in gap.T)
    value = _nearest(first, now) if first else None
    also = tuple(root for root in first if root != value)
    low = high = share = float("nan")
    if replications > 1:
        known = [_nearest(roots, now if value is None else value) for roots in resampled if roots]
        share = len(known) / RESAMPLES
        if value is not None and known:
            low, high = np.percentile(known, [10, 90]).tolist()
    return Switch(key, unit, now, float(at[0]), float(at[-1]), value, low, high, share, None, also)


def _nearest(roots: Sequence[float], to: float) -> float:
    return min(roots, key=lambda root: abs(root - to))


def crossings(at: Floats, gap: Floats) -> list[float]:
    """Every value at which a gap is zero, in order, on the lines between neighbours; NaN has no lines.

    Where a gap is zero over a stretch, it is the ends at which it begins or ceases to be, if within `at`.
    """
    found: list[float] = []
    for place in range(len(at) - 1):
        left, right = gap[place], gap[place + 1]
        if np.isnan(left) or np.isnan(right) or left == right == 0:
            continue
        if left == 0 or right == 0:
            found.append(float(at[place] if left == 0 else at[place + 1]))
        elif np.sign(left) != np.sign(right):
            found.append(float(at[place] + (at[place + 1] - at[place]) * left / (left - right)))
    return list(dict.fromkeys(found))
