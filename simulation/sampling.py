"""Choosing rows by rank and by share, with draws that belong to the row."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.ipf import Floats, Integers
from simulation.streams import uniforms

ROOT: Final = "workforce"
"""The root of every draw behind the workforce: it is the same people whatever the seed of an experiment."""

Mask = NDArray[np.bool_]


def draw(stream: str, count: int) -> Floats:
    """One number in [0, 1) for each row, the same for the same row whatever the number of rows."""
    return uniforms(ROOT, 0, stream, count)


def normal(stream: str, count: int) -> Floats:
    """One standard normal number for each row, by Box and Muller."""
    radius = np.sqrt(-2 * np.log1p(-draw(f"{stream}.radius", count)))
    return np.asarray(radius * np.cos(2 * np.pi * draw(f"{stream}.angle", count)))


def highest(group: Integers, score: Floats, quota: Integers) -> Mask:
    """The rows of the `quota[g]` highest scores in each group `g`; ties go to the earlier row."""
    order = np.lexsort((-score, group))
    grouped = group[order]
    first = np.searchsorted(grouped, np.arange(len(quota)))
    mask = np.zeros(len(group), dtype=np.bool_)
    mask[order] = np.arange(len(group)) - first[grouped] < quota[grouped]
    return mask


def deal(group: Integers, score: Floats, counts: Integers) -> Integers:
    """A category for each row, exactly `counts[g, c]` of them in group `g`, in order of rising score."""
    order = np.lexsort((score, group))
    categories = np.tile(np.arange(counts.shape[1]), counts.shape[0])
    dealt = np.empty(len(group), dtype=np.int64)
    dealt[order] = np.repeat(categories, counts.ravel())
    return dealt


def pick(shares: Floats, u: Floats) -> Integers:
    """The category of each draw under shares that need not sum to one."""
    edges = np.round(np.cumsum(shares) / shares.sum(), 12)
    return np.asarray(np.minimum(np.searchsorted(edges, u, side="right"), len(shares) - 1), dtype=np.int64)


def part_time(group: Integers, target: Floats, weight: Floats, reduction: float, stream: str) -> Integers:
    """Hundredths of FTE for each row, summing in each group to `target` (FTE) as nearly as may be.

    Part-timers are drawn in proportion to `weight` and do without `reduction` of a week on average, half as
    much or half as much again; everyone works at least a tenth.
    """
    size = np.bincount(group, minlength=len(target))
    missing = np.clip(np.rint(100 * (size - target)), 0, 85 * size).astype(np.int64)
    count = len(group)
    key = np.log1p(-draw(f"{stream}.who", count)) / np.maximum(weight, 1e-9)
    chosen = highest(group, key, np.minimum(np.ceil(missing / (100 * reduction)).astype(np.int64), size))
    portion = np.where(
        chosen, np.array([0.5, 1.0, 1.5])[pick(np.ones(3), draw(f"{stream}.much", count))], 0.0
    )
    total = np.bincount(group, weights=portion, minlength=len(target))
    share = np.divide(missing, total, out=np.zeros(len(target)), where=total > 0)
    # Cumulative rounding: the parts of a group add up to what it lacks, to the hundredth.
    running = np.cumsum(portion * share[group])
    cut = np.diff(np.floor(np.round(running, 6) + 0.5), prepend=0.0).astype(np.int64)
    return np.asarray(100 - np.clip(cut, 0, 90), dtype=np.int64)
