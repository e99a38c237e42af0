"""From the journal to the measures: one pass over everyone's timeline, then counts by date and by cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import date_of, day_of
from simulation.codes import STATUSES
from simulation.hazards import EMPLOYED
from simulation.journal import Event
from simulation.measures import MEASURES, MeasureKey, MeasureTable
from simulation.periods import periods_of
from simulation.present import Present
from simulation.replication import Replication
from simulation.staffing import StaffingGap, release_days
from simulation.stages import CAUSE_LABELS
from simulation.timeline import Timeline

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HELD: Final = STATUSES[1:]
_AT_LEAST_ONCE: Final = (
    ("put_forward", Event.PUT_FORWARD),
    ("endorsed", Event.ENDORSED),
    ("assessed", Event.SAT),
)


def measure(replication: Replication, lives: Timeline, gap: StaffingGap, delays: Ints) -> MeasureTable:
    """Every measure of one replication, nationally and by its cuts.

    `delays` holds worker-days as `simulation.delays.delay_by_place` gives them.
    """
    reckoner = _Reckoner(replication, lives, gap, delays)
    found = list(reckoner.all())
    return MeasureTable(tuple(key for key, _ in found), np.array([value for _, value in found]))


def decembers(start: int, until: int) -> tuple[int, ...]:
    """The last day of every year of the period, and the last day of the period itself."""
    years = range(date_of(start).year, date_of(until).year + 1)
    ends = {day_of(date(year, 12, 31)) for year in years}
    return tuple(sorted({day for day in ends if start <= day <= until} | {until}))


class _Reckoner:
    """Reckons measures as vectors: England first, then the cuts that the measure declares, in their order.

    Everything is counted once for all years together; rows of the arrays below are years.
    """

    def __init__(self, replication: Replication, lives: Timeline, gap: StaffingGap, delays: Ints) -> None:
        self._run, self._lives, self._gap, self._delays = replication, lives, gap, delays
        self._ends = decembers(replication.start, replication.until)
        self._regions = replication.regions
        self._home = replication.workforce.employers.region.astype(np.int64)
        self._sat, self._result = lives.rows(Event.SAT), lives.rows(Event.RESULT)

    def all(self) -> Iterator[tuple[MeasureKey, float]]:
        """Every key with its value, in a fixed order."""
        yield from self._keyed(self._to_date(), [{"at": date_of(end).isoformat()} for end in self._ends])
        firsts = (self._run.start, *(end + 1 for end in self._ends[:-1]))
        yield from self._keyed(self._in_year(), [{"period": str(date_of(first).year)} for first in firsts])
        whole = f"{date_of(self._run.start).isoformat()}/{date_of(self._run.until).isoformat()}"
        yield from self._keyed(self._overall(), [{"period": whole}])

    def _keyed(
        self, found: Iterator[tuple[str, Floats]], times: list[dict[str, str]]
    ) -> Iterator[tuple[MeasureKey, float]]:
        """Measures [time, cell] as pairs, time by time."""
        authorities = self._run.workforce.employers.name
        measures = [(name, values.tolist()) for name, values in found]
        for place, time in enumerate(times):
            for name, values in measures:
                keys = _keys(name, time.get("at", ""), time.get("period", ""), self._regions, authorities)
                yield from zip(keys, values[place], strict=True)

    def _year(self, rows: Ints) -> Ints:
        """The year of each row, as its place; past the last one for what comes after the period."""
        return periods_of(self._lives.day[rows], self._ends)

    def _by_year(self, name: str, rows: Ints, where: Ints | None = None) -> Floats:
        """Counts of rows [year, cell], in England and by the measure's cuts.

        They count for where the worker stands; `where` has other rows to read that from.
        """
        where = rows if where is None else where
        year, cuts = self._year(rows), MEASURES[name].cuts
        parts = [_counts(year, None, len(self._ends), 1)]
        if "region" in cuts:
            parts.append(_counts(year, self._region(where), len(self._ends), len(self._regions)))
        if "status" in cuts:
            status = self._lives.status[where]
            parts.append(_counts(year, status, len(self._ends), len(STATUSES))[:, 1:])
        return np.concatenate(parts, axis=1)

    def _so_far(self, name: str, rows: Ints) -> Floats:
        """Counts of rows up to the end of each year [year, cell]."""
        return np.cumsum(self._by_year(name, rows), axis=0)

    def _region(self, rows: Ints) -> Ints:
        return self._home.take(self._lives.employer[rows])

    def _to_date(self) -> Iterator[tuple[str, Floats]]:
        """Measures at the end of every year."""
        present = Present(self._lives, self._run, self._ends)
        in_scope, held = present.count("in_scope"), present.count("accredited")
        yield "in_scope", in_scope
        for name, event in _AT_LEAST_ONCE:
            yield name, self._so_far(name, _first_of_each(self._lives, event))
        yield "sittings", self._so_far("sittings", self._sat)
        yield "retakes", self._so_far("retakes", self._sat[self._lives.after_a_fail(self._sat)])
        yield "accredited", held
        yield "accredited_share", _over(held, in_scope)
        failed = self._lives.detail[self._result] >> 4 & 0xF > 0
        first = _occasion(self._lives.worker[self._result]) == 0
        rate = "first_attempt_pass_rate"
        passed = self._so_far(rate, self._result[first & ~failed])
        yield rate, _over(passed, self._so_far(rate, self._result[first]))
        below = self._so_far("fail_rate", self._result[failed])
        yield "fail_rate", _over(below, self._so_far("fail_rate", self._result))
        for name in ("waiting", "restricted", "headcount"):
            yield name, present.count(name)
        months = [self._gap.month_ends.index(end) for end in self._ends]
        for name, cells in (
            ("staffing_gap_fte", self._gap.gap),
            ("staffing_gap_uncovered_fte", self._gap.uncovered),
        ):
            yield name, np.array([self._spread(cells[month]) for month in months]) / 100

    def _spread(self, cells: Ints | Floats) -> Floats:
        """Sums of amounts by employer and status, in England, by region and by status."""
        by_region = np.bincount(self._home, cells.sum(axis=1), len(self._regions))
        return np.concatenate([[cells.sum()], by_region, cells.sum(axis=0)])

    def _in_year(self) -> Iterator[tuple[str, Floats]]:
        """Measures of what happens in every year."""
        lives, run = self._lives, self._run
        yield from self._percentiles()
        firsts = [run.start, *(end + 1 for end in self._ends[:-1])]
        offered = np.array(
            [
                run.offered[:, first : end + 1].sum(axis=1)
                for first, end in zip(firsts, self._ends, strict=True)
            ]
        )
        used = _counts(self._year(self._sat), lives.detail[self._sat] >> 4, len(self._ends), offered.shape[1])
        # England includes the leaders' venue, which belongs to no region.
        regions = len(self._regions)
        places = [np.column_stack([seats.sum(axis=1), seats[:, :regions]]) for seats in (used, offered)]
        yield "seat_utilisation", _over(places[0], places[1].astype(np.float64))
        yield "seats_offered", places[1].astype(np.float64)
        employers = len(run.workforce.employers)
        released = release_days(lives, run.inputs, employers, (run.start - 1, *self._ends))[1:]
        yield "release_days", np.array([self._spread(days) for days in released])
        left, moved, joined = (self._of_employed(event) for event in (Event.LEFT, Event.MOVED, Event.JOINED))
        # The row before a move still stands with the employer that is left, the row of the move with the new.
        where = np.concatenate([left, moved - 1])
        yield "leavers", self._by_year("leavers", np.concatenate([left, moved]), where)
        yield "joiners", self._by_year("joiners", np.concatenate([joined, moved]))

    def _of_employed(self, event: Event) -> Ints:
        """The rows of an event within the period, of people directly employed by authorities."""
        lives, people = self._lives, self._run.workforce
        rows = lives.rows(event)
        rows = rows[people.contract[lives.worker[rows]] == EMPLOYED]
        authority = people.employers.kind[lives.employer[rows]] == 0
        return np.asarray(rows[authority & (lives.day[rows] >= self._run.start)])

    def _percentiles(self) -> Iterator[tuple[str, Floats]]:
        """The waits that half and 95% of sittings did not exceed, in England, by region and by status."""
        sat, years = self._sat, len(self._ends)
        year, waits = self._year(sat), self._run.waits(self._lives, sat)
        cuts = (
            (np.zeros(len(sat), dtype=np.int64), 1, 0),
            (self._region(sat), len(self._regions), 0),
            (self._lives.status[sat].astype(np.int64), len(STATUSES), 1),
        )
        ranked = [
            (_Ranked(year * size + cell, waits, (years, size)), skipped) for cell, size, skipped in cuts
        ]
        for name, share in (("wait_median_days", 50), ("wait_p95_days", 95)):
            yield name, np.column_stack([found.percentile(share)[:, skipped:] for found, skipped in ranked])

    def _overall(self) -> Iterator[tuple[str, Floats]]:
        for name, cells in (
            ("staffing_gap_peak_fte", self._gap.gap),
            ("staffing_gap_uncovered_peak_fte", self._gap.uncovered),
        ):
            by_employer = cells.sum(axis=2)
            found = np.append(by_employer.sum(axis=1).max(), by_employer.max(axis=0)) / 100
            yield name, found[np.newaxis]
        causes = self._delays.sum(axis=(1, 2))
        yield "delay_days", np.append(causes.sum(), causes).astype(np.float64)[np.newaxis]


@lru_cache(maxsize=1024)
def _keys(
    name: str, at: str, period: str, regions: tuple[str, ...], authorities: tuple[str, ...]
) -> tuple[MeasureKey, ...]:
    """The keys of a measure: England, then each category of each cut."""
    categories = {"region": regions, "status": HELD, "authority": authorities, "cause": CAUSE_LABELS}
    cuts = [((cut, category),) for cut in MEASURES[name].cuts for category in categories[cut]]
    return tuple(MeasureKey(name, at, period, by) for by in [(), *cuts])


def _first_of_each(lives: Timeline, event: Event) -> Ints:
    """The row of each worker's first event of a kind."""
    rows = lives.rows(event)
    return rows[np.append(True, lives.worker[rows][1:] != lives.worker[rows][:-1])] if len(rows) else rows


