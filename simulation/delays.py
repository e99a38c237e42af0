"""Delay accounting: every worker-day in scope without accreditation has exactly one cause.

A day's cause is the worker's stage; a day awaiting a seat is charged to release, closure or seats by what
bound the worker's employer in the round before it. All counts are whole days and sum to the total exactly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.replication import Replication
from simulation.stages import CAUSE_OF_STAGE, Cause, Stage
from simulation.timeline import Timeline

Ints = NDArray[np.int64]


def delay_by_cause(lives: Timeline, run: Replication) -> Ints:
    """Worker-days by `Cause` from the start of the period to its end."""
    first = np.maximum(lives.day, run.start)
    past = np.minimum(lives.until, run.until + 1)
    waits = (lives.stage >= Stage.IN_SCOPE) & (lives.stage <= Stage.IN_REVIEW)
    rows = np.flatnonzero(waits & (lives.accredited == 0) & (past > first))
    first, past, stage = first[rows], past[rows], lives.stage[rows]
    total = np.bincount(stage, past - first, len(Stage)).astype(np.int64)
    causes = np.zeros(len(Cause), dtype=np.int64)
    for at, cause in CAUSE_OF_STAGE.items():
        causes[cause] += total[at]
    seats = stage == Stage.AWAITING_SEAT
    employer, first, past = lives.employer[rows][seats], first[seats], past[seats]
    for cause, binding in ((Cause.AWAITING_RELEASE, 1), (Cause.CENTRE_CLOSED, 2)):
        bound = _bound_days(run, binding)
        days = int((bound(employer, past) - bound(employer, first)).sum())
        causes[cause] += days
        causes[Cause.AWAITING_SEAT] -= days
    return causes


class _bound_days:  # noqa: N801 - reads as a function of (employer, day)
    """Days before a given day on which an employer was bound in one way."""

    def __init__(self, run: Replication, binding: int) -> None:
        self._rounds = np.array(run.rounds)
        lengths = np.diff(self._rounds, append=run.until + 1)
        self._flags = (run.binding == binding).astype(np.int64)
        self._before = np.cumsum(self._flags * lengths[:, None], axis=0) - self._flags * lengths[:, None]

    def __call__(self, employer: Ints, day: Ints) -> Ints:
        at = np.searchsorted(self._rounds, day, side="right") - 1
        inside = np.maximum(at, 0)
        since = np.where(at >= 0, (day - self._rounds[inside]) * self._flags[inside, employer], 0)
        return np.asarray(self._before[inside, employer] + since)
