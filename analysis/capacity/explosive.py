"""Queues out of control: longer than a year before, and longer than half a year of seats can clear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure
from scenarios.experiment import Arm, Results
from simulation.capacity import VENUES
from simulation.flows import FLOWS

Ints = NDArray[np.int64]

YEAR: Final = 52
HALF_YEAR: Final = 26
"""Weeks."""

FEWEST: Final = 10
"""People below which a queue is too small to be called anything."""

TEST: Final = "longer at the end than a year before and than half a year of seats can clear"
"""The test in words, which is another one than that of sittings against seats before a run."""


@dataclass(frozen=True)
class Explosive:
    """One queue out of control: people in it at the end, and weeks of seats that would take."""

    venue: str
    waiting: Figure
    weeks: float
    share: float

    def __str__(self) -> str:
        low, high = f"{self.waiting.low:,.0f}", f"{self.waiting.high:,.0f}"
        ends = "" if np.isnan(self.waiting.low) else f" [{low}, {high}]"
        people = f"{self.venue}: {self.waiting.mean:,.0f}{ends} people wait at the end"
        if np.isinf(self.weeks):
            return f"{people}, and nothing is open"
        return f"{people}, {self.weeks:,.0f} weeks of seats as they were last"

    def to_dict(self) -> dict[str, object]:
        """The queue as plain data."""
        return {
            "venue": self.venue,
            "waiting_at_end": self.waiting.to_dict(),
            "weeks_of_seats": self.weeks,
            "share_of_futures": self.share,
        }


def explosive(flows: Ints, venues: tuple[str, ...]) -> tuple[Explosive, ...]:
    """The queues out of control in half of the futures or more, of flows [future, flow, week, venue]."""
    waiting = flows[:, FLOWS.index("waiting")]
    weeks = waiting.shape[1]
    seats = (flows[:, FLOWS.index("offered")] - flows[:, FLOWS.index("absent")])[:, -HALF_YEAR:].sum(axis=1)
    last, before = waiting[:, -1], waiting[:, max(weeks - 1 - YEAR, 0)]
    out = (last > before) & (last > seats) & (last >= FEWEST)
    found = []
    for place, venue in enumerate(venues):
        share = float(out[:, place].mean())
        if share >= 0.5:
            open_ = float(seats[:, place].mean()) / min(HALF_YEAR, weeks)
            lasts = float(last[:, place].mean()) / open_ if open_ else np.inf
            found.append(Explosive(venue, figure(last[:, place]), lasts, share))
    return tuple(found)


def told(results: Results) -> list[tuple[Arm, str]]:
    """A sentence for each arm with queues out of control; nothing where no flows were kept."""
    said = []
    for arm, item in enumerate(results.arms):
        plain = item.inputs.plain
        venues = VENUES if plain is None else tuple(name for name, _ in plain.regions)
        places = np.flatnonzero(results.whole)
        if not len(places) or "flows" not in results.records[arm, int(places[0])].arrays:
            continue
        found = explosive(results.recorded("flows", arm), venues)
        if found:
            worst = sorted(found, key=lambda queue: -queue.waiting.mean)
            more = f"; and {len(found) - 2} more" if len(found) > 2 else ""
            listed = "; ".join(str(queue) for queue in worst[:2])
            said.append((item, f"{item.name}: queues out of control as simulated, {TEST}. {listed}{more}."))
    return said
