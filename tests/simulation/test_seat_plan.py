"""The seat plan against a count day by day, in dates and words, that shares none of its arrays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest
from arms import rollouts
from hypothesis import HealthCheck, given, settings
from worlds import arm

from simulation.calendar import date_of, day_of, is_working
from simulation.capacity import LEADERS, VENUES, first_day, seat_plan
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod, Inputs

pytestmark = pytest.mark.property


def opens(period: CapacityPeriod, inputs: Inputs, today: date) -> bool:
    """Whether a period has seats on a day, closures apart."""
    if not (period.first <= today <= period.last and is_working(today)):
        return False
    if period.decided is not None:
        weeks = (
            inputs.parameters.value("centre.lead_weeks") if period.lead_weeks is None else period.lead_weeks
        )
        if (today - period.decided).days < round(7 * weeks):
            return False
    if period.opening_days:
        return today.weekday() in period.opening_days
    monday = today - timedelta(days=today.weekday())
    before = sum(is_working(monday + timedelta(days=number)) for number in range(today.weekday()))
    return before < period.days_per_week


def closed(inputs: Inputs, region: str, centre: str, today: date) -> bool:
    return any(
        item.first <= today <= item.last
        and (item.centre == centre if item.centre else item.region in ("all", region))
        for item in inputs.closures
    )


def count(inputs: Inputs, region: str, until: date) -> Iterator[tuple[int, int]]:
    """Seats that a region offers, and those that closures take, of each day since the baseline."""
    share = Fraction(round(inputs.scale * inputs.parameters.value("centre.seats_factor") * 10**6), 10**6)
    offered = lost = told_offered = told_lost = 0
    for number in range(day_of(until) + 1):
        today = date_of(number)
        for period in inputs.centres:
            if period.region in ("all", region) and opens(period, inputs, today):
                if closed(inputs, region, period.centre, today):
                    lost += period.seats_per_day
                else:
                    offered += period.seats_per_day
        yield int(offered * share) - told_offered, int(lost * share) - told_lost
        told_offered, told_lost = int(offered * share), int(lost * share)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rollouts())
def test_seats_are_those_of_a_count_day_by_day(inputs: Inputs) -> None:
    until = min(inputs.until, date(2018, 12, 31))
    plan = seat_plan(inputs, day_of(until))
    for region in REGIONS[3:6]:
        row = VENUES.index(region)
        found = list(zip(plan.planned[row].tolist(), plan.shut[row].tolist(), strict=True))
        assert found == list(count(inputs, region, until))


def test_leaders_have_their_seats_on_the_first_working_day_of_each_week() -> None:
    inputs = arm("consultation", "centre.seats_factor=3", scale=1.0)
    plan = seat_plan(inputs, day_of(inputs.until))
    seats = plan.planned[VENUES.index(LEADERS)]
    days = [date_of(day) for day in seats.nonzero()[0].tolist()]
    assert set(seats[seats > 0].tolist()) == {5}
    assert days[0] == date(2017, 1, 3)  # the second was a bank holiday
    assert all(not any(map(is_working, _days_before(day))) for day in days)


def _days_before(day: date) -> list[date]:
    """The days of the week before a day."""
    return [day - timedelta(days=number + 1) for number in range(day.weekday())]


@pytest.mark.parametrize(
    ("decided", "weeks", "first"),
    [
        (None, None, date(2018, 7, 1)),
        (None, 30, date(2018, 7, 1)),
        (date(2018, 6, 25), None, date(2018, 9, 24)),
        (date(2018, 6, 25), 0, date(2018, 7, 1)),
        (date(2018, 1, 1), 26, date(2018, 7, 2)),
    ],
)
def test_the_first_day_is_the_later_of_two(decided: date | None, weeks: int | None, first: date) -> None:
    period = CapacityPeriod(
        "London", date(2018, 7, 1), date(2018, 12, 31), 12, decided=decided, lead_weeks=weeks
    )
    assert first_day(period, arm("consultation").parameters) == first
