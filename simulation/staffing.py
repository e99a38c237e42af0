"""The staffing gap: posts in scope against people able to hold them, by employer, status and month.

All amounts are whole hundredths of full-time equivalent (FTE), so that sums are exact. Posts are the
baseline's filled posts plus published vacancies, spread over statuses as the filled ones are, and grow by a
parameter. Directly employed people are able when in post and not restricted, less the time of release.
Agency workers of the same employer and status who are not restricted cover the gap as far as they go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import month_starts
from simulation.codes import STATUSES
from simulation.hazards import EMPLOYED, YEAR
from simulation.inputs import Inputs
from simulation.journal import Event
from simulation.periods import periods_of
from simulation.timeline import Timeline
from simulation.workforce import Workforce

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SETS: Final = np.zeros(32, dtype=np.bool_)
_SETS[
    [
        Event.JOINED,
        Event.MOVED,
        Event.PROMOTED,
        Event.IN_SCOPE,
        Event.RESTRICTED,
        Event.RESTORED,
        Event.LEFT,
    ]
] = True


@dataclass(frozen=True)
class StaffingGap:
    """Arrays [month, employer, status] in hundredths of FTE, without status none; `month_ends` are days.

    `released` holds days of release, in the same shape.
    """

    month_ends: tuple[int, ...]
    released: Floats
    posts: Ints
    able: Ints
    gap: Ints
    covered: Ints

    @property
    def uncovered(self) -> Ints:
        """The part of the gap that no agency worker covers."""
        return self.gap - self.covered


def staffing_gap(
    lives: Timeline, workforce: Workforce, filled: Ints, inputs: Inputs, start: int, until: int
) -> StaffingGap:
    """Reckon the gap at the end of every month from `start` to `until`, and at `until` itself.

    `filled` holds the posts in scope that are filled at the baseline, [employer, status].
    """
    ends = month_ends(start, until)
    people, agency = _able(lives, workforce, ends)
    days_per_post = inputs.parameters.value("posts.release_days_per_fte_month")
    released = release_days(lives, inputs, len(workforce.employers), ends)
    able = np.maximum(people - np.rint(released * 100 / days_per_post).astype(np.int64), 0)
    posts = posts_in_scope(workforce, filled, inputs, ends)
    gap = np.maximum(posts - able, 0)
    return StaffingGap(ends, released, posts, able, gap, np.minimum(gap, agency))


def month_ends(start: int, until: int) -> tuple[int, ...]:
    """The last day of every month from `start` to `until`, and `until` itself."""
    return tuple(sorted({*(day - 1 for day in month_starts(start, until + 1) if day > start), until}))


def release_days(lives: Timeline, inputs: Inputs, employers: int, ends: tuple[int, ...]) -> Floats:
    """Days away from cases by period, employer and status: preparing when put forward, and each sitting.

    `ends` are the last days of the periods.
    """
    shape = len(ends) + 1, employers, len(STATUSES) - 1
    total = np.zeros(shape)
    preparing = float(str(inputs.levers["support.preparation_days"]))
    for event, days in (
        (Event.PUT_FORWARD, preparing),
        (Event.SAT, inputs.parameters.value("release.days_per_sitting")),
    ):
        rows = lives.rows(event)
        cell = (periods_of(lives.day[rows], ends) * employers + lives.employer[rows]) * shape[2]
        total += np.bincount(cell + (lives.status[rows] - 1), minlength=total.size).reshape(shape) * days
    return total[:-1]


def _able(lives: Timeline, workforce: Workforce, ends: tuple[int, ...]) -> tuple[Ints, Ints]:
    """FTE in scope and not restricted at each month's end: directly employed, and through agencies."""
    rows = np.flatnonzero(_SETS.take(lives.code))
    worker, day = lives.worker[rows], lives.day[rows]
    first = periods_of(day, ends)
    past = np.append(first[1:], len(ends))
    past[np.append(worker[1:] != worker[:-1], True)] = len(ends)
    left = lives.code[rows] == Event.LEFT
    able = (past > first) & (lives.status[rows] > 0) & (lives.restricted[rows] == 0) & ~left
    some = np.flatnonzero(able)  # places are taken several times faster than truth values
    rows, worker = rows[some], worker[some]
    shape = len(ends), 2, len(workforce.employers), len(STATUSES) - 1
    agency = (workforce.contract[worker] != EMPLOYED).astype(np.int64)
    cell = (agency * shape[2] + lives.employer[rows]) * shape[3] + (lives.status[rows] - 1)
    fte = workforce.fte[worker].astype(np.float64)
    found = in_force(first[some], past[some], cell, shape, fte).astype(np.int64)
    return found[:, 0], found[:, 1]


def in_force(
    first: Ints, past: Ints, cell: Ints, shape: tuple[int, ...], weight: Floats | None = None
) -> Floats:
    """Sums of whole weights by period and cell, of things in force from period `first` to before `past`.

    `shape` is that of the result, periods first; `cell` counts through the rest of it. Sums are exact.
    """
    cells = int(np.prod(shape[1:]))
    size = (shape[0] + 1) * cells
    change = np.bincount(first * cells + cell, weight, size) - np.bincount(past * cells + cell, weight, size)
    return np.cumsum(change.reshape(-1, cells), axis=0)[:-1].reshape(shape).astype(np.float64)


def posts_in_scope(workforce: Workforce, filled: Ints, inputs: Inputs, month_ends: tuple[int, ...]) -> Ints:
    """Posts in scope: those filled at the baseline and, in proportion, the vacant ones, growing evenly."""
    total = np.maximum(workforce.employers.fte.astype(np.float64), 1.0)
    needed = filled * (1 + workforce.employers.vacancies_fte / total)[:, None]
    growth = inputs.parameters.value("posts.annual_growth")
    years = np.array(month_ends) / YEAR
    return np.rint(needed[None] * (1 + growth * years)[:, None, None]).astype(np.int64)
