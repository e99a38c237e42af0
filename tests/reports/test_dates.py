"""Dates as a person reads them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.dates import day, month

pytestmark = pytest.mark.unit


@given(st.dates(min_value=date(2016, 1, 1), max_value=date(2030, 12, 31)))
def test_only_the_last_day_of_a_month_is_called_by_its_month(found: date) -> None:
    last = found.day == monthrange(found.year, found.month)[1]
    assert month(found.isoformat()) == (f"{found:%B %Y}" if last else day(found.isoformat()))


def test_the_end_of_a_month_is_its_last_day_in_leap_years_too() -> None:
    assert month("2019-03-28") == "28 Mar 2019"
    assert month("2019-02-28") == "February 2019"
    assert month("2020-02-28") == "28 Feb 2020"
    assert month("2020-02-29") == "February 2020"
