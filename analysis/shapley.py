"""A difference shared out among the changes that make it: the average over all orders of making them.

A set of changes is a whole number: bit i says whether change i is made. The value of a set is an array of
any shape, such as one number for each replication and measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from simulation.streams import uniforms

Floats = NDArray[np.float64]


def contributions(values: Mapping[int, Floats], count: int) -> Floats:
    """What each of `count` changes adds, averaged over all orders (Shapley 1953), given every set's value.

    The result has the change as its first axis; over it, the contributions add up to the value of all
    changes less the value of none.
    """
    weights = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    shares = []
    for change in range(count):
        bit = 1 << change
        without = [chosen for chosen in range(1 << count) if not chosen & bit]
        steps = (weights[chosen.bit_count()] * (values[chosen | bit] - values[chosen]) for chosen in without)
        shares.append(sum(steps, np.zeros_like(values[0])) / factorial(count))
    return np.array(shares)


def along(values: Mapping[int, Floats], order: Sequence[int]) -> Floats:
    """What each change adds when they are made in this order; the first axis is the number of the change."""
    added: list[Floats] = [np.zeros_like(values[0])] * len(order)
    made = 0
    for change in order:
        added[change] = values[made | 1 << change] - values[made]
        made |= 1 << change
    return np.array(added)


def sets_along(order: Sequence[int]) -> tuple[int, ...]:
    """The sets that an order passes through, from none to all."""
    passed = [0]
    for change in order:
        passed.append(passed[-1] | 1 << change)
    return tuple(passed)


def sampled_orders(count: int, pairs: int, seed: int) -> tuple[tuple[int, ...], ...]:
    """`pairs` random orders of `count` changes, each followed by its reverse, to even out early and late."""
    orders: list[tuple[int, ...]] = []
    for number in range(pairs):
        order = tuple(np.argsort(uniforms(seed, number, "order of changes", count)).tolist())
        orders += [order, order[::-1]]
    return tuple(orders)


def between_pairs(values: Mapping[int, Floats], count: int) -> dict[tuple[int, int], Floats]:
    """What two changes do together beyond what each does alone, for each pair of changes."""
    return {
        (one, other): values[1 << one | 1 << other] - values[1 << one] - values[1 << other] + values[0]
        for one, other in combinations(range(count), 2)
    }
