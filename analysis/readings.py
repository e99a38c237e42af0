"""Which numbers of an experiment an analysis looks at: a measure on a day, or in the year that ends then."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from rules.errors import problem
from simulation.calendar import LAST, date_of, day_of
from simulation.inputs import Inputs
from simulation.measures import MEASURES, MeasureKey
from simulation.reckoning import decembers


def reading_day(inputs: Inputs, asked: date | None) -> date:
    """The day on which measures are read: the one asked for, or the last day of the simulated time.

    Raises `InputError` A002 for a day on which nothing is read.
    """
    known = [date_of(day) for day in decembers(day_of(inputs.start), day_of(min(inputs.until, LAST)))]
    if asked is None:
        return known[-1]
    if asked not in known:
        listed = ", ".join(day.isoformat() for day in known)
        raise problem("A002", f"no measure is read on {asked}", hint=f"one of: {listed}")
    return asked


def headline_keys(
    keys: Iterable[MeasureKey], day: date, wanted: Collection[str] | None = None
) -> tuple[MeasureKey, ...]:
    """The national key of each wanted measure, or each headline, for a day: one a measure, as declared.

    A measure of a period is read for the year of the day, or for the whole time where it has no years.
    """
    known = set(keys)
    span = next((key.period for key in known if "/" in key.period), "")
    found: dict[str, MeasureKey] = {}
    for name, item in MEASURES.items():
        if name not in wanted if wanted else not item.headline:
            continue
        for at, period in ((day.isoformat(), ""), ("", str(day.year)), ("", span)):
            key = MeasureKey(name, at, period)
            if key in known:
                found.setdefault(name, key)
    return tuple(found.values())


def when(key: MeasureKey) -> str:
    """The date or period of a key in words."""
    if key.at:
        found = date.fromisoformat(key.at)
        return f"{found.day} {found:%b %Y}"
    return "whole time" if "/" in key.period else key.period
