"""Shapley's shares: they add up, and are those of the closed forms."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shapley import along, between_pairs, contributions, sampled_orders, sets_along

pytestmark = pytest.mark.unit


def valued(count: int, numbers: list[int]) -> dict[int, np.ndarray]:
    return {
        chosen: np.array([numbers[chosen], numbers[-1 - chosen]], dtype=float) for chosen in range(1 << count)
    }


@pytest.mark.property
@given(
    st.integers(1, 5).flatmap(
        lambda k: st.tuples(
            st.just(k), st.lists(st.integers(-(10**9), 10**9), min_size=1 << k, max_size=1 << k)
        )
    )
)
def test_shares_add_up_and_are_the_average_over_every_order(case: tuple[int, list[int]]) -> None:
    count, numbers = case
    values = valued(count, numbers)
    shares = contributions(values, count)
    assert np.allclose(shares.sum(axis=0), values[(1 << count) - 1] - values[0], rtol=0, atol=1e-5)
    every = np.mean([along(values, order) for order in permutations(range(count))], axis=0)
    assert np.allclose(shares, every, rtol=1e-9, atol=1e-5)


def test_changes_that_add_up_keep_what_they_do_alone() -> None:
    sizes = [3.0, -5.0, 0.0, 11.0]
    values = {
        chosen: np.array([7 + sum(size for bit, size in enumerate(sizes) if chosen >> bit & 1)])
        for chosen in range(16)
    }
    assert contributions(values, 4)[:, 0].tolist() == sizes
    assert not np.any(list(between_pairs(values, 4).values()))


def test_what_two_changes_do_only_together_is_halved() -> None:
    values = {chosen: np.array([10.0 * (chosen & 3 == 3) + 4.0 * (chosen >> 2 & 1)]) for chosen in range(8)}
    assert contributions(values, 3)[:, 0].tolist() == [5.0, 5.0, 4.0]
    pairs = between_pairs(values, 3)
    assert pairs[0, 1].tolist() == [10.0]
    assert pairs[0, 2].tolist() == pairs[1, 2].tolist() == [0.0]


def test_a_sampled_order_adds_up_and_its_reverse_evens_out_a_pair() -> None:
    values = {chosen: np.array([float(chosen.bit_count() == 8)]) for chosen in range(256)}
    for order in sampled_orders(8, 3, seed=1):
        assert sorted(order) == list(range(8))
        assert along(values, order).sum() == 1.0
        assert sets_along(order)[0] == 0
        assert sets_along(order)[-1] == 255
    orders = sampled_orders(8, 3, seed=1)
    assert all(one == other[::-1] for one, other in zip(orders[0::2], orders[1::2], strict=True))
    assert sampled_orders(8, 3, seed=1) == orders
    assert sampled_orders(8, 3, seed=2) != orders
