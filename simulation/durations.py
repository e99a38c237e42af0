"""Durations in whole days: fixed, uniform, triangular, PERT or lognormal.

A duration becomes a table of the probability of lasting at most so many days, rounded to twelve decimals;
a draw in [0, 1) looks its day up. The transcendental functions that differ in their last bit between
machines thus touch only the table, where rounding removes the difference, and a higher draw never means
a shorter duration.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from rules.errors import problem

Kind = Literal["fixed", "uniform", "triangular", "pert", "lognormal"]

NUMBERS: Final[dict[str, tuple[str, ...]]] = {
    "fixed": ("days",),
    "uniform": ("min", "max"),
    "triangular": ("min", "mode", "max"),
    "pert": ("min", "mode", "max"),
    "lognormal": ("median", "sigma"),
}
"""The numbers that each kind takes, in order. All are days, but for the lognormal's sigma (of log days)."""

LONGEST: Final = 36_525
"""No duration is longer than a hundred years; a longer tail of a lognormal is cut there."""

_GRID: Final = 2_000


@dataclass(frozen=True)
class Duration:
    """A distribution of durations. Raises `InputError` D101 when its numbers make no distribution."""

    kind: Kind
    numbers: tuple[float, ...]

    def __post_init__(self) -> None:
        names = NUMBERS.get(self.kind)
        if names is None:
            raise problem("D101", f"unknown kind of duration '{self.kind}'; one of: {', '.join(NUMBERS)}")
        if len(self.numbers) != len(names) or not all(math.isfinite(n) for n in self.numbers):
            raise problem("D101", f"{self.kind} takes {len(names)} finite numbers: {', '.join(names)}")
        lowest, highest = min(self.numbers), max(self.numbers)
        if lowest < 0 or highest > LONGEST:
            raise problem("D101", f"a duration lies between 0 and {LONGEST} days, not {self.numbers}")
        if self.kind != "lognormal" and list(self.numbers) != sorted(self.numbers):
            raise problem("D101", f"{self.kind} wants {' <= '.join(names)}, not {self.numbers}")
        if self.kind == "lognormal" and (self.numbers[0] <= 0 or self.numbers[1] > 5):
            raise problem("D101", "lognormal wants a median above 0 days and a sigma of at most 5")

    @property
    def mean(self) -> float:
        """The mean of the distribution before it is rounded to whole days."""
        if self.kind == "lognormal":
            median, sigma = self.numbers
            return median * math.exp(sigma**2 / 2)
        if self.kind == "pert":
            low, mode, high = self.numbers
            return (low + 4 * mode + high) / 6
        return sum(self.numbers) / len(self.numbers)

    def stretched(self, factor: float) -> Duration:
        """The distribution with all its days `factor` times as long; a sigma is no number of days and stays.

        Twelve digits are kept, which drops the last bits, in which machines differ.
        """
        stretches = (True, False) if self.kind == "lognormal" else (True,) * len(self.numbers)
        numbers = (
            float(f"{min(number * factor, LONGEST):.12g}") if days else number
            for number, days in zip(self.numbers, stretches, strict=True)
        )
        return Duration(self.kind, tuple(numbers))

    def days(self, u: NDArray[np.float64]) -> NDArray[np.int32]:
        """Whole days for draws `u` in [0, 1), never negative, increasing in `u`."""
        first, cumulative = _table(self.kind, self.numbers)
        if len(cumulative) == 1:
            return np.full(len(u), first, dtype=np.int32)
        return (cumulative.searchsorted(u, side="right") + first).astype(np.int32)

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(f'{number:g}' for number in self.numbers)})"


def fixed(days: float) -> Duration:
    """A duration that is always the same."""
    return Duration("fixed", (days,))


@lru_cache(maxsize=256)
def _table(kind: Kind, numbers: tuple[float, ...]) -> tuple[int, NDArray[np.float64]]:
    """The first possible day, and the probability of at most that day, the next, and so on up to one."""
    if kind == "lognormal":
        median, sigma = numbers
        low, high = 0.0, min(LONGEST, median * math.exp(4 * sigma) + 1)
    else:
        low, high = numbers[0], numbers[-1]
    first, last = math.floor(low + 0.5), math.floor(high + 0.5)
    if last <= first:
        return first, np.ones(1)
    edges: NDArray[np.float64] = np.arange(first, last, dtype=np.float64) + 0.5
    cumulative = np.ones(len(edges) + 1)
    cumulative[:-1] = np.maximum.accumulate(np.round(_at_most(kind, numbers, edges), 12))
    return first, np.minimum(cumulative, 1.0)


def _at_most(kind: Kind, numbers: tuple[float, ...], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    if kind == "uniform":
        low, high = numbers
        return (edges - low) / (high - low)
    if kind == "triangular":
        low, mode, high = numbers
        rising = (edges - low) ** 2 / ((high - low) * max(mode - low, 1e-12))
        falling = 1 - (high - edges) ** 2 / ((high - low) * max(high - mode, 1e-12))
        return np.where(edges < mode, rising, falling)
    if kind == "pert":
        return _pert_at_most(numbers, edges)
    median, sigma = numbers
    if sigma == 0:
        return (edges >= median).astype(np.float64)
    scaled = [(math.log(edge) - math.log(median)) / (sigma * math.sqrt(2)) for edge in edges]
    return np.array([(1 + math.erf(value)) / 2 for value in scaled])


def _pert_at_most(numbers: tuple[float, ...], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """The beta distribution behind PERT, integrated by the midpoint rule on a fixed grid."""
    low, mode, high = numbers
    span = high - low
    rise, fall = 4 * (mode - low) / span, 4 * (high - mode) / span
    middle = (np.arange(_GRID) + 0.5) / _GRID
    mass = np.concatenate([[0.0], np.cumsum(middle**rise * (1 - middle) ** fall)])
    at_most: NDArray[np.float64] = np.interp(
        (edges - low) / span, np.arange(_GRID + 1) / _GRID, mass / mass[-1]
    )
    return at_most
