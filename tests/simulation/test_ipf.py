"""Tables meet their totals whatever the seed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation.ipf import fill_suppressed, fit, largest_remainder, round_table

pytestmark = pytest.mark.property

# Wider odds converge too slowly to be worth a test.
tables = st.tuples(st.integers(1, 8), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(0.5, 50))
)


@given(tables)
def test_fit_meets_both_totals_and_keeps_odds_ratios(seed: np.ndarray) -> None:
    goal = seed * np.linspace(0.5, 2, seed.shape[0])[:, None] * np.linspace(2, 0.5, seed.shape[1])[None, :]
    fitted = fit(seed, goal.sum(axis=1), goal.sum(axis=0))
    # The goal differs from the seed by row and column factors only, so the fit must find it again.
    assert fitted == pytest.approx(goal, rel=1e-4, abs=1e-4)


@given(tables)
def test_suppressed_cells_are_filled_and_published_ones_kept(table: np.ndarray) -> None:
    hidden = table.copy()
    hidden[::2, ::2] = np.nan
    filled = fill_suppressed(hidden, table.sum(axis=1), table.sum(axis=0))
    known = ~np.isnan(hidden)
    assert filled[known] == pytest.approx(table[known])
    assert filled.sum(axis=1) == pytest.approx(table.sum(axis=1))
    assert (filled >= 0).all()


@given(
    st.lists(st.floats(0, 1e5), min_size=1, max_size=40).filter(lambda v: sum(v) > 0.1),
    st.integers(0, 100_000),
)
def test_largest_remainder_sums_exactly_and_stays_within_one(values: list[float], total: int) -> None:
    exact = np.array(values) * (total / sum(values))
    whole = largest_remainder(np.array(values), total)
    assert whole.sum() == total
    assert np.abs(whole - exact).max() <= 1 + 1e-6


@given(tables)
def test_rounded_tables_keep_their_totals_and_stay_near(table: np.ndarray) -> None:
    total = round(float(table.sum()))
    rows = largest_remainder(table.sum(axis=1), total)
    columns = largest_remainder(table.sum(axis=0), total)
    whole = round_table(table, rows, columns)
    assert (whole.sum(axis=1) == rows).all()
    assert (whole.sum(axis=0) == columns).all()
    assert (whole >= 0).all()
    assert np.abs(whole - table).max() < 3


def test_totals_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="totals differ"):
        round_table(np.ones((2, 2)), np.array([2, 2]), np.array([2, 3]))
