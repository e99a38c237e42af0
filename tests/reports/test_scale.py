"""Axes have round ticks, begin at zero unless that hides everything, and dates lie by their days."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scale import axis_labels, date_text, positions, round_step, scale

pytestmark = pytest.mark.unit

NUMBERS = st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-9)


@given(st.lists(NUMBERS, min_size=1, max_size=20), st.integers(2, 8))
def test_every_value_lies_on_the_axis_and_ticks_are_few(values: list[float], most: int) -> None:
    axis = scale(values, most=most)
    slack = (axis.high - axis.low) * 1e-9
    assert all(axis.low - slack <= value <= axis.high + slack for value in values)
    assert 2 <= len(axis.ticks) <= most + 2
    assert len({axis.text(tick) for tick in axis.ticks}) >= 2


@given(st.floats(1e-9, 1e12))
def test_steps_are_one_two_or_five(least: float) -> None:
    step = round_step(least)
    lead = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert step >= least * (1 - 1e-9)
    assert any(math.isclose(lead, times, rel_tol=1e-6) for times in (1, 2, 5))


def test_lengths_begin_at_zero_unless_that_hides_the_difference() -> None:
    assert scale([3.0, 10.0]).low == 0
    assert scale([-3.0, -10.0]).high == 0
    assert scale([980.0, 1000.0]).low > 0
    assert scale([5.0]).low == 0
    assert scale([0.0]).low < 0 < scale([0.0]).high
    assert scale([math.nan]).ticks == (0.0, 1.0)


@pytest.mark.parametrize(
    ("values", "unit", "texts"),
    [
        ((0, 28000), "people", ["0", "10k", "20k", "30k"]),
        ((0.0, 0.8), "share", ["0%", "20%", "40%", "60%", "80%"]),
        ((0, 0.004), "share", ["0.0%", "0.1%", "0.2%", "0.3%", "0.4%"]),
        ((0, 9000), "days", ["0", "2k", "4k", "6k", "8k", "10k"]),
        ((0, 2900), "days", ["0", "1,000", "2,000", "3,000"]),
        ((0, 2.5e6), "£", ["0", "0.5m", "1.0m", "1.5m", "2.0m", "2.5m"]),
        ((-1, 1), "", ["-1.0", "-0.5", "0.0", "0.5", "1.0"]),
    ],
)
def test_ticks_as_they_are_read(values: tuple[float, ...], unit: str, texts: list[str]) -> None:
    axis = scale(values, unit)
    assert [axis.text(tick) for tick in axis.ticks] == texts


def test_dates_lie_by_their_days_and_other_names_evenly() -> None:
    assert positions(("2017-01-01", "2017-01-02", "2017-01-11")) == (0.0, 0.1, 1.0)
    assert positions(("10", "30", "100")) == (0.0, 0.5, 1.0)
    assert positions(("2017-01-02", "2017-01-01")) == (0.0, 1.0)  # not in order: evenly
    assert positions(()) == ()


def test_dates_as_they_are_read() -> None:
    assert date_text("2019-07-01") == "1 Jul 2019"
    assert date_text("2019-11") == "Nov 2019"
    assert date_text("rep 30") == "rep 30"


@given(st.integers(1, 120), st.integers(8, 160))
def test_labels_of_an_axis_never_touch(months: int, width: int) -> None:
    axis = [date(2017 + place // 12, place % 12 + 1, 1).isoformat() for place in range(months)]
    columns = [round(part * (width - 1)) for part in positions(axis)]
    laid = axis_labels(axis, columns, width)
    free = 0
    for start, text in laid:
        assert start >= free
        assert start + len(text) <= width
        free = start + len(text) + 1


@pytest.mark.parametrize("width", [24, 40, 47, 60])
def test_an_axis_of_decembers_is_named(width: int) -> None:
    axis = tuple(f"{year}-12-31" for year in range(2017, 2022))
    columns = [round(part * (width - 1)) for part in positions(axis)]
    said = [text for _, text in axis_labels(axis, columns, width)]
    assert said[0] == "Dec 2017"
    assert said in (
        [f"Dec {year}" for year in range(2017, 2022)],
        [f"Dec {year}" for year in range(2017, 2022, 2)],
        ["Dec 2017"],
    )
    assert len(said) > 1 or width < 40


@given(st.integers(0, 11), st.sampled_from([1, 3, 6, 12]), st.integers(2, 60), st.integers(8, 160))
def test_an_axis_of_dates_always_has_a_date(first: int, apart: int, count: int, width: int) -> None:
    months = [first + place * apart for place in range(count)]
    axis = [date(2017 + month // 12, month % 12 + 1, 28).isoformat() for month in months]
    columns = [round(part * (width - 1)) for part in positions(axis)]
    assert axis_labels(axis, columns, width)


def test_numbers_too_small_to_be_parted_lie_at_zero() -> None:
    assert scale([0.0, -5e-324, 5e-324]) == scale([0.0])
