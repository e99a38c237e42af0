"""Present values, burdens and turnover against published figures and sums by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.appraisal import burdens, factors, option, present_value, spread, step
from analysis.cost_product import drawn, pert, product
from analysis.cost_uncertainty import odds_cheaper, ranges, tornado
from analysis.costs import View, reckon
from analysis.deflator import deflators, discount, in_prices_of
from analysis.turnover import HAZARDS, turnover_at
from tests.analysis.bills import CAFCASS, LEEDS, plain_case, random_run, run_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("year", "factor"), [(0, 1.0), (1, 0.9662), (5, 0.8420), (10, 0.7089)])
def test_discount_factors_of_the_green_book(year: int, factor: float) -> None:
    assert round(discount(0.035, year), 4) == factor


def test_the_first_year_is_not_discounted() -> None:
    assert np.round(factors((2017, 2018, 2022)), 4).tolist() == [1.0, 0.9662, 0.8420]
    amounts = np.array([[100.0, 100.0, 100.0]])
    assert present_value(amounts, (2017, 2018, 2019))[0] == pytest.approx(100 + 96.618 + 93.351, abs=0.001)


def test_real_terms_follow_the_published_deflator() -> None:
    assert in_prices_of(2016, 2016) == 1
    assert in_prices_of(2016, 2013) * 40 == pytest.approx(41.6, abs=0.05)  # an hour of 2013-14, as published
    assert in_prices_of(2017, 2016) == pytest.approx(77.64 / 76.46)
    assert list(deflators()) == list(range(2013, 2025))


def test_turnover_when_the_hazard_of_leaving_is_multiplied() -> None:
    assert [f"{turnover_at(hazard):.1%}" for hazard in HAZARDS] == ["15.9%", "23.4%", "28.5%"]
    assert turnover_at(1.0) == pytest.approx(0.134)


def test_an_option_by_hand() -> None:
    """Ten reviews a year at 300, nothing else that varies, and five accredited each year."""
    run = run_of({"reviews": 10, "accredited": 5})
    case = plain_case("development=0", "running.pilot=0", "optimism.development=0", "optimism.delivery=0")
    found = option(reckon(run, case))
    value = 3_000 * (1 + 1 / 1.035 + 1 / 1.035**2)
    assert found.present_value.mean == pytest.approx(value)
    assert found.undiscounted.mean == 9_000
    assert found.accredited.mean == 15
    assert found.per_accredited.mean == pytest.approx(value / 15)


def test_nobody_accredited_has_no_cost_for_each() -> None:
    assert np.isnan(option(reckon(run_of({"sittings": 5}), plain_case())).per_accredited.mean)


def test_a_step_from_one_option_to_another() -> None:
    case = plain_case()
    less, more = run_of({"accredited": 5, "reviews": 0}), run_of({"accredited": 15, "reviews": 100})
    change = step(reckon(more, case), reckon(less, case))
    extra = 100 * 300 * (1 + 1 / 1.035 + 1 / 1.035**2)
    assert change.cost.mean == pytest.approx(extra)
    assert change.per_extra == pytest.approx(extra / 30)
    assert change.points == ((30.0, pytest.approx(extra)),)
    assert np.isnan(step(reckon(less, case), reckon(more, case)).per_extra)


def test_new_burdens_are_three_years_of_what_councils_pay() -> None:
    run = run_of({"trips": 100, "taking_part": 1}, levers={"funding.dfe_share": 0.25})
    rows = burdens(reckon(run, plain_case()))
    assert [row.year for row in rows] == [2017, 2018, 2019]
    each = 0.5 * 41_715 + 15 * 278 + 100 * 40 * 0.45
    charged = 0.75 * (4_400_000 * 1.41)  # three quarters of what the department spends, in a year like these
    assert rows[1].recurring.mean == pytest.approx(each + charged)
    assert rows[1].funded.mean == pytest.approx(0.25 * each, abs=0.01)
    assert rows[1].net.mean == pytest.approx(0.75 * each + charged, abs=0.01)
    assert [row.set_up.mean for row in rows] == [0, 0, 0]


def test_set_up_is_what_taking_part_costs_in_the_year_of_joining() -> None:
    joined, part = np.zeros((2, 1, 3, 4))
    joined[0, 1, LEEDS] = 1
    part[0, 1:, LEEDS] = 0.5, 1
    joined[0, 0, CAFCASS] = part[0, 0, CAFCASS] = 1  # an employer that is no council burdens none
    run = run_of({"joined": joined, "taking_part": part, "trips": 100})
    each, trips = 0.5 * 41_715 + 15 * 278, 100 * 40 * 0.45
    rows = burdens(reckon(run, plain_case()))
    assert [row.set_up.mean for row in rows] == [0, 0.5 * each, 0]
    assert [row.recurring.mean for row in rows] == [trips, trips, trips + each]


@pytest.mark.parametrize("valuation", ["cash", "pay", "full"])
@pytest.mark.parametrize("mode", ["contract", "bottom-up"])
def test_the_sum_of_products_is_the_bill(valuation: str, mode: str) -> None:
    run, case, view = random_run(4), plain_case(), View(valuation, mode)
    bill = reckon(run, case, view)
    value = present_value(bill.social() / 100, run.years)
    assert np.allclose(product(run, case, view).cost({})[0], value, rtol=1e-7)


def test_a_product_at_another_price_is_the_bill_at_that_price() -> None:
    run, view = random_run(6), View("full")
    item = product(run, plain_case(), view)
    turned = item.cost({"pay.overhead": np.array([1.35, 1.6]), "leavers": np.array([9_000.0, 12_000.0])})
    bill = reckon(run, plain_case("pay.overhead=1.6", "leavers=12000"), view)
    assert np.allclose(turned[1], present_value(bill.social() / 100, run.years), rtol=1e-7)


def test_prices_are_drawn_from_their_pert_distribution() -> None:
    case = plain_case()
    values = drawn(case, ("leavers", "travel"), 20_000, 1)
    assert list(values) == ["leavers"]  # what has no range is not drawn
    assert values["leavers"].mean() == pytest.approx((10_000 + 4 * 20_000 + 40_000) / 6, rel=0.01)
    assert 10_000 <= values["leavers"].min() <= values["leavers"].max() <= 40_000
    ends = pert(case.figures["leavers"], np.array([0.0, 1.0]))
    assert ends.tolist() == [10_000, 40_000]


def test_prices_are_drawn_alike_for_every_scenario() -> None:
    """The same quantities cost the same in every draw, so that neither is ever the cheaper."""
    one, other = (product(random_run(2), plain_case(), View()) for _ in range(2))
    assert odds_cheaper(one, other, 7) == 0
    assert [item.cheapest for item in ranges([one, other], 7, draws=50)] == [1, 1]


def test_the_dearer_in_everything_is_never_cheaper() -> None:
    case = plain_case()
    less = product(run_of({"sittings": 100}), case, View())
    more = product(run_of({"sittings": 200, "leavers": 10}), case, View())
    assert odds_cheaper(less, more, 3) == 1
    found = ranges([less, more], 3, draws=200)
    assert found[0].cost.p10 < found[0].cost.p50 < found[0].cost.p90 < found[1].cost.p90
    assert found[0].chance == 0
    assert found[0].prices > 0


def test_a_tornado_bar_is_the_bill_at_the_ends_of_the_range() -> None:
    case, run = plain_case(), run_of({"leavers": 10})
    bars = tornado(product(run, case, View()))
    bar = next(bar for bar in bars if bar.key == "leavers")
    leave = 10 * (1 + 1 / 1.035 + 1 / 1.035**2)
    assert bar.swing == pytest.approx(30_000 * leave)
    assert [item.swing for item in bars] == sorted((item.swing for item in bars), reverse=True)
    assert not [item for item in bars if item.key.startswith("delivery")]


def test_in_a_difference_what_both_have_cancels() -> None:
    case = plain_case()
    one = product(run_of({"leavers": 10, "reviews": 5}), case, View())
    other = product(run_of({"leavers": 10}), case, View())
    assert next(bar for bar in tornado(one, other) if bar.key == "leavers").swing == pytest.approx(
        0, abs=1e-6
    )


def test_a_spread_of_nothing_known_is_not_a_number() -> None:
    assert np.isnan(spread(np.array([np.nan])).mean)
    assert spread(np.array([1.0, np.nan, 3.0])).mean == 2
