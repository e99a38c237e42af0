"""Questions the other way round where the answers do not fall into a simple order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.capacity.futures import Futures
from analysis.capacity.inverse import A_WEEK, FOR_EACH_SEAT, IN_PHASE_TWO, MISS, ask
from analysis.capacity.targets import Target
from cli.capacity_ask import _answers, _together
from rules.errors import InputError
from scenarios.experiment import Arm
from simulation.calendar import day_of
from simulation.inputs import Inputs
from simulation.parameters import Override
from tests.analysis.test_capacity_runs import answering
from tests.simulation.worlds import arm

pytestmark = pytest.mark.unit

AIM = Target(80, 90)


def test_nothing_holds_above_a_rung_that_failed() -> None:
    """The first region fails at half the demand, though not as it stands; others fail farther on."""

    def wait(inputs: Inputs, region: int) -> int:
        times = 1 / inputs.parameters.value("centre.seats_factor")
        if region == 0:
            return 200 if 0.44 < times < 0.9 or times > 1.2 else 10
        return 200 if times > 0.3 else 10

    found = ask(answering(arm("consultation"), wait), "demand", AIM, 0.9, 10)
    first, second = found.answers[0], found.answers[1]
    assert (first.holds, first.fails) == ("0.42 times the demand", "0.47 times the demand")
    assert "1.00 times the demand" in first.after
    assert (second.holds, second.after) == ("0.29 times the demand", ())


@pytest.mark.parametrize("day", [date(2019, 1, 31), date(2019, 10, 31)])
def test_a_start_on_the_last_of_a_month_moves_by_whole_quarters(day: date) -> None:
    inputs = arm("consultation")
    inputs = replace(inputs, levers=inputs.levers.patched({"phase.two_from": day}))
    found = ask(answering(inputs, lambda *_: 10), "start", AIM, 0.9, 10)
    settings = [said for said, _ in found.tried]
    assert f"phase two from {day.day} {day:%b %Y}" in settings
    assert "phase two from 30 Apr 2019" in settings


def test_a_start_so_late_that_nobody_can_be_asked_about_is_not_safe() -> None:
    """The same number sits by the end; of a late start they join after the last asked about."""

    def made_up(arms: Any, numbers: Any) -> Any:
        inputs = arms[0].inputs
        late = inputs.levers["phase.two_from"] > date(2019, 7, 1)
        joined = date(2018, 1, 1) if not late else inputs.until
        rows = [[day_of(joined), 5, home | home << 4] for home in range(9) for _ in range(100)]
        spells = np.array(rows, dtype=np.int16).T
        records = {(0, place): SimpleNamespace(arrays={"spells": spells}) for place in range(len(numbers))}
        whole = np.ones(len(numbers), dtype=np.bool_)
        return SimpleNamespace(records=records, whole=whole, failures=(), interrupted=False, stopped="")

    found = ask(Futures.of(Arm("made up", arm("consultation")), made_up), "start", AIM, 0.9, 10)
    assert {answer.holds for answer in found.answers} == {"phase two from 1 Jul 2019"}
    people = dict(zip([said for said, _ in found.tried], found.judged, strict=True))
    assert people["phase two from 1 Jul 2019"] == (100.0,) * 9
    assert people["phase two from 1 Oct 2019"] == (0.0,) * 9
    assert {(answer.fails, *answer.unjudged[:1]) for answer in found.answers} == {
        (None, "phase two from 1 Oct 2019")
    }


def of_phase_two(inputs: Inputs, people: Callable[[Inputs, bool], list[tuple[date, int]]]) -> Futures:
    """In every region these join, and wait so long; they are asked for with ample seats or the own ones."""
    seats = {period.seats_per_day for period in inputs.centres}

    def made_up(arms: Any, numbers: Any) -> Any:
        now: Inputs = arms[0].inputs
        ample = {period.seats_per_day for period in now.centres} != seats
        rows = [
            [day_of(joined), min(wait, day_of(now.until) - day_of(joined)), home | home << 4]
            for home in range(9)
            for joined, wait in people(now, ample)
        ]
        spells = np.array(rows, dtype=np.int16).T
        records = {(0, place): SimpleNamespace(arrays={"spells": spells}) for place in range(len(numbers))}
        whole = np.ones(len(numbers), dtype=np.bool_)
        return SimpleNamespace(records=records, whole=whole, failures=(), interrupted=False, stopped="")

    return Futures.of(Arm("made up", inputs), made_up)


def crowd(late: int, wait: int) -> list[tuple[date, int]]:
    """A hundred people sit within days of the first of November 2020; so many more wait so long."""
    return [(date(2020, 11, 1), 5)] * 100 + [(date(2020, 12, 1), wait)] * late


@pytest.mark.parametrize(("late", "with_ample", "safe"), [(8, 5, False), (8, 60, True), (4, 5, True)])
def test_a_start_fails_where_people_miss_their_date_for_want_of_seats(
    late: int, with_ample: int, safe: bool
) -> None:
    """Nobody waits beyond the target. From a start in July 2019 on some of December wait past the year's end:
    that fails where they are many, and would not wait so long with ample seats."""

    def people(inputs: Inputs, ample: bool) -> list[tuple[date, int]]:
        crowded = inputs.levers["phase.two_from"] >= date(2019, 7, 1)
        return crowd(late, with_ample if ample else 60 if crowded else 5)

    found = ask(of_phase_two(arm("consultation"), people), "start", AIM, 0.9, 10)
    assert {answer.fails for answer in found.answers} == {None if safe else "phase two from 1 Jul 2019"}
    assert all(answer.why == ({} if safe else {"dates": 10}) for answer in found.answers)
    assert all(answer.now[MISS].mean == 0 for answer in found.answers)
    assert all(answer.now[IN_PHASE_TWO].mean == 100 + late for answer in found.answers)
    table = "\n".join(_answers(found))
    assert bool(re.search(r"1 Jul 2019 +0% \[0, 14\] +dates", table)) != safe
    assert "last day, 31 Dec 2020" in " ".join(table.split())


def test_one_person_who_misses_the_date_is_chance() -> None:
    def people(inputs: Inputs, ample: bool) -> list[tuple[date, int]]:
        crowded = inputs.levers["phase.two_from"] >= date(2019, 7, 1) and not ample
        return [(date(2020, 11, 1), 5)] * 4 + [(date(2020, 12, 1), 60 if crowded else 5)]

    found = ask(of_phase_two(arm("consultation"), people), "start", AIM, 0.9, 10)
    assert {answer.fails for answer in found.answers} == {None}
    assert {answer.there[MISS].mean for answer in found.answers} == {1.0}


def test_sittings_that_the_end_of_the_period_cuts_off_do_not_make_a_start_fail() -> None:
    """Of the people of later starts ever fewer sit by the end, since they join after the last day judged."""
    inputs = arm("consultation", until=date(2021, 1, 31))

    def people(inputs: Inputs, ample: bool) -> list[tuple[date, int]]:
        quarters = (inputs.levers["phase.two_from"] - date(2019, 1, 1)).days // 91
        return [(date(2020, 9, 1), 5)] * 100 + [(date(2021, 1, 25), 60)] * (20 * quarters)

    found = ask(of_phase_two(inputs, people), "start", AIM, 0.9, 10)
    assert {answer.fails for answer in found.answers} == {None}
    assert {answer.holds for answer in found.answers} == {"phase two from 1 Jul 2020"}
    assert {answer.unjudged for answer in found.answers} == {("phase two from 1 Oct 2020",)}


def test_nobody_misses_a_date_that_does_not_come() -> None:
    inputs = arm("consultation", until=date(2020, 11, 30))

    def people(inputs: Inputs, ample: bool) -> list[tuple[date, int]]:
        return [(date(2020, 8, 1), 5)] * 100 + [(date(2020, 11, 20), 60)] * 50

    found = ask(of_phase_two(inputs, people), "start", AIM, 0.9, 10)
    assert {answer.fails for answer in found.answers} == {None}
    assert found.ends is None
    said = " ".join(" ".join(_answers(found)).split())
    assert "nobody's date comes" in said
    assert (
        "People who join in phase two, give or take half the range now: join answer: join North East" in said
    )
    assert MISS not in found.answers[0].now


def test_which_test_failed_is_said_of_waits_too() -> None:
    found = ask(answering(arm("consultation"), lambda *_: 200), "start", AIM, 0.9, 10)
    assert {answer.fails for answer in found.answers} == {found.easiest}
    assert all(answer.why == {"waits": 10} for answer in found.answers)
    assert re.search(r"North East +none +1 Jan 2019 +0% \S+ \S+ +waits", "\n".join(_answers(found)))


def test_where_everything_holds_the_last_setting_tried_is_named() -> None:
    found = ask(answering(arm("consultation"), lambda *_: 10), "pass-rate", AIM, 0.9, 10)
    table = "\n".join(_answers(found))
    assert re.search(r"North East +30% +100% \S+ \S+ +none down to 30%", table)
    assert "nothing tried" not in table
    found = ask(answering(arm("consultation"), lambda *_: 10), "demand", AIM, 0.9, 10)
    assert re.search(
        r"North East +3.80 times +100% \S+ \S+ +none up to 3.80 times", "\n".join(_answers(found))
    )


def test_the_demand_is_told_in_people_a_week_and_for_each_seat() -> None:
    """Ten people of a region since its opening; so many times over at the answer, on the same seats."""
    inputs = arm("consultation", scale=0.1)
    found = ask(answering(inputs, lambda *_: 10), "demand", AIM, 0.9, 10)
    answer = found.answers[0]
    assert answer.value == pytest.approx(1.1**14)
    weeks = (inputs.until - date(2017, 4, 3)).days / 7
    assert answer.now[A_WEEK].mean == pytest.approx(10 / weeks, rel=0.01)
    assert answer.there[A_WEEK].mean == pytest.approx(answer.value * 10 / weeks, rel=0.01)
    weekly = {2017: 1, 2018: 1, 2019: 2, 2020: 2, 2021: 1}  # centre-days of twelve seats in the North East
    seats = 0.1 * 12 * 52 * (weekly[2017] * 0.75 + sum(weekly[year] for year in range(2018, 2022)))
    assert answer.now[FOR_EACH_SEAT].mean == pytest.approx(10 / seats, rel=0.03)
    assert answer.there[FOR_EACH_SEAT].mean == pytest.approx(answer.value * 10 / seats, rel=0.03)
    assert re.search(r"North East +\d\.\d\d ±0\.00 +0\.\d\d ±", "\n".join(_answers(found)))


def test_all_that_give_way_first_are_named() -> None:
    def wait(inputs: Inputs, region: int) -> int:
        return round((50 if region in (2, 4) else 20) / inputs.parameters.value("centre.seats_factor"))

    found = ask(answering(arm("consultation"), wait), "demand", AIM, 0.9, 10)
    said = " ".join(" ".join(_answers(found)).split())
    assert "Yorkshire and The Humber and West Midlands are the first to give way" in said


def unlike(inputs: Inputs) -> Futures:
    """Nobody comes from the last region; from the one before it only where phase two begins by July 2019."""

    def made_up(arms: Any, numbers: Any) -> Any:
        starts = arms[0].inputs.levers["phase.two_from"]
        homes = [*range(7), *([7] if starts <= date(2019, 7, 1) else [])]
        rows = [[day_of(date(2018, 1, 1)), 5, home | home << 4] for home in homes for _ in range(10)]
        spells = np.array(rows, dtype=np.int16).T
        records = {(0, place): SimpleNamespace(arrays={"spells": spells}) for place in range(len(numbers))}
        whole = np.ones(len(numbers), dtype=np.bool_)
        return SimpleNamespace(records=records, whole=whole, failures=(), interrupted=False, stopped="")

    return Futures.of(Arm("made up", inputs), made_up)


def test_a_region_in_which_nobody_is_judged_is_not_said_to_hold() -> None:
    inputs = arm("consultation")
    now = replace(inputs, levers=inputs.levers.patched({"phase.two_from": date(2020, 1, 1)}))
    found = ask(unlike(now), "start", AIM, 0.9, 10)
    first, seventh, last = found.answers[0], found.answers[7], found.answers[8]
    assert (first.holds, first.fails, first.unjudged) == (found.hardest, None, ())
    assert seventh.holds == "phase two from 1 Jul 2019"  # beyond it nobody comes to be asked about
    assert "phase two from 1 Jan 2020" in seventh.unjudged
    assert (last.holds, last.fails, last.at, last.value) == (None, None, None, None)
    assert len(last.unjudged) == len(found.tried)
    assert found.to_dict()["regions"][8]["not_judged_at"] == list(last.unjudged)  # type: ignore[index]
    said = " ".join(" ".join(_answers(found)).split())
    assert "Everything that was tried and can be judged holds: every other region up to" in said
    assert "Not judged, since too few people join in phase two, for want of time and not of seats" in said
    assert f"from 1 Oct 2019 on in {found.answers[7].region}" in said
    assert re.search(rf"{last.region} +nobody to judge +nobody to judge", " ".join(_answers(found)))
    nowhere = replace(found, answers=(last, last))
    assert "nothing is said to hold" in " ".join(" ".join(_answers(nowhere)).split())


def test_seats_that_are_multiplied_by_nothing_are_no_seats() -> None:
    own = arm("consultation")
    none = Override(0.0, assumption="a test", changed_by="a test")
    inputs = replace(own, parameters=own.parameters.patched({"centre.seats_factor": none}))
    with pytest.raises(InputError) as error:
        ask(answering(inputs, lambda *_: 10), "demand", AIM, 0.9, 10)
    assert error.value.problems[0].code == "Q008"


def test_a_region_in_which_nothing_holds_does_not_hide_where_others_give_way() -> None:
    def wait(inputs: Inputs, region: int) -> int:
        return 200 if region == 3 else round(30 / inputs.parameters.value("centre.seats_factor"))

    found = ask(answering(arm("consultation"), wait), "demand", AIM, 0.9, 10)
    said = " ".join(" ".join(_answers(found)).split())
    assert "Even the easiest that was tried fails in East Midlands: nothing is said to hold there." in said
    assert "Every other region holds at 2.85 times the demand; North East and North West" in said
    assert "are the first to give way, at 3.14 times the demand" in said
    everywhere = ask(answering(arm("consultation"), lambda *_: 200), "demand", AIM, 0.9, 10)
    assert "holds at" not in _together(everywhere)
    assert "East of England" in _together(everywhere)
