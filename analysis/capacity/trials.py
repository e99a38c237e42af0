"""What came of trying a capacity: in how many futures a target was met, for the people asked about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from analysis.capacity.plans import opening
from analysis.capacity.targets import Target, failures_allowed
from rules.errors import problem
from simulation.calendar import LAST, day_of
from simulation.inputs import Inputs

BLOCK: Final = 10
"""Futures that are tried before it is asked whether the rest is worth it."""


FALSE_ALARM: Final = 0.1
"""The chance, at most, that any of so many trials is called short though none is."""


@dataclass(frozen=True)
class Tried:
    """In how many of the futures tried a region met the target."""

    futures: int
    met: int

    @property
    def probability(self) -> float:
        """The share of futures in which the target was met."""
        return self.met / self.futures if self.futures else math.nan

    def interval(self) -> tuple[float, float]:
        """Wilson's 80% interval of the probability."""
        if not self.futures:
            return math.nan, math.nan
        z, share, n = 1.2816, self.probability, self.futures
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return max(middle - half, 0.0), min(middle + half, 1.0)

    def enough(self, confidence: float) -> bool:
        """Whether the target was missed in no more of these futures than may be."""
        return self.futures - self.met <= failures_allowed(confidence, self.futures)

    def clearly_short(self, confidence: float, among: int) -> bool:
        """Whether the target was met too seldom by more than chance, in one of so many trials.

        The more are tried, the lower the least of them falls by chance alone. Where all meet what was asked
        for, it is in at most one case of ten that any is found to be short (binomial, Bonferroni).
        """
        n, ways = self.futures, range(self.met + 1)
        chance = math.fsum(math.comb(n, k) * confidence**k * (1 - confidence) ** (n - k) for k in ways)
        return among * chance < FALSE_ALARM

    def to_dict(self) -> dict[str, object]:
        """What came of it, as plain data."""
        low, high = self.interval()
        shown = {"futures": self.futures, "met": self.met, "probability": self.probability}
        return {**shown, "p10": low, "p90": high}


@dataclass(frozen=True)
class Trial(Tried):
    """One capacity of one region, in lumps of seats."""

    count: int

    def to_dict(self) -> dict[str, object]:
        """The trial as plain data."""
        return {"lumps": self.count, **super().to_dict()}


@dataclass(frozen=True)
class Hopeless:
    """A region whose target even ample seats miss too often: what they met, and why they do not meet more."""

    ample: Trial
    because: str


def judged(inputs: Inputs, region: str, target: Target) -> tuple[int, int]:
    """From and before which day people who join a region's queue are asked about.

    From its opening on, and not so late that the end of the period comes before the target. Raises
    `InputError` Q004 where nobody is left.
    """
    first = max(day_of(opening(inputs, region)), 0)
    past = day_of(min(inputs.until, LAST)) - target.days
    if past <= first:
        said = f"{target.days} days are longer than the seats of {region} are simulated for"
        raise problem("Q004", said, hint="choose a shorter wait or a later --until")
    return first, past
