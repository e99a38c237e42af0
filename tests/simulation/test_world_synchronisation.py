"""Common random numbers: policies that do not differ yet, for someone, or at all, give the same lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from worlds import INDIFFERENT, SLACK, arm, future, lives_of, on, run

from simulation.codes import FUNCTIONS, STATUSES
from simulation.inputs import CapacityPeriod
from simulation.journal import Event, Journal, before, codes_of, days_of, details_of, workers_of
from simulation.replication import Replication

pytestmark = pytest.mark.property

Arm = tuple[str, ...]


def same(one: Journal, other: Journal) -> bool:
    return one.tobytes() == other.tobytes()


def first_difference(one: Journal, other: Journal) -> int:
    """The first day on which two journals differ."""
    for day in np.union1d(days_of(one), days_of(other)).tolist():
        if not same(before(one, day + 1), before(other, day + 1)):
            return day
    raise AssertionError("the journals do not differ")


# (a) Before the first day on which two policies differ, their journals are identical.

LATER: tuple[tuple[str, Arm, Arm, date], ...] = (
    (
        "the mandate bites a year later, and no lead before it is longer than 365 days",
        ("mandatory",),
        ("mandatory", "q1.mandatory_from=2022-01-01"),
        date(2020, 1, 2),
    ),
    (
        "phase two begins later",
        ("consultation",),
        ("consultation", "phase.two_from=2019-07-01"),
        date(2019, 1, 1),
    ),
    (
        "phase two begins later, under a mandate",
        ("mandatory",),
        ("mandatory", "phase.two_from=2019-03-01"),
        date(2019, 1, 1),
    ),
    (
        "accreditation lapses after two years, and nobody is accredited before the scheme begins",
        ("mandatory",),
        ("mandatory", "q9=assessment", "q9.years=2"),
        date(2019, 1, 1),
    ),
    (
        "renewal after three years or five",
        ("re-accreditation-3y",),
        ("re-accreditation-5y",),
        date(2020, 1, 1),
    ),
)


@pytest.mark.parametrize(("why", "one", "other", "until"), LATER, ids=[why for why, *_ in LATER])
def test_nothing_differs_before_the_policies_do(why: str, one: Arm, other: Arm, until: date) -> None:
    first, second = future(*one, scale=0.05).journal, future(*other, scale=0.05).journal
    day = on(until.year, until.month, until.day)
    assert len(before(first, day)) > 5_000
    assert same(before(first, day), before(second, day))
    assert not same(first, second)
    assert first_difference(first, second) < day + 200, "the proof should begin near the day that matters"


def test_seats_from_later_years_change_nothing_before_the_week_in_which_they_are_planned() -> None:
    """A week's seats are booked on its first working day, so the week of 1 January 2019 differs first."""
    base = arm("mandatory", scale=0.05)
    more = CapacityPeriod("London", date(2019, 1, 1), date(2021, 12, 31), 200)
    first, second = run(base).journal, run(replace(base, centres=(*base.centres, more))).journal
    week = on(2018, 12, 31)
    assert same(before(first, week), before(second, week))
    assert week <= first_difference(first, second) < week + 30


def test_a_closure_changes_nothing_before_its_week() -> None:
    open_, closed = "take_up.voluntary=0.9", future("as-delivered", "take_up.voluntary=0.9", scale=0.05)
    inputs = replace(arm("as-delivered", open_, scale=0.05), closures=())
    monday = on(2020, 3, 16)
    first, second = closed.journal, run(inputs).journal
    assert same(before(first, monday), before(second, monday))
    assert monday <= first_difference(first, second) < monday + 30


def test_a_longer_horizon_only_adds_at_the_end() -> None:
    short = future("mandatory", until=date(2019, 6, 30))
    long = future("mandatory")
    few = short.workforce.size
    assert few < long.workforce.size
    assert same(short.journal, before(long.journal, on(2019, 7, 1)))


# (b) With slack capacity, workers that a policy does not touch have identical lives.

ROOMY = (*SLACK, "phase.plan=all_at_once")


def lives_without(found: Replication, touched: np.ndarray) -> Journal:
    return found.journal[~touched[workers_of(found.journal)]]


def test_excluding_a_function_changes_only_those_who_hold_it() -> None:
    """Reviewing officers out of scope (Q2): nobody who holds other functions only is moved by a day."""
    whole, part = (future("mandatory", *ROOMY, *more, ample=True) for more in ((), ("q2.iro=excluded",)))
    holds = (whole.workforce.functions >> FUNCTIONS.index("iro") & 1) == 1
    assert 10 < holds.sum() < len(holds) / 4
    assert same(lives_without(whole, holds), lives_without(part, holds))
    assert not same(lives_without(whole, ~holds), lives_without(part, ~holds))


def test_a_softer_rule_for_leaders_changes_leaders_only() -> None:
    """Leaders by expectation alone: every practitioner and supervisor lives the same life."""
    settings = ("q1.leader=voluntary",)
    hard, soft = (future("mandatory", *ROOMY, *more, ample=True, scale=0.1) for more in ((), settings))
    leads = hard.workforce.functions >> FUNCTIONS.index("leader_post") & 1 == 1
    assert leads.sum() > 5
    assert same(lives_without(hard, leads), lives_without(soft, leads))
    assert not same(hard.journal, soft.journal)


