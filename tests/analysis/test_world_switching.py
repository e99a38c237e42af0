"""Switching values between runs: on straight lines the root is that of algebra, and none is said."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.world_switching import Swept, crossing, points, world_switching

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
    assert np.isnan(crossing(AT, np.zeros(len(AT))))
