"""What one replication leaves behind, beside the journal, for measures and checks to read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.inputs import Inputs
from simulation.journal import Event, Journal
from simulation.timeline import Timeline
from simulation.workforce import Workforce

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Replication:
    """A journal with the counts it is held against.

    `stages` counts people by audit day and stage, from the live state; `offered` counts seats at open centres
    by venue and day, `absent` those of them lost to absent assessors, and `shut` the seats that a closure
    took, which are not among those offered; `binding` says what kept each employer's endorsed workers from a
    seat, by round.
    `filled` holds the posts in scope filled at the baseline, in hundredths of FTE, by employer and status.
    """

    inputs: Inputs
    workforce: Workforce
    journal: Journal
    regions: tuple[str, ...]
    start: int
    until: int
    rounds: tuple[int, ...]
    audit_days: tuple[int, ...]
    stages: Ints
    offered: Ints
    absent: Ints
    shut: Ints
    binding: NDArray[np.int8]
    filled: Ints

    @staticmethod
    def waits(lives: Timeline, sat: Ints) -> Ints:
        """Days from the last endorsement to each sitting in rows `sat`."""
        endorsed = lives.rows(Event.ENDORSED)
        last = np.searchsorted(endorsed, sat) - 1
        return lives.day[sat] - lives.day[endorsed[last]]
