"""Morris's screening: how much the result moves with each parameter, wherever the others stand.

Each of some trajectories starts at a random corner of a grid over all ranges and moves one parameter after
another by two thirds of its range (four levels; Morris 1991). mu* is the mean size of what a move does, mu
its mean, and sigma its spread, which is large where the effect depends on the others or bends. Effects are
stated for a whole range. Everything random is keyed by the seed, and trajectory t runs in replication t.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenarios.comparison import Estimate
from simulation.streams import uniforms

Floats = NDArray[np.float64]

Evaluate = Callable[[Floats, int], Floats]
"""The results at points [point, factor] of the unit cube, in replication number so and so."""

STEP: Final = 2 / 3
RESAMPLES: Final = 500


@dataclass(frozen=True)
class Effect:
    """One factor's effects over all trajectories, for the whole of its range, with bootstrap intervals."""

    mu_star: Estimate
    sigma: Estimate
    mu: float


def trajectory(count: int, number: int, seed: int) -> tuple[Floats, list[int]]:
    """The points [factor + 1, factor] of one trajectory, and the order in which the factors are moved."""
    levels = np.floor(2 * uniforms(seed, number, "morris level", count)) / 3
    falling = uniforms(seed, number, "morris direction", count) < 0.5
    order = np.argsort(uniforms(seed, number, "morris order", count)).tolist()
    points = np.tile(np.where(falling, levels + STEP, levels), (count + 1, 1))
    for place, factor in enumerate(order, start=1):
        points[place:, factor] += -STEP if falling[factor] else STEP
    return np.clip(points, 0.0, 1.0), order


def elementary_effects(count: int, trajectories: int, seed: int, evaluate: Evaluate) -> Floats:
    """What moving each factor over its range does [trajectory, factor], by each trajectory."""
    effects = np.empty((trajectories, count))
    for number in range(trajectories):
        points, order = trajectory(count, number, seed)
        values = evaluate(points, number)
        moved = points[1:] - points[:-1]
        for place, factor in enumerate(order):
            effects[number, factor] = (values[place + 1] - values[place]) / moved[place, factor]
    return effects


def summarised(effects: Floats, seed: int, level: float = 0.8) -> list[Effect]:
    """mu*, sigma and mu of each factor; trajectories in which anything is undefined are left out."""
    kept = effects[~np.isnan(effects).any(axis=1)]
    count = len(kept)
    if count < 2:
        nothing = Estimate(float("nan"), float("nan"), float("nan"), count)
        return [Effect(nothing, nothing, float("nan")) for _ in range(effects.shape[1])]
    chosen = [
        (count * uniforms(seed, number, "morris bootstrap", count)).astype(np.int64)
        for number in range(RESAMPLES)
    ]
    stars = np.array([np.abs(kept[rows]).mean(axis=0) for rows in chosen])
    sigmas = np.array([kept[rows].std(axis=0, ddof=1) for rows in chosen])
    tails = [50 * (1 - level), 50 * (1 + level)]
    ends = [np.percentile(found, tails, axis=0).tolist() for found in (stars, sigmas)]
    means, spreads = np.abs(kept).mean(axis=0).tolist(), kept.std(axis=0, ddof=1).tolist()
    columns = (means, *ends[0], spreads, *ends[1], kept.mean(axis=0).tolist())
    return [
        Effect(Estimate(star, low, high, count), Estimate(spread, least, most, count), mean)
        for star, low, high, spread, least, most, mean in zip(*columns, strict=True)
    ]
