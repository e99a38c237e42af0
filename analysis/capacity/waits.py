"""Waits experienced: from endorsement to sitting, percentile by percentile.

Whoever still waits at the end counts: by the product limit of Kaplan and Meier, in which people who left
without a seat count for as long as they were in the queue. Where nobody waits at the end and nobody leaves,
it is the plain percentile of those who sat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure
from analysis.capacity.stored import Stored
from simulation.flows import SAT, WAITING

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PERCENTILES: Final = (50, 80, 85, 90, 95)
TARGET_DAYS: Final = 90
"""The wait that is measured against where nothing else is said: three months."""

_HAIR: Final = 1e-9


@dataclass(frozen=True)
class Curves:
    """The product limit of each future: `left` [future, day] is the share who would still wait after a day.

    `last` is the longest wait seen in each future, NaN where nobody joined.
    """

    left: Floats
    last: Floats

    @classmethod
    def of(cls, people: Ints) -> Curves:
        """The curves of people [future, how it ended, day], of whom some sat and the others were watched."""
        seen = people.sum(axis=1)
        there = seen[:, ::-1].cumsum(axis=1)[:, ::-1]
        left = np.cumprod(1 - people[:, SAT] / np.maximum(there, 1), axis=1)
        last = seen.shape[1] - 1 - (seen[:, ::-1] > 0).argmax(axis=1)
        return cls(left, np.where(there[:, 0] > 0, last, np.nan))

    def percentile(self, percent: float) -> tuple[Floats, Mask]:
        """The days in which so many sit, and whether they ever do; where not, the longest wait seen."""
        sat = self.left <= 1 - percent / 100 + _HAIR
        reached = np.asarray(sat.any(axis=1))
        return np.where(reached, sat.argmax(axis=1), self.last), reached

    def over(self, days: int) -> Floats:
        """The share of people who wait more than so many days; NaN where nobody was watched for so long."""
        left = self.left[:, min(days, self.left.shape[1] - 1)]
        return np.where((self.last > days) | (left <= _HAIR), left, np.nan)


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


def at_least(days: Floats, reached: Mask) -> AtLeast:
    """One wait of each future, as `Curves.percentile` tells it."""
    known = reached[~np.isnan(days)]
    return AtLeast(figure(days), 1 - float(known.mean()) if len(known) else 0.0)


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
    people = stored.waited.sum(axis=1) if venue is None else stored.waited[:, venue]
    people = people.sum(axis=1) if retake is None else people[:, int(retake)]
    curves, still = Curves.of(people), people[:, WAITING]
    return Waits(
        target,
        figure(people[:, SAT].sum(axis=1)),
        {percent: at_least(*curves.percentile(percent)) for percent in PERCENTILES},
        figure(curves.over(target)),
        figure(still.sum(axis=1)),
        figure(still[:, target + 1 :].sum(axis=1)),
    )
