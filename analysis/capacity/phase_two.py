"""Whether those called in phase two have sat by its last day, or miss it for want of seats.

Of people who join a queue for a first sitting while phase two goes on, some still wait on its last day. Those
who would wait even with more seats than anyone could fill (for release, or for the next round of bookings) do
not wait for want of seats: the same futures are run with ample seats, and their number is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.futures import Futures
from analysis.capacity.ladders import BEGINS
from analysis.capacity.plans import ample, regions_of
from simulation.calendar import LAST, day_of
from simulation.flows import GONE, Spells
from simulation.inputs import Inputs

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

ENDS: Final = "phase.two_to"

MISSED: Final = 0.05
"""The share of those who join in phase two that may miss its last day for want of seats.

It is small, since under a requirement whoever is late gives up the functions concerned. One person alone, who
may be more than the share of a small region, counts as chance.
"""


@dataclass(frozen=True)
class PhaseTwo:
    """By region and future: who join a queue in phase two, and who of them miss its last day.

    Whoever leaves before that day counts in neither. Where it lies after the end of the period nobody's date
    comes, and nobody misses it.
    """

    joined: Ints
    missed: Ints

    @property
    def kept(self) -> Mask:
        """Where no more miss their date than may."""
        return np.asarray(self.missed <= np.maximum(MISSED * self.joined, 1))


def last_day(inputs: Inputs) -> date:
    """The last day of phase two."""
    found = inputs.levers[ENDS]
    assert isinstance(found, date)
    return found


def dates_come(inputs: Inputs) -> bool:
    """Whether phase two ends within the period, so that it can be told who misses its last day."""
    return last_day(inputs) <= min(inputs.until, LAST)


def phase_two(
    futures: Futures, inputs: Inputs, said: str, waits: Sequence[Spells], numbers: Sequence[int]
) -> PhaseTwo:
    """Count the people of phase two in futures whose waits are known. Raises as `Futures.results` does."""
    joined, late = _counted(inputs, waits)
    if not dates_come(inputs):
        return PhaseTwo(joined, np.zeros_like(late))
    # Seats that are planned belong to no centre, so that the closure of a single one takes none of them.
    regional = tuple(closure for closure in inputs.closures if not closure.centre)
    free = ample(replace(inputs, closures=regional))
    _, anyhow = _counted(inputs, futures.spells(free, f"{said}, with ample seats", numbers))
    return PhaseTwo(joined, np.maximum(late - anyhow, 0))


def _counted(inputs: Inputs, waits: Sequence[Spells]) -> tuple[Ints, Ints]:
    """Who join for a first sitting in phase two, and who of them wait on its last day [region, future]."""
    begins = inputs.levers[BEGINS]
    assert isinstance(begins, date)
    first, last = day_of(begins), day_of(min(last_day(inputs), inputs.until, LAST))
    regions = len(regions_of(inputs))
    joined, late = (np.zeros((regions, len(waits)), dtype=np.int64) for _ in range(2))
    for future, spells in enumerate(waits):
        mine = ~spells.retake & (spells.joined >= first) & (spells.joined <= last)
        over = spells.joined + spells.wait
        mine &= (spells.ended != GONE) | (over > last)
        for counts, who in ((joined, mine), (late, mine & (over > last))):
            counts[:, future] = np.bincount(spells.home[who], minlength=regions)[:regions]
    return joined, late
