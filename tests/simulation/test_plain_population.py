"""People for a scheme from scratch."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import InputError
from simulation.functions_held import PRACTITIONER
from simulation.plain_population import plain_workforce

pytestmark = pytest.mark.unit


@given(st.integers(1, 3_000), st.lists(st.floats(0.01, 1), min_size=1, max_size=9))
def test_regions_have_their_shares(count: int, shares: list[float]) -> None:
    people = plain_workforce(count, tuple((f"Region {row}", share) for row, share in enumerate(shares)))
    sizes = np.bincount(people.employer, minlength=len(shares))
    assert sizes.sum() == people.size == people.baseline == count
    assert np.abs(sizes - count * np.array(shares) / sum(shares)).max() <= 1
    assert (people.functions == PRACTITIONER).all()
    assert (people.joins == 0).all()


def test_regions_are_mixed_among_the_rows() -> None:
    people = plain_workforce(1_000, (("North", 0.5), ("South", 0.5)))
    assert abs(people.employer[:100].mean() - 0.5) < 0.02


def test_thirty_thousand_take_no_time() -> None:
    plain_workforce(10, (("Warm up", 1.0),))
    begun = time.perf_counter()
    plain_workforce(30_000, tuple((f"Region {row}", 1.0) for row in range(9)))
    assert time.perf_counter() - begun < 0.15


def test_more_regions_than_a_column_holds_are_refused() -> None:
    with pytest.raises(InputError, match="W014"):
        plain_workforce(1_000, tuple((f"Region {row}", 1.0) for row in range(128)))
