"""What can be asked: the same bounds for the command line, for the interface, and where scenarios line up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cli.asked import ExperimentOptions
from cli.experiment import checked_date
from rules.errors import InputError
from scenarios import request
from scenarios.line_up import line_up
from simulation.calendar import BASELINE, LAST
from tui.asked import Asked

pytestmark = pytest.mark.unit


def said_at_the_prompt(name: str, value: Any) -> str:
    """What the command line says of one option; empty where it takes it."""
    try:
        if name == "until":
            checked_date(value)
        else:
            ExperimentOptions(**{name: value}).check()
    except InputError as error:
        return "; ".join(item.message for item in error.problems)
    return ""


def said_on_the_screen(name: str, value: Any) -> str:
    """What the interface says of one field; empty where it takes it."""
    try:
        Asked.model_validate({name: value})
    except ValidationError as error:
        return "; ".join(f"{item['loc'][0]} {item['msg']}" for item in error.errors())
    return ""


WHOLE = st.integers(-(2**64), 2**64) | st.integers(-2, 2_000)
SCALES = st.floats(allow_nan=True, allow_infinity=True) | st.floats(0, 200)


@given(name=st.sampled_from(["replications", "seed", "jobs", "interval"]), value=WHOLE)
def test_both_faces_take_and_refuse_the_same_whole_numbers(name: str, value: int) -> None:
    said = said_on_the_screen(name, value)
    assert said_at_the_prompt(name, value) == (f"--{said}" if said else "")


@given(value=SCALES)
def test_both_faces_take_and_refuse_the_same_scales(value: float) -> None:
    said = said_on_the_screen("scale", value)
    assert said_at_the_prompt("scale", value) == (f"--{said}" if said else "")
    assert bool(said) == (not 0.001 <= value <= 100)


@given(value=st.dates().map(date.isoformat) | st.sampled_from(["2021-13-45", "2021", "20211231", "soon"]))
def test_both_faces_take_and_refuse_the_same_last_days(value: str) -> None:
    said = said_on_the_screen("until", value)
    assert said_at_the_prompt("until", value) == (f"--{said}" if said else "")
    if value.count("-") == 2 and "13" not in value[5:7]:
        assert bool(said) == (not BASELINE < date.fromisoformat(value) <= LAST)


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("replications", 0, False),
        ("replications", 100_000, True),
        ("replications", 100_001, False),
        ("seed", 2**63, False),
        ("interval", 90, False),
        ("interval", 95, True),
        ("until", "2026-12-31", True),
        ("until", "2099-01-01", False),
        ("precision", "accredited=1%", True),
        ("precision", "accredited=0%", False),
        ("precision", "accredited", False),
    ],
)
def test_the_bounds_are_these(name: str, value: object, fits: bool) -> None:
    assert (request.wrong(name, value) == "") is fits
    assert (said_on_the_screen(name, value) == "") is fits


def test_what_is_usual_fits_and_is_asked_for_by_no_option() -> None:
    assert Asked().options() == []
    assert not any(request.wrong(name, value) for name, value in Asked().plain().items())


def test_all_that_is_wrong_with_numbers_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        request.check("--", replications=0, seed=-1, scale=float("nan"), jobs=3)
    assert [item.message.split()[0] for item in caught.value.problems] == [
        "--replications",
        "--seed",
        "--scale",
    ]


def test_words_in_a_field_for_numbers_are_told_as_numbers_out_of_bounds_are() -> None:
    assert said_on_the_screen("seed", "a lot").startswith("seed is a whole number from 0")


def test_no_last_day_beyond_the_calendar_can_be_lined_up() -> None:
    with pytest.raises(InputError, match="2026-12-31"):
        line_up(["voluntary"], until=date(2099, 1, 1))
