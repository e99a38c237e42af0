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
_EPOCH_OFFSET: Final = int(np.datetime64(BASELINE, "D").astype(np.int64))

Days = NDArray[np.int32]


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


def add_months(days: Days, months: int) -> Days:
    """The same day of the month `months` later, or the last day of a shorter month."""
    dates = (days.astype(np.int64) + _EPOCH_OFFSET).astype("datetime64[D]")
    of_month = dates.astype("datetime64[M]")
    day_of_month = (dates - of_month.astype("datetime64[D]")).astype(np.int64)
    target = of_month + np.timedelta64(months, "M")
    longest = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64) - 1
    moved = target.astype("datetime64[D]") + np.minimum(day_of_month, longest).astype("timedelta64[D]")
    return (moved.astype(np.int64) - _EPOCH_OFFSET).astype(np.int32)


@lru_cache(maxsize=64)
def weekly_rounds(first: int, until: int) -> tuple[int, ...]:
    """The first working day of every week after `first` up to `until`, then the day after `until`."""
    days = [working_days_of_week(monday)[0] for monday in mondays(first, until)]
    return (*(day for day in days if first < day <= until), until + 1)
