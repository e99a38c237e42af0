"""The twin's seats: what a scenario says of a centre, counted on one day after another.

A scenario says on which days a centre has how many seats, when it stays shut, and how long a decision takes
until its first day. Seats are for England at full size: in a smaller one a centre has its share of them, and
a part of a seat is kept for the next day on which it has any.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from simulation.capacity import LEADERS
from simulation.inputs import CapacityPeriod, Inputs
from simulation.twin_calendar import Day

_MILLIONTHS: Final = 1_000_000


def centres_in(inputs: Inputs, venue: str) -> list[str]:
    """The ids of the centres of a region; seats that carry none are one centre without an id."""
    found = [period.centre for period in inputs.centres if _is_in(period.region, venue)]
    return list(dict.fromkeys([*found, ""]))


def seats_by_day(inputs: Inputs, days: Sequence[Day], venue: str, centre: str) -> list[int]:
    """The seats of one centre on each day, before any assessor is absent."""
    factor = 1.0 if venue == LEADERS else inputs.parameters.value("centre.seats_factor")
    share = round(inputs.scale * factor * _MILLIONTHS)
    periods = [
        (period, _opens(period, inputs))
        for period in inputs.centres
        if period.centre == centre and _is_in(period.region, venue)
    ]
    found, kept = [], 0
    for day in days:
        wanted = _of_leaders(inputs, day) if venue == LEADERS and not centre else None
        if wanted is None:
            wanted = sum(period.seats_per_day for period, first in periods if _open(period, first, day))
        if not _shut(inputs, day, venue, centre):
            kept += wanted * share
        found.append(kept // _MILLIONTHS)
        kept %= _MILLIONTHS
    return found


def _is_in(region: str, venue: str) -> bool:
    return region in ("all", venue)


def _opens(period: CapacityPeriod, inputs: Inputs) -> date:
    """The first day of a period, or the one on which what was decided is ready."""
    if period.decided is None:
        return period.first
    takes = inputs.parameters.value("centre.lead_weeks") if period.lead_weeks is None else period.lead_weeks
    return max(period.first, period.decided + timedelta(days=round(7 * takes)))


def _open(period: CapacityPeriod, first: date, day: Day) -> bool:
    if not day.working or not first <= day.when <= period.last:
        return False
    if period.opening_days:
        return day.when.weekday() in period.opening_days
    return day.working <= period.days_per_week


def _of_leaders(inputs: Inputs, day: Day) -> int | None:
    """The seats of practice leaders under their own contract, on one day a week; None on the other days."""
    held = inputs.levers["phase.plan"] != "closed" and inputs.levers["q2.leader_post"] == "included"
    if not held or day.working != 1 or not inputs.start <= day.when <= inputs.until:
        return None
    return round(inputs.parameters.value("centre.leader_seats_week"))


def _shut(inputs: Inputs, day: Day, venue: str, centre: str) -> bool:
    return any(
        closure.first <= day.when <= closure.last
        and (closure.centre == centre if closure.centre else _is_in(closure.region, venue))
        for closure in inputs.closures
    )
