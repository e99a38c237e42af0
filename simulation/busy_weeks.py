"""The week in which release takes most: each employer's days away, Monday to Sunday."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from simulation.journal import Event

if TYPE_CHECKING:
    from simulation.replicate import Outcome

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WEEK: Final = 7
_FRIDAY: Final = 4
"""Days after Monday of the baseline day, 30 September 2016."""


def busiest_week(outcome: Outcome) -> Floats:
    """The most days of release in any week of the run, by employer.

    A sitting falls in its own week. Days to prepare are spread evenly from being put forward to being
    considered for endorsement, or whatever else happens next.
    """
    run, lives = outcome.replication, outcome.lives
    employers, length = len(run.workforce.employers), run.until + 1 - run.start
    sat = _within(lives.day, lives.rows(Event.SAT), run.start, run.until)
    each = np.full(len(sat), run.inputs.parameters.value("release.days_per_sitting"))
    daily = _summed(lives.day[sat] - run.start, lives.employer[sat].astype(np.int64), each, length, employers)
    put = _within(lives.day, lives.rows(Event.PUT_FORWARD), run.start, run.until)
    first, past = lives.day[put], np.maximum(lives.until[put], lives.day[put] + 1)
    rate = float(str(run.inputs.levers["support.preparation_days"])) / (past - first)
    turns = np.concatenate([first - run.start, np.minimum(past - run.start, length)])
    rising = _summed(
        turns, np.tile(lives.employer[put].astype(np.int64), 2), np.append(rate, -rate), length, employers
    )
    daily[:-1] += np.cumsum(rising, axis=0)[:-1]
    before = (run.start + _FRIDAY) % WEEK
    weeks = -(-(before + length) // WEEK)
    whole = np.zeros((weeks * WEEK, employers))
    whole[before : before + length] = daily[:-1]
    return np.asarray(whole.reshape(weeks, WEEK, employers).sum(axis=1).max(axis=0))


def _summed(day: Ints, employer: Ints, amount: Floats, length: int, employers: int) -> Floats:
    """Sums of amounts [day, employer], in their order; the last day takes what falls on the day after."""
    size = (length + 1) * employers
    summed = np.asarray(np.bincount(day * employers + employer, amount, size), dtype=np.float64)
    return summed.reshape(-1, employers)


def _within(day: Ints, rows: Ints, first: int, last: int) -> Ints:
    return rows[(day[rows] >= first) & (day[rows] <= last)]
