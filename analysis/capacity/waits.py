"""Waits experienced: from endorsement to sitting, percentile by percentile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure, in_order
from analysis.capacity.stored import Stored
from simulation.flows import SAT, WAITING, Spells

Mask = NDArray[np.bool_]

PERCENTILES: Final = (50, 80, 85, 90, 95)
TARGET_DAYS: Final = 90
"""The wait that is measured against where nothing else is said: three months."""


@dataclass(frozen=True)
class Waits:
    """Days that people waited who sat: percentiles, and the share who waited more than `target` days.

    `still` are the people who had not sat by the end of the period, whose waits are not in the percentiles.
    """

    target: int
    sat: Figure
    percentiles: dict[int, Figure]
    over_target: Figure
    still: Figure

    def to_dict(self) -> dict[str, object]:
        """The waits as plain data."""
        named = {f"p{percent}": found.to_dict() for percent, found in self.percentiles.items()}
        return {
            "target_days": self.target,
            "sat": self.sat.to_dict(),
            **named,
            "over_target": self.over_target.to_dict(),
            "still_waiting": self.still.to_dict(),
        }


def waits(
    stored: Stored, venue: int | None = None, retake: bool | None = None, target: int = TARGET_DAYS
) -> Waits:
    """Waits of the people of one venue, or of all; of first sittings, of retakes, or of both."""
    groups = [_of(spells, venue, retake) for spells in stored.spells]
    sat = [np.sort(spells.wait[mask & (spells.ended == SAT)]) for spells, mask in groups]
    return Waits(
        target,
        figure([len(found) for found in sat]),
        {percent: figure([in_order(found, percent) for found in sat]) for percent in PERCENTILES},
        figure([float((found > target).mean()) if len(found) else np.nan for found in sat]),
        figure([int((mask & (spells.ended == WAITING)).sum()) for spells, mask in groups]),
    )


def _of(spells: Spells, venue: int | None, retake: bool | None) -> tuple[Spells, Mask]:
    mask = np.ones(len(spells.joined), dtype=np.bool_)
    if venue is not None:
        mask &= spells.home == venue
    if retake is not None:
        mask &= spells.retake == retake
    return spells, mask
