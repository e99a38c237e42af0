"""Targets for a wait, as planners write them: `p80 wait <= 90 days`, in nine futures of ten."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from rules.errors import problem
from simulation.flows import SAT, Spells

_PERCENTILE: Final = re.compile(r"p(\d+(?:\.\d+)?)\s+wait\s*(?:<=|<|≤)\s*(-?\d+)\s*(day|week)s?")
_MEDIAN: Final = re.compile(r"median\s+wait\s*(?:<=|<|≤)\s*(-?\d+)\s*(day|week)s?")
_SHARE: Final = re.compile(r"share\s+over\s+(-?\d+)\s*(day|week)s?\s*(?:<=|<|≤)\s*(-?\d+(?:\.\d+)?)\s*%")

MOST_DAYS: Final = 1_825
LEAST_CONFIDENCE, MOST_CONFIDENCE = 0.5, 0.999
_HAIR: Final = 1e-9
_EXAMPLE: Final = "for example: p80 wait <= 90 days, median wait <= 6 weeks, share over 90 days <= 20%"


@dataclass(frozen=True)
class Target:
    """At least `percent` of those who join a queue sit within `days` of their endorsement."""

    percent: float
    days: int

    def __str__(self) -> str:
        return f"p{self.percent:g} wait <= {self.days} days"

    def counted(self, spells: Spells, venue: int, first: int, past: int) -> tuple[int, int]:
        """How many of those who joined from `first` until before `past` sat in time, and how many did not.

        Who left the queue before the time was up is in neither. Whether people who joined less than `days`
        before the end of the period sat in time may not be known; they should not be asked about.
        """
        here = (spells.home == venue) & (spells.joined >= first) & (spells.joined < past)
        soon = spells.wait <= self.days
        in_time = int((here & soon & (spells.ended == SAT)).sum())
        return in_time, int((here & ~soon).sum())

    def met(self, in_time: int, late: int) -> bool:
        """Whether so many in time and so many late meet the target; nobody at all meets it."""
        return in_time >= self.percent / 100 * (in_time + late) - _HAIR


def parse_target(text: str) -> Target:
    """A target as typed, in capitals or not. Raises `InputError` Q001, Q002 or Q004."""
    words = " ".join(text.lower().split())
    if found := _PERCENTILE.fullmatch(words):
        percent, bound = float(found[1]), _days(found[2], found[3])
        if not 1 <= percent <= 99:
            raise problem("Q002", f"there is no percentile {percent:g} of a wait", hint="one from p1 to p99")
        return Target(percent, bound)
    if found := _MEDIAN.fullmatch(words):
        return Target(50, _days(found[1], found[2]))
    if found := _SHARE.fullmatch(words):
        share = float(found[3])
        if not 1 <= share <= 99:
            raise problem("Q002", f"a share of {share:g}% cannot be aimed at", hint="one from 1% to 99%")
        return Target(100 - share, _days(found[1], found[2]))
    raise problem("Q001", f"'{text}' is not a target", hint=_EXAMPLE)


def _days(number: str, unit: str) -> int:
    days = int(number) * (7 if unit == "week" else 1)
    if not 1 <= days <= MOST_DAYS:
        raise problem("Q004", f"a wait is held against 1 to {MOST_DAYS:,} days, not {days:,}")
    return days


def check_confidence(confidence: float, replications: int) -> None:
    """Raise `InputError` Q003 for a confidence that is none, or that so few futures cannot show."""
    if not (math.isfinite(confidence) and LEAST_CONFIDENCE <= confidence <= MOST_CONFIDENCE):
        said = f"--confidence is a number from {LEAST_CONFIDENCE} to {MOST_CONFIDENCE}, not {confidence:g}"
        hint = "no number of futures shows certainty" if confidence >= 1 else ""
        raise problem("Q003", said, hint=hint)
    needed = futures_needed(confidence)
    if replications < needed:
        run = f"{replications} replication{'' if replications == 1 else 's'}"
        said = f"a confidence of {confidence:g} cannot be shown with {run}"
        raise problem("Q003", said, hint=f"ask for --replications {needed} or more")


def futures_needed(confidence: float) -> int:
    """The fewest futures that can show a confidence: one of them may be missed."""
    return math.ceil(1 / (1 - confidence) - _HAIR)


def failures_allowed(confidence: float, futures: int) -> int:
    """In how many futures a target may be missed."""
    return int(np.floor(futures * (1 - confidence) + _HAIR))
