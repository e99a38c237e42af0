"""Seats that assessment centres offer, by venue and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.errors import nearest, problem
from simulation.calendar import day_of, mondays, working_days_of_week
from simulation.codes import REGIONS
from simulation.inputs import Inputs

Ints = NDArray[np.int64]

LEADERS: Final = "Practice leaders, national"
"""Leaders are assessed under a separate national contract (para 44), which is a venue of its own."""
VENUES: Final = (*REGIONS, LEADERS)


@dataclass(frozen=True)
class SeatPlan:
    """Seats planned for each venue and day, and whether the venue was closed on the day."""

    planned: Ints
    closed: NDArray[np.bool_]


def seat_plan(inputs: Inputs, until: int) -> SeatPlan:
    """Lay the capacity periods and closures of a scenario over the working calendar.

    Seats scale with the workforce: fractions carry over from one day to the next, so that no seat is lost.
    Raises `InputError` S101 for a region that is not one of the nine.
    """
    planned = np.zeros((len(VENUES), until + 1), dtype=np.int64)
    for period in inputs.centres:
        days = _days(day_of(period.first), day_of(period.last), period.days_per_week, until)
        for venue in _venues(period.region):
            planned[venue, days] += period.seats_per_day
    if inputs.levers["phase.plan"] != "closed" and inputs.levers["q2.leader_post"] == "included":
        each_week = _days(day_of(inputs.start), until, 1, until)
        planned[-1, each_week] = round(inputs.parameters.value("centre.leader_seats_week"))
    closed = np.zeros(planned.shape, dtype=np.bool_)
    for closure in inputs.closures:
        first, last = max(day_of(closure.first), 0), min(day_of(closure.last), until)
        for venue in _venues(closure.region):
            closed[venue, first : last + 1] = True
    scaled = np.where(closed, 0, planned).cumsum(axis=1) * round(inputs.scale * 1_000_000) // 1_000_000
    return SeatPlan(np.diff(scaled, axis=1, prepend=0), closed & (planned > 0))


def _venues(region: str) -> range:
    if region == "all":
        return range(len(VENUES))
    if region not in REGIONS:
        raise problem("S101", f"'{region}' is not a region of England", hint=nearest(region, REGIONS))
    index = REGIONS.index(region)
    return range(index, index + 1)


def _days(first: int, last: int, per_week: int, until: int) -> Ints:
    """The first `per_week` working days of each week between two days."""
    chosen = [
        day
        for monday in mondays(first, min(last, until))
        for day in working_days_of_week(monday)[:per_week]
        if max(first, 0) <= day <= min(last, until)
    ]
    return np.array(chosen, dtype=np.int64)
