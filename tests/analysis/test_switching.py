"""Switching values against the figure that directors quoted, and against roots found by algebra."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.cost_product import product
from analysis.costs import View
from analysis.switching import Switch, bisect, switching, switching_budget, zeros
from reports.switching_tables import switching_table
from tests.analysis.bills import plain_case, random_run, run_of

pytestmark = pytest.mark.unit

NO_OPTIMISM = ("optimism.development=0", "optimism.delivery=0")


def of(found: list[Switch], key: str) -> Switch:
    return next(item for item in found if item.key == key)


def test_what_an_assessment_may_cost_if_the_whole_is_to_be_23_million() -> None:
    """Development and three years of running leave 6.1 million for 30,000 assessments: about 203 each."""
    case = plain_case(*NO_OPTIMISM, "scale.pilot_volume=1000000", "scale.national_volume=2000000")
    item = product(run_of({"sittings": 10_000}), case, View(), rate=0.0)
    found = of(switching_budget(item, 23_000_000), "delivery.pilot")
    assert found.value is None  # far below what any contract has cost
    assert round(found.beyond or 0) == 203


def test_a_root_between_two_scenarios_is_that_of_algebra() -> None:
    """Ten leavers against 400 reviews at 300: equal when a leaver costs 12,000."""
    case = plain_case()
    leave, review = (
        product(run_of(q, replications=2), case, View()) for q in ({"leavers": 10}, {"reviews": 400})
    )
    found = of(switching(leave, review), "leavers")
    assert found.value == pytest.approx(12_000)
    assert (found.low, found.high) == (pytest.approx(12_000), pytest.approx(12_000))  # chance plays no part
    assert found.found == 1
    assert of(switching(leave, review), "reviews").value == pytest.approx(500)


def test_one_replication_gives_a_value_and_no_interval() -> None:
    case = plain_case()
    leave, review = (product(run_of(q), case, View()) for q in ({"leavers": 10}, {"reviews": 400}))
    switches = switching(leave, review)
    found = of(switches, "leavers")
    assert found.value == pytest.approx(12_000)
    assert np.isnan([found.low, found.high, found.found]).all()
    table = switching_table(switches, case, "they are equal")
    assert [row[1].text for row, key in zip(table.rows, table.keys, strict=True) if key == "leavers"] == [
        "£12,000"
    ]
    assert "no interval" in table.note
    assert "80%" not in table.note


def test_the_metric_decides_what_is_compared() -> None:
    case = plain_case(*NO_OPTIMISM, "development=0", "running.pilot=0")
    one = product(run_of({"reviews": 100, "accredited": 10}), case, View())
    other = product(run_of({"leavers": 1, "accredited": 5}), case, View())
    assert of(switching(one, other, "cost"), "leavers").value == pytest.approx(30_000)
    assert of(switching(one, other, "per-accredited"), "leavers").value == pytest.approx(15_000)


def test_none_in_range_is_said_and_where_it_would_be() -> None:
    case = plain_case()
    one, other = (product(run_of(q), case, View()) for q in ({"leavers": 1}, {"reviews": 1_000}))
    found = of(switching(one, other), "leavers")
    assert found.value is None
    assert np.isnan(found.low)
    assert found.beyond == pytest.approx(300_000)


def test_where_one_choice_is_better_whatever_the_figure_there_is_no_value() -> None:
    case = plain_case()
    less, more = (product(run_of({"leavers": n}), case, View()) for n in (5, 10))
    found = of(switching(less, more), "leavers")
    assert found.value is None
    assert found.beyond is None or found.beyond == pytest.approx(0, abs=1e-6)


def test_the_interval_holds_the_value_where_replications_differ() -> None:
    case = plain_case()
    rng = np.random.default_rng(1)
    quantities = rng.poisson(10, (40, 3, 4)).astype(float)
    one = product(run_of({"leavers": quantities}, replications=40), case, View())
    other = product(run_of({"reviews": 1_600}, replications=40), case, View())
    found = of(switching(one, other), "leavers")
    assert found.value is not None
    assert found.low < found.value < found.high
    assert found.high - found.low < 0.2 * found.value


def test_the_same_seed_gives_the_same_intervals() -> None:
    case = plain_case()
    one, other = (product(random_run(seed), case, View()) for seed in (1, 2))
    assert repr(switching(one, other)) == repr(switching(one, other))  # NaN does not equal itself


def test_bisection_finds_a_root_in_each_row_or_says_that_there_is_none() -> None:
    targets = np.array([0.25, 0.5, 7.0])
    found = bisect(lambda at: at**2 - targets, 0.0, 1.0, 3)
    assert found[:2] == pytest.approx([0.5, np.sqrt(0.5)])
    assert np.isnan(found[2])


@pytest.mark.parametrize("curve", [1.0, 3.0], ids=["straight", "bent"])
def test_a_root_is_where_halving_finds_it_however_the_gap_bends(curve: float) -> None:
    shifts = np.linspace(-3.0, 12.0, 7)

    def gap(at: np.ndarray) -> np.ndarray:
        return at**curve - shifts[: len(at)]

    found, halved = zeros(gap, 0.0, 2.0, 7), bisect(gap, 0.0, 2.0, 7)
    assert np.isnan(found).tolist() == np.isnan(halved).tolist()
    assert np.isnan(found).any()
    known = ~np.isnan(found)
    assert found[known] == pytest.approx(halved[known], abs=1e-9)
    assert np.abs(gap(found)[known]).max() < 1e-9
