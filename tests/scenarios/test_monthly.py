"""Running totals by month: at each December the same as the measure that is read once a year."""

from __future__ import annotations

from dataclasses import replace

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
    monthly = {row.key.at: row for row in series(results, "sittings", 0.95).rows}
    yearly = [row for row in comparison.rows if row.key.id == "sittings" and not row.key.by]
    assert len(yearly) == 5
    for row in yearly:
        assert monthly[row.key.at].arms == row.arms
        assert monthly[row.key.at].differences == row.differences


@pytest.mark.parametrize("name", MONTHLY)
def test_totals_never_fall_and_months_end_where_they_end(results: Results, name: str) -> None:
    rows = series(results, name).rows
    assert [row.key.at for row in rows][:2] == ["2017-01-31", "2017-02-28"]
    assert rows[-1].key.at == "2021-12-31"
    assert len(rows) == 60
    for arm in ("voluntary", "mandatory"):
        means = [row.arms[arm].mean for row in rows]
        assert means == sorted(means)
        assert means[-1] > 0


def test_replications_that_one_arm_lacks_are_left_out(results: Results) -> None:
    finished = results.finished.copy()
    finished[0, 1] = False
    found = series(replace(results, finished=finished), "accreditations")
    assert found.used == 2
    assert {estimate.n for row in found.rows for estimate in row.arms.values()} == {2}


def test_sides_count_the_replications_on_either_side(results: Results) -> None:
    key = MeasureKey("accredited", at="2021-12-31")
    found = sides(results, key, 1)
    gaps = results.of(1)[:, results.keys.index(key)] - results.of(0)[:, results.keys.index(key)]
    assert (found.above, found.below, found.n) == (int((gaps > 0).sum()), int((gaps < 0).sum()), 3)
    assert found.above == 3
