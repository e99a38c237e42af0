"""Days, months and working days against rules worked out anew."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.calendar import (
    BASELINE,
    LAST,
    add_months,
    bank_holidays,
    date_of,
    day_of,
    is_working,
    mondays,
    month_starts,
    weekly_rounds,
    working_days_of_week,
)

pytestmark = pytest.mark.unit

DATES = st.dates(BASELINE, LAST)


def easter(year: int) -> date:
    """Easter Sunday by Meeus' algorithm for the Gregorian calendar."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def nth_monday(year: int, month: int, last: bool) -> date:
    weeks = calendar.monthcalendar(year, month)
    found = [week[0] for week in weeks if week[0]]
    return date(year, month, found[-1 if last else 0])


def substitutes(*days: date) -> set[date]:
    """Holidays that fall at a weekend move to the next weekday that is not one already."""
    taken: set[date] = {day for day in days if day.weekday() < 5}
    for day in days:
        if day.weekday() >= 5:
            moved = day
            while moved.weekday() >= 5 or moved in taken:
                moved += timedelta(days=1)
            taken.add(moved)
    return taken


def holidays(year: int) -> set[date]:
    """Bank holidays of a year in England, by the rules of the Act of 1971 and the proclamations since."""
    sunday = easter(year)
    found = substitutes(date(year, 1, 1)) | substitutes(date(year, 12, 25), date(year, 12, 26))
    found |= {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    early, spring = nth_monday(year, 5, last=False), nth_monday(year, 5, last=True)
    moved = {2020: ({early}, {date(2020, 5, 8)}), 2022: ({spring}, {date(2022, 6, 2), date(2022, 6, 3)})}
    gone, come = moved.get(year, (set(), set()))
    found |= ({early, spring} - gone) | come | {nth_monday(year, 8, last=True)}
    return found | {day for day in (date(2022, 9, 19), date(2023, 5, 8)) if day.year == year}


def test_every_bank_holiday_is_there_and_no_other() -> None:
    wanted = set().union(*(holidays(year) for year in range(2016, 2027)))
    assert {day for day in bank_holidays() if day > BASELINE} == {
        day for day in wanted if BASELINE < day <= LAST
    }


def test_easter_is_easter() -> None:
    assert [easter(year) for year in (2017, 2018, 2019, 2024)] == [
        date(2017, 4, 16),
        date(2018, 4, 1),
        date(2019, 4, 21),
        date(2024, 3, 31),
    ]


@pytest.mark.parametrize(("year", "working"), [(2017, 252), (2018, 253), (2020, 254), (2022, 250)])
def test_working_days_of_a_year(year: int, working: int) -> None:
    """Weekdays less bank holidays on weekdays, counted by hand: 2017 has 260 and 8, 2022 has 260 and 10."""
    days = (date(year, 1, 1) + timedelta(days=step) for step in range(366))
    assert sum(is_working(day) for day in days if day.year == year) == working


@given(DATES)
def test_days_count_from_the_baseline_and_back(when: date) -> None:
    assert date_of(day_of(when)) == when
    assert day_of(when) == (when - BASELINE).days
    assert day_of(BASELINE) == 0


@given(st.dates(date(1940, 1, 1), date(2030, 12, 31)), st.integers(-24, 110))
def test_months_are_added_as_people_add_them(when: date, months: int) -> None:
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    if year < 1940:
        return
    last = calendar.monthrange(year, month + 1)[1]
    wanted = date(year, month + 1, min(when.day, last))
    assert date_of(int(add_months(np.array([day_of(when)]), months)[0])) == wanted


@given(st.lists(DATES, min_size=1, max_size=20), st.integers(0, 60))
def test_months_keep_the_order_of_days(dates: list[date], months: int) -> None:
    days = np.sort([day_of(when) for when in dates])
    assert (np.diff(add_months(days, months)) >= 0).all()


@given(DATES, st.integers(0, 800))
def test_mondays_and_months_begin_where_they_should(first: date, length: int) -> None:
    start, end = day_of(first), day_of(first) + length
    weeks = mondays(start, end)
    assert all(date_of(day).weekday() == 0 for day in weeks)
    assert start - 7 < weeks[0] <= start or (weeks == () and date_of(start).weekday() > end - start)
    assert set(np.diff(weeks)) <= {7}
    months = month_starts(start, end)
    wanted = {date_of(day).replace(day=1) for day in range(start, end + 1)}
    assert {date_of(day) for day in months} == wanted
    assert list(months) == sorted(months)


@given(st.integers(0, 2_000), st.integers(8, 1_700))
def test_one_round_a_week_on_its_first_working_day(first: int, length: int) -> None:
    until = min(first + length, day_of(LAST))
    *rounds, end = weekly_rounds(first, until)
    assert end == until + 1
    assert all(first < day <= until for day in rounds)
    weeks = [date_of(day).isocalendar()[:2] for day in rounds]
    assert len(set(weeks)) == len(weeks)
    for day in rounds:
        monday = day - date_of(day).weekday()
        earlier = [date_of(before) for before in range(monday, day)]
        assert is_working(date_of(day))
        assert not any(is_working(before) for before in earlier)
    assert len(rounds) >= length // 7 - 2  # no week is left out


@given(DATES)
def test_the_working_week_is_its_working_days(when: date) -> None:
    monday = day_of(when) - when.weekday()
    wanted = tuple(day for day in range(monday, monday + 7) if is_working(date_of(day)))
    assert working_days_of_week(monday) == wanted
