"""The auditor counts people by stage at the first round of every month, from the live state.

Measures count the same from the journal; a test holds the two against each other, exactly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import date_of
from simulation.stages import Stage
from simulation.world import World


class Auditor:
    """Keeps one count of people by stage for each month; `days` are the rounds at which it counted."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._month = -1
        self.days: list[int] = []
        self._counts: list[NDArray[np.int64]] = []

    def act(self) -> None:
        """Count on the first round of a month, before anything of the day itself has happened."""
        month = date_of(self._world.today).month
        if month != self._month:
            self._month = month
            self.days.append(self._world.today)
            present = self._world.present
            here = self._world.state.stage[:present]
            counts = np.array([np.count_nonzero(here == int(stage)) for stage in Stage])
            counts[Stage.NOT_JOINED] += self._world.state.size - present
            self._counts.append(counts)

    def stages(self) -> NDArray[np.int64]:
        """People by month and stage."""
        return np.vstack(self._counts)
