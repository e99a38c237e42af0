"""Each line as the sum it is; the plane; and what benefits would have to be."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.appraisal import option
from analysis.cost_case import CostCase
from analysis.cost_lines import GRANTS
from analysis.cost_plane import CORNERS, DRAWS, Plane, plane
from analysis.cost_product import product
from analysis.cost_sheet import COLUMNS, sheet
from analysis.cost_worth import break_even
from analysis.costs import View, reckon
from tests.analysis.bills import CAFCASS, LEEDS, plain_case, random_run, run_of

pytestmark = pytest.mark.unit

VIEWS = [
    View(valuation, mode, grants)
    for valuation in ("cash", "pay", "full")
    for mode in ("contract", "bottom-up")
    for grants in GRANTS
]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.valuation} {view.mode} {view.grants}")
def test_lines_that_count_add_up_to_the_social_cost_and_the_others_say_why_not(view: View) -> None:
    bill = reckon(random_run(3), plain_case("incentive=500", "own_travel=3"), view)
    rows = sheet(bill)
    assert [row.line.key for row in rows] == [line.key for line in CostCase.default().lines]
    social = sum(row.amount.mean for row in rows if not row.apart and not row.line.transfer)
    assert social == pytest.approx(float(bill.social().sum(axis=1).mean()) / 100)
    counted = {line.key for line in bill.lines}
    for row in rows:
        assert set(row.row()) == set(COLUMNS)
        assert bool(row.apart) == (row.line.key not in counted)
        assert row.apart == "" or ("only with --" in row.apart and row.amount.mean == 0)
        if not np.isnan(row.each):
            assert row.quantity.mean * row.each == pytest.approx(row.amount.mean)


def test_a_line_names_its_quantity_its_price_and_its_evidence() -> None:
    rows = {row.line.key: row for row in sheet(reckon(run_of({"reviews": 10}), plain_case()))}
    row = rows["reviews"].row()
    assert (row["quantity"], row["quantity_of"], row["gbp_each"]) == (30, "independent reviews", 300)
    assert (row["low"], row["value"], row["high"], row["unit"]) == (100, 300, 800, "gbp")
    assert (row["payer"], row["price_year"], row["quality"], row["kind"]) == (
        "department",
        2016,
        "red",
        "assumption",
    )
    assert row["mean_gbp"] == 9_000


def test_a_grant_for_each_first_sitting_goes_to_councils_alone_and_is_no_cost() -> None:
    first = np.zeros((1, 3, 4))
    first[0, 0, LEEDS], first[0, 0, CAFCASS] = 10, 7
    run = run_of({"first_attempts": first})
    without = reckon(run, plain_case(), View(grants="none"))
    bill = reckon(run, plain_case(), View(grants="per-assessment"))
    assert bill.line("grant.assessment").sum() == 10 * 3_800 * 100
    assert bill.line("grant").sum() == 0
    assert bill.social().tolist() == without.social().tolist()


def test_a_plane_counts_draws_in_each_corner() -> None:
    less, more = run_of({"accredited": 5, "reviews": 0}), run_of({"accredited": 15, "reviews": 100})
    one, other = (product(run, plain_case(), View()) for run in (more, less))
    assert plane(one, other, 1, 50).corners[CORNERS[0]] == 1
    back = plane(other, one, 1, 50)
    assert back.corners[CORNERS[3]] == 1
    assert sum(back.corners.values()) == 1
    points = back.points(20)
    assert len(points) == 20
    assert {accredited for accredited, _ in points} == {-30.0}
    assert min(cost for _, cost in points) < max(cost for _, cost in points) < 0  # prices are drawn


@pytest.mark.parametrize("replications", [1, 2, 7, 20, 50, 333, 500])
def test_the_points_of_a_plane_come_evenly_from_every_replication_and_from_all_draws(
    replications: int,
) -> None:
    number = np.arange(replications, dtype=float)
    drawn = Plane("a", "b", number, np.add.outer(1_000 * np.arange(float(DRAWS)), number), {})
    points = drawn.points()
    each = np.bincount([int(more) for more, _ in points], minlength=replications)
    assert each.sum() == len(points) == 500
    assert each.max() - each.min() <= 1
    assert all(cost % 1_000 == more for more, cost in points)  # a point is one draw of one replication
    draws = sorted({cost // 1_000 for _, cost in points})
    assert len(draws) == 500
    assert max(np.diff(draws)) <= 2


def test_a_plane_of_few_draws_has_each_of_its_points_once_and_of_many_replications_some() -> None:
    few = Plane("a", "b", np.arange(3.0), np.arange(12.0).reshape(4, 3), {})
    assert sorted(few.points()) == sorted((float(cost % 3), float(cost)) for cost in range(12))
    many = Plane("a", "b", np.arange(2_000.0), np.zeros((DRAWS, 2_000)), {})
    assert [more for more, _ in many.points()] == list(range(0, 2_000, 4))


def test_benefits_equal_to_cost_are_worth_the_cost_of_each() -> None:
    item = option(reckon(run_of({"accredited": 15, "reviews": 100}), plain_case()))
    assert break_even(item) * 45 == pytest.approx(item.present_value.mean)
    assert np.isnan(break_even(option(reckon(run_of({"reviews": 1}), plain_case()))))
