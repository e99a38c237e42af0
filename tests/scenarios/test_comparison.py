"""Means, intervals and verdicts against closed forms and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from toy import arm

from scenarios.comparison import IN_ORDER, Estimate, compare, estimates, held_back, verdict, within
from scenarios.experiment import Record, run
from simulation.inputs import Inputs
from simulation.measures import MEASURES, MeasureKey
from simulation.stages import CAUSE_LABELS

pytestmark = pytest.mark.unit

NAN = float("nan")


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_interval_is_students(level: float) -> None:
    values = np.array([3.0, 5.0, 4.0, 9.0, 2.5])
    [found] = estimates(values[:, None], level)
    low, high = stats.t.interval(level, len(values) - 1, values.mean(), stats.sem(values))
    assert (found.mean, found.n) == (pytest.approx(values.mean()), 5)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_two_values_in_closed_form() -> None:
    """With one degree of freedom the quantile at 0.9 is tan(0.4 pi); the standard error is half the gap."""
    [found] = estimates(np.array([[1.0], [3.0]]), 0.8)
    half = np.tan(0.4 * np.pi)
    assert (found.mean, found.low, found.high) == (2.0, pytest.approx(2 - half), pytest.approx(2 + half))


def test_the_interval_covers_the_mean_as_often_as_it_says() -> None:
    draws = np.random.Generator(np.random.Philox(key=7)).normal(10.0, 3.0, size=(8, 4000))
    covered = np.mean([row.low <= 10.0 <= row.high for row in estimates(draws, 0.8)])
    assert covered == pytest.approx(0.8, abs=0.02)


def test_what_is_not_defined_is_left_out_and_counted() -> None:
    values = np.array([[1.0, NAN, NAN], [3.0, 7.0, NAN], [NAN, NAN, NAN]])
    two, one, none = estimates(values, 0.8)
    assert (two.mean, two.n) == (2.0, 2)
    assert (one.mean, one.n) == (7.0, 1)
    assert np.isnan([one.low, one.high, none.mean, none.low, none.high]).all()
    assert none.n == 0


@pytest.mark.parametrize(
    ("gap", "better", "word"),
    [
        (Estimate(2, 1, 3, 10), "higher", "better"),
        (Estimate(-2, -3, -1, 10), "higher", "worse"),
        (Estimate(2, 1, 3, 10), "lower", "worse"),
        (Estimate(-2, -3, -1, 10), "lower", "better"),
        (Estimate(2, 1, 3, 10), "neither", "higher"),
        (Estimate(-2, -3, -1, 10), "neither", "lower"),
        (Estimate(2, -1, 5, 10), "higher", "unclear"),
        (Estimate(0, 0, 0, 10), "higher", "no difference"),
        (Estimate(1e-13, -1e-12, 1e-12, 10), "lower", "no difference"),
        (Estimate(0, NAN, NAN, 1), "higher", "no difference"),
        (Estimate(5, NAN, NAN, 1), "higher", "no verdict"),
        (Estimate(NAN, NAN, NAN, 0), "higher", "no verdict"),
        (Estimate(0, -1, 1, 10), "neither", "unclear"),
        (Estimate(3, 3, 3, 10), "higher", "better"),
    ],
)
def test_each_verdict(gap: Estimate, better: str, word: str) -> None:
    assert verdict(gap, better) == word


@pytest.mark.parametrize(
    ("found", "low", "high"),
    [
        (Estimate(0.5, -0.7, 1.7, 5), 0.0, 1.0),
        (Estimate(0.5, 0.2, 0.8, 5), 0.2, 0.8),
        (Estimate(0.0, -0.1, 0.1, 5), 0.0, 0.1),
        (Estimate(1.5, 1.2, 1.8, 5), 1.2, 1.5),  # a mean past the bound stays inside its interval
    ],
)
def test_an_interval_ends_where_the_measure_can_go_no_further(
    found: Estimate, low: float, high: float
) -> None:
    cut = within(found, 0.0, 1.0)
    assert (cut.mean, cut.n) == (found.mean, found.n)
    assert (cut.low, cut.high) == (low, high)


def test_causes_have_one_order_and_all_of_them_are_in_it() -> None:
    assert sorted(IN_ORDER) == sorted(CAUSE_LABELS)


def test_what_holds_people_back_is_shares_of_each_replication_with_their_interval() -> None:
    """Of 100, 300 and 200 days 20, 90 and 50 await a seat: shares of 0.2, 0.3 and 0.25."""
    seat, willing = [20.0, 90.0, 50.0], [80.0, 210.0, 150.0]
    span = "2017-01-01/2021-12-31"
    causes = ("awaiting a seat", "not willing", "centre closed")
    keys = tuple(MeasureKey("delay_days", period=span, by=(("cause", cause),)) for cause in causes)

    def days(inputs: Inputs, replication: int) -> Record:
        del inputs
        return Record(keys, np.array([seat[replication], willing[replication], 0.0]), {})

    comparison = compare(run([arm("made up")], 3, simulate=days), MEASURES)
    found = held_back(comparison)["made up"]
    assert [cause for cause, _ in found] == [cause for cause in IN_ORDER if cause in causes]
    by_cause = dict(found)
    assert by_cause["awaiting a seat"].mean == pytest.approx(0.25)
    half = stats.t.ppf(0.9, 2) * 0.05 / 3**0.5
    assert by_cause["awaiting a seat"].high - 0.25 == pytest.approx(half)
    assert by_cause["not willing"].mean == pytest.approx(0.75)
    assert (by_cause["centre closed"].low, by_cause["centre closed"].high) == (0.0, 0.0)
    nobody = compare(run([arm("made up")], 2, simulate=lambda *_: Record(keys, np.zeros(3), {})), MEASURES)
    assert held_back(nobody) == {"made up": []}


def test_what_has_no_interval_is_not_cut() -> None:
    assert np.isnan(within(Estimate(3, NAN, NAN, 1), 0.0, 1.0).low)


def test_rounding_grows_with_the_size_of_what_is_compared() -> None:
    gap = Estimate(2e-6, 1e-6, 3e-6, 10)
    assert verdict(gap, "higher", scale=1.0) == "better"
    assert verdict(gap, "higher", scale=1e7) == "no difference"


numbers = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.property
@given(st.lists(numbers, min_size=2, max_size=30), st.floats(-1e3, 1e3), st.floats(0.5, 0.99))
def test_intervals_move_and_widen_as_they_should(values: list[float], shift: float, level: float) -> None:
    column = np.array(values)[:, None]
    [here], [there] = estimates(column, level), estimates(column + shift, level)
    assert here.low <= here.mean <= here.high
    assert there.mean - here.mean == pytest.approx(shift, abs=1e-6)
    assert there.high - there.low == pytest.approx(here.high - here.low, abs=1e-5)
    [wider] = estimates(column, 0.995)
    assert wider.low <= here.low <= here.high <= wider.high


@pytest.mark.property
@given(st.lists(numbers, min_size=2, max_size=20))
def test_swapping_the_arms_swaps_better_and_worse(values: list[float]) -> None:
    gap = np.array(values)[:, None]
    swapped = {"better": "worse", "worse": "better", "no difference": "no difference", "unclear": "unclear"}
    [one], [other] = estimates(gap, 0.8), estimates(-gap, 0.8)
    assert verdict(other, "higher") == swapped[verdict(one, "higher")]
