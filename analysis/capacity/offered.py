"""The wait offered: the first week in which at least a tenth of the week's seats are still free.

It is what somebody is told who asks for a seat today, and it overstates what many people wait. Driving tests
are reported in this way. People here are given the seats of the coming week only, so the seats that are free
in later weeks are those that the queue of today would leave, were it given the coming seats in turn.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FREE_SHARE: Final = 0.1
_HAIR: Final = 1e-9


def offered_waits(waiting: Ints, seats: Ints) -> Floats:
    """The wait offered at the end of each week, in weeks, for one queue.

    `waiting` are the people in the queue at the end of each week, `seats` those open in it. Infinite where
    the seats of the remaining weeks do not bring the queue so low.
    """
    weeks = np.arange(len(seats))
    before = np.concatenate([[0], np.cumsum(seats)])
    # In a week a tenth is free once the seats before it and nine tenths of its own are enough for the queue.
    reach = np.where(seats > 0, before[:-1] + (1 - FREE_SHARE) * seats, -np.inf)
    found = np.searchsorted(np.maximum.accumulate(reach), before[1:] + waiting - _HAIR)
    return np.where(found < len(seats), found - weeks, np.inf)