def test_a_longer_wait_for_the_newly_qualified_changes_only_them() -> None:
    """Question 3, for those who do the ASYE: the others need not know."""
    base, longer = (future("mandatory", *ROOMY, *more, ample=True) for more in ((), ("q3=24",)))
    new = base.workforce.asye_start > -(2**30)
    assert same(lives_without(base, new), lives_without(longer, new))
    assert not same(base.journal, longer.journal)


def test_who_endorses_agency_workers_changes_only_them() -> None:
    base, other = (future("mandatory", *ROOMY, *more, ample=True) for more in ((), ("q7=agency_endorses",)))
    agency = base.workforce.contract > 0
    assert same(lives_without(base, agency), lives_without(other, agency))


def test_people_who_never_fail_do_not_feel_the_retake_rules() -> None:
    """Fixed waits or discretion: a life without a fail is the same, with capacity to spare."""
    free, fixed_ = (future("mandatory", *ROOMY, *more, ample=True) for more in ((), ("q8=fixed_waits",)))
    failed = np.zeros(free.workforce.size, dtype=np.bool_)
    for found in (free, fixed_):
        for worker, life in lives_of(found).items():
            failed[worker] |= any(event == "result" and detail >> 4 & 0xF for _, event, detail in life)
    assert 100 < failed.sum() < len(failed) / 2
    assert same(lives_without(free, failed), lives_without(fixed_, failed))
    assert not same(free.journal, fixed_.journal)


def test_careers_are_the_same_under_every_policy_where_policy_moves_nobody() -> None:
    """Who leaves, moves and is promoted, and when, is no matter of policy unless parameters make it one."""
    careers = (Event.JOINED, Event.MOVED, Event.PROMOTED, Event.LEFT)
    found = [
        future(name, *INDIFFERENT, scale=0.05).journal for name in ("no-scheme", "voluntary", "mandatory")
    ]
    kept = [journal[np.isin(codes_of(journal), careers)] for journal in found]
    assert len(kept[0]) > 3_000
    assert same(kept[0], kept[1])
    assert same(kept[0], kept[2])


# (c) A decision that is added and never used changes nothing.

CERTAIN_PASS = tuple(f"element.{name}=1" for name in ("knowledge", "simulated", "written", "leader"))
AFTER_A_FAIL = (
    *("q8=fixed_waits", "q8.narrow_months=9", "q8.full_months=24", "q8.max_attempts=1", "retake.spread=0.2"),
    *("q8.one_wide=whole_assessment", "review=unavailable", "review.upheld_share=0.3"),
    *("support.development=not_provided", "ability.development_gain=0", "leaving.failed_mandatory=3"),
)
OF_A_SCHEME = (
    *("q3=0", "q8=fixed_waits", "q9=assessment", "q7=agency_endorses", "phase.agency=with_employer"),
    *("phase.two_from=2019-06-01", "phase.asye=phase_one_only", "take_up.expected=0.4"),
)

UNUSED: tuple[tuple[str, Arm, Arm], ...] = (
    ("years of a renewal that is never due", ("mandatory",), ("q9.years=2",)),
    ("everything after a fail where nobody fails", ("mandatory", *CERTAIN_PASS), AFTER_A_FAIL),
    ("the day of a mandate where there is none", ("consultation",), ("q1.mandatory_from=2018-01-01",)),
    ("the consequence of a mandate where there is none", ("consultation",), ("q1.consequence=record_only",)),
    ("latest dates where nothing is required", ("consultation",), ("q5.practitioner=within_6_months",)),
    ("deadline pressure where there is no deadline", ("voluntary",), ("take_up.deadline_lead=300",)),
    (
        "take-up of a call that is not made",
        ("voluntary",),
        ("take_up.mandatory=0.86", "take_up.expected=0.4"),
    ),
    ("who pays", ("mandatory",), ("funding.dfe_share=0",)),
    (
        "reviews where none is asked for",
        ("mandatory", "review.request_share=0"),
        ("review.upheld_share=0.3",),
    ),
    ("a scheme that is closed", ("no-scheme",), OF_A_SCHEME),
)


@pytest.mark.parametrize(("why", "base", "unused"), UNUSED, ids=[why for why, *_ in UNUSED])
def test_a_decision_that_is_never_used_changes_nothing(why: str, base: Arm, unused: Arm) -> None:
    assert same(future(*base).journal, future(*base, *unused).journal)


def test_the_same_decisions_are_felt_where_they_are_used() -> None:
    """The proofs above could pass for a lever that does nothing anywhere; these show that it does."""
    for base, used in (
        (("mandatory", "q9=assessment"), "q9.years=2"),
        (("mandatory", "q8=fixed_waits"), "q8.narrow_months=9"),
        (("mandatory",), "q1.mandatory_from=2018-01-01"),
        (("mandatory", "q1.mandatory_from=2017-01-01"), "q1.consequence=record_only"),
        (("mandatory",), "take_up.deadline_lead=300"),
        (("mandatory",), "review.upheld_share=0.3"),
        (("mandatory",), "ability.development_gain=0"),
        (("consultation",), "q7=agency_endorses"),
    ):
        assert not same(future(*base).journal, future(*base, used).journal), used


def test_statuses_are_held_by_someone() -> None:
    """Without leaders and supervisors several of these proofs would be empty."""
    found = future("mandatory", scale=0.05)
    called = details_of(found.journal[codes_of(found.journal) == Event.IN_SCOPE])
    assert set(np.unique(called)) == set(range(1, len(STATUSES)))
