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
    start, end = employer * np.int64(run.until + 2) + first, employer * np.int64(run.until + 2) + past
    for cause, binding in ((Cause.AWAITING_RELEASE, 1), (Cause.CENTRE_CLOSED, 2)):
        bound = _bound_before(run, binding)
        days = int((bound.take(end) - bound.take(start)).sum())
        causes[cause] += days
        causes[Cause.AWAITING_SEAT] -= days
    return causes


def _bound_before(run: Replication, binding: int) -> Ints:
    """Days before each day on which an employer was bound in one way, [employer, day].

    A round binds until the next.
    """
    rounds = np.array(run.rounds)
    bound = np.zeros((run.binding.shape[1], run.until + 2), dtype=np.int64)
    of_round = np.searchsorted(rounds, np.arange(run.until + 1), side="right") - 1
    bound[:, 1:] = ((run.binding == binding)[of_round] & (of_round >= 0)[:, np.newaxis]).T
    return np.cumsum(bound, axis=1, out=bound)
