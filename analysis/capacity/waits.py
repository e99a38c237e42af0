"""Waits experienced: from endorsement to sitting, percentile by percentile.

Whoever still waits at the end counts: by the product limit of Kaplan and Meier, in which people who left
without a seat count for as long as they were in the queue. Where nobody waits at the end and nobody leaves,
it is the plain percentile of those who sat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.capacity.figures import Figure, figure
from analysis.capacity.stored import Stored
from simulation.flows import SAT, WAITING, Spells

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PERCENTILES: Final = (50, 80, 85, 90, 95)
TARGET_DAYS: Final = 90
"""The wait that is measured against where nothing else is said: three months."""

_HAIR: Final = 1e-9


@dataclass(frozen=True)
class Curve:
    """The product limit of some waits: after each of `days`, the share of people who would still wait."""

    days: Floats
    left: Floats
    last: float

    @classmethod
    def of(cls, wait: ArrayLike, sat: ArrayLike) -> Curve:
        """The curve of waits in days, of which some ended with a sitting and the others were only watched."""
        days, ended = np.asarray(wait, dtype=np.float64), np.asarray(sat, dtype=np.bool_)
        each, sittings = np.unique(days[ended], return_counts=True)
        there = len(days) - np.searchsorted(np.sort(days), each)
        left = np.cumprod(1 - sittings / there).astype(np.float64)
        return cls(each, left, float(days.max()) if len(days) else np.nan)

    def percentile(self, percent: float) -> tuple[float, bool]:
        """The days in which so many sit, and True; where they never do, the longest wait seen, and False."""
        found = np.flatnonzero(self.left <= 1 - percent / 100 + _HAIR)
        return (float(self.days[found[0]]), True) if len(found) else (self.last, False)

    def over(self, days: float) -> float:
        """The share of people who wait more than so many days; NaN where nobody was watched for so long."""
        within = np.flatnonzero(self.days <= days)
        left = float(self.left[within[-1]]) if len(within) else 1.0
        return left if self.last > days or left <= _HAIR else np.nan


@dataclass(frozen=True)
class AtLeast:
    """A wait, and the share of futures in which it was not reached by the end of the period.

    In those futures it is longer than the longest wait seen, which stands for it in `days`.
    """

    days: Figure
    beyond: float

    def to_dict(self) -> dict[str, float]:
        """The wait as plain data."""
        return {**self.days.to_dict(), "not_reached_in_share_of_futures": self.beyond}


def at_least(found: list[tuple[float, bool]]) -> AtLeast:
    """One wait of each future, as `Curve.percentile` tells it."""
    known = [reached for days, reached in found if not np.isnan(days)]
    return AtLeast(figure([days for days, _ in found]), 1 - float(np.mean(known)) if known else 0.0)


@dataclass(frozen=True)
class Waits:
    """Days waited: percentiles, and the share of people who wait more than `target` days.

    Both are of everyone who joined the queue, by the product limit. `still` are the people who had not sat by
    the end of the period, `late` those of them who had waited more than `target` days by then.
    """

    target: int
    sat: Figure
    percentiles: dict[int, AtLeast]
    over_target: Figure
    still: Figure
    late: Figure

    def to_dict(self) -> dict[str, object]:
        """The waits as plain data."""
        named = {f"p{percent}": found.to_dict() for percent, found in self.percentiles.items()}
        return {
            "target_days": self.target,
            "sat": self.sat.to_dict(),
            **named,
            "over_target": self.over_target.to_dict(),
            "still_waiting": self.still.to_dict(),
            "still_waiting_over_target": self.late.to_dict(),
        }


def waits(
    stored: Stored, venue: int | None = None, retake: bool | None = None, target: int = TARGET_DAYS
) -> Waits:
    """Waits of the people of one venue, or of all; of first sittings, of retakes, or of both."""
    groups = [_of(spells, venue, retake) for spells in stored.spells]
    curves = [Curve.of(spells.wait[mask], spells.ended[mask] == SAT) for spells, mask in groups]
    still = [spells.wait[mask & (spells.ended == WAITING)] for spells, mask in groups]
    return Waits(
        target,
        figure([int((mask & (spells.ended == SAT)).sum()) for spells, mask in groups]),
        {percent: at_least([curve.percentile(percent) for curve in curves]) for percent in PERCENTILES},
        figure([curve.over(target) for curve in curves]),
        figure([len(found) for found in still]),
        figure([int((found > target).sum()) for found in still]),
    )


def _of(spells: Spells, venue: int | None, retake: bool | None) -> tuple[Spells, Mask]:
    mask = np.ones(len(spells.joined), dtype=np.bool_)
    if venue is not None:
        mask &= spells.home == venue
    if retake is not None:
        mask &= spells.retake == retake
    return spells, mask
