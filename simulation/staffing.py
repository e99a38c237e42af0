"""The staffing gap: posts in scope against people able to hold them, by employer, status and month.

All amounts are whole hundredths of full-time equivalent (FTE), so that sums are exact. Posts are the
baseline's filled posts plus published vacancies, spread over statuses as the filled ones are, and grow by a
parameter. Directly employed people are able when in post and not restricted, less the time of release.
Agency workers of the same employer and status who are not restricted cover the gap as far as they go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import month_starts
from simulation.codes import STATUSES
from simulation.hazards import EMPLOYED, YEAR
from simulation.inputs import Inputs
from simulation.journal import Event
from simulation.timeline import Timeline
from simulation.workforce import Workforce

Ints = NDArray[np.int64]

_SETS = (
    Event.JOINED,
    Event.MOVED,
    Event.PROMOTED,
    Event.IN_SCOPE,
    Event.RESTRICTED,
    Event.RESTORED,
    Event.LEFT,
)


@dataclass(frozen=True)
class StaffingGap:
    """Arrays [month, employer, status] in hundredths of FTE, without status none; `month_ends` are days."""

    month_ends: tuple[int, ...]
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
    people, agency = _able(lives, workforce, np.array(ends))
    days_per_post = inputs.parameters.value("posts.release_days_per_fte_month")
    released = np.rint(release_days(lives, inputs, len(workforce.employers), ends) * 100 / days_per_post)
    able = np.maximum(people - released.astype(np.int64), 0)
    posts = _posts(workforce, filled, inputs, ends)
    gap = np.maximum(posts - able, 0)
    return StaffingGap(ends, posts, able, gap, np.minimum(gap, agency))


def month_ends(start: int, until: int) -> tuple[int, ...]:
    """The last day of every month from `start` to `until`, and `until` itself."""
    return tuple(sorted({*(day - 1 for day in month_starts(start, until + 1) if day > start), until}))


def release_days(
    lives: Timeline, inputs: Inputs, employers: int, month_ends: tuple[int, ...]
) -> NDArray[np.float64]:
    """Days away from cases by month, employer and status: preparing when put forward, and each sitting."""
    total = np.zeros((len(month_ends), employers, len(STATUSES) - 1))
    preparing = float(str(inputs.levers["support.preparation_days"]))
    for event, days in (
        (Event.PUT_FORWARD, preparing),
        (Event.SAT, inputs.parameters.value("release.days_per_sitting")),
    ):
        rows = lives.rows(event)
        rows = rows[lives.day[rows] <= month_ends[-1]]
        month = np.searchsorted(np.array(month_ends), lives.day[rows])
        cell = (month * employers + lives.employer[rows]) * (len(STATUSES) - 1) + (lives.status[rows] - 1)
        total += np.bincount(cell, minlength=total.size)[: total.size].reshape(total.shape) * days
    return total


def _able(lives: Timeline, workforce: Workforce, month_ends: Ints) -> tuple[Ints, Ints]:
    """FTE in scope and not restricted at each month's end: directly employed, and through agencies."""
    rows = np.flatnonzero(np.isin(lives.code, _SETS))
    worker = lives.worker[rows]
    until = np.append(lives.day[rows][1:], month_ends[-1] + 1)
    last = np.append(worker[1:] != worker[:-1], True)
    until[last] = month_ends[-1] + 1
    first, past = np.searchsorted(month_ends, lives.day[rows]), np.searchsorted(month_ends, until)
    left = lives.code[rows] == Event.LEFT
    counts = (past > first) & (lives.status[rows] > 0) & (lives.restricted[rows] == 0) & ~left
    rows, worker, first, past = rows[counts], worker[counts], first[counts], past[counts]
    cells = len(workforce.employers) * (len(STATUSES) - 1)
    cell = lives.employer[rows].astype(np.int64) * (len(STATUSES) - 1) + lives.status[rows] - 1
    fte = workforce.fte[worker].astype(np.int64)
    shape = (len(month_ends), len(workforce.employers), len(STATUSES) - 1)
    found = []
    for kind in (workforce.contract[worker] == EMPLOYED, workforce.contract[worker] != EMPLOYED):
        size = (len(month_ends) + 1) * cells
        change = np.bincount(first[kind] * cells + cell[kind], fte[kind], size)
        change -= np.bincount(past[kind] * cells + cell[kind], fte[kind], size)
        running = np.cumsum(change.reshape(-1, cells), axis=0)[:-1]
        found.append(running.astype(np.int64).reshape(shape))
    return found[0], found[1]


def _posts(workforce: Workforce, filled: Ints, inputs: Inputs, month_ends: tuple[int, ...]) -> Ints:
    """Posts in scope: those filled at the baseline and, in proportion, the vacant ones, growing evenly."""
    total = np.maximum(workforce.employers.fte.astype(np.float64), 1.0)
    needed = filled * (1 + workforce.employers.vacancies_fte / total)[:, None]
    growth = inputs.parameters.value("posts.annual_growth")
    years = np.array(month_ends) / YEAR
    return np.rint(needed[None] * (1 + growth * years)[:, None, None]).astype(np.int64)
