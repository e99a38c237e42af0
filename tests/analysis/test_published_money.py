"""The published amounts, and what the department bears, by two ways that have to agree."""

from __future__ import annotations

import numpy as np
import pytest
from bills import random_run

from analysis.cost_case import CostCase
from analysis.cost_product import borne_by_department
from analysis.costs import View, reckon
from analysis.published_money import department, published

pytestmark = pytest.mark.unit


def test_the_amount_that_directors_argued_about_has_its_source() -> None:
    quoted = published()["quoted"]
    assert quoted.gbp == 23_000_000
    assert "Community Care, 14 March 2017" in quoted.source
    assert "public purse" in quoted.covers
    assert published()["spent"].gbp == 24_000_000


@pytest.mark.parametrize("grants", ["lever", "per-council", "per-assessment", "none"])
@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("valuation", ["cash", "full"])
def test_what_the_department_bears_is_the_same_as_products_and_as_a_bill(
    grants: str, share: float, valuation: str
) -> None:
    run = random_run(5, **{"funding.dfe_share": share})
    view = View(valuation, "contract", grants)
    case = CostCase.default()
    borne = department(reckon(run, case, view))
    found = borne_by_department(run, case, view, 0.0).cost({})
    assert float(found.mean()) == pytest.approx(borne.in_all.mean, abs=500, rel=1e-4)
    parts = borne.own.mean + borne.passed_on.mean - borne.charged.mean
    assert parts == pytest.approx(borne.in_all.mean)
    assert np.isclose(sum(amount.mean for amount in borne.years.values()), borne.in_all.mean)
    if grants == "lever" and share == 0:
        assert borne.in_all.mean == pytest.approx(0, abs=1)