def _occasion(worker: Ints) -> Ints:
    """How many rows of the same worker came before each row, for rows in order of worker."""
    first = np.flatnonzero(np.diff(worker, prepend=-1))
    return np.arange(len(worker)) - np.repeat(first, np.diff(np.append(first, len(worker))))


def _counts(year: Ints, cell: NDArray[np.integer[Any]] | None, years: int, cells: int) -> Floats:
    """Rows by year and cell; those past the last year count nowhere."""
    place = year if cell is None else year * cells + cell
    return np.bincount(place, minlength=(years + 1) * cells).reshape(-1, cells)[:years].astype(np.float64)


class _Ranked:
    """Whole numbers in groups, sorted within each."""

    def __init__(self, group: Ints, values: Ints, shape: tuple[int, ...]) -> None:
        width = int(values.max(initial=0)) + 1
        self._sorted = np.sort(group * width + values) % width
        self._shape = shape
        self._size = np.bincount(group, minlength=int(np.prod(shape)))
        self._start = np.cumsum(self._size) - self._size

    def percentile(self, share: int) -> Floats:
        """By group the smallest number that `share` percent of its numbers do not exceed; NaN of none."""
        rank = np.maximum(-(-self._size * share // 100) - 1, 0)
        found = np.full(len(self._size), np.nan)
        some = self._size > 0
        found[some] = self._sorted[(self._start + rank)[some]]
        return found.reshape(self._shape)


def _over(top: Floats, bottom: Floats) -> Floats:
    """A ratio, NaN where there is nothing below the line."""
    ratio = np.full(top.shape, np.nan)
    np.divide(top, bottom, out=ratio, where=bottom != 0)
    return ratio
