"""Which month or year each of many days falls in: looked up in a table, not searched for one by one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def periods_of(days: Ints, ends: Iterable[int]) -> Ints:
    """The place of the first of `ends` that is not before each day; the number of `ends` where none is.

    `ends` are the last days of periods, in rising order; days before the first period count as its own.
    """
    return _table(tuple(ends)).take(days, mode="clip")


@lru_cache(maxsize=64)
def _table(ends: tuple[int, ...]) -> Ints:
    """The place for every day from 0 to the day after the last end."""
    return np.searchsorted(np.array(ends), np.arange(ends[-1] + 2)).astype(np.int64)
