"""How many of the scenario's seats are opened, and where: a number of seats is an assumption, so it is drawn.

Seats follow the people called: those of a week are shared by region as are the staff of the sites of a draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Final

from analysis.forecast.drawing import BESIDES
from analysis.forecast.stand_ins import members
from scenarios.uncertainty import drawn
from simulation.inputs import CapacityPeriod, Inputs, SiteWave
from simulation.parameters import Parameters

BETWEEN: Final = date(2019, 7, 26)
"""The day on which the first contract was told to be used up."""

SECOND: Final = date(2019, 10, 1)
"""The first day of the second contract."""

THIRD_WAVE: Final = date(2020, 4, 1)
"""The day from which seats are shared with the sites of the third wave."""

REOPENED: Final = date(2021, 6, 1)
"""The first day on which centres are open again; they were closed for a year before it."""


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
    for first, last in _spans(inputs.centres, shares):
        share = shares[max(day for day in shares if day <= first)]
        open_then = [period for period in inputs.centres if period.first <= first <= period.last]
        weekly = share * sum(period.seats_per_week for period in open_then)
        days = max(len(period.opening_days) or period.days_per_week for period in open_then)
        found += _shared(inputs.sites, first, last, weekly, days)
    return replace(inputs, centres=tuple(found))


@lru_cache(maxsize=1)
def seats() -> Parameters:
    """The shares with their evidence."""
    return Parameters.load([Path(str(files("analysis").joinpath("data/delivered.yaml")))])


def _spans(centres: Sequence[CapacityPeriod], changes: Iterable[date]) -> Iterator[tuple[date, date]]:
    """The days in which the scenario has seats, parted at every day on which their number changes."""
    ends = {period.last + timedelta(1) for period in centres}
    for first, following in pairwise(sorted({*changes, *ends, *(period.first for period in centres)})):
        if any(period.first <= first <= period.last for period in centres):
            yield first, following - timedelta(1)


def _shared(
    sites: Sequence[SiteWave], first: date, last: date, weekly: float, days: int
) -> Iterator[CapacityPeriod]:
    """Seats of a week by region, as are the staff of the sites that join by the last day.

    They lie on the first working days of a week, on as many as the scenario opens its busiest region: a bank
    holiday puts them off by a day, and an absent assessor takes those of one day.
    """
    staff: dict[str, float] = {}
    for wave in sites:
        if wave.joins <= last:
            for one in members(wave.employers):
                staff[one.region] = staff.get(one.region, 0.0) + one.staff
    for region, number in staff.items():
        each_day, more = divmod(round(weekly * number / sum(staff.values())), days)
        for there, opens in ((each_day, days), (1, more)):
            if there and opens:
                yield CapacityPeriod(region, first, last, there, opens)
