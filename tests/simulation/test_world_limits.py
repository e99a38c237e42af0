"""The rollout where the answer is known beforehand: one person by hand, and parameters at their limits."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from worlds import INDIFFERENT, SLACK, STAYING, arm, days_of_event, future, lives_of, on, outcome, replay, run

from scenarios.loader import load_scenario
from scenarios.settings import changed
from simulation.inputs import CapacityPeriod
from simulation.journal import Event, codes_of
from simulation.replicate import Outcome
from simulation.replication import Replication
from simulation.stages import CAUSE_LABELS

pytestmark = pytest.mark.unit

CERTAIN = (
    *("centre.no_show=0", "centre.late_cancellation=0", "centre.assessor_absence=0", "review=unavailable"),
    *("endorsement.probability=1", "take_up.mandatory=1", "take_up.expected=1", "promotion.annual_rate=0"),
    *(*STAYING, *SLACK),
)
PASSING = tuple(f"element.{name}=1" for name in ("knowledge", "simulated", "written", "leader"))
FAILING = tuple(f"element.{name}=0" for name in ("knowledge", "simulated", "written", "leader"))
BY_HAND = (
    *(*CERTAIN, "take_up.delay=10", "preparation.elapsed=14", "result.elapsed=20", "retake.spread=0"),
    "take_up.deadline_lead=60",
)

COLUMNS = (
    "worker,employer,region,role,contract,age,service_start,role_start,asye_start,origin,fte,sex,ethnicity"
)
LONG_SERVING = "W1,Leeds,,case_holder,employed,40,2010-01-04,,,established,1,female,white,case_responsibility"
NEW = "W1,Leeds,,case_holder,,25,2016-09-05,,2016-09-05,newly_qualified,1,male,asian,case_responsibility"


def one_person(row: str, folder: Path, *settings: str, name: str = "mandatory") -> list[tuple[str, str, int]]:
    """The life of a person alone in a world where nothing is left to chance: (date, event, detail)."""
    file = folder / "staff.csv"
    file.write_text(f"{COLUMNS},functions\n{row}\n", encoding="utf-8")
    last = {setting.split("=")[0]: setting for setting in (*BY_HAND, *settings)}
    inputs = changed(load_scenario(name), list(last.values())).inputs(workforce_file=file)
    centres = (CapacityPeriod("all", date(2016, 10, 1), date(2026, 12, 31), 5),)
    found = run(replace(inputs, centres=centres))
    assert found.workforce.size == 1
    return [(day, event, detail) for day, event, detail in lives_of(found)[0]]


def dated(*events: tuple[date, str]) -> list[tuple[int, str]]:
    return [(on(when.year, when.month, when.day), event) for when, event in events]


def bare(life: list[tuple[int, str, int]]) -> list[tuple[int, str]]:
    return [(day, event) for day, event, _ in life]


def test_one_person_who_passes(tmp_path: Path) -> None:
    """Leeds was of phase one: eligible with the scheme, then 10, 14 and 20 days, and rounds on Mondays.

    1 January 2017 + 10 is Wednesday 11 January; + 14 is Wednesday 25 January. The round of Monday
    30 January endorses and seats; the result comes 20 days later, on Sunday 19 February.
    """
    assert bare(one_person(LONG_SERVING, tmp_path, *PASSING)) == dated(
        (date(2016, 9, 30), "joined"),
        (date(2017, 1, 1), "in_scope"),
        (date(2017, 1, 1), "eligible"),
        (date(2017, 1, 11), "put_forward"),
        (date(2017, 1, 25), "prepared"),
        (date(2017, 1, 30), "endorsed"),
        (date(2017, 1, 30), "booked"),
        (date(2017, 1, 30), "sat"),
        (date(2017, 2, 19), "result"),
        (date(2017, 2, 19), "accredited"),
    )


def test_a_newly_qualified_person_waits_for_the_twelve_months_of_question_3(tmp_path: Path) -> None:
    """ASYE began on 5 September 2016: eligible on 5 September 2017; ready on the 29th, a Friday."""
    life = bare(one_person(NEW, tmp_path, *PASSING))
    assert life[2:6] == dated(
        (date(2017, 9, 5), "eligible"),
        (date(2017, 9, 15), "put_forward"),
        (date(2017, 9, 29), "prepared"),
        (date(2017, 10, 2), "endorsed"),
    )
    sooner = bare(one_person(NEW, tmp_path, *PASSING, "q3=6"))
    assert sooner[2] == (on(2017, 3, 5), "eligible")


def test_one_person_who_always_fails_one_element_narrowly(tmp_path: Path) -> None:
    """By the employer's discretion a narrow fail waits about 3 months: 91 days of 30.4375 a month, rounded.

    19 February 2017 + 91 is Sunday 21 May; the round of the next day endorses anew, and seats.
    """
    settings = (*PASSING, "element.simulated=0", "element.near_miss_share=1")
    life = one_person(LONG_SERVING, tmp_path, *settings)
    assert bare(life)[8:15] == dated(
        (date(2017, 2, 19), "result"),
        (date(2017, 2, 19), "retake_planned"),
        (date(2017, 5, 21), "prepared"),
        (date(2017, 5, 22), "endorsed"),
        (date(2017, 5, 22), "booked"),
        (date(2017, 5, 22), "sat"),
        (date(2017, 6, 11), "result"),
    )
    assert [detail & 0xF for _, event, detail in life if event == "sat"][:3] == [0b111, 0b010, 0b010]
    assert life[8][2] == 0b111 | 0b010 << 4 | 0b010 << 8


def test_fixed_waits_are_calendar_months_and_need_no_new_endorsement(tmp_path: Path) -> None:
    """Three months after 19 February 2017 is 19 May, a Friday; the seat is on Monday 22 May."""
    settings = (*PASSING, "element.simulated=0", "element.near_miss_share=1", "q8=fixed_waits")
    life = one_person(LONG_SERVING, tmp_path, *settings)
    assert life[10] == (on(2017, 5, 19), "endorsed", 1)
    assert bare(life)[11:13] == dated((date(2017, 5, 22), "booked"), (date(2017, 5, 22), "sat"))


def test_a_wide_fail_takes_the_whole_assessment_again_after_twelve_months(tmp_path: Path) -> None:
    """Two elements failed, by fixed waits: twelve months after 19 February 2017 is Monday 19 February 2018.

    A step that falls on the day of a round is carried out at the next one, so the seat is on the 26th, and
    the result, the last allowed, twenty days later.
    """
    settings = (*PASSING, "element.simulated=0", "element.written=0", "q8=fixed_waits", "q8.max_attempts=2")
    life = one_person(LONG_SERVING, tmp_path, *settings)
    assert [detail & 0xF for _, event, detail in life if event == "sat"] == [0b111, 0b111]
    assert bare(life)[10:] == dated(
        (date(2018, 2, 19), "endorsed"),
        (date(2018, 2, 26), "booked"),
        (date(2018, 2, 26), "sat"),
        (date(2018, 3, 18), "result"),
        (date(2018, 3, 18), "stopped"),
        (date(2021, 1, 2), "restricted"),
    )


def test_who_refuses_under_a_mandate_is_restricted_on_the_day_after_the_latest_date(tmp_path: Path) -> None:
    life = bare(one_person(LONG_SERVING, tmp_path, "take_up.mandatory=0"))
    assert life == dated(
        (date(2016, 9, 30), "joined"),
        (date(2017, 1, 1), "in_scope"),
        (date(2017, 1, 1), "eligible"),
        (date(2021, 1, 2), "restricted"),
    )
    unmoved = bare(one_person(LONG_SERVING, tmp_path, "take_up.mandatory=0", "q1.consequence=record_only"))
    assert unmoved == life[:-1]


def test_who_passes_after_the_latest_date_holds_the_functions_again(tmp_path: Path) -> None:
    """The date is 1 February 2017 and its 60 days before are past, so the call is on the first day.

    1 January + 14 is Sunday the 15th; the seat is on the 16th and the result on 5 February, three days after
    the restriction.
    """
    early = ("q1.mandatory_from=2017-02-01", "phase.one_to=2017-01-31")
    life = bare(one_person(LONG_SERVING, tmp_path, *PASSING, *early))
    assert life[-4:] == dated(
        (date(2017, 2, 2), "restricted"),
        (date(2017, 2, 5), "result"),
        (date(2017, 2, 5), "accredited"),
        (date(2017, 2, 5), "restored"),
    )


def test_a_renewal_by_assessment_comes_after_its_years(tmp_path: Path) -> None:
    """Accredited on 19 February 2017; due on 19 February 2019, a Tuesday; ready 14 days on, on 5 March."""
    life = bare(one_person(LONG_SERVING, tmp_path, *PASSING, "q9=assessment", "q9.years=2"))
    assert life[10:16] == dated(
        (date(2019, 2, 19), "renewal_due"),
        (date(2019, 3, 5), "prepared"),
        (date(2019, 3, 11), "endorsed"),
        (date(2019, 3, 11), "booked"),
        (date(2019, 3, 11), "sat"),
        (date(2019, 3, 31), "result"),
    )
    assert life[16] == (on(2019, 3, 31), "renewed")
    assert life[17] == (on(2021, 3, 31), "renewal_due")


# Everyone, at the limits.


def tally(found: Outcome | Replication) -> Counter[str]:
    counts = np.bincount(codes_of(found.journal), minlength=32)
    return Counter({event.name.lower(): int(counts[event]) for event in Event})


def test_where_passing_is_certain_everyone_assessed_is_accredited() -> None:
    found = outcome("mandatory", *PASSING)
    count = tally(found)
    assert count["result"] == count["accredited"] > 500
    assert count["retake_planned"] == count["review_requested"] == count["stopped"] == 0
    rates = [v for k, v in zip(found.table.keys, found.table.values, strict=True) if k.id == "fail_rate"]
    assert {0.0} == {rate for rate in rates if not math.isnan(rate)}


def test_where_passing_is_impossible_nobody_is_accredited() -> None:
    found = outcome("mandatory", *FAILING, "review=unavailable")
    count = tally(found)
    assert count["result"] == count["retake_planned"] > 500
    assert count["accredited"] == count["renewed"] == 0
    passed = [
        v for k, v in zip(found.table.keys, found.table.values, strict=True) if k.id.startswith("accredited")
    ]
    assert {0.0} == {value for value in passed if not math.isnan(value)}


def test_where_passing_is_impossible_a_review_is_the_only_way() -> None:
    found = outcome("mandatory", *FAILING, "review.request_share=0.5", "review.upheld_share=1")
    count = tally(found)
    assert 0 < count["accredited"] <= count["review_requested"]
    assert count["review_rejected"] == 0


def test_with_unlimited_seats_everyone_endorsed_sits_that_day() -> None:
    found = future("mandatory", *CERTAIN, "q2.leader_post=excluded", ample=True)
    endorsed, sat = days_of_event(found, "endorsed"), days_of_event(found, "sat")
    assert sum(map(len, sat.values())) > 1_000
    # Without retakes by fixed waits every endorsement is on the day of a round, when the seats are given.
    assert sat == endorsed


def test_with_unlimited_seats_first_passes_are_binomial() -> None:
    """Ability and groups put aside, each element is passed or not by its own coin: 0.9, 0.8 and 0.88."""
    plain = tuple(
        f"ability.{x}=0" for x in ("weight", "long_service_loss", "minority_ethnic_gap", "aged_50_gap")
    )
    for replication in range(3):
        found = future(
            "mandatory", *plain, *CERTAIN, "q2.leader_post=excluded", ample=True, replication=replication
        )
        first: dict[int, bool] = {}
        for worker, life in lives_of(found).items():
            for _, event, detail in life:
                if event == "result":
                    first.setdefault(worker, not detail >> 4 & 0xF)
        count, chance = len(first), 0.9 * 0.8 * 0.88
        spread = math.sqrt(count * chance * (1 - chance))
        # 3.9 standard deviations leave out one sample in ten thousand.
        assert abs(sum(first.values()) - count * chance) < 3.9 * spread
        assert count > 1_000


def test_without_turnover_the_people_are_those_who_came() -> None:
    found = future("mandatory", *STAYING)
    count = tally(found)
    assert count["left"] == count["moved"] == 0
    people = found.workforce
    ends = [on(year, 12, 31) for year in range(2017, 2022)]
    for day, everyone in replay(found, ends):
        assert sum(person.present for person in everyone) == int((people.joins <= day).sum())


def test_without_a_scheme_nothing_happens_but_careers() -> None:
    count = tally(future("no-scheme"))
    assert {event for event, number in count.items() if number} == {
        *("joined", "moved", "promoted", "in_scope", "left"),
    }


NOBODY = tuple(f"take_up.{force}=0" for force in ("voluntary", "expected", "mandatory"))


@pytest.mark.parametrize(
    "settings", [("voluntary",), ("consultation",), ("mandatory", "q1.consequence=record_only")]
)
def test_where_nobody_takes_part_nothing_differs_from_no_scheme(settings: tuple[str, ...]) -> None:
    """Every difference is zero but two that are matters of definition.

    People called are eligible, and their days without accreditation are charged to not coming forward
    instead of to not being eligible; and seats are offered, none of them used. That leaving does not change
    needs indifference: parameters let people leave sooner only for being called.
    """
    called = outcome(*settings, *NOBODY, *INDIFFERENT, scale=0.05)
    nothing = outcome("no-scheme", scale=0.05)
    eligible = codes_of(called.journal) == Event.ELIGIBLE
    assert eligible.sum() > 1_000
    assert (called.journal[~eligible] == nothing.journal).all()
    assert (called.gap.gap == nothing.gap.gap).all()
    assert called.table.keys == nothing.table.keys
    shifted = {("cause", "not willing"), ("cause", "not yet eligible")}
    for key, mine, theirs in zip(called.table.keys, called.table.values, nothing.table.values, strict=True):
        if key.id == "seats_offered":
            assert theirs == 0
        elif key.id == "seat_utilisation":
            assert mine == 0 or math.isnan(mine)
            assert math.isnan(theirs)
        elif not (key.id == "delay_days" and set(key.by) & shifted):
            assert mine == theirs or (math.isnan(mine) and math.isnan(theirs)), key


def test_where_nobody_takes_part_days_only_change_their_cause() -> None:
    called = outcome("voluntary", *NOBODY, *INDIFFERENT, scale=0.05)
    days = {
        key.by: value
        for key, value in zip(called.table.keys, called.table.values, strict=True)
        if key.id == "delay_days"
    }
    assert len(days) == 1 + len(CAUSE_LABELS)
    assert days[()] == days[(("cause", "not willing"),)] + days[(("cause", "not yet eligible"),)]


def test_being_called_only_ever_brings_leaving_forward() -> None:
    """With the parameters as shipped, more leave under a mandate that nobody meets, and each no later."""
    called = days_of_event(future("mandatory", *NOBODY, "leaving.moving_share=0"), "left")
    nothing = days_of_event(future("no-scheme", "leaving.moving_share=0"), "left")
    assert nothing.keys() < called.keys()
    assert all(called[worker] <= days for worker, days in nothing.items())


def test_arms_of_this_module_are_what_they_say() -> None:
    assert arm("mandatory", *CERTAIN).parameters.value("centre.no_show") == 0
    assert arm("mandatory", *STAYING).parameters.value("leaving.annual_headcount") == 0
