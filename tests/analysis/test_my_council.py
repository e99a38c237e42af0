"""One council beside others, with sums that can be done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.costs import View
from analysis.councils import QUINTILES, councils, find
from analysis.my_council import WEEKS, Floats, MyCouncil, my_council
from rules.errors import InputError
from simulation.published import authorities
from tests.analysis.bills import CAMDEN, LEEDS, plain_case, run_of

pytestmark = pytest.mark.unit

MONTHS = ("January 2017", "February 2017")
DAYS = 17.6


def told(share: float = 1.0, asked: str = "Leeds") -> MyCouncil:
    """Ten reviews (the department's) and 100 trips of 18 pounds a year in Leeds."""
    run = run_of({"reviews": 10, "trips": 100}, levers={"funding.dfe_share": share})
    released = np.zeros((1, 2, 4))
    released[0, 1, LEEDS] = 540 * DAYS / 10  # a tenth of what 540 full-time posts work in a month
    released[0, 0, CAMDEN] = 180 * DAYS / 2
    return my_council(run, plain_case(), View(), released, busiest(), MONTHS, DAYS, asked)


def busiest() -> Floats:
    """In the worst week a fifth of what the posts of Leeds work in a week, and nobody away elsewhere."""
    found = np.zeros((1, 4))
    found[0, LEEDS] = 540 * DAYS * WEEKS / 5
    return found


def test_cost_per_worker_and_as_posts() -> None:
    own = told().groups[0]
    assert own.gross.mean == 3 * 100 * 40 * 0.45
    assert own.per_social_worker == pytest.approx(5_400 / 580)
    assert own.posts == pytest.approx(5_400 / 41_715 / 3)
    assert {key: gbp for key, _, gbp in told().lines}["travel"] == 5_400


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_after_the_departments_share(share: float) -> None:
    own = told(share).groups[0]
    charged = (1 - share) * 3 * 10 * 300
    left = (1 - share) * 5_400 + charged
    assert own.unfunded_per_social_worker == pytest.approx(left / 580)
    assert own.unfunded_posts == pytest.approx(left / 41_715 / 3)
    assert told(share).share == share


def test_away_in_the_worst_week() -> None:
    own, *_, england = told().groups
    assert own.share_away_week == pytest.approx(0.2)
    assert england.share_away_week == pytest.approx(0.2 * 580 / 780)


def test_away_in_the_worst_month_and_what_it_adds_to_caseloads() -> None:
    found = told()
    own = found.groups[0]
    assert own.share_away == pytest.approx(0.1)
    assert own.more_cases == pytest.approx(found.council.caseload / 9)
    assert found.peak_month == "February 2017"
    assert own.days_released.mean == pytest.approx(54 * DAYS)
    england = found.groups[-1]
    assert england.share_away == pytest.approx((0.1 * 580 + 0.5 * 200) / 780)
    assert england.councils == 2
    assert england.social_workers == 780


def test_in_full_unit_cost_a_post_costs_more() -> None:
    run = run_of({"trips": 100})
    released = np.zeros((1, 2, 4))
    found = my_council(run, plain_case(), View("full"), released, busiest(), MONTHS, DAYS, "E08000035")
    assert found.groups[0].posts == pytest.approx(5_400 / (41_715 * 1.45) / 3)


def test_by_name_or_code_and_what_is_nearest() -> None:
    listed = authorities()
    for asked in ("Leeds", "leeds ", "E08000035", "e08000035"):
        assert listed.name[find(asked, listed.name, listed.code)] == "Leeds"
    for asked, near in (("Leads", "'Leeds'"), ("Bristol", "'Bristol, City of'"), ("Cafcass", ""), ("", "")):
        with pytest.raises(InputError) as caught:
            find(asked, listed.name, listed.code)
        [problem] = caught.value.problems
        assert problem.code == "K012"
        assert near in problem.hint


def test_every_authority_is_known_with_its_quintile() -> None:
    known, listed = councils(), authorities()
    assert set(known) == set(listed.code)
    assert {known[code].name for code in listed.code} == set(listed.name)
    sizes = np.bincount([item.quintile for item in known.values()], minlength=QUINTILES + 1)[1:]
    assert sizes.sum() == 152
    assert sizes.max() - sizes.min() <= 1
    most, least = ([item.imd_score for item in known.values() if item.quintile == q] for q in (1, QUINTILES))
    assert min(most) > max(least)
    assert all(5 < item.caseload < 60 for item in known.values())
