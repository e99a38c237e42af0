"""A scheme from scratch against dates worked out by hand, closed forms and recursions of its own."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from schemes import (
    EVERYONE_AT_ONCE,
    START,
    UNTIL,
    next_working,
    simulated,
)
from worlds import days_of_event, on, replay

from simulation.calendar import day_of
from simulation.durations import Duration, fixed
from simulation.journal import events

pytestmark = pytest.mark.property


# One person, by hand.


def test_one_person_by_hand_who_passes() -> None:
    """Eligible on Thursday 1 March 2018, then 20 days of preparation and 9 of endorsement: Good Friday.

    The centre is shut on Good Friday, at the weekend and on Easter Monday, so the sitting is on Tuesday
    3 April, and its result fourteen days later.
    """
    scheme = replace(EVERYONE_AT_ONCE, count=1, preparation=fixed(20), endorsement=fixed(9), result=fixed(14))
    assert [(when, event) for _, when, _, event, _ in events(simulated(scheme).journal)] == [
        ("2016-09-30", "joined"),
        ("2018-01-01", "in_scope"),
        ("2018-03-01", "eligible"),
        ("2018-03-01", "put_forward"),
        ("2018-03-21", "prepared"),
        ("2018-03-30", "endorsed"),
        ("2018-04-03", "sat"),
        ("2018-04-17", "result"),
        ("2018-04-17", "accredited"),
    ]


def test_one_person_by_hand_who_fails_for_good() -> None:
    """Always short in one element, narrowly: it alone is sat again 90 days after each result, twice.

    1 March + 7 days is 8 March; + 90 days is Wednesday 6 June. + 7 is 13 June; + 90 is Tuesday 11 September.
    + 7 is 18 September, and the third attempt was the last.
    """
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=1,
        pass_probability=(1.0, 0.0, 1.0),
        narrow_share=1.0,
        narrow_wait=fixed(90),
        attempts=3,
    )
    found = [(when, event, detail) for _, when, _, event, detail in events(simulated(scheme).journal)]
    simulated_part, all_parts = 0b010, 0b111
    narrow = simulated_part << 4 | simulated_part << 8
    assert found[4:] == [
        ("2018-03-01", "prepared", 0),
        ("2018-03-01", "endorsed", 0),
        ("2018-03-01", "sat", all_parts),
        ("2018-03-08", "result", all_parts | narrow),
        ("2018-03-08", "retake_planned", simulated_part),
        ("2018-06-06", "endorsed", 1),
        ("2018-06-06", "sat", simulated_part),
        ("2018-06-13", "result", simulated_part | narrow),
        ("2018-06-13", "retake_planned", simulated_part),
        ("2018-09-11", "endorsed", 1),
        ("2018-09-11", "sat", simulated_part),
        ("2018-09-18", "result", simulated_part | narrow),
        ("2018-09-18", "stopped", 0),
    ]


def test_one_person_by_hand_who_fails_widely() -> None:
    """Two elements short: the whole assessment again after the full wait, 8 March 2018 + 365 days."""
    scheme = replace(
        EVERYONE_AT_ONCE, count=1, pass_probability=(0.0, 0.0, 1.0), narrow_share=1.0, full_wait=fixed(365)
    )
    found = simulated(scheme)
    assert days_of_event(found, "sat")[0] == [on(2018, 3, 1), on(2019, 3, 8)]
    assert [detail for _, _, _, event, detail in events(found.journal) if event == "sat"] == [0b111, 0b111]


def test_one_person_by_hand_who_is_not_endorsed() -> None:
    """Considered every 3 + 30 days, and never endorsed: prepared anew until the period ends."""
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=1,
        endorsement_probability=0.0,
        endorsement=fixed(3),
        endorsement_retry=fixed(30),
    )
    found = simulated(scheme)
    prepared, refused = days_of_event(found, "prepared")[0], days_of_event(found, "not_endorsed")[0]
    assert prepared == list(range(on(2018, 3, 1), on(2020, 1, 1), 33))
    assert refused == [day + 3 for day in prepared if day + 3 < on(2020, 1, 1)]
    assert not days_of_event(found, "endorsed")


def test_one_person_by_hand_whose_result_comes_the_same_day() -> None:
    """The sitting comes first, then its result; the retake is a day later at the soonest."""
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=1,
        result=fixed(0),
        pass_probability=(0.0, 0.0, 1.0),
        full_wait=fixed(0),
        attempts=2,
    )
    assert [(when, event) for _, when, _, event, _ in events(simulated(scheme).journal)][5:] == [
        ("2018-03-01", "endorsed"),
        ("2018-03-01", "sat"),
        ("2018-03-01", "result"),
        ("2018-03-01", "retake_planned"),
        ("2018-03-02", "endorsed"),
        ("2018-03-02", "sat"),
        ("2018-03-02", "result"),
        ("2018-03-02", "stopped"),
    ]


# Limits with known answers.


def test_everyone_passes_where_passing_is_certain() -> None:
    found = simulated(EVERYONE_AT_ONCE)
    tally = Counter(event for *_, event, _ in events(found.journal))
    assert tally["accredited"] == tally["sat"] == tally["result"] == 100
    assert tally["retake_planned"] == tally["stopped"] == 0


def test_nobody_passes_where_passing_is_impossible() -> None:
    scheme = replace(EVERYONE_AT_ONCE, pass_probability=(1.0, 1.0, 0.0), full_wait=fixed(100))
    tally = Counter(event for *_, event, _ in events(simulated(scheme).journal))
    assert tally["accredited"] == 0
    # 1 March 2018, then every 107 days or the working day after, fits seven sittings before 2020.
    assert tally["sat"] == 700


def test_with_unlimited_seats_everyone_endorsed_sits_at_once() -> None:
    scheme = replace(
        EVERYONE_AT_ONCE,
        eligible_last=date(2018, 12, 31),
        preparation=Duration("pert", (5, 20, 90)),
        pass_probability=(0.9, 0.7, 0.8),
        narrow_share=0.5,
    )
    found = simulated(scheme)
    endorsed, sat = days_of_event(found, "endorsed"), days_of_event(found, "sat")
    assert sum(map(len, sat.values())) > 130
    for worker, days in endorsed.items():
        reached = [next_working(day) for day in days]
        assert sat[worker] == [day for day in reached if day <= day_of(UNTIL)]


def binomial_interval(count: int, chance: float, beyond: float = 1e-4) -> tuple[int, int]:
    """The counts between which a binomial falls but for `beyond`, summed from its own probabilities."""
    logs = [
        math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1)
        + k * math.log(chance) + (count - k) * math.log1p(-chance)
        for k in range(count + 1)
    ]  # fmt: skip
    cumulative = np.cumsum(np.exp(logs))
    return int(np.searchsorted(cumulative, beyond / 2)), int(np.searchsorted(cumulative, 1 - beyond / 2))


@pytest.mark.parametrize("chances", [(0.95, 0.8, 0.9), (0.5, 1.0, 1.0), (0.99, 0.99, 0.99)])
def test_with_unlimited_seats_first_passes_are_binomial(chances: tuple[float, float, float]) -> None:
    count = 4_000
    low, high = binomial_interval(count, math.prod(chances))
    assert high - low < count / 8
    for replication in range(3):
        found = simulated(replace(EVERYONE_AT_ONCE, count=count, pass_probability=chances), replication)
        results: dict[int, int] = {}
        for _, _, worker, event, detail in events(found.journal):
            if event == "result":
                results.setdefault(worker, detail >> 4 & 0xF)
        assert len(results) == count
        assert low <= sum(failed == 0 for failed in results.values()) <= high


def test_endorsements_no_shows_and_leavers_are_binomial_too() -> None:
    count = 4_000
    scheme = replace(
        EVERYONE_AT_ONCE, count=count, endorsement_probability=0.7, no_show=0.1, leaving_rate=0.3
    )
    found = simulated(replace(scheme, eligible_first=START, eligible_last=START))
    first: dict[int, str] = {}
    seat: dict[int, str] = {}
    left = 0
    for _, _, worker, event, _ in events(found.journal):
        if event in ("endorsed", "not_endorsed"):
            first.setdefault(worker, event)
        if event in ("sat", "no_show"):
            seat.setdefault(worker, event)
        left += event == "left"
    low, high = binomial_interval(len(first), 0.7)
    assert low <= sum(event == "endorsed" for event in first.values()) <= high
    low, high = binomial_interval(len(seat), 0.1)
    assert low <= sum(event == "no_show" for event in seat.values()) <= high
    years = (day_of(UNTIL) - day_of(START)) / 365.25
    low, high = binomial_interval(count, -math.expm1(-0.3 * years))
    assert low <= left <= high


def test_nobody_leaves_where_nobody_may() -> None:
    scheme = replace(EVERYONE_AT_ONCE, pass_probability=(0.5, 0.5, 0.5), leaving_rate=0.0)
    [(_, people)] = replay(simulated(scheme), [day_of(UNTIL)])
    assert all(person.present for person in people)


def test_nobody_sits_without_a_seat() -> None:
    assert not days_of_event(simulated(replace(EVERYONE_AT_ONCE, seats=())), "sat")
    assert not days_of_event(simulated(replace(EVERYONE_AT_ONCE, seats=(("Here", 0),))), "booked")
