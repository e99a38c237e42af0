"""How people flow through the queues for seats: week by week, wait by wait, and what delays them where.

What is kept is exact and small. A venue's own people are those whose employer lies in its region, practice
leaders apart; with overflow a person may sit at the venue of another region. A move to another authority ends
a wait, since people are endorsed anew there: who moves leaves one queue, and joins another later. Weeks begin
on Monday, as the rounds of bookings do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import date_of, day_of, mondays
from simulation.journal import Event
from simulation.stages import Stage
from simulation.state import LEADER

if TYPE_CHECKING:
    from simulation.replicate import Outcome
    from simulation.replication import Replication
    from simulation.timeline import Timeline

Ints = NDArray[np.int64]

BY_HOME: Final = ("joined_first", "joined_retake", "gone", "waiting", "sent")
"""Of the venue's own people: joined its queue for a first sitting or a retake, left it unseated, were in it
at the end of the week, sat elsewhere."""

BY_VENUE: Final = (
    "offered",
    "absent",
    "used_first",
    "used_retake",
    "no_show",
    "cancelled",
    "standby",
    "vacated",
    "received",
)
"""Of the venue's seats: rostered, lost to absent assessors, used, lost to people who did not come, cancelled
late, filled again from the standby list, lost to people who had left by the day; and used by other regions'
people."""

FLOWS: Final = (*BY_HOME, *BY_VENUE)
"""What `flows` counts, in order."""

SAT, GONE, WAITING = range(3)
"""How a spell in the queue ended: with a sitting, without one, or not by the end of the period."""

VENUE: Final = 15
"""The bits of a booking's detail that hold the venue."""

STANDBY: Final = 16
"""The bit of a booking's detail that tells of the standby list."""

NOWHERE: Final = 15
"""The venue of a spell that has not ended with a sitting."""

MOST_VENUES: Final = NOWHERE
"""Venues that four bits can tell apart, one number being taken for nowhere."""

_WEEK: Final = 7


@dataclass(frozen=True)
class Spells:
    """Waits for a seat, one row each, in no order that means anything.

    `joined` is the day of endorsement, `wait` the days until the sitting, the departure or the end of the
    period; `home` and `venue` are places among the venues, `ended` one of `SAT`, `GONE`, `WAITING`.
    """

    joined: Ints
    wait: Ints
    home: Ints
    venue: Ints
    retake: NDArray[np.bool_]
    ended: Ints

    @classmethod
    def unpacked(cls, stored: NDArray[np.int16]) -> Spells:
        """The spells that `spells` packed."""
        joined, wait, code = stored.astype(np.int64)
        return cls(joined, wait, code & 15, code >> 4 & 15, code >> 8 & 1 > 0, code >> 9)


def weeks_of(start: int, until: int) -> tuple[int, ...]:
    """The Monday of every week of a period."""
    return mondays(start, until)


