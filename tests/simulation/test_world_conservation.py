"""Nothing is lost: people, seats and days are counted twice, from both ends, and agree to the last one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from worlds import STAGES, Person, arm, future, lives_of, outcome, replay

from simulation.calendar import date_of
from simulation.capacity import STANDBY, seat_plan
from simulation.delays import delay_by_cause
from simulation.measures import MeasureKey
from simulation.replicate import prepare, replicate
from simulation.replication import Replication
from simulation.stages import CAUSE_LABELS

pytestmark = pytest.mark.property

ARMS = (
    ("mandatory",),
    ("consultation",),
    ("no-scheme",),
    ("as-delivered",),
    ("re-accreditation-3y", "q1.practitioner=mandatory", "q1.supervisor=mandatory"),
    ("fixed-retakes", "q8.max_attempts=2", "q8.narrow_months=0", "q7=agency_endorses"),
    ("mandatory", "promotion.annual_rate=0.6", "leaving.annual_headcount=12000"),
    ("mandatory", "q9=endorsement", "q9.years=1", "retake.spread=0", "q8.full_months=1"),
    ("mandatory", "overflow.share=0.9", "overflow.after_days=0", "centre.standby_share=0.5"),
    ("mandatory", "q9=cpd_hours", "q9.years=1", "phase.plan=all_at_once", "take_up.delay=0"),
)
"""Arms that between them use every event; several push careers or retakes far beyond what is likely."""


def agree(run: Replication) -> None:
    """The live counts of every audit are those of the journal as of the day before."""
    days = [day - 1 for day in run.audit_days]
    assert len(days) == 1 + 12 * 5 + 3  # October 2016 to December 2021, and the day after the end
    for (_, people), live in zip(replay(run, days), run.stages.tolist(), strict=True):
        counted = Counter(person.stage for person in people)
        assert dict(zip(STAGES, live, strict=True)) == {stage: counted[stage] for stage in STAGES}
        assert sum(live) == run.workforce.size


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
@pytest.mark.parametrize("replication", [0, 1])
def test_live_counts_are_those_of_the_journal_on_the_day_before(
    settings: tuple[str, ...], replication: int
) -> None:
    agree(future(*settings, replication=replication))


def test_a_promotion_comes_before_a_move_of_the_same_day() -> None:
    """Where nobody needs accreditation after it, nothing that the move calls for comes after it."""
    busy = ("promotion.annual_rate=0.9", "leaving.annual_headcount=25000", "leaving.moving_share=1")
    run = future("mandatory", "q2.practice_supervision=excluded", *busy, scale=0.06)
    lives = lives_of(run)
    both = [
        (worker, day)
        for worker, life in lives.items()
        for (day, event, _), (then, following, _) in pairwise(life)
        if (event, following) == ("moved", "promoted") and then == day
    ]
    assert both
    for worker, day in both:
        assert "in_scope" not in {event for when, event, _ in lives[worker] if when == day}
    agree(run)


@pytest.mark.slow
@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_live_counts_of_the_whole_of_england_are_those_of_the_journal(settings: tuple[str, ...]) -> None:
    agree(future(*settings, scale=1.0))


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_people_in_are_people_here_and_people_gone(settings: tuple[str, ...]) -> None:
    run = future(*settings)
    lives = lives_of(run)
    for day, live in zip(run.audit_days, run.stages.tolist(), strict=True):
        joined = sum(life[0][0] < day for life in lives.values())
        left = sum(any(event == "left" and when < day for when, event, _ in life) for life in lives.values())
        assert sum(live[1:]) == joined
        assert live[-1] == left
        assert sum(live[1:-1]) == joined - left


MAY_FOLLOW = {
    "joined": {"not joined"},
    "in_scope": {"out of scope", "in scope", "eligible"},  # anew after a move
    "eligible": {"in scope"},
    "put_forward": {"eligible"},
    "prepared": {"preparing", "developing", "awaiting endorsement", "awaiting seat"},  # again after a move
    "endorsed": {"awaiting endorsement", "developing"},
    "not_endorsed": {"awaiting endorsement"},
    "booked": {"awaiting seat"},
    "cancelled": {"awaiting seat"},
    "no_show": {"awaiting seat"},
    "sat": {"awaiting seat"},
    "result": {"awaiting result"},
    "review_requested": {"awaiting result"},
    "review_rejected": {"in review"},
    "accredited": {"awaiting result", "in review"},
    "retake_planned": {"awaiting result", "in review"},
    "stopped": {"awaiting result", "in review"},
    "renewal_due": {"accredited"},
    "renewed": {"awaiting result", "in review", "preparing", "accredited", "awaiting endorsement"},
}
"""From which stages an event may come; any other event may come at any time in post."""


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_every_life_follows_the_path(settings: tuple[str, ...]) -> None:
    run = future(*settings)
    for worker, life in lives_of(run).items():
        person, last = Person(0), 0
        for day, event, detail in life:
            told = f"worker {worker}, {date_of(day)}: {event} while {person.stage}"
            assert day >= last, told
            assert person.stage in MAY_FOLLOW.get(event, set(STAGES) - {"not joined", "left"}), told
            assert event != "left" or day > last, f"{told}, on a day with another event"
            person.take(event, detail)
            last = day
        assert life[0][1] == "joined"


@pytest.mark.parametrize("settings", ARMS, ids=" ".join)
def test_restrictions_and_restorations_take_turns(settings: tuple[str, ...]) -> None:
    """Nobody is restricted twice without being restored, nor while accredited, nor restored for nothing."""
    for life in lives_of(future(*settings)).values():
        person = Person(0)
        for _, event, detail in life:
            if event == "restricted":
                assert not person.restricted
                assert not person.accredited
            if event == "restored":
                assert person.restricted
            person.take(event, detail)


SPREAD = (
    ("mandatory", "overflow.share=0.8", "centre.standby_share=0.7", "centre.seats_factor=0.9"),
    ("centres-closed", "overflow.share=1", "overflow.after_days=7", "centre.standby_share=1"),
)
"""Arms with everything that lets a seat be used by someone else."""


@pytest.mark.parametrize("settings", [*ARMS, ("centres-closed",), *SPREAD], ids=" ".join)
def test_every_seat_laid_out_has_one_fate(settings: tuple[str, ...]) -> None:
    """By venue and day: offered = sat + not attended + cancelled + lost by departure + absent + unfilled.

    A seat that someone of the standby list takes counts as sat on, and no longer as cancelled. What a closure
    takes was never offered; with it the seats are those that the same scenario offers without closures.
    """
    run = future(*settings, scale=0.05)
    venues, days = run.offered.shape
    sat, missed, cancelled, booked_in, called = (np.zeros((venues, days), dtype=np.int64) for _ in range(5))
    for life in lives_of(run).values():
        venue = -1
        for day, event, detail in life:
            if event == "booked" and detail >= STANDBY:
                venue = detail - STANDBY
                called[venue, day] += 1
            elif event == "booked":
                venue = detail
                booked_in[venue, day] += 1
            elif event == "sat":
                assert detail >> 4 == venue
                sat[venue, day] += 1
            elif event in ("no_show", "cancelled"):
                {"no_show": missed, "cancelled": cancelled}[event][venue, day] += 1
    staffed = run.offered - run.absent
    assert (run.absent >= 0).all()
    assert (staffed >= 0).all()
    assert (run.shut >= 0).all()
    assert (called <= cancelled).all()
    taken = np.zeros_like(run.offered)
    edges = [*run.rounds, run.until + 1]
    for today, following in pairwise(edges):
        left = booked_in[:, today].copy()
        for day in range(today, following):
            taken[:, day] = np.minimum(left, staffed[:, day])  # a week's seats fill from its first day
            left -= taken[:, day]
        assert not left.any(), "more were booked than seats were staffed"
    assert taken.sum() == booked_in.sum()
    lost = cancelled - called
    departed, unfilled = taken - sat - missed - lost, staffed - taken
    assert (departed >= 0).all()
    assert (unfilled >= 0).all()
    assert (run.offered == sat + missed + lost + departed + run.absent + unfilled).all()
    if settings[0] == "mandatory":
        assert min(fate.sum() for fate in (sat, missed, cancelled, run.absent, unfilled)) > 0
    assert (called.sum() > 0) == any("standby" in setting for setting in settings)
    assert (run.shut.sum() > 0) == (settings[0] in ("centres-closed", "as-delivered"))
    before = seat_plan(replace(run.inputs, closures=()), run.until).planned
    assert (abs((run.offered + run.shut - before).cumsum(axis=1)) <= 1).all()


def slow_delay(run: Replication) -> Counter[str]:
    """Days in scope without accreditation, counted worker by worker and day by day."""
    words = {
        "in scope": "not yet eligible",
        "eligible": "not willing",
        "preparing": "preparing",
        "awaiting endorsement": "awaiting endorsement",
        "developing": "developing after a fail",
        "awaiting result": "awaiting a result",
        "in review": "awaiting a result",
    }
    bound = ("awaiting a seat", "awaiting release", "centre closed")
    days = range(run.start, run.until + 1)
    rounds, number = list(run.rounds), -1
    causes: Counter[str] = Counter()
    for day, people in replay(run, list(days)):
        while number + 1 < len(rounds) and rounds[number + 1] <= day:
            number += 1
        for person in people:
            if person.accredited:
                continue
            if person.stage == "awaiting seat":
                causes[bound[run.binding[number, person.employer]]] += 1
            elif person.stage in words:
                causes[words[person.stage]] += 1
    return causes


DELAYED = (
    (("mandatory", "q9=assessment", "q9.years=1"), date(2018, 9, 30)),
    (("mandatory", "overflow.share=1", "overflow.after_days=0", "centre.standby_share=1"), date(2018, 9, 30)),
    (("consultation", "release.weekly_share=0", "phase.plan=all_at_once"), date(2018, 6, 30)),
)


@pytest.mark.parametrize(("settings", "until"), DELAYED, ids=["mandatory", "travel", "release binds"])
def test_every_day_of_delay_has_one_cause(settings: tuple[str, ...], until: date) -> None:
    found = replicate(prepare(arm(*settings, scale=0.01, until=until)), 0)
    slow = slow_delay(found.replication)
    causes = delay_by_cause(found.lives, found.replication)
    assert dict(zip(CAUSE_LABELS, causes.tolist(), strict=True)) == {
        name: slow[name] for name in CAUSE_LABELS
    }
    period = f"2017-01-01/{until.isoformat()}"
    assert found.table.value(MeasureKey("delay_days", period=period)) == sum(slow.values()) > 0


def test_days_of_closure_are_told_from_days_without_seats() -> None:
    """A world whose centres close for a time: the days that this costs are counted apart."""
    until = date(2020, 12, 31)
    found = outcome("as-delivered", "take_up.voluntary=0.9", scale=0.01, until=until)
    slow = slow_delay(found.replication)
    causes = delay_by_cause(found.lives, found.replication)
    assert dict(zip(CAUSE_LABELS, causes.tolist(), strict=True)) == {
        name: slow[name] for name in CAUSE_LABELS
    }
    assert slow["centre closed"] > 0
