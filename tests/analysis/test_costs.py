"""Costs held against sums that anyone can do, and against what must hold whatever the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cost_case import CostCase
from analysis.cost_drivers import Run
from analysis.cost_lines import GRANTS, MODES, VALUATIONS
from analysis.cost_lines import PAYERS as CASE_PAYERS
from analysis.cost_product import borne_by_department
from analysis.cost_summary import SPLITS, delivery, split
from analysis.costs import PAYERS, Bill, View, by_employer, reckon
from tests.analysis.bills import CAMDEN, LEEDS, plain_case, random_run, run_of

pytestmark = pytest.mark.unit

VIEWS = [View(valuation, mode, grants) for valuation in VALUATIONS for mode in MODES for grants in GRANTS]


def total(bill: Bill, *keys: str) -> float:
    return sum(float(bill.line(key).sum(axis=1).mean()) for key in keys) / 100


def test_the_plan_at_pilot_and_at_national_price() -> None:
    """30,000 people in three years at 1.2 sittings, before optimism bias: 107 and 42 million."""
    plan = run_of({"sittings": 12_000})
    lines = ("development", "running.pilot", "running.national", "delivery.pilot", "delivery.national")
    pilot = reckon(plan, plain_case("scale.pilot_volume=1000000", "scale.national_volume=2000000"))
    national = reckon(plan, plain_case())
    assert total(pilot, *lines) == 3_700_000 + 3 * 4_400_000 + 36_000 * 2_500
    assert round(total(pilot, *lines) / 1e6) == 107
    assert total(national, *lines) == 3_700_000 + 3 * 2_000_000 + 36_000 * 900
    assert round(total(national, *lines) / 1e6) == 42
    assert total(national, "optimism.development") == pytest.approx(0.54 * 3_700_000)


def test_price_goes_by_the_logarithm_of_volume_between_the_two_scales() -> None:
    between = run_of({"sittings": np.sqrt(3_000 * 8_000)})
    bill = reckon(between, plain_case())
    each = total(bill, "delivery.pilot", "delivery.national") / (3 * np.sqrt(3_000 * 8_000))
    assert each == pytest.approx((2_500 + 900) / 2, abs=0.01)


def test_a_candidate_takes_about_1088_pounds_of_a_councils_time() -> None:
    one = run_of(
        {"sitting_days.practitioner": 1, "preparation_days.practitioner": 3, "considered.practitioner": 1}
    )
    lines = ("release.sitting", "release.preparation", "endorsement.candidate", "endorsement.manager")
    assert round(total(reckon(one, plain_case()), *lines) / 3) == 1_088
    full = total(reckon(one, plain_case(), View("full")), *lines)
    assert full == pytest.approx(1.45 * total(reckon(one, plain_case()), *lines), abs=1)
    assert total(reckon(one, plain_case(), View("cash")), *lines) == 0


def test_a_full_centre_day_built_up() -> None:
    """Four circuits of three sessions cost 4,394 a day without rehearsal: 366 for each of twelve."""
    day = run_of({"sittings": 12, "knowledge_sittings": 12}, seats=12)
    bill = reckon(day, plain_case(), View("pay", "bottom-up"))
    lines = ("venue", "actors", "assessors", "facilitators", "licences", "moderation")
    assert total(bill, *lines) / 3 == 4_394
    assert total(bill, "delivery.pilot", "delivery.national") == 0
    parts = delivery(bill)["bottom-up"]
    assert parts[1] == pytest.approx((4_394 + 8 * 250 * 0.125 + 4 * 250 * 0.025) / 12)


def test_at_a_third_of_its_use_a_centre_costs_three_times_as_much_each() -> None:
    lines = ("venue", "actors", "assessors", "facilitators", "licences", "moderation")
    empty = run_of({"sittings": 3.6, "knowledge_sittings": 3.6}, seats=12)
    bill = reckon(empty, plain_case(), View("pay", "bottom-up"))
    assert round(total(bill, *lines) / 3 / 3.6) == 1_163


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.valuation} {view.mode} {view.grants}")
def test_without_a_scheme_every_line_is_zero(view: View) -> None:
    assert not reckon(run_of(levers={"phase.plan": "closed"}), plain_case(), view).pence.any()


@pytest.mark.parametrize("valuation", VALUATIONS)
def test_if_nobody_takes_part_only_fixed_cost_is_left(valuation: str) -> None:
    bill = reckon(run_of(), plain_case(), View(valuation))
    fixed = 3_700_000 + 3 * 4_400_000
    bias = 0.54 * 3_700_000 + 0.41 * 3 * 4_400_000
    assert float(bill.social().sum()) / 100 == pytest.approx(fixed + bias)
    assert bill.borne()[PAYERS.index("councils")].sum() == 0


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([line.key for line in CostCase.default().lines]), st.sampled_from(VIEWS))
def test_twice_the_figure_is_twice_the_line(key: str, view: View) -> None:
    run, case = random_run(5), plain_case("incentive=500", "pay.own_time=0.5")
    figure = case.figures[key]
    doubled = case.changed({key: replace(figure, mode=2 * figure.mode, high=2 * figure.high)})
    once, twice = reckon(run, case, view).line(key), reckon(run, doubled, view).line(key)
    cells = len(run.places) * 4
    assert np.abs(twice - 2 * once).max() <= cells  # each whole penny was rounded once
    others = [line.key for line in case.lines if line.key != key and not line.share_of]
    for other in others:
        if not other.startswith("rehearsal"):  # priced by what actors and assessors cost
            same = reckon(run, case, view).line(other), reckon(run, doubled, view).line(other)
            assert np.array_equal(*same)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(VIEWS), st.sampled_from([0.0, 0.35, 1.0]))
def test_every_split_adds_up_to_the_penny(seed: int, view: View, share: float) -> None:
    run = random_run(seed, **{"funding.dfe_share": share})
    bill = reckon(run, plain_case("incentive=333.33"), view)
    social = bill.social().sum(axis=1)
    for by in SPLITS:
        assert np.array_equal(np.array(list(split(bill, by).values())).sum(axis=0), social), by
    paid = bill.paid().sum(axis=0)
    assert np.array_equal(paid - bill.transfers(), bill.social())
    assert np.array_equal(bill.borne().sum(axis=0), bill.social())
    assert bill.pence.dtype == np.int64


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(VIEWS))
def test_councils_one_by_one_add_up_to_their_regions(seed: int, view: View) -> None:
    run = random_run(seed)
    case = plain_case()
    bill = reckon(run, case, view)
    lines, pence = by_employer(run, case, view)
    for line, amounts in zip(lines, pence, strict=True):
        index = [known.key for known in bill.lines].index(line.key)
        for place, employer in ((CAMDEN, "London"), (LEEDS, "Yorkshire and The Humber")):
            cell = [
                index
                for index, found in enumerate(bill.places)
                if (found.region, found.kind) == (employer, "council")
            ]
            assert np.array_equal(amounts[:, :, place], bill.pence[index][:, :, cell[0]])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 1), st.sampled_from(sorted(VALUATIONS)))
def test_funding_moves_cost_between_payers_and_changes_nothing_else(
    seed: int, share: float, valuation: str
) -> None:
    none, some = (
        random_run(seed, **{"funding.dfe_share": 0.0}),
        random_run(seed, **{"funding.dfe_share": share}),
    )
    case = plain_case()
    before, after = (reckon(run, case, View(valuation)) for run in (none, some))
    assert np.array_equal(before.social(), after.social())
    own = [index for index, line in enumerate(before.lines) if not line.transfer]
    assert np.array_equal(before.pence[own], after.pence[own])
    department = PAYERS.index("department")
    assert (after.borne()[department] >= before.borne()[department]).all()


_BY = {
    "department": ["department"],
    "employer": ["councils", "other employers"],
    "individual": ["individuals"],
}
OWN_LINES = [line.key for line in CostCase.default().lines if not line.transfer]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(OWN_LINES), st.sampled_from(CASE_PAYERS), st.sampled_from(VIEWS), st.floats(0, 1))
def test_whoever_pays_a_line_it_costs_the_same_and_every_split_adds_up(
    key: str, payer: str, view: View, share: float
) -> None:
    run, case = random_run(7, **{"funding.dfe_share": share}), plain_case("incentive=500", "pay.own_time=0.5")
    other = case.set([f"{key}.payer={payer}"])
    before, after = reckon(run, case, view), reckon(run, other, view)
    assert np.array_equal(before.social(), after.social())
    assert np.array_equal(after.borne().sum(axis=0), after.social())
    was = next(line.payer for line in case.lines if line.key == key)
    moved = sum(after.spent()[PAYERS.index(name)] - before.spent()[PAYERS.index(name)] for name in _BY[payer])
    assert np.array_equal(moved, np.zeros_like(moved) if payer == was else before.line(key))
    for by in SPLITS:
        parts = np.array(list(split(after, by).values())).sum(axis=0)
        assert np.array_equal(parts, after.social().sum(axis=1)), by
    item = borne_by_department(run, other, view, 0.0)
    department = after.borne()[PAYERS.index("department")].sum(axis=1) / 100
    assert item.cost({})[0] == pytest.approx(department, rel=1e-6, abs=5.0)


def test_paid_by_the_department_and_paid_by_councils() -> None:
    """With the whole share the department bears all but what individuals bear; with none, nothing."""
    for share, bearer, other in ((1.0, "department", "councils"), (0.0, "councils", "department")):
        run = run_of(
            {"sittings": 100, "trips": 100, "considered.practitioner": 100},
            levers={"funding.dfe_share": share},
        )
        borne = reckon(run, plain_case()).borne().sum(axis=(1, 2))
        individuals = borne[PAYERS.index("individuals")]
        assert borne[PAYERS.index(other)] == 0
        assert borne[PAYERS.index(bearer)] == reckon(run, plain_case()).social().sum() - individuals
        assert individuals == 3 * 100 * 500


def test_grants_go_to_councils_alone_and_once() -> None:
    joined = np.zeros((3, 4))
    joined[0] = 1
    bill = reckon(run_of({"joined": joined}), plain_case(), View("pay", "contract", "per-council"))
    assert bill.line("grant").sum() == 2 * 180_000 * 100
    assert bill.received()[PAYERS.index("councils")].sum() == 2 * 180_000 * 100
    assert bill.received()[PAYERS.index("other employers")].sum() == 0


def test_agency_cover_costs_more_in_london() -> None:
    def cover(place: int) -> float:
        days = np.zeros((3, 4))
        days[:, place] = 100
        return total(reckon(run_of({"cover_restricted": days}), plain_case()), "cover.restricted")

    assert cover(CAMDEN) / cover(LEEDS) == pytest.approx(32 / 24)
    assert cover(LEEDS) == pytest.approx(300 * 24 * 1.18 * 7.37)


def test_every_cell_is_rounded_to_the_nearest_penny() -> None:
    """A day of cover is 20,871.84 pence."""
    bill = reckon(run_of({"cover_restricted": 1}), plain_case())
    assert bill.line("cover.restricted").tolist() == [[20_872, 20_872, 20_872]]


def test_backfill_is_priced_only_where_time_is_not() -> None:
    run = run_of({"sitting_days.practitioner": 10, "preparation_days.practitioner": 30})
    for valuation in VALUATIONS:
        bill = reckon(run, plain_case(), View(valuation))
        assert (total(bill, "backfill") > 0) == (valuation == "cash")
        assert (total(bill, "release.sitting") > 0) == (valuation != "cash")


def test_a_tenth_of_the_people_stands_for_all_of_them_but_councils_count_as_they_are() -> None:
    whole = run_of({"sittings": 120, "taking_part": 1}, seats=40)
    tenth = run_of({"sittings": 12, "taking_part": 1}, seats=4, scale=0.1)
    case = plain_case()
    assert np.allclose(reckon(whole, case).pence, reckon(tenth, case).pence)


def test_no_development_after_a_fail_is_no_cost_of_it() -> None:
    run = run_of({"fails.practitioner": 10}, levers={"support.development": "not_provided"})
    assert total(reckon(run, plain_case()), "remediation") == 0
    assert total(reckon(run_of({"fails.practitioner": 10}), plain_case()), "remediation") == 3 * 10 * 3 * 198


def test_in_prices_of_another_year_all_money_moves_alike() -> None:
    run, case = random_run(8), plain_case()
    now, then = reckon(run, case), reckon(run, replace(case, price_year=2018))
    assert then.social().sum() / now.social().sum() == pytest.approx(79.16 / 76.46, rel=1e-6)


def test_a_run_can_be_costed_again_and_again() -> None:
    run: Run = random_run(3)
    first = reckon(run, plain_case()).pence
    reckon(run, plain_case("scale.pilot_volume=10"), View("cash", "bottom-up"))
    assert np.array_equal(first, reckon(run, plain_case()).pence)


def test_a_price_that_multiplies_planned_days_is_in_no_days_of_its_own() -> None:
    case = CostCase.default()
    days = [line for line in case.lines if line.driver in ("preparation_days", "sitting_days")]
    units = {line.key: case.figures[line.key].unit for line in days}
    assert units.pop("own_time") == "ratio"
    assert set(units) == {"release.preparation", "release.sitting"}
    assert set(units.values()) == {"days per planned day"}
