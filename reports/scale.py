"""Round ticks for an axis of numbers, and the names of dates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_POINTS: Final = ("share", "%")


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high` with ticks at round numbers `step` apart."""

    low: float
    high: float
    step: float
    unit: str = ""

    @property
    def ticks(self) -> tuple[float, ...]:
        """The numbers to name, from the least."""
        count = round((self.high - self.low) / self.step)
        return tuple(self.low + place * self.step for place in range(count + 1))

    def part(self, value: float) -> float:
        """Where a value lies: 0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)

    def text(self, value: float) -> str:
        """A tick as it is read: 20k, 1.5m, 40%."""
        if self.unit in _POINTS:
            shown, step = (value * 100, self.step * 100) if self.unit == "share" else (value, self.step)
            return f"{_digits(shown, step)}%"
        biggest = max(abs(self.low), abs(self.high))
        for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
            if biggest >= 10 * size or (biggest >= size > 1e3):
                return f"{_digits(value / size, self.step / size)}{letter}" if value else "0"
        return _digits(value, self.step)


def _digits(value: float, step: float) -> str:
    places = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
    return f"{round(value, places) + 0.0:,.{places}f}"


NOTHING: Final = 1e-200
"""What is no farther from zero is drawn as zero: steps between such numbers cannot be told apart from it."""


def scale(values: Iterable[float], unit: str = "", most: int = 6) -> Scale:
    """A scale that holds the values with at most so many ticks.

    It begins at zero unless every value is far from it, since a length that does not begin at zero misleads.
    """
    known = [value if abs(value) > NOTHING else 0.0 for value in values if math.isfinite(value)]
    if not known:
        return Scale(0.0, 1.0, 1.0, unit)
    low, high = min(known), max(known)
    if low >= 0 and low <= 0.7 * high:
        low = 0.0
    elif high <= 0 and high >= 0.7 * low:
        high = 0.0
    if high == low:
        size = abs(high) or 1.0
        low, high = (0.0, high) if high > 0 else (low - size, high + (0.0 if high < 0 else size))
    step = round_step((high - low) / max(most - 1, 1))
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return Scale(bottom, top, step, unit)


def round_step(least: float) -> float:
    """The least of 1, 2 and 5 times a power of ten that is not below a number."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least * (1 - 1e-9))


def as_date(text: str) -> date | None:
    """An ISO date, or a month such as 2019-11; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == len("2019-11") else text)
    except ValueError:
        return None


def date_text(text: str) -> str:
    """An ISO date as a person reads it: 1 Nov 2019; anything else as it is."""
    found = as_date(text)
    if found is None:
        return text
    month = f"{MONTHS[found.month - 1]} {found.year}"
    return month if len(text) == len("2019-11") else f"{found.day} {month}"


def month_text(found: date) -> str:
    """A month of a year: Nov 2019."""
    return f"{MONTHS[found.month - 1]} {found.year}"


def positions(axis: Sequence[str]) -> tuple[float, ...]:
    """Where each place of an axis lies, from 0 to 1: by its day where all are dates, else evenly."""
    if len(axis) < 2:
        return (0.0,) * len(axis)
    dates = [as_date(text) for text in axis]
    days = [found.toordinal() for found in dates if found is not None]
    if len(days) < len(axis) or any(later <= earlier for earlier, later in pairwise(days)):
        return tuple(place / (len(axis) - 1) for place in range(len(axis)))
    return tuple((day - days[0]) / (days[-1] - days[0]) for day in days)


def axis_labels(axis: Sequence[str], columns: Sequence[int], width: int) -> list[tuple[int, str]]:
    """Labels under an axis as (first cell, text), none touching the next.

    Months are named at round distances: every one, three, six or twelve months, as they fit. They are counted
    from January, or from the first date where that names none, as with an axis of Decembers.
    """
    dates = [as_date(text) for text in axis]
    counted = [found.year * 12 + found.month - 1 for found in dates if found is not None]
    for months in (1, 2, 3, 4, 6, 12, 24, 60, 120, 1200):
        named = []
        begin = 0 if any(count % months == 0 for count in counted) else next(iter(counted), 0)
        for place, found in enumerate(dates):
            if found is None:
                named.append((place, axis[place]))
            elif (found.year * 12 + found.month - 1 - begin) % months == 0 and not _same_month(dates, place):
                named.append((place, month_text(found)))
        if None in dates:
            named = named[:: _stride(months)]
        laid = _laid(named, columns, width)
        if laid is not None:
            return laid
    return []


def _stride(months: int) -> int:
    return {1: 1, 2: 2, 3: 5, 4: 10, 6: 20, 12: 50, 24: 100, 60: 500, 120: 1000, 1200: 10_000}[months]


def _same_month(dates: Sequence[date | None], place: int) -> bool:
    """Whether the place before lies in the same month."""
    here, before = dates[place], dates[place - 1] if place else None
    return here is not None and before is not None and (here.year, here.month) == (before.year, before.month)


def _laid(
    named: Sequence[tuple[int, str]], columns: Sequence[int], width: int
) -> list[tuple[int, str]] | None:
    laid: list[tuple[int, str]] = []
    free = 0
    for place, text in named:
        if len(text) > width:
            return None
        start = min(max(columns[place] - len(text) // 2, 0), width - len(text))
        if start < free:
            return None
        laid.append((start, text))
        free = start + len(text) + 1
    return laid
