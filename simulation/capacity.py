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
class SeatPlan:
    """Seats by venue and day: `planned` at open centres, and `shut` where a closure took them.

    `closed` marks the days on which a closure left a venue without any of the seats it would have had.
    """

    planned: Ints
    closed: NDArray[np.bool_]
    shut: Ints


def seat_plan(inputs: Inputs, until: int) -> SeatPlan:
    """Lay the capacity periods and closures of a scenario over the working calendar.

    Seats scale with the workforce, and those of regions with `centre.seats_factor`; fractions carry over
    from one day to the next, so that no seat is lost. Raises `InputError` S101 for a region that is not one
    of the nine.
    """
    laid = np.zeros((len(VENUES), until + 1), dtype=np.int64)
    lost = np.zeros_like(laid)
    for period in inputs.centres:
        days = _days(period, day_of(first_day(period, inputs.parameters)), until)
        shut = days[_while_shut(days, period.centre, inputs.closures)]
        for venue in _venues(period.region):
            laid[venue, days] += period.seats_per_day
            lost[venue, shut] += period.seats_per_day
    if inputs.levers["phase.plan"] != "closed" and inputs.levers["q2.leader_post"] == "included":
        seats = round(inputs.parameters.value("centre.leader_seats_week"))
        weekly = CapacityPeriod(LEADERS, inputs.start, inputs.until, seats, days_per_week=1)
        laid[-1, _days(weekly, day_of(weekly.first), until)] = seats
    for closure in inputs.closures:
        if not closure.centre:
            first, last = max(day_of(closure.first), 0), min(day_of(closure.last), until)
            for venue in _venues(closure.region):
                lost[venue, first : last + 1] = laid[venue, first : last + 1]
    factor = inputs.parameters.value("centre.seats_factor")
    millionths = np.full((len(VENUES), 1), round(inputs.scale * factor * _MILLION))
    millionths[-1] = round(inputs.scale * _MILLION)
    kept = laid - lost
    return SeatPlan(_scaled(kept, millionths), (laid > 0) & (kept == 0), _scaled(lost, millionths))


def first_day(period: CapacityPeriod, parameters: Parameters) -> date:
    """The first day on which a period may have seats: its own, or later where a decision takes its time."""
    if period.decided is None:
        return period.first
    weeks = period.lead_weeks
    lead = parameters.value("centre.lead_weeks") if weeks is None else weeks
    return max(period.first, period.decided + timedelta(days=round(lead * _DAYS_OF_WEEK)))


def _scaled(seats: Ints, millionths: Ints) -> Ints:
    """Seats of each day, scaled, with fractions carried over to the next day."""
    return np.diff(seats.cumsum(axis=1) * millionths // _MILLION, axis=1, prepend=0)


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


def _while_shut(days: Ints, centre: str, closures: tuple[Closure, ...]) -> NDArray[np.bool_]:
    """Which of the days fall into a closure of one centre; none for seats that carry no centre's name."""
    shut = np.zeros(len(days), dtype=np.bool_)
    for closure in closures:
        if centre and closure.centre == centre:
            shut |= (days >= day_of(closure.first)) & (days <= day_of(closure.last))
    return shut
