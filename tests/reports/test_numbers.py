"""Numbers as people read them."""

from __future__ import annotations

import pytest

from reports.numbers import UNDEFINED, amount, change, half_width, interval

pytestmark = pytest.mark.unit

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (12345.6, "people", "12,346"),
        (9.94, "FTE", "9.9"),
        (9.96, "FTE", "10"),
        (3.0, "people", "3"),
        (0.1234, "share", "12.3%"),
        (1.0, "share", "100.0%"),
        (-0.0, "people", "0"),
        (NAN, "share", UNDEFINED),
    ],
)
def test_amounts(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.0, "people", "+1,234"),
        (-0.016, "share", "-1.6 points"),
        (0.0, "people", "0"),
        (-0.0001, "share", "0.0 points"),
        (NAN, "people", UNDEFINED),
    ],
)
def test_changes(value: float, unit: str, text: str) -> None:
    assert change(value, unit) == text


def test_intervals() -> None:
    assert interval(1000.0, 2000.0, "people") == "[1,000, 2,000]"
    assert interval(-0.01, 0.02, "share", signed=True) == "[-1.0, +2.0]"
    assert half_width(10.0, 20.0, "people") == "±5"
    assert interval(NAN, NAN, "people") == half_width(NAN, NAN, "share") == ""


@pytest.mark.parametrize(
    ("half", "unit", "text"),
    [
        (0.0112, "share", "±1.1"),
        (0.0006, "share", "±0.1"),
        (0.00002, "share", "±<0.1"),
        (0.0, "share", "±0.0"),
        (0.04, "FTE", "±<0.1"),
        (0.0, "FTE", "±0"),
    ],
)
def test_a_half_width_has_the_digits_of_its_figure_and_only_an_exact_one_is_nothing(
    half: float, unit: str, text: str
) -> None:
    assert half_width(0.5 - half, 0.5 + half, unit) == text
