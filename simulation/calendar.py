"""Days as whole numbers since the baseline, and the working calendar of England."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

BASELINE: Final = date(2016, 9, 30)
"""Day 0: the census date of the workforce statistics that the synthetic workforce is built from."""

LAST: Final = date(2026, 12, 31)
"""The last day for which bank holidays are shipped, and so the last day a simulation may reach."""

_BASELINE_ORDINAL: Final = BASELINE.toordinal()
_FIRST_TABLED: Final = date(1940, 1, 1).toordinal() - _BASELINE_ORDINAL

Days = NDArray[np.int64]


def day_of(when: date) -> int:
    """Days from the baseline to `when`."""
    return when.toordinal() - _BASELINE_ORDINAL


def date_of(day: int) -> date:
    """The calendar date of a day."""
    return date.fromordinal(int(day) + _BASELINE_ORDINAL)


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """Bank holidays in England and Wales, from the shipped list."""
    lines = files("simulation").joinpath("data/bank_holidays.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return frozenset(date.fromisoformat(row["date"]) for row in rows)


def is_working(when: date) -> bool:
    """Monday to Friday, and not a bank holiday."""
    return when.weekday() < 5 and when not in bank_holidays()


@lru_cache(maxsize=64)
def mondays(first: int, last: int) -> tuple[int, ...]:
    """Every Monday from the one on or before `first` to `last`, as days."""
    start = date_of(first)
    monday = day_of(start - timedelta(days=start.weekday()))
    return tuple(range(monday, last + 1, 7))


@lru_cache(maxsize=4096)
def working_days_of_week(monday: int) -> tuple[int, ...]:
    """The working days of the week that begins on `monday`."""
    return tuple(day for day in range(monday, monday + 5) if is_working(date_of(day)))


@lru_cache(maxsize=64)
def month_starts(first: int, last: int) -> tuple[int, ...]:
    """The first day of every month from the month of `first` to that of `last`."""
    when = date_of(first).replace(day=1)
    found = []
    while day_of(when) <= last:
        found.append(day_of(when))
        when = (when.replace(day=28) + timedelta(days=4)).replace(day=1)
    return tuple(found)


def add_months(days: Days, months: Days | int) -> Days:
    """The same day of the month `months` later, or the last day of a shorter month.

    Days may lie between 1940 and 2040; a start outside is taken as the nearest day inside.
    """
    month_of, day_of_month, starts = _months()
    at = np.minimum(np.maximum(days - _FIRST_TABLED, 0), len(month_of) - 1)
    target = np.minimum(np.maximum(month_of[at] + months, 0), len(starts) - 2)
    return np.asarray(np.minimum(starts[target] + day_of_month[at], starts[target + 1] - 1))


@lru_cache(maxsize=1)
def _months() -> tuple[Days, Days, Days]:
    """The month and the day of the month of each tabled day, and the first day of each month."""
    tabled = np.arange(np.datetime64("1940-01-01"), np.datetime64("2041-01-01"))
    of_month = tabled.astype("datetime64[M]")
    day_of_month = (tabled - of_month.astype("datetime64[D]")).astype(np.int64)
    number = (of_month - of_month[0]).astype(np.int64)
    starts = np.flatnonzero(day_of_month == 0) + _FIRST_TABLED
    return number, day_of_month, np.append(starts, _FIRST_TABLED + len(tabled))


@lru_cache(maxsize=64)
def weekly_rounds(first: int, until: int) -> tuple[int, ...]:
    """The first working day of every week after `first` up to `until`, then the day after `until`."""
    days = [working_days_of_week(monday)[0] for monday in mondays(first, until)]
    return (*(day for day in days if first < day <= until), until + 1)
