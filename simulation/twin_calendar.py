"""The twin's calendar: one day after another, each with its place among the working days of its week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from simulation.calendar import date_of, is_working


@dataclass(frozen=True)
class Day:
    """One day since the baseline. `working` is 1 on the first working day of a week, 0 on no working day."""

    number: int
    when: date
    working: int


def calendar(until: int) -> list[Day]:
    """Every day from the baseline to `until`."""
    found, worked = [], 0
    for number in range(-date_of(0).weekday(), until + 1):
        when = date_of(number)
        if when.weekday() == 0:
            worked = 0
        works = is_working(when)
        worked += works
        if number >= 0:
            found.append(Day(number, when, worked if works else 0))
    return found


def rounds(days: Iterable[Day], until: int) -> list[int]:
    """The first working day of every week after the baseline, then the day after `until`."""
    return [*(day.number for day in days if day.number and day.working == 1), until + 1]
