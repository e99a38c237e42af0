"""Where a search begins: the least lumps that meet a target in a queue counted by weeks, never its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.plans import Lump, kept
from analysis.capacity.replay import in_time
from analysis.capacity.stored import WEEK
from analysis.capacity.targets import Target
from simulation.calendar import LAST, date_of, day_of, is_working, mondays
from simulation.flows import Spells
from simulation.inputs import Inputs

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST_LUMPS: Final = 5_000
"""Lumps beyond which no guess goes; the search goes on from there in full runs."""

_ENOUGH: Final = 0.9
"""The share of futures in which the first guess of a region meets the target."""

_HAIR: Final = 1e-9


def guess(
    waits: Sequence[Spells], venue: int, first: int, past: int, target: Target, lump: Lump, inputs: Inputs
) -> int:
    """The least lumps of a venue, held throughout, for those who join from `first` until before `past`."""
    weeks = weeks_of(inputs)
    arrivals = arriving(waits, venue, weeks)
    asked = (weeks >= first) & (weeks + WEEK <= past)
    weekly = seats_of(inputs, lump, weeks, first)

    def holds(count: int) -> bool:
        soon = in_time(arrivals, weekly[None] * count, target.days)
        return meets(target, soon, arrivals, asked) >= _ENOUGH

    return least(holds, 0, 1)


def least(holds: Callable[[int], bool], fails: int, begin: int) -> int:
    """The least count that holds, above one that is taken to fail; twice as much is tried until one does."""
    most = begin
    while not holds(most) and most < MOST_LUMPS:
        fails, most = most, most * 2
    while most - fails > 1:
        middle = (fails + most) // 2
        fails, most = (fails, middle) if holds(middle) else (middle, most)
    return most


def weeks_of(inputs: Inputs) -> Ints:
    """The Monday of every week that a scenario simulates."""
    return np.array(mondays(max(day_of(inputs.start), 0), day_of(min(inputs.until, LAST))))


def arriving(waits: Sequence[Spells], venue: int, weeks: Ints) -> Ints:
    """The people of a venue who join its queue [future, week]."""
    here = (spells.joined[spells.home == venue] for spells in waits)
    return np.array([np.bincount((days - weeks[0]) // WEEK, minlength=len(weeks)) for days in here])


def seats_of(inputs: Inputs, lump: Lump, weeks: Ints, first: int) -> Floats:
    """The seats of one lump that people come to in each week, from the day of its opening on."""
    until = day_of(min(inputs.until, LAST))
    days = [
        sum(first <= day <= until and is_working(date_of(day)) for day in range(int(monday), int(monday) + 5))
        for monday in weeks
    ]
    return np.array(days) / 5 * lump.weekly * kept(inputs) * inputs.scale


def meets(target: Target, soon: Floats, arrivals: Ints, asked: NDArray[np.bool_]) -> float:
    """The share of futures in which enough of the people who join in the weeks asked about sit in time."""
    needed = target.percent / 100 * arrivals[:, asked].sum(axis=1) - _HAIR
    return float((soon[:, asked].sum(axis=1) >= needed).mean())
