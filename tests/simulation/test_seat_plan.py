"""The seat plan against a count day by day, in dates and words, that shares none of its arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from arms import rollouts
from hypothesis import HealthCheck, given, settings
from worlds import arm, run

from rules.errors import InputError
from simulation.calendar import date_of, day_of, is_working
from simulation.capacity import LEADERS, VENUES, first_day, seat_plan
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod, Closure, Inputs

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
    sums = Counter[tuple[str, bool]]()
    told = [0, 0]
    for number in range(day_of(until) + 1):
        today = date_of(number)
        for period in inputs.centres:
            if period.region in ("all", region) and opens(period, inputs, today):
                sums[period.centre, closed(inputs, region, period.centre, today)] += period.seats_per_day
        whole = [
            sum(int(seats * share) for (_, shut), seats in sums.items() if shut == kind)
            for kind in (False, True)
        ]
        yield whole[0] - told[0], whole[1] - told[1]
        told = whole


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
    sums = np.zeros_like(plan.planned)
    for part in plan.parts:
        sums[part.venue] += part.planned
    assert (sums == plan.planned).all()


def test_assessors_are_absent_from_one_centre_at_a_time() -> None:
    """Two centres of one region, and half of all days lost at each: both, one or none, a quarter each way."""
    span = date(2017, 1, 2), date(2020, 12, 31)
    centres = tuple(
        CapacityPeriod("London", *span, seats, centre=name) for name, seats in (("a", 100), ("b", 200))
    )
    inputs = replace(arm("consultation", "centre.assessor_absence=0.5", "phase.plan=closed"), centres=centres)
    found = run(replace(inputs, scale=0.01))
    london = VENUES.index("London")
    days = found.offered[london] == 3
    lost = Counter(found.absent[london, days].tolist())
    assert set(lost) == {0, 1, 2, 3}
    assert all(share == pytest.approx(0.25, abs=0.05) for share in (lost[n] / days.sum() for n in range(4)))


@pytest.mark.parametrize("what", ["centres", "closures"])
def test_a_region_that_is_none_is_refused(what: str) -> None:
    span = date(2018, 1, 1), date(2018, 12, 31)
    odd = {"centres": (CapacityPeriod("Londn", *span, 3),), "closures": (Closure("Londn", *span),)}
    inputs = replace(arm("consultation"), **{what: odd[what]})
    with pytest.raises(InputError, match=r"S101.*Londn"):
        seat_plan(inputs, day_of(inputs.until))


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
