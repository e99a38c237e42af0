"""How many of the scenario's seats are opened, and where: a number of seats is an assumption, so it is drawn.

Seats follow the people called: those of a week are shared by region as are the staff of the sites of a draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from analysis.forecast.drawing import BESIDES
from analysis.forecast.stand_ins import members
from scenarios.uncertainty import drawn
from simulation.inputs import CapacityPeriod, Inputs
from simulation.parameters import Parameters

BETWEEN: Final = date(2019, 7, 26)
"""The day on which the first contract was told to be used up."""

SECOND: Final = date(2019, 10, 1)
"""The first day of the second contract."""

THIRD_WAVE: Final = date(2020, 4, 1)
"""The day from which seats are shared with the sites of the third wave."""

REOPENED: Final = date(2021, 6, 1)
"""The first day on which centres are open again; they were closed for a year before it."""

_WEDNESDAY: Final = 2


def with_seats(inputs: Inputs, draw: int) -> Inputs:
    """The arm with the seats of one draw, for the sites that it has."""
    value = drawn(seats(), inputs.seed, draw, BESIDES).value
    opened = value("delivered.seats_opened")
    shares = {
        date.min: opened,
        BETWEEN: opened * value("delivered.seats_between_contracts"),
        SECOND: opened,
        THIRD_WAVE: opened,
        REOPENED: value("delivered.seats_reopened"),
    }
    found: list[CapacityPeriod] = []
    for first, last in _spans(inputs, list(shares)):
        share = shares[max(day for day in shares if day <= first)]
        weekly = share * sum(p.seats_per_week for p in inputs.centres if p.first <= first <= p.last)
        found += _shared(inputs, first, last, weekly)
    return replace(inputs, centres=tuple(found))


@lru_cache(maxsize=1)
def seats() -> Parameters:
    """The shares with their evidence."""
    return Parameters.load([Path(str(files("analysis").joinpath("data/delivered.yaml")))])


def _spans(inputs: Inputs, changes: list[date]) -> Iterator[tuple[date, date]]:
    """The days in which the scenario has seats, parted at every day on which their number changes."""
    for first, last in sorted({(period.first, period.last) for period in inputs.centres}):
        starts = [first, *(day for day in changes if first < day <= last)]
        ends = [*(day - timedelta(1) for day in starts[1:]), last]
        yield from zip(starts, ends, strict=True)


def _shared(inputs: Inputs, first: date, last: date, weekly: float) -> Iterator[CapacityPeriod]:
    """Seats of a week by region, as are the staff of the sites that join by the last day.

    One day a week has all of them: who sits is settled week by week.
    """
    staff: dict[str, float] = {}
    for wave in inputs.sites:
        if wave.joins <= last:
            for one in members(wave.employers):
                staff[one.region] = staff.get(one.region, 0.0) + one.staff
    for region, number in staff.items():
        there = round(weekly * number / sum(staff.values()))
        yield CapacityPeriod(region, first, last, there, opening_days=(_WEDNESDAY,))
