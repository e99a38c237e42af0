"""What money is spent on: how much of everything that carries a cost, by year and employer.

The quantities are physical (people, sittings, days), never money, so that a stored replication can be costed
again under any prices. A day is a working day of one full-time post unless its name says otherwise. Amounts
that the prices treat differently by status carry the status after a dot, such as `sitting_days.leader`.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from simulation.assessment import LEADER_ELEMENTS
from simulation.calendar import date_of, day_of
from simulation.capacity import VENUES
from simulation.codes import STATUSES
from simulation.hazards import EMPLOYED, YEAR
from simulation.journal import Event
from simulation.periods import periods_of
from simulation.staffing import in_force

if TYPE_CHECKING:
    from simulation.replicate import Outcome

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

GRADES: Final = STATUSES[1:]
"""The statuses that a sitting, an endorsement or a fail can be for."""

BY_STATUS: Final = ("preparation_days", "sitting_days", "considered", "fails")
"""Days of preparation and at sittings; endorsements considered, given or not; results below the standard."""

QUANTITIES: Final[dict[str, str]] = {
    **{
        f"{name}.{grade}": "days" if name.endswith("days") else "count"
        for name in BY_STATUS
        for grade in GRADES
    },
    "put_forward": "count",
    "first_attempts": "count",
    "trips": "count",
    "sittings": "count",
    "knowledge_sittings": "count",
    "no_shows": "count",
    "late_cancellations": "count",
    "leader_sittings": "count",
    "reviews": "count",
    "accredited": "count",
    "leavers": "count",
    "restricted_days": "days",
    "cover_restricted": "days",
    "cover_release": "days",
    "cover_vacancies": "days",
    "uncovered_days": "days",
    "taking_part": "years",
    "joined": "count",
}
"""Every quantity with its unit, in the order of the array.

`trips` are sittings of everyone; `sittings`, `knowledge_sittings`, `no_shows` and `late_cancellations` leave
out practice leaders, whose assessment is a contract of its own and counted by `leader_sittings`. `accredited`
counts accreditations gained, not renewals. `leavers` are directly employed by authorities, moves to another
authority included. `restricted_days` are days in post without the functions; the three kinds of cover are the
days of the staffing gap that agency workers cover, by what opened the gap; `uncovered_days` are the rest of
it. `taking_part` is the part of the year after the employer's first worker was put forward, and `joined` is 1
in the year when that was.
"""

SEATS: Final = ("seats", "days_open")
"""What `centres` holds of each venue and year: seats offered, and days on which any were."""


def years_of(start: int, until: int) -> tuple[int, ...]:
    """The calendar years of a period, first and last included."""
    return tuple(range(date_of(start).year, date_of(until).year + 1))


def quantities(outcome: Outcome) -> Floats:
    """The quantities of one replication, [quantity, year, employer], in the order of `QUANTITIES`."""
    counted = _Counter(outcome)
    found = dict(counted.all())
    return np.array([found[name] for name in QUANTITIES])


def centres(outcome: Outcome) -> Ints:
    """Seats of one replication, [of `SEATS`, year, venue], the leaders' venue last where there is one."""
    run = outcome.replication
    bounds = _year_bounds(run.start, run.until)
    offered = run.offered[:, run.start : run.until + 1]
    cuts = [begins - run.start for begins, _ in bounds]
    seats = np.add.reduceat(offered, cuts, axis=1).T
    days_open = np.add.reduceat((offered > 0).astype(np.int64), cuts, axis=1).T
    return np.array([seats, days_open], dtype=np.int64)


def released(outcome: Outcome) -> Floats:
    """Days of release [month, employer]: to prepare, and at sittings. Months end as in the staffing gap."""
    return np.asarray(outcome.gap.released.sum(axis=2))


