"""Seats that assessment centres offer, by venue and day.

A venue is a region: its centres share one queue, and their seats add up. A centre that is described by
itself (its circuits, sessions and opening days) is a period of capacity of its region that carries its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.errors import nearest, problem
from simulation.calendar import day_of, mondays, working_days_of_week
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod, Closure, Inputs
from simulation.parameters import Parameters

Ints = NDArray[np.int64]

LEADERS: Final = "Practice leaders, national"
"""Leaders are assessed under a separate national contract (para 44), which is a venue of its own."""
VENUES: Final = (*REGIONS, LEADERS)

STANDBY: Final = 1 << 4
"""Added to the venue in the detail of a booking that was made from the standby list."""

_MILLION: Final = 1_000_000
_DAYS_OF_WEEK: Final = 7


@dataclass(frozen=True)
class Part:
    """The seats of a venue by day that are staffed together: one centre, or all that carry no name."""

    venue: int
    centre: str
    planned: Ints

    @property
    def absence(self) -> str:
        """The stream of draws for the absence of its assessors."""
        return " ".join(("assessor absence", VENUES[self.venue], self.centre)).strip()


@dataclass(frozen=True)
class SeatPlan:
    """Seats by venue and day: `planned` at open centres, and `shut` where a closure took them.

    `closed` marks the days on which a closure left a venue without any of the seats it would have had. The
    seats of `parts` add up to those planned.
    """

    planned: Ints
    closed: NDArray[np.bool_]
    shut: Ints
    parts: tuple[Part, ...]


def seat_plan(inputs: Inputs, until: int) -> SeatPlan:
    """Lay the capacity periods and closures of a scenario over the working calendar.

    Seats scale with the workforce, and those of regions with `centre.seats_factor`; fractions carry over
    from one day to the next at each centre, so that no seat is lost. Raises `InputError` S101 for a region
    that is not one of the nine.
    """
    laid = _laid(inputs, until)
    shape = len(VENUES), until + 1
    wanted, open_, planned, shut = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    parts = []
    for (venue, centre), seats in laid.items():
        lost = _lost(seats, venue, centre, inputs.closures)
        factor = inputs.parameters.value("centre.seats_factor") if VENUES[venue] != LEADERS else 1.0
        millionths = round(inputs.scale * factor * _MILLION)
        parts.append(Part(venue, centre, _scaled(seats - lost, millionths)))
        wanted[venue] += seats
        open_[venue] += seats - lost
        planned[venue] += parts[-1].planned
        shut[venue] += _scaled(lost, millionths)
    return SeatPlan(planned, (wanted > 0) & (open_ == 0), shut, tuple(parts))


def _laid(inputs: Inputs, until: int) -> dict[tuple[int, str], Ints]:
    """Seats by day of each venue and centre, before closures and scale."""
    laid: dict[tuple[int, str], Ints] = {}
    for period in inputs.centres:
        days = _days(period, day_of(first_day(period, inputs.parameters)), until)
        for venue in _venues(period.region):
            seats = laid.setdefault((venue, period.centre), np.zeros(until + 1, dtype=np.int64))
            seats[days] += period.seats_per_day
    if inputs.levers["phase.plan"] != "closed" and inputs.levers["q2.leader_post"] == "included":
        held = round(inputs.parameters.value("centre.leader_seats_week"))
        weekly = CapacityPeriod(LEADERS, inputs.start, inputs.until, held, days_per_week=1)
        seats = laid.setdefault((VENUES.index(LEADERS), ""), np.zeros(until + 1, dtype=np.int64))
        seats[_days(weekly, day_of(weekly.first), until)] = held
    return laid


def _lost(seats: Ints, venue: int, centre: str, closures: tuple[Closure, ...]) -> Ints:
    """The seats of a centre that closures take: those of its own, of its region, and of all."""
    lost = np.zeros_like(seats)
    for closure in closures:
        if closure.centre == centre if closure.centre else venue in _venues(closure.region):
            days = slice(max(day_of(closure.first), 0), max(day_of(closure.last) + 1, 0))
            lost[days] = seats[days]
    return lost


def first_day(period: CapacityPeriod, parameters: Parameters) -> date:
    """The first day on which a period may have seats: its own, or later where a decision takes its time."""
    if period.decided is None:
        return period.first
    weeks = period.lead_weeks
    lead = parameters.value("centre.lead_weeks") if weeks is None else weeks
    return max(period.first, period.decided + timedelta(days=round(lead * _DAYS_OF_WEEK)))


def _scaled(seats: Ints, millionths: int) -> Ints:
    """Seats of each day, scaled, with fractions carried over to the next day."""
    return np.diff(seats.cumsum() * millionths // _MILLION, prepend=0)


def _venues(region: str) -> range:
    if region == "all":
        return range(len(VENUES))
    if region not in REGIONS:
        raise problem("S101", f"'{region}' is not a region of England", hint=nearest(region, REGIONS))
    index = REGIONS.index(region)
    return range(index, index + 1)


def _days(period: CapacityPeriod, first: int, until: int) -> Ints:
    """The days from `first` on which a period has seats."""
    last = min(day_of(period.last), until)
    chosen = [
        day
        for monday in mondays(first, last)
        for day in _open(period, monday)
        if max(first, 0) <= day <= last
    ]
    return np.array(chosen, dtype=np.int64)


def _open(period: CapacityPeriod, monday: int) -> tuple[int, ...]:
    """The working days of a week on which a period has seats."""
    working = working_days_of_week(monday)
    if period.opening_days:
        return tuple(day for day in working if day - monday in period.opening_days)
    return working[: period.days_per_week]
