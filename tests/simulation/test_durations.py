"""Durations in whole days against the distributions they stand for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rules.errors import InputError
from simulation.durations import LONGEST, Duration, fixed
from simulation.parameters import Parameters

pytestmark = pytest.mark.property

EVENLY = (np.arange(100_000) + 0.5) / 100_000
DAYS = st.integers(0, 400)


@st.composite
def durations(draw: st.DrawFn) -> Duration:
    kind = draw(st.sampled_from(["fixed", "uniform", "triangular", "pert", "lognormal"]))
    if kind == "lognormal":
        return Duration("lognormal", (draw(st.floats(0.5, 200)), draw(st.floats(0, 1.5))))
    size = {"fixed": 1, "uniform": 2}.get(kind, 3)
    return Duration(kind, tuple(sorted(draw(st.floats(0, 400)) for _ in range(size))))  # type: ignore[arg-type]


def analytic(duration: Duration) -> stats.rv_continuous:
    """The same distribution as scipy has it."""
    numbers = duration.numbers
    low, high = numbers[0], numbers[-1]
    if duration.kind == "uniform":
        return stats.uniform(low, high - low)
    if duration.kind == "triangular":
        return stats.triang((numbers[1] - low) / (high - low), low, high - low)
    if duration.kind == "pert":
        rise = 4 * (numbers[1] - low) / (high - low)
        return stats.beta(1 + rise, 5 - rise, low, high - low)
    return stats.lognorm(numbers[1], scale=low)


@given(durations())
def test_a_higher_draw_never_means_fewer_days(duration: Duration) -> None:
    days = duration.days(np.linspace(0, 1, 2_001)[:-1])
    assert (np.diff(days) >= 0).all()
    assert days[0] >= 0


@given(durations())
def test_days_stay_within_what_the_numbers_allow(duration: Duration) -> None:
    days = duration.days(np.array([0.0, 0.5, math.nextafter(1.0, 0.0)]))
    if duration.kind == "lognormal":
        median, sigma = duration.numbers
        assert abs(int(days[1]) - median) <= 1
        assert days[-1] <= min(LONGEST, math.ceil(median * math.exp(4 * sigma) + 1))
        return
    assert days[0] >= math.floor(duration.numbers[0] + 0.5)
    assert days[-1] <= math.floor(duration.numbers[-1] + 0.5)


@pytest.mark.parametrize(
    "duration",
    [
        Duration("uniform", (5, 25)),
        Duration("uniform", (0.3, 90.8)),
        Duration("triangular", (300, 365, 400)),
        Duration("triangular", (10, 10, 40)),
        Duration("triangular", (10, 40, 40)),
        Duration("pert", (14, 42, 120)),
        Duration("pert", (0, 240, 730)),
        Duration("pert", (5, 5, 40)),
        Duration("pert", (60, 120, 240)),
        Duration("lognormal", (21, 0.6)),
        Duration("lognormal", (90, 0.1)),
    ],
    ids=str,
)
def test_the_chance_of_each_day_is_that_of_the_distribution(duration: Duration) -> None:
    """At most d days has the chance of less than d and a half; the mean follows within rounding."""
    days, truth = duration.days(EVENLY), analytic(duration)
    for day in range(int(days.min()), int(days.max()) + 1):
        # A day beyond four sigma of a lognormal is cut, some three in a hundred thousand.
        assert (days <= day).mean() == pytest.approx(truth.cdf(day + 0.5), abs=2e-4)
    assert duration.mean == pytest.approx(truth.mean(), rel=1e-9)
    assert days.mean() == pytest.approx(truth.mean(), abs=0.05)


@given(DAYS)
def test_a_fixed_duration_is_fixed(days: int) -> None:
    assert fixed(days).days(EVENLY[:10]).tolist() == [days] * 10
    assert fixed(days).mean == days


@given(DAYS)
def test_a_distribution_of_no_width_is_fixed(days: int) -> None:
    for kind in ("uniform", "triangular", "pert"):
        numbers = (float(days),) * (2 if kind == "uniform" else 3)
        found = Duration(kind, numbers)  # type: ignore[arg-type]
        assert found.days(EVENLY[::1_000]).tolist() == [days] * 100
        assert found.mean == days


def test_every_shipped_duration_has_the_mean_that_it_says() -> None:
    shipped = [item for item in Parameters.shipped().values() if item.duration is not None]
    assert len(shipped) >= 5
    for item in shipped:
        assert item.duration is not None
        assert item.duration.days(EVENLY).mean() == pytest.approx(item.value, abs=0.05)


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("weibull", (1, 2)),
        ("fixed", (1, 2)),
        ("fixed", (-1,)),
        ("fixed", (math.nan,)),
        ("uniform", (5, 4)),
        ("uniform", (0, math.inf)),
        ("pert", (1, 3, 2)),
        ("triangular", (3, 2, 4)),
        ("lognormal", (0, 1)),
        ("lognormal", (10, 6)),
        ("lognormal", (10, -1)),
        ("fixed", (40_000,)),
    ],
)
def test_numbers_that_make_no_distribution_are_refused(kind: str, numbers: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match="D101"):
        Duration(kind, numbers)  # type: ignore[arg-type]
