"""Running totals by month: at each December the same as the measure that is read once a year."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.comparison import Comparison, compare
from scenarios.experiment import Results, run
from scenarios.line_up import line_up
from scenarios.monthly import MONTHLY, series
from scenarios.pairing import sides
from simulation.measures import MEASURES, MeasureKey

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def results() -> Results:
    arms = [arm for _, arm in line_up(["voluntary", "mandatory"], (), 2017, 0.02)]
    return run(arms, 3)


@pytest.fixture(scope="module")
def comparison(results: Results) -> Comparison:
    return compare(results, MEASURES, 0.95)


def test_each_december_is_the_measure_of_that_day(results: Results, comparison: Comparison) -> None:
    found = series(results, "sittings", 0.95)
    yearly = [row for row in comparison.rows if row.key.id == "sittings" and not row.key.by]
    assert yearly
    for row in yearly:
        place = found.days.index(row.key.at)
        for name in comparison.names:
            assert np.isclose(found.estimates[name][place].mean, row.arms[name].mean)
            assert np.isclose(found.estimates[name][place].low, row.arms[name].low, equal_nan=True)
        gap = found.differences["mandatory"][place]
        assert np.isclose(gap.estimate.mean, row.differences["mandatory"].estimate.mean)
        assert gap.verdict == row.differences["mandatory"].verdict


@pytest.mark.parametrize("name", MONTHLY)
def test_totals_never_fall_and_months_end_where_they_end(results: Results, name: str) -> None:
    found = series(results, name)
    assert found.days[0] == "2017-01-31"
    assert found.days[-1] == "2021-12-31"
    assert len(found.days) == 60
    for estimates in found.estimates.values():
        means = [item.mean for item in estimates]
        assert means == sorted(means)


def test_sides_count_the_replications_on_either_side(results: Results) -> None:
    key = MeasureKey("accredited", at="2021-12-31")
    found = sides(results, key, 1)
    gaps = results.of(1)[:, results.keys.index(key)] - results.of(0)[:, results.keys.index(key)]
    assert (found.above, found.below, found.n) == (int((gaps > 0).sum()), int((gaps < 0).sum()), 3)
    assert found.above == 3
