"""Questions the other way round where the answers do not fall into a simple order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.capacity.futures import Futures
from analysis.capacity.inverse import JUDGED, ask
from analysis.capacity.targets import Target
from cli.capacity_ask import _answers
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
    assert 0 < JUDGED < 1


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
    assert found.to_dict()["regions"][8]["nobody_to_judge_at"] == list(last.unjudged)  # type: ignore[index]
    said = " ".join(" ".join(_answers(found)).split())
    assert "could be judged, holds in every other region" in said
    assert f"Nobody joins early enough to be judged in {found.answers[7].region} at" in said
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
