"""What sharing random draws between scenarios achieved: the closer the pairing, the surer the difference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.experiment import Results
from simulation.measures import MeasureKey

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pairing:
    """An arm against the first one, in one number.

    `correlation` is that between the two arms over replications. `variance_reduction` is the share of the
    variance of their difference that independent draws would have added. NaN where either does not vary.
    """

    arm: str
    key: MeasureKey
    correlation: float
    variance_reduction: float
    n: int


def pairings(results: Results, key: MeasureKey) -> list[Pairing]:
    """The pairing of every arm with the first, over the replications for which the measure is defined."""
    column = results.keys.index(key)
    base = results.of(0)[:, column]
    found = []
    for index, arm in enumerate(results.arms[1:], start=1):
        other = results.of(index)[:, column]
        both = ~(np.isnan(base) | np.isnan(other))
        found.append(_pairing(arm.name, key, base[both], other[both]))
    return found


def _pairing(arm: str, key: MeasureKey, base: Floats, other: Floats) -> Pairing:
    n = len(base)
    if n < 3:
        return Pairing(arm, key, float("nan"), float("nan"), n)
    apart = float(base.var(ddof=1) + other.var(ddof=1))
    spread = float(base.std(ddof=1) * other.std(ddof=1))
    together = float((other - base).var(ddof=1))
    covariance = (apart - together) / 2
    return Pairing(
        arm,
        key,
        max(-1.0, min(1.0, covariance / spread)) if spread else float("nan"),
        1 - together / apart if apart else float("nan"),
        n,
    )


@dataclass(frozen=True)
class Sides:
    """In how many of `n` paired replications an arm lies above the first one, and in how many below."""

    above: int
    below: int
    n: int


def sides(results: Results, key: MeasureKey, arm: int) -> Sides:
    """Which way each paired replication went, over those in which the measure is defined in both arms."""
    column = results.keys.index(key)
    gap = results.of(arm)[:, column] - results.of(0)[:, column]
    gap = gap[~np.isnan(gap)]
    return Sides(int((gap > 0).sum()), int((gap < 0).sum()), len(gap))
