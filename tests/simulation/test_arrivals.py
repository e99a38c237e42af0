"""Arrivals come to their yearly totals exactly, and a longer look ahead only adds to them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.arrivals import arrivals

pytestmark = pytest.mark.property
rates = st.lists(st.floats(0, 40), min_size=1, max_size=12)


@given(rates, st.integers(1, 2_500))
def test_yearly_totals_are_the_rates(listed: list[float], days: int) -> None:
    rate = np.array(listed)
    day, employer = arrivals("test", rate, rate, days)
    for year, end in enumerate((365, 730, 1095, 1461, 1826), start=1):
        if days >= end:
            assert abs((day <= end).sum() - year * rate.sum()) <= 0.5 + 1e-6
            assert np.abs(np.bincount(employer[day <= end], minlength=len(rate)) - year * rate).max() <= 2
    assert len(day) == 0 or (day.min() >= 1 and day.max() <= days)


@given(rates, st.integers(1, 1_500), st.integers(0, 900))
def test_a_longer_horizon_only_adds(listed: list[float], days: int, more: int) -> None:
    rate = np.array(listed)
    day, employer = arrivals("test", rate, 2 * rate, days)
    longer_day, longer_employer = arrivals("test", rate, 2 * rate, days + more)
    assert (longer_day[: len(day)] == day).all()
    assert (longer_employer[: len(day)] == employer).all()
