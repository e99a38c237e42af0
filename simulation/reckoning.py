"""From the journal to the measures: one pass over everyone's timeline, then counts by date and by cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
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
from simulation.timeline import Timeline, carried

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HELD: Final = STATUSES[1:]
_FRESH: Final = (Event.JOINED, Event.PROMOTED, Event.ACCREDITED, Event.RENEWED)
"""Events after which a sitting is a first attempt and no retake."""
_AT_LEAST_ONCE: Final = (
    ("put_forward", Event.PUT_FORWARD),
    ("endorsed", Event.ENDORSED),
    ("assessed", Event.SAT),
)


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
    """Reckons measures as vectors: England first, then the cuts that the measure declares, in their order."""

    def __init__(self, replication: Replication, lives: Timeline, gap: StaffingGap) -> None:
        self._run, self._lives, self._gap = replication, lives, gap
        workforce = replication.workforce
        self._regions = replication.regions
        self._home = workforce.employers.region.astype(np.int64)
        self._region = self._home[lives.employer]
        directly = workforce.contract[lives.worker] == EMPLOYED
        self._employed = directly & (workforce.employers.kind[lives.employer] == 0)
        self._firsts = {
            event: _first_of_each(lives, event) for event in (Event.PUT_FORWARD, Event.ENDORSED, Event.SAT)
        }
        self._sat, self._result = lives.rows(Event.SAT), lives.rows(Event.RESULT)
        self._waits = replication.waits(lives, self._sat)
        self._retake = self._after_a_fail()
        self._result_attempt = _occasion(lives.worker[self._result])
        self._failed = lives.detail[self._result] >> 4 & 0xF > 0

    def _after_a_fail(self) -> NDArray[np.bool_]:
        """Which sittings follow a result below the standard, with no accreditation or new status since."""
        lives = self._lives
        below = np.full(len(lives.code), -1, dtype=np.int8)
        below[np.isin(lives.code, _FRESH)] = 0
        below[self._result] = lives.detail[self._result] >> 4 & 0xF > 0
        return np.asarray(carried(below)[self._sat] == 1)

    def all(self) -> Iterator[tuple[MeasureKey, float]]:
        """Every key with its value, in a fixed order."""
        ends = decembers(self._run.start, self._run.until)
        for day in ends:
            yield from self._keyed(self._on(day), at=date_of(day).isoformat())
        first = self._run.start
        for last in ends:
            yield from self._keyed(self._during(first, last), period=str(date_of(first).year))
            first = last + 1
        whole = f"{date_of(self._run.start).isoformat()}/{date_of(self._run.until).isoformat()}"
        yield from self._keyed(self._overall(), period=whole)

    def _keyed(
        self, found: Iterator[tuple[str, Floats]], at: str = "", period: str = ""
    ) -> Iterator[tuple[MeasureKey, float]]:
        authorities = self._run.workforce.employers.name
        for name, values in found:
            keys = _keys(name, at, period, self._regions, authorities)
            yield from zip(keys, values.tolist(), strict=True)

    def _count(self, name: str, rows: Ints) -> Floats:
        """Counts of rows in England and by the measure's cuts."""
        parts = [np.array([len(rows)])]
        if "region" in MEASURES[name].cuts:
            parts.append(np.bincount(self._region[rows], minlength=len(self._regions)))
        if "status" in MEASURES[name].cuts:
            parts.append(np.bincount(self._lives.status[rows], minlength=len(STATUSES))[1:])
        return np.concatenate(parts).astype(np.float64)

    def _on(self, day: int) -> Iterator[tuple[str, Floats]]:
        lives = self._lives
        present = (lives.at(day) & (lives.stage != Stage.LEFT)).nonzero()[0]
        stage, restricted = lives.stage[present], lives.restricted[present]
        scope = (lives.status[present] > 0) & (stage > Stage.OUT_OF_SCOPE)
        in_scope = self._count("in_scope", present[scope])
        held = self._count("accredited", present[scope & (lives.accredited[present] == 1)])
        yield "in_scope", in_scope
        for name, event in _AT_LEAST_ONCE:
            firsts = self._firsts[event]
            yield name, self._count(name, firsts[lives.day[firsts] <= day])
        sat = lives.day[self._sat] <= day
        yield "sittings", self._count("sittings", self._sat[sat])
        yield "retakes", self._count("retakes", self._sat[sat & self._retake])
        yield "accredited", held
        yield "accredited_share", _over(held, in_scope)
        known = lives.day[self._result] <= day
        first = known & (self._result_attempt == 0)
        rate = "first_attempt_pass_rate"
        passed = self._count(rate, self._result[first & ~self._failed])
        yield rate, _over(passed, self._count(rate, self._result[first]))
        failed = self._count("fail_rate", self._result[known & self._failed])
        yield "fail_rate", _over(failed, self._count("fail_rate", self._result[known]))
        yield "waiting", self._count("waiting", present[stage == Stage.AWAITING_SEAT])
        yield "restricted", self._count("restricted", present[restricted == 1])
        yield "headcount", self._count("headcount", present[self._employed[present]])
        month = self._gap.month_ends.index(day)
        yield "staffing_gap_fte", self._spread(self._gap.gap[month]) / 100
        yield "staffing_gap_uncovered_fte", self._spread(self._gap.uncovered[month]) / 100

    def _spread(self, cells: Ints | Floats) -> Floats:
        """Sums of amounts by employer and status, in England, by region and by status."""
        by_region = np.bincount(self._home, cells.sum(axis=1), len(self._regions))
        return np.concatenate([[cells.sum()], by_region, cells.sum(axis=0)])

    def _during(self, first: int, last: int) -> Iterator[tuple[str, Floats]]:
        lives = self._lives
        sat_on = lives.day[self._sat]
        chosen = (sat_on >= first) & (sat_on <= last)
        sat = self._sat[chosen]
        yield from self._percentiles(sat, self._waits[chosen])
        offered = self._run.offered[:, first : last + 1].sum(axis=1)
        used = np.bincount(lives.detail[sat] >> 4, minlength=len(offered))
        # England includes the leaders' venue, which belongs to no region.
        places = [np.append(seats.sum(), seats[: len(self._regions)]) for seats in (used, offered)]
        yield "seat_utilisation", _over(places[0].astype(np.float64), places[1].astype(np.float64))
        yield "seats_offered", places[1].astype(np.float64)
        employers = len(self._run.workforce.employers)
        released = release_days(lives, self._run.inputs, employers, (first - 1, last))[1]
        yield "release_days", self._spread(released)
        during = (lives.day >= first) & (lives.day <= last) & self._employed
        leaving, moving, joining = (
            (during & (lives.code == event)).nonzero()[0] for event in (Event.LEFT, Event.MOVED, Event.JOINED)
        )
        # The row before a move still stands with the employer that is left, the row of the move with the new.
        yield "leavers", self._count("leavers", np.concatenate([leaving, moving - 1]))
        yield "joiners", self._count("joiners", np.concatenate([joining, moving]))

    def _percentiles(self, sat: Ints, waits: Ints) -> Iterator[tuple[str, Floats]]:
        """The waits that half and 95% of sittings did not exceed, in England, by region and by status."""
        region, status = self._region[sat], self._lives.status[sat]
        groups = [waits]
        groups += [waits[region == index] for index in range(len(self._regions))]
        groups += [waits[status == index] for index in range(1, len(STATUSES))]
        for name, share in (("wait_median_days", 50), ("wait_p95_days", 95)):
            yield name, np.array([_percentile(group, share) for group in groups])

    def _overall(self) -> Iterator[tuple[str, Floats]]:
        for name, cells in (
            ("staffing_gap_peak_fte", self._gap.gap),
            ("staffing_gap_uncovered_peak_fte", self._gap.uncovered),
        ):
            by_employer = cells.sum(axis=2)
            yield name, np.append(by_employer.sum(axis=1).max(), by_employer.max(axis=0)) / 100
        causes = delay_by_cause(self._lives, self._run)
        yield "delay_days", np.append(causes.sum(), causes).astype(np.float64)


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


def _percentile(values: Ints, share: int) -> float:
    """The smallest value that `share` percent of the values do not exceed; NaN of none."""
    if not len(values):
        return np.nan
    rank = -(-len(values) * share // 100) - 1
    return float(np.partition(values, rank)[rank])


def _over(top: Floats, bottom: Floats) -> Floats:
    """A ratio, NaN where there is nothing below the line."""
    ratio = np.full(len(top), np.nan)
    np.divide(top, bottom, out=ratio, where=bottom != 0)
    return ratio
