"""What drives a difference: how much of it each change contributes, whatever order they are made in.

One change after another is made under the same random draws, in every order, and what a change adds is
averaged over the orders. The contributions of a measure add up to its difference. Where there are too many
changes to try every set of them, orders are sampled, and the error of sampling is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.mixes import Part, arm_of, mixed, parts
from analysis.readings import headline_keys
from analysis.readouts import Runner, read_out
from analysis.shapley import along, between_pairs, contributions, sampled_orders, sets_along
from rules.errors import problem
from scenarios.comparison import Estimate, estimates
from scenarios.experiment import Arm, Failure
from scenarios.scenario import Scenario
from simulation.inputs import Inputs
from simulation.measures import MEASURES, Measure, MeasureKey

Floats = NDArray[np.float64]

MOST_EXACT: Final = 6
"""Changes up to which all their sets are run: 64 of them."""

PAIRS_OF_ORDERS: Final = 6
"""Sampled orders beyond that, each with its reverse."""


@dataclass(frozen=True)
class Contribution:
    """What one part adds to a difference: on average over all orders, and when it alone is changed.

    `order_error` is half the width of the interval for having sampled the orders; 0 where all were tried.
    """

    part: Part
    averaged: Estimate
    alone: Estimate
    order_error: float


@dataclass(frozen=True)
class Pair:
    """What two parts do together beyond what each does alone."""

    one: Part
    other: Part
    together: Estimate


@dataclass(frozen=True)
class Shares:
    """One measure's difference, shared out. `interaction` is the total less the sum of single effects."""

    key: MeasureKey
    measure: Measure
    first: Estimate
    second: Estimate
    total: Estimate
    contributions: tuple[Contribution, ...]
    interaction: Estimate
    strongest: Pair | None


@dataclass(frozen=True)
class Attribution:
    """The differences of two scenarios, each shared out among `parts`.

    `orders` is the number of sampled orders, 0 where all were tried; `sets` the number of mixes run;
    `used` the replications that every mix finished.
    """

    parts: tuple[Part, ...]
    orders: int
    sets: int
    requested: int
    used: int
    level: float
    rows: tuple[Shares, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Plan:
    """The mixes to run before a difference can be shared out, by the set of parts in each."""

    parts: tuple[Part, ...]
    orders: tuple[tuple[int, ...], ...]
    arms: Mapping[int, Arm]


def plan(
    first: Scenario,
    second: Scenario,
    ready: Callable[[Scenario], Inputs],
    ends: Sequence[Arm] = (),
    *,
    grouped: bool = False,
    pairs: int = PAIRS_OF_ORDERS,
) -> Plan:
    """The parts in which two scenarios differ and the mixes that share the difference out.

    `ready` gives a scenario's inputs; `ends` are the arms of the two, whose commands a mix is repeated by.
    `pairs` of orders are sampled where there are more than `MOST_EXACT` parts. Raises `InputError` A001 and
    A003 where there is nothing to take apart.
    """
    base = ready(first)
    found = tuple(
        part
        for part in parts(first, second, grouped=grouped)
        if ready(mixed(first, second, [part])) != base  # an option such as --scale may even a change out
    )
    if not found:
        raise problem("A003", f"'{first.id}' and '{second.id}' do not differ", hint="naas list shows others")
    count = len(found)
    seeded = sampled_orders(count, pairs, base.seed) if count > MOST_EXACT else ()
    every = (1 << count) - 1
    arms: dict[int, Arm] = {}
    for chosen in _sampled_sets(seeded, count) if seeded else range(1 << count):
        made = [part for bit, part in enumerate(found) if chosen >> bit & 1]
        mix = {0: first, every: second}.get(chosen) or mixed(first, second, made)
        arms[chosen] = arm_of(mix, ready(mix), ends)
    return Plan(found, seeded, arms)


def attribute(
    planned: Plan,
    replications: int,
    run: Runner,
    day: date,
    wanted: Collection[str] | None = None,
    level: float = 0.8,
) -> Attribution:
    """Share out the difference of every wanted measure on a day; of every headline where none is named."""
    sets = list(planned.arms)
    found = read_out(
        [planned.arms[chosen] for chosen in sets],
        range(replications),
        run,
        lambda keys: headline_keys(keys, day, wanted),
    )
    whole = found.values[:, found.whole]
    rows = tuple(
        _shares(planned, dict(zip(sets, whole[:, :, column], strict=True)), key, level)
        for column, key in enumerate(found.keys)
    )
    return Attribution(
        parts=planned.parts,
        orders=len(planned.orders),
        sets=len(sets),
        requested=replications,
        used=int(found.whole.sum()),
        level=level,
        rows=rows,
        failures=found.failures,
    )


def _sampled_sets(orders: tuple[tuple[int, ...], ...], count: int) -> list[int]:
    passed = {chosen for order in orders for chosen in sets_along(order)}
    return sorted(passed | {1 << change for change in range(count)}, key=lambda it: (it.bit_count(), it))


def _shares(planned: Plan, values: Mapping[int, Floats], key: MeasureKey, level: float) -> Shares:
    """Share out one measure; replications in which some mix leaves it undefined are left out."""
    count = len(planned.parts)
    defined = np.all([~np.isnan(found) for found in values.values()], axis=0)
    values = {chosen: found[defined] for chosen, found in values.items()}
    none, every = values[0], values[(1 << count) - 1]
    if planned.orders:
        added = np.array([along(values, order) for order in planned.orders])
        averaged = added.mean(axis=0)
        errors = _order_errors(added, level)
    else:
        averaged = contributions(values, count)
        errors = [0.0] * count
    alone = np.array([values[1 << change] - none for change in range(count)])
    strongest = None
    if not planned.orders and count > 1:
        strongest = _strongest(planned.parts, between_pairs(values, count), level)
    shared = zip(planned.parts, _each(averaged, level), _each(alone, level), errors, strict=True)
    first, second, total, interaction = _each(
        np.array([none, every, every - none, every - none - alone.sum(axis=0)]), level
    )
    return Shares(
        key,
        MEASURES[key.id],
        first,
        second,
        total,
        tuple(Contribution(*item) for item in shared),
        interaction,
        strongest,
    )


def _each(rows: Floats, level: float) -> list[Estimate]:
    """An estimate of each row over its replications."""
    return estimates(rows.T, level)


def _order_errors(added: Floats, level: float) -> list[float]:
    """Half-widths over pairs of an order and its reverse, for added values [order, change, replication]."""
    if not added.shape[2]:
        return [float("nan")] * added.shape[1]
    means = added.mean(axis=2)
    paired = (means[0::2] + means[1::2]) / 2
    return [(item.high - item.low) / 2 for item in estimates(paired, level)]


def _strongest(found: tuple[Part, ...], pairs: Mapping[tuple[int, int], Floats], level: float) -> Pair | None:
    """The pair with the largest mean interaction; None where no mean is defined or all are zero."""
    together = dict(zip(pairs, _each(np.array(list(pairs.values())), level), strict=True))
    defined = {pair: item for pair, item in together.items() if item.n and item.mean != 0}
    if not defined:
        return None
    one, other = max(defined, key=lambda pair: abs(defined[pair].mean))
    return Pair(found[one], found[other], defined[one, other])
