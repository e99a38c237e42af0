"""Marks of a forecast against closed forms: a score that is right, intervals that cover what they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import norm

from analysis.forecast.forecast import LEVELS, Row
from analysis.forecast.scores import Mark, crps, mark, totals
from analysis.forecast.series import Point

pytestmark = pytest.mark.unit

Floats = NDArray[np.float64]

FINE = (np.arange(4_000) + 0.5) / 4_000
"""The middles of four thousand equal slices of probability: as good as the distribution itself."""


@pytest.mark.parametrize("outturn", [-0.5, 0.0, 0.2, 0.5, 0.9, 1.0, 1.7])
def test_the_score_of_a_uniform_distribution(outturn: float) -> None:
    """Inside, y squared less y plus a third; outside, more by the distance to the nearer end."""
    inside = min(max(outturn, 0.0), 1.0)
    expected = inside**2 - inside + 1 / 3 + abs(outturn - inside)
    assert crps(FINE, outturn) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("outturn", [-3.0, -1.0, 0.0, 0.4, 2.5])
@pytest.mark.parametrize(("mean", "sigma"), [(0.0, 1.0), (100.0, 15.0)])
def test_the_score_of_a_normal_distribution(mean: float, sigma: float, outturn: float) -> None:
    sample = mean + sigma * norm.ppf(FINE)
    z = outturn
    expected = sigma * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / math.sqrt(math.pi))
    assert crps(sample, mean + sigma * z) == pytest.approx(expected, abs=2e-3 * sigma)


def test_the_score_of_a_single_number_is_its_distance() -> None:
    assert crps(np.array([7.0]), 10.0) == 3.0
    assert crps(np.array([7.0, 7.0, 7.0]), 10.0) == pytest.approx(3.0)


def test_the_score_of_two_numbers_by_hand() -> None:
    """Distances of 1 and 3 from the out-turn, mean 2; mean distance within (0+4+4+0)/4, half of it 1."""
    assert crps(np.array([0.0, 4.0]), 1.0) == pytest.approx(2 - 1)


def test_the_score_of_nothing_is_not_defined() -> None:
    assert math.isnan(crps(np.array([]), 1.0))


numbers = st.lists(st.integers(-1_000, 1_000), min_size=1, max_size=40).map(
    lambda n: np.array(n, dtype=float)
)


@given(numbers, st.integers(-2_000, 2_000))
def test_the_score_is_the_integral_of_squared_differences(sample: Floats, outturn: int) -> None:
    """The other definition: the squared gap between the sample's distribution and a step, integrated."""
    edges = np.sort(np.append(sample, outturn))
    below = np.searchsorted(np.sort(sample), edges[:-1], side="right") / len(sample)
    step = edges[:-1] >= outturn
    expected = float((np.diff(edges) * (below - step) ** 2).sum())
    assert crps(sample, outturn) == pytest.approx(expected, abs=1e-6)


@given(numbers, st.integers(-2_000, 2_000), st.integers(-500, 500), st.integers(1, 9))
def test_the_score_moves_and_stretches_with_its_unit(
    sample: Floats, outturn: int, shift: int, factor: int
) -> None:
    plain = crps(sample, outturn)
    assert crps(sample + shift, outturn + shift) == pytest.approx(plain, abs=1e-6)
    assert crps(factor * sample, factor * outturn) == pytest.approx(factor * plain, abs=1e-6)
    assert plain >= -1e-9


def _row(sample: Floats, series: str = "a", when: str = "2019-12") -> Row:
    return Row(Point(series, when), sample)


def test_intervals_of_a_uniform_sample_are_central() -> None:
    row = _row(np.linspace(0, 1, 1_001))
    for level in LEVELS:
        assert row.interval(level) == pytest.approx((0.5 - level / 2, 0.5 + level / 2))
    assert mark(row, 0.5).inside == (True, True, True)
    assert mark(row, 0.26).inside == (True, True, True)
    assert mark(row, 0.2).inside == (False, True, True)
    assert mark(row, 0.05).inside == (False, False, True)
    assert mark(row, 0.01).inside == (False, False, False)
    assert mark(row, 0.25).rank == pytest.approx(0.25, abs=1e-3)


def test_a_sample_leaves_out_what_is_not_defined() -> None:
    row = _row(np.array([1.0, np.nan, 3.0]))
    assert (row.mean, row.median) == (2.0, 2.0)
    assert mark(row, 2.0).crps == crps(np.array([1.0, 3.0]), 2.0)
    empty = _row(np.array([np.nan]))
    assert math.isnan(empty.mean)
    assert mark(empty, 2.0).inside == (False, False, False)


def test_forecasts_from_the_truth_cover_what_they_say() -> None:
    """A thousand numbers and their forecasts from one distribution: coverage is binomial about each level."""
    chance = np.random.Generator(np.random.Philox(7))
    found = []
    for _ in range(1_000):
        centre = chance.normal(0, 10)
        sample = chance.normal(centre, 2, 300)
        found.append(mark(_row(sample), float(chance.normal(centre, 2))))
    [total, everything] = totals(found)
    for level, share in zip(LEVELS, total.coverage, strict=True):
        assert abs(share - level) < 3.9 * math.sqrt(level * (1 - level) / 1_000) + 0.005
    assert abs(total.bias) < 3.9 * 2 * math.sqrt((1 + 1 / 300) / 1_000)
    assert everything.count == total.count
    assert math.isnan(everything.crps)


def test_bias_is_forecast_less_outturn_by_series_in_their_order() -> None:
    def one(series: str, mean: float, outturn: float) -> Mark:
        return mark(_row(np.array([mean]), series), outturn)

    high, low, _ = totals([one("b", 12, 10), one("b", 9, 10), one("a", 1, 4)])
    assert (high.name, high.count, high.bias, high.relative_bias) == ("b", 2, 0.5, pytest.approx(0.05))
    assert (low.name, low.bias, low.relative_bias, low.crps) == ("a", -3.0, pytest.approx(-0.75), 3.0)
