"""Switching values between runs: on straight lines the root is that of algebra, and none is said."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.switching import RESAMPLES
from analysis.world_switching import Swept, crossings, points, world_switching
from reports.switching_tables import certainty, value

pytestmark = pytest.mark.unit

AT = points(0.0, 1.0, 0.3)
NOBODY = np.zeros((len(AT), 4))


def swept(start: float, slope: float, noise: float = 0.0) -> Swept:
    """A straight line of cost in the parameter; replications lie about it."""
    about = noise * np.array([-1.0, -0.5, 0.5, 1.0])
    return Swept(start + slope * AT[:, None] + about, np.full((len(AT), 4), 10.0))


def test_values_run_from_end_to_end_and_hold_the_present_one() -> None:
    assert AT.tolist() == [0.0, 0.25, 0.3, 0.5, 0.75, 1.0]
    assert points(0.0, 1.0, 0.5).tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("metric", ["cost", "per-accredited"])
def test_a_root_is_that_of_algebra(metric: str) -> None:
    found = world_switching("x", "share", 0.3, AT, swept(100, 50), swept(120, 0), metric, 1)
    assert found.value == pytest.approx(0.4)
    assert (found.low, found.high) == (pytest.approx(0.4), pytest.approx(0.4))
    assert found.found == 1


def test_the_interval_holds_the_value_where_replications_differ() -> None:
    found = world_switching("x", "share", 0.3, AT, swept(100, 50, 5), swept(120, 0), "cost", 1)
    assert found.value is not None
    assert found.low < found.value < found.high


def test_none_in_range_is_said() -> None:
    found = world_switching("x", "share", 0.3, AT, swept(100, 50), swept(300, 0), "cost", 1)
    assert found.value is None
    assert np.isnan([found.low, found.high]).all()


def test_where_nobody_is_accredited_there_is_no_cost_for_each() -> None:
    nobody = Swept(swept(100, 50).cost, NOBODY)
    assert world_switching("x", "share", 0.3, AT, nobody, swept(120, 0), "per-accredited", 1).value is None


def test_two_that_are_always_equal_do_not_cross() -> None:
    assert crossings(AT, np.zeros(len(AT))) == []


NAN = float("nan")


@pytest.mark.parametrize(
    ("gap", "roots"),
    [
        ([1, -1, 1, 1, 1], [0.5, 1.5]),  # there and back
        ([1, -1, 1, -3, 1], [0.5, 1.5, 2.25, 3.75]),
        ([0, 0, 1, 1, 1], [1]),  # no difference up to a threshold
        ([-1, -1, 0, 0, 0], [2]),
        ([-1, 0, 0, 0, 1], [1, 3]),
        ([0, 0, 1, -1, -1], [1, 2.5]),
        ([0, 1, 1, 1, 0], [0, 4]),
        ([1, 0, -1, -1, -1], [1]),
        ([1, 0, 1, 1, 1], [1]),  # equal once, and not crossing
        ([1, NAN, -1, -1, 1], [3.5]),
        ([NAN, 0, NAN, 1, 1], []),
    ],
)
def test_every_value_is_found_and_where_a_stretch_of_them_begins_and_ends(
    gap: list[float], roots: list[float]
) -> None:
    assert crossings(np.arange(5.0), np.array(gap, dtype=float)) == roots


def test_a_value_at_which_runs_were_made_is_told_once() -> None:
    at = np.array([0.1, 0.3, 0.7])  # 0.1 + (0.3 - 0.1) is not quite 0.3
    assert crossings(at, np.array([-1.0, 0.0, 1.0])) == [0.3]


def there_and_back(noise: float = 0.0) -> Swept:
    """A cost that is that of a flat 100 at 0.1, and again at 0.7: the gap is zero on two lines."""
    bent = np.interp(AT, [0.0, 0.25, 0.5, 0.75, 1.0], [98, 101, 104, 99, 94])
    about = noise * np.array([-1.0, -0.5, 0.5, 1.0])
    return Swept(bent[:, None] + about, np.full((len(AT), 4), 10.0))


@pytest.mark.parametrize(("now", "value", "also"), [(0.3, 1 / 6, 0.7), (0.6, 0.7, 1 / 6)])
def test_of_several_values_the_nearest_to_the_present_one_is_told_first(
    now: float, value: float, also: float
) -> None:
    found = world_switching("x", "share", now, AT, there_and_back(0.5), swept(100, 0), "cost", 1)
    assert found.value == pytest.approx(value)
    assert found.also == (pytest.approx(also),)
    assert value - 0.06 < found.low < value < found.high < value + 0.06  # of this value, not of the other
    assert found.found == 1


def test_one_replication_has_no_interval() -> None:
    one = Swept(swept(100, 50).cost[:, :1], np.full((len(AT), 1), 10.0))
    other = Swept(swept(120, 0).cost[:, :1], np.full((len(AT), 1), 10.0))
    found = world_switching("x", "share", 0.3, AT, one, other, "cost", 1)
    assert found.value == pytest.approx(0.4)
    assert np.isnan([found.low, found.high, found.found]).all()
    assert value(found) == "0.4"
    assert "no interval" in certainty(found)


def test_how_many_resamples_have_a_value_is_said() -> None:
    """About the edge of the range, so that some resamples cross within it and some beyond it."""
    found = world_switching("x", "share", 0.3, AT, swept(100, 50, 20), swept(148, 0), "cost", 1)
    assert found.value is not None
    assert 0 < found.found < 1
    assert found.found * RESAMPLES == round(found.found * RESAMPLES)
    assert f"which {found.found:.0%} of them have" in certainty(found)
    nowhere = world_switching("x", "share", 0.3, AT, swept(100, 50, 20), swept(151, 0), "cost", 1)
    assert nowhere.value is None
    assert certainty(nowhere) == f"{nowhere.found:.0%} of resamples of the replications have one."
    never = world_switching("x", "share", 0.3, AT, swept(100, 50), swept(300, 0), "cost", 1)
    assert certainty(never) == ""
