"""Who is in post at the end of each of some periods: people by region, status and what is true of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.codes import STATUSES
from simulation.hazards import EMPLOYED
from simulation.measures import MEASURES
from simulation.periods import periods_of
from simulation.replication import Replication
from simulation.staffing import in_force
from simulation.stages import Stage
from simulation.timeline import Timeline

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

COUNTED: Final = ("in_scope", "accredited", "waiting", "restricted", "headcount")
"""What people are counted by; the place of each is that of its bit in a number that tells all of them."""


class Present:
    """People in post at the ends of periods, counted by what is true of them, status and region."""

    def __init__(self, lives: Timeline, run: Replication, ends: tuple[int, ...]) -> None:
        first, past = periods_of(lives.day, ends), periods_of(lives.until, ends)
        rows = np.flatnonzero((past > first) & (lives.stage != Stage.LEFT))
        people, employers = run.workforce, run.workforce.employers
        employer, status, stage = lives.employer[rows], lives.status[rows], lives.stage[rows]
        in_scope = (status > 0) & (stage > Stage.OUT_OF_SCOPE)
        true = (
            in_scope,
            in_scope & (lives.accredited[rows] == 1),
            stage == Stage.AWAITING_SEAT,
            lives.restricted[rows] == 1,
            (people.contract[lives.worker[rows]] == EMPLOYED) & (employers.kind[employer] == 0),
        )
        shape = len(ends), 1 << len(COUNTED), len(STATUSES), len(run.regions)
        cell = sum((flag.astype(np.int64) << place for place, flag in enumerate(true)), np.int64(0))
        cell = (cell * shape[2] + status) * shape[3] + employers.region.astype(np.int64)[employer]
        self._counts = in_force(first[rows], past[rows], cell, shape)

    def count(self, name: str) -> Floats:
        """How many there are [end, cell], in England and by the cuts of the measure `name` of `COUNTED`."""
        told = np.arange(self._counts.shape[1]) >> COUNTED.index(name) & 1 == 1
        found = self._counts[:, told].sum(axis=1)
        parts = [found.sum(axis=(1, 2))[:, np.newaxis]]
        if "region" in MEASURES[name].cuts:
            parts.append(found.sum(axis=1))
        if "status" in MEASURES[name].cuts:
            parts.append(found.sum(axis=2)[:, 1:])
        return np.concatenate(parts, axis=1)
