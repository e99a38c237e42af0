"""Morris and Sobol against functions whose indices are known, and PERT against its closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis import sobol as sobol_module
from analysis.factors import NOT_NAMED, Factor, factors, not_varied
from analysis.morris import elementary_effects, summarised, trajectory
from analysis.sobol import check_samples, sobol
from analysis.variance import between_ends, of_slope, red_share
from rules.errors import InputError
from simulation.durations import LONGEST, Duration
from simulation.parameters import Override, Parameters

pytestmark = pytest.mark.unit

Floats = np.ndarray
WEIGHTS = np.array([3.0, -2.0, 0.0, 0.5])


def linear(points: Floats, number: int = 0) -> Floats:
    return np.asarray(points @ WEIGHTS + 10 * number)


def ishigami(points: Floats) -> Floats:
    """Ishigami and Homma (1990) with a = 7 and b = 0.1, on the unit cube."""
    x = (2 * points - 1) * np.pi
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def ishigami_indices() -> tuple[list[float], list[float]]:
    a, b = 7.0, 0.1
    alone = [0.5 * (1 + b * np.pi**4 / 5) ** 2, a**2 / 8, 0.0]
    together = 8 * b**2 * np.pi**8 / 225
    whole = sum(alone) + together
    return [part / whole for part in alone], [
        (alone[0] + together) / whole,
        alone[1] / whole,
        together / whole,
    ]


def test_morris_of_a_linear_function_is_its_weights() -> None:
    found = summarised(elementary_effects(4, 5, 1, linear), 1)
    for effect, weight in zip(found, WEIGHTS, strict=True):
        assert effect.mu == pytest.approx(weight)
        assert effect.mu_star.mean == pytest.approx(abs(weight))
        assert effect.mu_star.low == pytest.approx(abs(weight))
        assert effect.sigma.mean == pytest.approx(0, abs=1e-9)


def test_morris_of_a_product_has_the_mean_and_spread_of_the_other_factor() -> None:
    # The other factor stands at 0, 1/3, 2/3 or 1, each equally often, when x is moved.
    effects = elementary_effects(2, 4000, 7, lambda points, _: np.prod(points, axis=1))
    first, second = summarised(effects, 7)
    assert set(np.round(effects * 3, 9).ravel()) <= {0.0, 1.0, 2.0, 3.0}
    for effect in (first, second):
        assert effect.mu_star.mean == pytest.approx(0.5, abs=0.03)
        assert effect.sigma.mean == pytest.approx(math.sqrt(5 / 36), abs=0.02)
        assert effect.mu_star.low < effect.mu_star.mean < effect.mu_star.high


def test_trajectories_stay_on_the_grid_move_one_factor_at_a_time_and_are_keyed_by_the_seed() -> None:
    for number in range(20):
        points, order = trajectory(5, number, 3)
        assert points.shape == (6, 5)
        assert np.allclose(points * 3, np.rint(points * 3))
        moved = np.abs(np.diff(points, axis=0))
        assert np.allclose(moved.sum(axis=1), 2 / 3)
        assert moved.argmax(axis=1).tolist() == order
        assert sorted(order) == list(range(5))
    assert np.array_equal(trajectory(5, 0, 3)[0], trajectory(5, 0, 3)[0])
    assert not np.array_equal(trajectory(5, 0, 3)[0], trajectory(5, 1, 3)[0])


def test_a_trajectory_with_something_undefined_is_left_out() -> None:
    effects = np.array([[1.0, 2.0], [np.nan, 5.0], [3.0, 2.0]])
    first, second = summarised(effects, 1)
    assert (first.mu, second.mu, first.mu_star.n) == (2.0, 2.0, 2)
    assert math.isnan(summarised(effects[:1], 1)[0].mu_star.mean)


def test_sobol_finds_the_indices_of_ishigami() -> None:
    first, total = ishigami_indices()
    found = sobol(3, 1024, 5, ishigami)
    assert found.deviation == pytest.approx(math.sqrt(13.845), abs=0.1)
    for index, alone, whole in zip(found.indices, first, total, strict=True):
        assert index.first.mean == pytest.approx(alone, abs=0.04)
        assert index.total.mean == pytest.approx(whole, abs=0.04)
        assert index.first.low <= index.first.mean <= index.first.high


def test_sobol_of_something_that_never_moves_is_nothing() -> None:
    found = sobol(2, 8, 5, lambda points: np.full(len(points), 3.0))
    assert (found.mean, found.deviation) == (3.0, 0.0)
    assert all(index.total.mean == 0 for index in found.indices)


@pytest.mark.parametrize("samples", [0, 7, 12, -8])
def test_sobol_wants_a_power_of_two(samples: int) -> None:
    with pytest.raises(InputError, match="A007"):
        check_samples(samples)


def test_sobol_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sobol_module, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"A006.*SALib") as raised:
        check_samples(8)
    assert "sensitivity" in raised.value.problems[0].hint


def test_every_parameter_with_a_range_is_varied_within_it() -> None:
    shipped = Parameters.shipped()
    found = factors([shipped])
    assert {factor.id for factor in found} == {
        name for name, item in shipped.items() if item.duration or item.low < item.high
    }
    assert {factor.parameter.affects for factor in found} == {"world", "workforce"}
    for factor in found:
        for value in (factor.low, factor.base, factor.high):
            shipped.patched({factor.id: factor.setting(value)})
        middle = [factor.believed(share) for share in (0.001, 0.5, 0.999)]
        assert factor.low <= middle[0] < middle[1] < middle[2] <= factor.high
        assert (factor.at(0.0), factor.at(1.0)) == pytest.approx((factor.low, factor.high))


def test_believed_values_have_the_mean_of_pert() -> None:
    item = Parameters.shipped()["take_up.voluntary"]
    factor = Factor(item, 0.02, 0.10, 0.30, 0.10)
    values = [factor.believed((place + 0.5) / 2000) for place in range(2000)]
    assert np.mean(values) == pytest.approx((0.02 + 4 * 0.10 + 0.30) / 6, rel=1e-4)


def factor(low: float, mode: float, high: float) -> Factor:
    return Factor(Parameters.shipped()["take_up.voluntary"], low, mode, high, mode)


def test_the_variance_of_a_straight_effect_is_that_of_pert_whatever_the_method() -> None:
    wide = factor(0.02, 0.10, 0.30)
    mean = (0.02 + 4 * 0.10 + 0.30) / 6
    pert = (mean - 0.02) * (0.30 - mean) / 7
    down, up = np.full(3, 50 * -0.08), np.full(3, 50 * 0.20)
    assert between_ends(wide, down, up) == pytest.approx(50**2 * pert, rel=5e-3)
    assert of_slope(wide, 50 * 0.28, 0.0, 3) == pytest.approx(50**2 * pert)
    assert between_ends(wide, -down, -up) == between_ends(wide, down, up)


def test_an_effect_at_one_end_only_varies_as_far_as_draws_go_there() -> None:
    one_sided = factor(0.0, 0.0, 1.0)
    nothing, up = np.zeros(3), np.full(3, 10.0)
    assert between_ends(one_sided, nothing, up) == pytest.approx(100 * (1 / 6) * (5 / 6) / 7, rel=1e-2)
    middle = factor(0.0, 0.5, 1.0)
    draws = np.random.default_rng(1).beta(3, 3, 200_000)
    bent = 20 * np.clip(draws - 0.5, 0, None)
    assert between_ends(middle, nothing, up) == pytest.approx(bent.var(), rel=0.01)


def test_chance_is_taken_off_the_variance() -> None:
    rng = np.random.default_rng(2)
    wide = factor(0.0, 0.5, 1.0)
    true = between_ends(wide, np.array([-1.0]), np.array([1.0]))
    ends = rng.normal([[-1.0], [1.0]], 3.0, (2000, 2, 5))
    kept = np.mean([between_ends(wide, low, high) for low, high in ends])
    naive = np.mean(
        [between_ends(wide, low.mean(keepdims=True), high.mean(keepdims=True)) for low, high in ends]
    )
    assert abs(kept - true) < 0.5 * abs(naive - true)
    assert of_slope(wide, 1.0, 3.0, 4) == 0.0
    assert between_ends(wide, np.array([np.nan]), np.array([1.0])) == 0.0


def test_what_is_not_varied_has_its_reason() -> None:
    shipped = Parameters.shipped()
    other = shipped.patched(
        {"take_up.delay": Override(duration=Duration("fixed", (30,)), assumption="a test")}
    )
    everything = not_varied([shipped, other], factors([shipped, other]))
    assert everything.pop("take_up.delay") == "the scenarios differ in it"
    assert set(everything.values()) == {"it has no range"}
    some = not_varied([shipped], factors([shipped], ["centre.no_show"]))
    assert some["element.written"] == NOT_NAMED
    assert len(some) == len(shipped) - 1


def test_a_distribution_is_stretched_whole() -> None:
    assert Duration("pert", (14, 42, 120)).stretched(1.5).numbers == (21, 63, 180)
    assert Duration("lognormal", (21, 0.6)).stretched(0.5).numbers == (10.5, 0.6)
    assert Duration("fixed", (LONGEST,)).stretched(1.5).numbers == (LONGEST,)


def test_what_cannot_be_varied_is_said() -> None:
    shipped = Parameters.shipped()
    other = shipped.patched({"take_up.expected": Override(0.2)})
    for arms, name, reason in (
        ([shipped], "take_up.expcted", "did you mean"),
        ([shipped, other], "take_up.expected", "the scenarios differ in it"),
    ):
        with pytest.raises(InputError, match="A005") as raised:
            factors(arms, [name])
        assert reason in str(raised.value)
    assert "take_up.expected" not in {factor.id for factor in factors([shipped, other])}


def test_what_cannot_be_varied_is_not_offered_again() -> None:
    with pytest.raises(InputError) as raised:
        factors([Parameters.shipped()], ["centre.seats_factor", "centre.seats_facto"])
    assert "did you mean 'centre.seats_factor'" not in str(raised.value)
    assert "it has no range\n    --set centre.seats_factor=... tries one value" in str(raised.value)


def test_the_share_of_red_ratings() -> None:
    by = {factor.id: factor for factor in factors([Parameters.shipped()])}
    red, amber = by["take_up.voluntary"], by["element.knowledge"]
    assert (red.parameter.rating, amber.parameter.rating) == ("red", "amber")
    assert red_share([(red, 3.0), (amber, 1.0)]) == 0.75
    assert math.isnan(red_share([(red, 0.0), (amber, 0.0)]))
