"""A queue week by week in a few lines: the first guess for a search, never its answer.

Arrivals are taken from simulated futures in which nobody waited; people are seated in order of arrival. Those
who leave while they wait, limits on release, and retakes that come later because of a longer wait are left
out. On a queue without them it is exact.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_DAYS_INTO_WEEK: Final = 4
"""A seat may be as late as the Friday of its week, and an endorsement as early as its Monday."""


def seated(arrivals: Ints, seats: Floats) -> Floats:
    """How many were seated by the end of each week [future, week], of who arrived [future, week]."""
    came = np.cumsum(arrivals, axis=1).astype(np.float64)
    done = np.zeros(len(arrivals))
    found = np.empty_like(came)
    for week in range(came.shape[1]):
        done = np.minimum(came[:, week], done + seats[..., week])
        found[:, week] = done
    return found


def in_time(arrivals: Ints, seats: Floats, days: int) -> Floats:
    """Of those who arrived in each week, how many were seated within so many days [future, week]."""
    weeks = max((days - _DAYS_INTO_WEEK) // 7, 0)
    done = seated(arrivals, seats)
    last = np.minimum(np.arange(arrivals.shape[1]) + weeks, arrivals.shape[1] - 1)
    before = np.cumsum(arrivals, axis=1) - arrivals
    return np.asarray(np.clip(done[:, last] - before, 0, arrivals))
