"""The week in which release takes most: each employer's days away, Monday to Sunday."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from simulation.journal import Event

if TYPE_CHECKING:
    from simulation.replicate import Outcome

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
    daily = np.zeros((length + 1, employers))
    sat = _within(lives.day, lives.rows(Event.SAT), run.start, run.until)
    each = run.inputs.parameters.value("release.days_per_sitting")
    np.add.at(daily, (lives.day[sat] - run.start, lives.employer[sat]), each)
    rising = np.zeros_like(daily)
    put = _within(lives.day, lives.rows(Event.PUT_FORWARD), run.start, run.until)
    first, past = lives.day[put], np.maximum(lives.until[put], lives.day[put] + 1)
    rate = float(str(run.inputs.levers["support.preparation_days"])) / (past - first)
    np.add.at(rising, (first - run.start, lives.employer[put]), rate)
    np.add.at(rising, (np.minimum(past - run.start, length), lives.employer[put]), -rate)
    daily[:-1] += np.cumsum(rising, axis=0)[:-1]
    before = (run.start + _FRIDAY) % WEEK
    weeks = -(-(before + length) // WEEK)
    whole = np.zeros((weeks * WEEK, employers))
    whole[before : before + length] = daily[:-1]
    return np.asarray(whole.reshape(weeks, WEEK, employers).sum(axis=1).max(axis=0))


def _within(day: NDArray[np.int64], rows: NDArray[np.int64], first: int, last: int) -> NDArray[np.int64]:
    return rows[(day[rows] >= first) & (day[rows] <= last)]
