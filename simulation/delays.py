"""Delay accounting: every worker-day in scope without accreditation has exactly one cause.

A day's cause is the worker's stage; a day awaiting a seat is charged to release, closure or seats by what
bound the worker's employer in the round before it. All counts are whole days and sum to the total exactly.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.flows import quarters_of
from simulation.replication import Replication
from simulation.stages import CAUSE_OF_STAGE, Cause, Stage
from simulation.timeline import Timeline

Ints = NDArray[np.int64]

_CAUSE: Final = np.full(len(Stage), -1)
for _stage, _cause in CAUSE_OF_STAGE.items():
    _CAUSE[_stage] = _cause
_WAITS: Final = np.array([Stage.IN_SCOPE <= stage <= Stage.IN_REVIEW for stage in Stage])


def delay_by_cause(lives: Timeline, run: Replication) -> Ints:
    """Worker-days by `Cause` from the start of the period to its end."""
    return np.asarray(delay_by_place(lives, run).sum(axis=(1, 2)))


def delay_by_place(lives: Timeline, run: Replication) -> Ints:
    """Worker-days of delay [cause, quarter, region], the quarters as in `quarters_of`."""
    days, regions = run.until + 1 - run.start, len(run.regions)
    rows = np.flatnonzero(_WAITS.take(lives.stage) & (lives.accredited == 0))
    first = np.maximum(lives.day[rows], run.start) - run.start
    past = np.maximum(np.minimum(lives.until[rows], run.until + 1) - run.start, first)
    stage, employer = lives.stage[rows], lives.employer[rows].astype(np.int64)
    region = run.workforce.employers.region.astype(np.int64)
    cell = _CAUSE.take(stage) * regions + region.take(employer)
    daily = _present(cell, first, past, len(Cause) * regions, days).reshape(len(Cause), regions, days)
    seats = np.flatnonzero(stage == Stage.AWAITING_SEAT)
    queued = _present(employer[seats], first[seats], past[seats], len(region), days)
    for cause, binding in ((Cause.AWAITING_RELEASE, 1), (Cause.CENTRE_CLOSED, 2)):
        held = _in_regions(np.where(_bound(run, binding), queued, 0), region, regions)
        daily[cause] += held
        daily[Cause.AWAITING_SEAT] -= held
    cuts = [max(day - run.start, 0) for day in quarters_of(run.start, run.until)]
    return np.asarray(np.add.reduceat(daily, cuts, axis=2).transpose(0, 2, 1))


def _present(cell: Ints, first: Ints, past: Ints, cells: int, days: int) -> Ints:
    """How many are there on each day [cell, day], of those who come on `first` and are gone on `past`."""
    size = cells * (days + 1)
    change = np.bincount(cell * (days + 1) + first, minlength=size)
    change -= np.bincount(cell * (days + 1) + past, minlength=size)
    return np.asarray(change.reshape(cells, days + 1).cumsum(axis=1)[:, :days])


def _bound(run: Replication, binding: int) -> NDArray[np.bool_]:
    """Whether an employer was bound in one way on a day [employer, day]; a round binds until the next."""
    days = np.arange(run.start, run.until + 1)
    of_round = np.searchsorted(np.array(run.rounds), days, side="right") - 1
    return np.asarray((run.binding == binding).T[:, of_round] & (of_round >= 0))


def _in_regions(amounts: Ints, region: Ints, regions: int) -> Ints:
    """Sums [region, day] of amounts [employer, day]."""
    total = np.zeros((regions, amounts.shape[1]), dtype=np.int64)
    for place, where in enumerate(region.tolist()):
        total[where] += amounts[place]
    return total