def quarters_of(start: int, until: int) -> tuple[int, ...]:
    """The first day of every quarter of a period; the first of them may lie before the period."""
    first, last = date_of(start), date_of(until)
    numbers = range(first.year * 4 + (first.month - 1) // 3, last.year * 4 + (last.month - 1) // 3 + 1)
    return tuple(day_of(date(number // 4, number % 4 * 3 + 1, 1)) for number in numbers)


def flows(outcome: Outcome) -> NDArray[np.int32]:
    """Counts of one replication [of `FLOWS`, week, venue]; only `waiting` is a stock."""
    run, lives, found = outcome.replication, outcome.lives, outcome.spells
    counted = _Weekly(run)
    sat = found.ended == SAT
    last = found.joined + found.wait
    away = sat & (found.venue != found.home)
    waits = np.cumsum(
        counted.of(found.joined, found.home)
        - counted.of(last[found.ended != WAITING], found.home[found.ended != WAITING]),
        axis=0,
    )
    usual = (Event.SAT, Event.NO_SHOW, Event.CANCELLED, Event.BOOKED)
    seats = {event: _at_venues(run, lives, event, counted) for event in usual}
    again = lives.rows(Event.BOOKED)
    again = again[lives.detail[again] & STANDBY > 0]
    missed = seats[Event.NO_SHOW] + seats[Event.CANCELLED]
    booked = seats[Event.BOOKED]
    vacated = np.maximum(booked - missed - seats[Event.SAT], 0)
    amounts = {
        "joined_first": counted.of(found.joined[~found.retake], found.home[~found.retake]),
        "joined_retake": counted.of(found.joined[found.retake], found.home[found.retake]),
        "gone": counted.of(last[found.ended == GONE], found.home[found.ended == GONE]),
        "waiting": waits,
        "sent": counted.of(last[away], found.home[away]),
        "offered": counted.daily(run.offered),
        "absent": counted.daily(run.absent),
        "used_first": counted.of(last[sat & ~found.retake], found.venue[sat & ~found.retake]),
        "used_retake": counted.of(last[sat & found.retake], found.venue[sat & found.retake]),
        "no_show": seats[Event.NO_SHOW],
        "cancelled": seats[Event.CANCELLED],
        "standby": counted.of(lives.day[again], lives.detail[again] & VENUE),
        "vacated": vacated,
        "received": counted.of(last[away], found.venue[away]),
    }
    return np.array([amounts[name] for name in FLOWS], dtype=np.int32)


def spells(outcome: Outcome) -> NDArray[np.int16]:
    """Every wait for a seat, packed as [joined, wait, code] by spell; `Spells.unpacked` reads it.

    Raises ValueError where there are more than `MOST_VENUES`.
    """
    found, venues = outcome.spells, len(outcome.replication.offered)
    if venues > MOST_VENUES:
        raise ValueError(f"{venues} venues; waits are kept for at most {MOST_VENUES}")
    code = found.home | found.venue << 4 | found.retake.astype(np.int64) << 8 | found.ended << 9
    order = np.argsort(code << 32 | found.joined << 16 | found.wait)
    return np.array([found.joined[order], found.wait[order], code[order]], dtype=np.int16)


def trips(outcome: Outcome) -> NDArray[np.int32]:
    """Sittings by year, employer and venue."""
    run, lives = outcome.replication, outcome.lives
    sat = lives.rows(Event.SAT)
    sat = sat[(lives.day[sat] >= run.start) & (lives.day[sat] <= run.until)]
    first = date_of(run.start).year
    begins = np.array([day_of(date(year, 1, 1)) for year in range(first, date_of(run.until).year + 1)])
    year = np.searchsorted(begins, lives.day[sat], side="right") - 1
    shape = len(begins), len(run.workforce.employers), len(run.offered)
    cell = (year * shape[1] + lives.employer[sat]) * shape[2] + (lives.detail[sat] >> 4)
    return np.bincount(cell, minlength=shape[0] * shape[1] * shape[2]).reshape(shape).astype(np.int32)


def gaps(outcome: Outcome) -> NDArray[np.int32]:
    """The staffing gap and the part of it that is covered [of two, month, employer, status], FTE x 100."""
    return np.array([outcome.gap.gap, outcome.gap.covered], dtype=np.int32)


def delays(outcome: Outcome) -> Ints:
    """Worker-days of delay [cause, quarter, region]; quarters are those of `quarters_of`."""
    return outcome.delays


class _Weekly:
    """Counts by week and venue."""

    def __init__(self, run: Replication) -> None:
        self._weeks = weeks_of(run.start, run.until)
        self._venues = len(run.offered)

    def of(self, days: Ints, venues: Ints) -> Ints:
        """How many of these fall into each week and venue."""
        cell = (days - self._weeks[0]) // _WEEK * self._venues + venues
        size = len(self._weeks) * self._venues
        return np.bincount(cell, minlength=size)[:size].reshape(-1, self._venues)

    def daily(self, seats: Ints) -> Ints:
        """Seats by venue and day, summed by week."""
        first = self._weeks[0]
        wanted = len(self._weeks) * _WEEK
        inside = np.pad(seats, ((0, 0), (max(-first, 0), max(first + wanted - seats.shape[1], 0))))
        inside = inside[:, max(first, 0) :][:, :wanted]
        return np.asarray(inside.reshape(self._venues, -1, _WEEK).sum(axis=2).T)


def _at_venues(run: Replication, lives: Timeline, event: Event, counted: _Weekly) -> Ints:
    rows = lives.rows(event)
    rows = rows[(lives.day[rows] >= run.start) & (lives.day[rows] <= run.until)]
    venue = lives.detail[rows].astype(np.int64)
    return counted.of(lives.day[rows], venue >> 4 if event == Event.SAT else venue & VENUE)


def spells_of(lives: Timeline, run: Replication) -> Spells:
    """Every wait for a seat, in the order of the timeline."""
    begins = lives.rows(Event.ENDORSED)
    begins = begins[(lives.day[begins] >= run.start) & (lives.day[begins] <= run.until)]
    out = lives.stage != int(Stage.AWAITING_SEAT)
    ends = np.append(out.nonzero()[0], len(lives.code))[out.cumsum()[begins]]
    within = np.minimum(ends, len(lives.code) - 1)
    over = (ends < len(lives.code)) & (lives.worker[within] == lives.worker[begins])
    sat = over & (lives.code[within] == Event.SAT)
    last = np.where(over, lives.day[within], run.until)
    # A move ends a wait, which is spent with one employer throughout; the row of the move is the next one's.
    home = run.workforce.employers.region.astype(np.int64)[lives.employer[begins]]
    if len(run.offered) > len(run.regions):  # practice leaders have a venue of their own
        home = np.where(lives.status[begins] == LEADER, len(run.offered) - 1, home)
    return Spells(
        joined=lives.day[begins],
        wait=last - lives.day[begins],
        home=home,
        venue=np.where(sat, lives.detail[within].astype(np.int64) >> 4, NOWHERE),
        retake=lives.after_a_fail(begins),
        ended=np.where(sat, SAT, np.where(over, GONE, WAITING)),
    )
