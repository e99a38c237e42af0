"""Switching values of what the world itself rests on, such as take-up: found between runs at several values.

A price can be turned without running anything; a parameter of the world cannot. Both scenarios are run at
some values from the lowest to the highest of its range, on the same random draws, and the value at which they
are equal is found on the straight line between two neighbours.
"""

from __future__ import annotations

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
    """Where the first scenario and the other are equal, with the interval of resampled replications."""
    rows = resampled_rows(one.cost.shape[1], seed)
    gap = one.metric(metric, rows) - other.metric(metric, rows)
    roots = np.array([crossing(at, column) for column in gap.T])
    known = roots[1:][~np.isnan(roots[1:])]
    value = None if np.isnan(roots[0]) else float(roots[0])
    use = value is not None and len(known) > 0
    low, high = np.percentile(known, [10, 90]).tolist() if use else (np.nan, np.nan)
    share = len(known) / RESAMPLES
    return Switch(key, unit, now, float(at[0]), float(at[-1]), value, low, high, share, None)


def crossing(at: Floats, gap: Floats) -> float:
    """The first value at which a gap changes sign, on the line between its neighbours; NaN if it does not."""
    for place in range(len(at) - 1):
        left, right = gap[place], gap[place + 1]
        if np.isnan(left) or np.isnan(right):
            continue
        if left == 0:
            return float(at[place]) if right != 0 else np.nan
        if np.sign(left) != np.sign(right):
            return float(at[place] + (at[place + 1] - at[place]) * left / (left - right))
    return float("nan")
