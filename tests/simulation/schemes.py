"""Schemes from scratch for the proofs: one to vary, random ones, and the working days worked out anew."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from worlds import days_of_event, plain, run

from simulation.calendar import date_of, day_of, is_working
from simulation.durations import Duration, fixed
from simulation.inputs import PlainScheme
from simulation.replication import Replication

START, UNTIL = date(2018, 1, 1), date(2019, 12, 31)
EVERYONE_AT_ONCE = PlainScheme(
    count=100,
    regions=(("Here", 1.0),),
    eligible_first=date(2018, 3, 1),
    eligible_last=date(2018, 3, 1),
    seats=(("Here", 10_000),),
    result=fixed(7),
)

FEW = settings(max_examples=25, deadline=None)


def simulated(scheme: PlainScheme, replication: int = 0, seed: int = 7) -> Replication:
    return run(plain(scheme, START, UNTIL, seed), replication)


def working_days(first: date, count: int) -> list[date]:
    """The first `count` working days from a date on."""
    found: list[date] = []
    when = first
    while len(found) < count:
        if is_working(when):
            found.append(when)
        when += timedelta(days=1)
    return found


def next_working(day: int) -> int:
    return day_of(working_days(date_of(day), 1)[0])


def first_sittings(found: Replication) -> dict[int, int]:
    return {worker: days[0] for worker, days in days_of_event(found, "sat").items()}


CHANCES = st.tuples(*[st.floats(0.3, 1.0)] * 3)


@st.composite
def schemes(draw: st.DrawFn, attempts: int = 0) -> PlainScheme:
    first = date(2018, 1, 1) + timedelta(days=draw(st.integers(0, 200)))
    names = ("North", "South")[: draw(st.integers(1, 2))]
    return PlainScheme(
        count=draw(st.integers(1, 120)),
        regions=tuple((name, draw(st.floats(0.2, 1.0))) for name in names),
        eligible_first=first,
        eligible_last=first + timedelta(days=draw(st.integers(0, 300))),
        seats=tuple((name, draw(st.integers(0, 3))) for name in names),
        preparation=Duration("pert", (0, 20, 90)),
        endorsement=Duration("lognormal", (21, 0.6)),
        endorsement_probability=draw(st.floats(0.5, 1)),
        pass_probability=draw(CHANCES),
        narrow_share=draw(st.floats(0, 1)),
        narrow_wait=Duration("uniform", (20, 60)),
        full_wait=Duration("triangular", (60, 90, 200)),
        result=Duration("uniform", (1, 20)),
        attempts=attempts,
        leaving_rate=draw(st.sampled_from([0.0, 0.3])),
    )
