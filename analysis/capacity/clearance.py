"""When a backlog is cleared: the week in which the seats to come are enough within the target again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.stored import MISSED, WEEK, Stored
from simulation.calendar import date_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Clearance:
    """The week in which the queue is longest, and from when on it is within the target for good.

    `never` is the share of futures in which it is not by the end of the period, `always` of those in which
    it is so at all times. `day` and its range are of the other futures, None if there are none.
    """

    target: int
    peak: date | None
    day: date | None
    low: date | None
    high: date | None
    never: float
    always: float

    def to_dict(self) -> dict[str, object]:
        """The clearance as plain data."""
        days = {"peak": self.peak, "cleared": self.day, "p10": self.low, "p90": self.high}
        return {
            "target_days": self.target,
            **{name: day and day.isoformat() for name, day in days.items()},
            "never_in_share_of_futures": self.never,
            "always_in_share_of_futures": self.always,
        }


def clearance(stored: Stored, venue: int, target: int) -> Clearance:
    """When the queue of one venue is back within a target of so many days."""
    weeks = max(target // WEEK, 1)
    waiting, seats = stored.of("waiting")[..., venue], usable(stored, venue)
    peaks, days, never, always = [], [], 0, 0
    for queue, free in zip(waiting, seats, strict=True):
        if not queue.any():
            always += 1
            continue
        peaks.append(int(queue.argmax()))
        known = len(queue) - weeks if len(queue) > weeks else len(queue)
        beyond = np.flatnonzero(~within(queue, free, weeks)[:known])
        if not len(beyond):
            always += 1
        elif beyond[-1] == known - 1:
            never += 1
        else:
            days.append(int(beyond[-1]) + 1)
    low, middle, high = np.percentile(days, (10, 50, 90)).round().astype(int) if days else (None,) * 3
    futures = len(waiting)
    highest = int(np.median(peaks)) if peaks else None
    peak, day, first, last = (_monday(stored, place) for place in (highest, middle, low, high))
    return Clearance(target, peak, day, first, last, never / futures, always / futures)


def usable(stored: Stored, venue: int) -> Floats:
    """Seats [future, week] that people come to: those open, less the usual share booked and missed."""
    used = stored.used[..., venue].sum(axis=1)
    missed = sum(stored.lost[why][..., venue].sum(axis=1) for why in MISSED)
    come = np.divide(used, used + missed, out=np.ones(len(used)), where=used > 0)
    return np.asarray(stored.open[..., venue] * come[:, None])


def within(queue: Ints, seats: Floats, weeks: int) -> NDArray[np.bool_]:
    """Whether the seats of so many coming weeks are enough for the queue at the end of each week.

    Of the last weeks it cannot be told: fewer than so many weeks follow them.
    """
    before = np.concatenate([[0], np.cumsum(seats)])
    last = np.minimum(np.arange(len(seats)) + 1 + weeks, len(seats))
    return np.asarray(before[last] - before[1:] >= queue)


def _monday(stored: Stored, place: int | None) -> date | None:
    return None if place is None else date_of(int(stored.weeks[int(place)]))