class _Counter:
    """Counts events and days of an outcome into [year, employer]."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._run, self._lives = outcome.replication, outcome.lives
        self._employers = len(self._run.workforce.employers)
        self._ends = tuple(last for _, last in _year_bounds(self._run.start, self._run.until))
        self._parameters = self._run.inputs.parameters
        self._working = self._parameters.value("posts.release_days_per_fte_month") * 12 / YEAR

    def all(self) -> Iterator[tuple[str, Floats]]:
        """Every quantity by name."""
        lives = self._lives
        forward, sat = self._rows(Event.PUT_FORWARD), self._rows(Event.SAT)
        days_to_prepare = float(str(self._run.inputs.levers["support.preparation_days"]))
        yield from self._by_status("preparation_days", forward, days_to_prepare)
        yield from self._by_status("sitting_days", sat, self._parameters.value("release.days_per_sitting"))
        endorsed = self._rows(Event.ENDORSED)
        considered = [endorsed[lives.detail[endorsed] == 0], self._rows(Event.NOT_ENDORSED)]
        if self._run.inputs.levers["q9"] == "endorsement":
            considered.append(self._rows(Event.RENEWED))
        yield from self._by_status("considered", np.concatenate(considered))
        results = self._rows(Event.RESULT)
        yield from self._by_status("fails", results[lives.detail[results] >> 4 & 0xF > 0])
        yield "put_forward", self._count(forward)
        yield "trips", self._count(sat)
        yield "first_attempts", self._count(sat[self._first_of_worker(sat)])
        yield from self._seats(sat)
        yield "reviews", self._count(self._rows(Event.REVIEW_REQUESTED))
        yield "accredited", self._count(self._rows(Event.ACCREDITED))
        yield "leavers", self._leavers()
        yield from self._gap()
        yield from self._taking_part(np.concatenate([forward, sat]))

    def _rows(self, event: Event) -> Ints:
        rows = self._lives.rows(event)
        day = self._lives.day[rows]
        return rows[(day >= self._run.start) & (day <= self._run.until)]

    def _count(self, rows: Ints, weight: Floats | None = None) -> Floats:
        """Rows, or the sums of their weights, by the year of their day and their employer."""
        return self._sum(self._year(rows), self._lives.employer[rows].astype(np.int64), weight)

    def _year(self, rows: Ints) -> Ints:
        return periods_of(self._lives.day[rows], self._ends)

    def _sum(self, year: Ints, employer: Ints, weight: Floats | None = None) -> Floats:
        shape = len(self._ends), self._employers
        total = np.bincount(year * shape[1] + employer, weight, shape[0] * shape[1])
        return total.reshape(shape).astype(np.float64)

    def _by_status(self, name: str, rows: Ints, each: float = 1.0) -> Iterator[tuple[str, Floats]]:
        status = self._lives.status[rows]
        for index, grade in enumerate(GRADES, start=1):
            yield f"{name}.{grade}", self._count(rows[status == index]) * each

    def _first_of_worker(self, rows: Ints) -> NDArray[np.bool_]:
        return np.asarray(np.diff(self._lives.worker[rows], prepend=-1) != 0)

    def _seats(self, sat: Ints) -> Iterator[tuple[str, Floats]]:
        """Seats taken or missed, leaders' apart; a sitting's detail holds its elements and its venue."""
        led = self._lives.detail[sat] & LEADER_ELEMENTS > 0
        usual = sat[~led]
        yield "leader_sittings", self._count(sat[led])
        yield "sittings", self._count(usual)
        yield "knowledge_sittings", self._count(usual[self._lives.detail[usual] & 1 > 0])
        for name, event in (("no_shows", Event.NO_SHOW), ("late_cancellations", Event.CANCELLED)):
            rows = self._rows(event)
            leaders = len(VENUES) - 1 if self._run.inputs.plain is None else -1
            yield name, self._count(rows[self._lives.detail[rows] != leaders])

    def _employed(self, rows: Ints) -> NDArray[np.bool_]:
        """Which rows are of people directly employed by an authority."""
        workforce = self._run.workforce
        directly = workforce.contract[self._lives.worker[rows]] == EMPLOYED
        return np.asarray(directly & (workforce.employers.kind[self._lives.employer[rows]] == 0))

    def _leavers(self) -> Floats:
        left, moved = (rows[self._employed(rows)] for rows in map(self._rows, (Event.LEFT, Event.MOVED)))
        # The row before a move still stands with the employer that is left.
        year = self._year(np.append(left, moved))
        return self._sum(year, self._lives.employer[np.append(left, moved - 1)].astype(np.int64))

    def _gap(self) -> Iterator[tuple[str, Floats]]:
        """Days restricted, and the days of the gap by who covers them and what opened them.

        The gap stands for its month. In each employer, status and month it is charged first to people who are
        restricted, then to release, and what remains to posts that nobody holds.
        """
        gap, run = self._outcome.gap, self._run
        ends = np.array(gap.month_ends)
        held, days = self._restricted(gap.month_ends)
        yield "restricted_days", days
        released = gap.released * (100 / self._parameters.value("posts.release_days_per_fte_month"))
        opened = gap.gap.astype(np.float64)
        by_restriction = np.minimum(held, opened)
        by_release = np.minimum(released, opened - by_restriction)
        covered = np.divide(gap.covered, opened, out=np.zeros_like(opened), where=opened > 0)
        length = np.diff(ends, prepend=run.start - 1) * self._working / 100
        year = periods_of(ends, self._ends)
        for name, part in (
            ("cover_restricted", by_restriction * covered),
            ("cover_release", by_release * covered),
            ("cover_vacancies", (opened - by_restriction - by_release) * covered),
            ("uncovered_days", gap.uncovered.astype(np.float64)),
        ):
            by_month = part.sum(axis=2) * length[:, None]
            total = np.zeros((len(self._ends), self._employers))
            np.add.at(total, year, by_month)
            yield name, total

    def _restricted(self, ends: tuple[int, ...]) -> tuple[Floats, Floats]:
        """Restricted FTE in hundredths at each month's end [month, employer, status], and days by year."""
        lives, people = self._lives, self._run.workforce
        rows = np.flatnonzero((lives.restricted == 1) & (lives.status > 0) & (lives.code != Event.LEFT))
        rows = rows[people.contract[lives.worker[rows]] == EMPLOYED]
        first = np.maximum(lives.day[rows], self._run.start)
        past = np.minimum(lives.until[rows], self._run.until + 1)
        fte = people.fte[lives.worker[rows]].astype(np.float64)
        employer, status = lives.employer[rows].astype(np.int64), lives.status[rows].astype(np.int64) - 1
        shape = len(ends), self._employers, len(GRADES)
        held = in_force(
            periods_of(first, ends), periods_of(past, ends), employer * shape[2] + status, shape, fte
        )
        days = np.zeros((len(self._ends), self._employers))
        for year, (begins, last) in enumerate(_year_bounds(self._run.start, self._run.until)):
            spent = np.clip(np.minimum(past, last + 1) - np.maximum(first, begins), 0, None)
            days[year] = np.bincount(employer, spent * fte, self._employers) * self._working / 100
        return held, days

    def _taking_part(self, rows: Ints) -> Iterator[tuple[str, Floats]]:
        begins = np.full(self._employers, np.iinfo(np.int64).max)
        np.minimum.at(begins, self._lives.employer[rows], self._lives.day[rows])
        taking_part, joined = np.zeros((2, len(self._ends), self._employers))
        for year, (first, last) in enumerate(_year_bounds(self._run.start, self._run.until)):
            days = last + 1 - np.maximum(begins, first).astype(np.float64)
            taking_part[year] = np.clip(days, 0, None) / _days_in_year(first)
            joined[year] = (begins >= first) & (begins <= last)
        yield "taking_part", taking_part
        yield "joined", joined


def year_shares(start: int, until: int) -> Floats:
    """How much of each calendar year a period covers."""
    return np.array([(last + 1 - first) / _days_in_year(first) for first, last in _year_bounds(start, until)])


def _year_bounds(start: int, until: int) -> list[tuple[int, int]]:
    """The first and last day of the period in each of its calendar years."""
    return [
        (max(start, day_of(date(year, 1, 1))), min(until, day_of(date(year, 12, 31))))
        for year in years_of(start, until)
    ]


def _days_in_year(day: int) -> int:
    return 366 if isleap(date_of(day).year) else 365
