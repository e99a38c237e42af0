"""The numbers of one replication of the delivered scheme: people by month and site group, and spending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.forecast.series import Point, Series
from analysis.forecast.site_groups import GROUPS, groups_of
from analysis.forecast.spending import SPENDING, Delivery, financial_year, spending
from scenarios.record import Record
from simulation.calendar import date_of, day_of
from simulation.inputs import Inputs
from simulation.journal import Event
from simulation.prepared import Prepared, prepare_rollout
from simulation.timeline import Timeline, timeline
from simulation.world import run_world

Ints = NDArray[np.int64]

FIRST: Final = date(2018, 7, 1)
"""The month in which the first people sat."""

SERIES: Final = (
    Series(
        "assessed",
        "People assessed",
        "People who have sat at least once by the end of the month, by the site they sat for",
        "people",
        "month",
    ),
    Series(
        "assessed_in_month",
        "People assessed in the month",
        "People who sat for the first time in the month",
        "people",
        "month",
    ),
    Series(
        "accredited",
        "People accredited",
        "People who have been accredited by the end of the month, still in post or not",
        "people",
        "month",
    ),
    Series(
        "first_attempt_pass_rate",
        "First-attempt pass rate",
        "Share of first results known by the end of the month in which every element met the standard",
        "share",
        "month",
    ),
    *SPENDING,
)


def simulate(inputs: Inputs, replication: int) -> Record:
    """One replication, with its own draw of prices, brought up to England's size."""
    prepared = prepare_rollout(inputs)
    journal = run_world(prepared, replication).journal
    lives = timeline(journal, prepared.workforce.employer.astype(np.int64), prepared.until + 1)
    points = dict(_people(prepared, lives))
    points |= spending(_delivered(prepared, lives), inputs.seed, replication)
    return Record(tuple(point.key for point in points), np.array(list(points.values()), dtype=np.float64))


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of each month from that of `first` to that of `last`."""
    day = first
    while day <= last:
        following = (day.replace(day=1) + timedelta(32)).replace(day=1)
        yield following - timedelta(1)
        day = following


def _people(prepared: Prepared, lives: Timeline) -> Iterator[tuple[Point, float]]:
    scale = prepared.inputs.scale
    ends = list(month_ends(FIRST, prepared.inputs.until))
    days = np.array([day_of(end) for end in ends])
    sat = first_of_each(lives, Event.SAT)
    site = lives.employer[sat].astype(np.int64)
    group = groups_of(prepared.called, prepared.workforce.employers, site, lives.day[sat])
    accredited = first_of_each(lives, Event.ACCREDITED)
    results = first_of_each(lives, Event.RESULT)
    passed = lives.detail[results] >> 4 & 0xF == 0
    before = 0
    for end, day in zip(ends, days.tolist(), strict=True):
        month = f"{end:%Y-%m}"
        until_now = lives.day[sat] <= day
        total = int(until_now.sum())
        yield Point("assessed", month), total / scale
        for place, name in enumerate(GROUPS):
            yield Point("assessed", month, name), int((until_now & (group == place)).sum()) / scale
        yield Point("assessed_in_month", month), (total - before) / scale
        yield Point("accredited", month), int((lives.day[accredited] <= day).sum()) / scale
        if end.month in (3, 12):
            known = lives.day[results] <= day
            rate = float(passed[known].mean()) if known.any() else np.nan
            yield Point("first_attempt_pass_rate", month), rate
        before = total


def first_of_each(lives: Timeline, event: Event) -> Ints:
    """The row of each worker's first event of a kind."""
    rows = lives.rows(event)
    return np.asarray(rows[np.diff(lives.worker[rows], prepend=-1) != 0])


def _delivered(prepared: Prepared, lives: Timeline) -> Delivery:
    """Seats that were paid for, by financial year, and authorities by the year in which they joined."""
    seats: dict[str, float] = {}
    rows = lives.rows(Event.SAT, Event.NO_SHOW)
    for day, count in zip(*np.unique(lives.day[rows], return_counts=True), strict=True):
        year = financial_year(date_of(int(day)))
        seats[year] = seats.get(year, 0.0) + int(count) / prepared.inputs.scale
    joined = [date_of(int(day)) for day in prepared.called if day <= prepared.until]
    return Delivery(seats, tuple(joined), prepared.inputs.closures, prepared.inputs.until)
