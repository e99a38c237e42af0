"""From the journal to the measures: one pass over everyone's timeline, then counts by date and by cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import date_of, day_of
from simulation.codes import STATUSES
from simulation.delays import delay_by_cause
from simulation.hazards import EMPLOYED
from simulation.journal import Event
from simulation.measures import MEASURES, MeasureKey, MeasureTable
from simulation.replication import Replication
from simulation.staffing import StaffingGap, release_days
from simulation.stages import CAUSE_LABELS, Stage
from simulation.timeline import Timeline

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HELD: Final = STATUSES[1:]


def measure(replication: Replication, lives: Timeline, gap: StaffingGap) -> MeasureTable:
    """Every measure of one replication, nationally and by its cuts."""
    reckoner = _Reckoner(replication, lives, gap)
    found = list(reckoner.all())
    return MeasureTable(tuple(key for key, _ in found), np.array([value for _, value in found]))


def decembers(start: int, until: int) -> tuple[int, ...]:
    """The last day of every year of the period, and the last day of the period itself."""
    years = range(date_of(start).year, date_of(until).year + 1)
    ends = {day_of(date(year, 12, 31)) for year in years}
    return tuple(sorted({day for day in ends if start <= day <= until} | {until}))


class _Reckoner:
    def __init__(self, replication: Replication, lives: Timeline, gap: StaffingGap) -> None:
        self._run, self._lives, self._gap = replication, lives, gap
        workforce = replication.workforce
        self._regions = replication.regions
        self._region = workforce.employers.region.astype(np.int64)[lives.employer]
        self._status = lives.status
        contract = workforce.contract[lives.worker] == EMPLOYED
        self._employed = contract & (workforce.employers.kind[lives.employer] == 0)
        self._firsts = {
            event: _first_of_each(lives, event) for event in (Event.PUT_FORWARD, Event.ENDORSED, Event.SAT)
        }
        self._sat = lives.rows(Event.SAT)
        self._result = lives.rows(Event.RESULT)
        self._result_attempt = _occasion(lives.worker[self._result])
        self._sat_attempt = _occasion(lives.worker[self._sat])

    def all(self) -> Iterator[tuple[MeasureKey, float]]:
        """Every key with its value, in a fixed order."""
        for day in decembers(self._run.start, self._run.until):
            at = date_of(day).isoformat()
            for name, by, value in self._on(day):
                yield MeasureKey(name, at=at, by=by), value
        for first, last in self._years():
            period = str(date_of(first).year)
            for name, by, value in self._during(first, last):
                yield MeasureKey(name, period=period, by=by), value
        whole = f"{date_of(self._run.start).isoformat()}/{date_of(self._run.until).isoformat()}"
        for name, by, value in self._overall():
            yield MeasureKey(name, period=whole, by=by), value

    def _years(self) -> Iterator[tuple[int, int]]:
        first = self._run.start
        for last in decembers(self._run.start, self._run.until):
            yield first, last
            first = last + 1

    def _split(self, name: str, rows: Ints) -> Iterator[tuple[str, tuple[tuple[str, str], ...], float]]:
        """Counts of rows, nationally and by the cuts that the measure declares."""
        yield name, (), float(len(rows))
        cuts = MEASURES[name].cuts
        if "region" in cuts:
            counts = np.bincount(self._region[rows], minlength=len(self._regions))
            for region, count in zip(self._regions, counts.tolist(), strict=True):
                yield name, (("region", region),), float(count)
        if "status" in cuts:
            counts = np.bincount(self._status[rows], minlength=len(STATUSES))
            for status, count in zip(HELD, counts.tolist()[1:], strict=True):
                yield name, (("status", status),), float(count)

    def _ratio(
        self, name: str, over: Ints, under: Ints
    ) -> Iterator[tuple[str, tuple[tuple[str, str], ...], float]]:
        tops = self._split(name, over)
        for (_, by, top), (_, _, bottom) in zip(tops, self._split(name, under), strict=True):
            yield name, by, top / bottom if bottom else np.nan

    def _on(self, day: int) -> Iterator[tuple[str, tuple[tuple[str, str], ...], float]]:
        lives = self._lives
        present = np.flatnonzero(lives.at(day) & (lives.stage != Stage.LEFT))
        in_scope = present[(lives.status[present] > 0) & (lives.stage[present] > Stage.OUT_OF_SCOPE)]
        accredited = in_scope[lives.accredited[in_scope] == 1]
        yield from self._split("in_scope", in_scope)
        for name, event in (
            ("put_forward", Event.PUT_FORWARD),
            ("endorsed", Event.ENDORSED),
            ("assessed", Event.SAT),
        ):
            firsts = self._firsts[event]
            yield from self._split(name, firsts[lives.day[firsts] <= day])
        held = lives.day[self._sat] <= day
        yield from self._split("sittings", self._sat[held])
        yield from self._split("retakes", self._sat[held & (self._sat_attempt > 0)])
        yield from self._split("accredited", accredited)
        yield from self._ratio("accredited_share", accredited, in_scope)
        results = self._result[lives.day[self._result] <= day]
        first = self._result[(lives.day[self._result] <= day) & (self._result_attempt == 0)]
        failed = lives.detail >> 4 & 0xF > 0
        yield from self._ratio("first_attempt_pass_rate", first[~failed[first]], first)
        yield from self._ratio("fail_rate", results[failed[results]], results)
        yield from self._split("waiting", present[lives.stage[present] == Stage.AWAITING_SEAT])
        yield from self._split("restricted", present[lives.restricted[present] == 1])
        yield from self._split("headcount", present[self._employed[present]])
        month = self._gap.month_ends.index(day)
        yield from self._fte("staffing_gap_fte", self._gap.gap[month])
        yield from self._fte("staffing_gap_uncovered_fte", self._gap.uncovered[month])

    def _fte(self, name: str, cells: Ints) -> Iterator[tuple[str, tuple[tuple[str, str], ...], float]]:
        yield name, (), float(cells.sum()) / 100
        region = self._run.workforce.employers.region.astype(np.int64)
        by_region = np.bincount(region, cells.sum(axis=1), len(self._regions))
        for label, value in zip(self._regions, by_region.tolist(), strict=True):
            yield name, (("region", label),), value / 100
        for status, value in zip(HELD, cells.sum(axis=0).tolist(), strict=True):
            yield name, (("status", status),), value / 100

    def _during(self, first: int, last: int) -> Iterator[tuple[str, tuple[tuple[str, str], ...], float]]:
        lives = self._lives
        sat = self._sat[(lives.day[self._sat] >= first) & (lives.day[self._sat] <= last)]
        waits = self._run.waits(lives, self._sat)[
            (lives.day[self._sat] >= first) & (lives.day[self._sat] <= last)
        ]
        for name, share in (("wait_median_days", 50), ("wait_p95_days", 95)):
            yield from self._percentile(name, sat, waits, share)
        offered = self._run.offered[:, first : last + 1].sum(axis=1)
        used = np.bincount(lives.detail[sat] >> 4, minlength=len(offered))
        yield "seat_utilisation", (), _over(float(used.sum()), float(offered.sum()))
        for venue, region in enumerate(self._regions):
            share_used = _over(float(used[venue]), float(offered[venue]))
            yield "seat_utilisation", (("region", region),), share_used
        yield "seats_offered", (), float(offered.sum())
        for venue, region in enumerate(self._regions):
            yield "seats_offered", (("region", region),), float(offered[venue])
        released = release_days(
            lives, self._run.inputs, len(self._run.workforce.employers), (first - 1, last)
        )[1]
        yield from self._fte("release_days", np.rint(released * 100).astype(np.int64))
        during = (lives.day >= first) & (lives.day <= last) & self._employed
        leaving = np.flatnonzero(during & (lives.code == Event.LEFT))
        moving = np.flatnonzero(during & (lives.code == Event.MOVED))
        joining = np.flatnonzero(during & (lives.code == Event.JOINED))
        # A move is booked to the employer that is left by the row before it, and to the new one by its own.
        yield from self._split("leavers", np.concatenate([leaving, moving - 1]))
        yield from self._split("joiners", np.concatenate([joining, moving]))

    def _percentile(
        self, name: str, sat: Ints, waits: Ints, share: int
    ) -> Iterator[tuple[str, tuple[tuple[str, str], ...], float]]:
        yield name, (), _percentile(waits, share)
        for index, region in enumerate(self._regions):
            yield name, (("region", region),), _percentile(waits[self._region[sat] == index], share)
        for index, status in enumerate(HELD, start=1):
            yield name, (("status", status),), _percentile(waits[self._status[sat] == index], share)

    def _overall(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...], float]]:
        employers = self._run.workforce.employers
        for name, cells in (
            ("staffing_gap_peak_fte", self._gap.gap),
            ("staffing_gap_uncovered_peak_fte", self._gap.uncovered),
        ):
            by_employer = cells.sum(axis=2)
            yield name, (), float(by_employer.sum(axis=1).max()) / 100
            for label, peak in zip(employers.name, by_employer.max(axis=0).tolist(), strict=True):
                yield name, (("authority", label),), peak / 100
        causes = delay_by_cause(self._lives, self._run)
        yield "delay_days", (), float(causes.sum())
        for label, days in zip(CAUSE_LABELS, causes.tolist(), strict=True):
            yield "delay_days", (("cause", label),), float(days)


def _first_of_each(lives: Timeline, event: Event) -> Ints:
    """The row of each worker's first event of a kind."""
    rows = lives.rows(event)
    return rows[np.append(True, lives.worker[rows][1:] != lives.worker[rows][:-1])] if len(rows) else rows


def _occasion(worker: Ints) -> Ints:
    """How many rows of the same worker came before each row, for rows in order of worker."""
    first = np.flatnonzero(np.diff(worker, prepend=-1))
    return np.arange(len(worker)) - np.repeat(first, np.diff(np.append(first, len(worker))))


def _percentile(values: Ints, share: int) -> float:
    """The smallest value that `share` percent of the values do not exceed; NaN of none."""
    if not len(values):
        return np.nan
    rank = -(-len(values) * share // 100) - 1
    return float(np.partition(values, rank)[rank])


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom else np.nan
