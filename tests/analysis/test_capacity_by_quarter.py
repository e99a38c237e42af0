"""Plans by quarter on futures that are made up: what is asked about, mended, judged, and not."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.capacity.futures import Futures
from analysis.capacity.plans import LUMPS
from analysis.capacity.quarters import QuarterSized, QuarterSizing, size_by_quarter
from analysis.capacity.targets import Target
from rules.errors import InputError
from scenarios.experiment import Arm
from simulation.calendar import day_of
from simulation.codes import REGIONS
from simulation.inputs import Inputs
from simulation.stages import Cause
from tests.simulation.worlds import arm

pytestmark = pytest.mark.unit

AIM = Target(80, 90)
MONTHS = (2, 5, 8, 11)
Need = Callable[[str, int, int], int | None]


def circuits(inputs: Inputs, region: str, day: date) -> int:
    """The circuits that a region has on a day."""
    periods = [period for period in inputs.centres if period.region == region]
    return sum(period.seats_per_day for period in periods if period.first <= day <= period.last) // 3


def made_up(inputs: Inputs, need: Need) -> tuple[Futures, list[int]]:
    """Five people a region and quarter, late unless it has the circuits it needs; None where nobody joins.

    `need` is asked for a quarter as 20174 and the number of the future. Also the numbers that were run.
    """
    asked: list[int] = []

    def go(arms: Sequence[Arm], numbers: Sequence[int]) -> Any:
        asked.extend(numbers)
        records = {}
        for place, number in enumerate(numbers):
            rows = []
            for home, region in enumerate(REGIONS):
                for day in (date(year, month, 15) for year in range(2017, 2022) for month in MONTHS):
                    wanted = need(region, day.year * 10 + day.month // 3 + 1, number)
                    if wanted is not None and day <= inputs.until:
                        wait = 5 if circuits(arms[0].inputs, region, day) >= wanted else 500
                        rows += [(day_of(day), wait, home | home << 4)] * 5
            packed = np.array(rows, dtype=np.int16).reshape(-1, 3).T
            records[0, place] = SimpleNamespace(arrays={"spells": packed})
        whole = np.ones(len(numbers), dtype=np.bool_)
        delays = np.zeros((len(numbers), len(Cause), 20, len(REGIONS)), dtype=np.int64)
        ran = {"records": records, "whole": whole, "recorded": lambda *_: delays}
        return SimpleNamespace(**ran, failures=(), interrupted=False, stopped="")

    return Futures.of(Arm("made up", inputs), go), asked


def found(need: Need, until: date | None = None, count: int = 20) -> tuple[QuarterSizing, list[int]]:
    inputs = arm("consultation", scale=1.0)
    futures, asked = made_up(replace(inputs, until=until) if until else inputs, need)
    return size_by_quarter(futures, AIM, 0.9, LUMPS["circuit"], count), asked


def plan_of(sizing: QuarterSizing, region: str) -> dict[str, QuarterSized]:
    return {item.quarter: item for item in sizing.quarters if item.region == region}


@pytest.fixture(scope="module")
def planned() -> QuarterSizing:
    """Regions with needs of their own, on the horizon that every command has."""

    def need(region: str, quarter: int, number: int) -> int | None:
        if region == "London":  # two circuits but for one quarter, in which one is enough
            return 1 if quarter == 20192 else 2
        if region == "South West":  # few come in one quarter, in too few futures in another
            return (
                None if (quarter == 20191 and number % 20 >= 12) or (quarter == 20193 and number % 7) else 2
            )
        if region == "North East":  # more is needed in futures that the plan was not made in
            return 1 if number < 20 or quarter != 20194 else 3
        if region == "East Midlands":  # and here only where it is judged
            return 1 if number < 40 or quarter != 20194 else 3
        return 1

    return found(need)[0]


def test_a_quarter_whose_people_cannot_all_be_judged_keeps_the_number_before(planned: QuarterSizing) -> None:
    """The last quarter of the usual horizon has one day of people who can be judged: that is not enough."""
    for region in REGIONS:
        plan = plan_of(planned, region)
        last, before = plan["2021-Q4"], plan["2021-Q3"]
        assert (last.at, last.below, last.fresh) == (None, None, None)
        assert last.count == before.count > 0
        assert before.at is not None
        assert before.fresh is not None


def test_futures_in_which_nobody_joins_are_not_ones_in_which_the_target_was_met(
    planned: QuarterSizing,
) -> None:
    plan = plan_of(planned, "South West")
    few, too_few = plan["2019-Q1"], plan["2019-Q3"]
    assert few.at is not None
    assert few.fresh is not None
    assert (few.at.futures, few.at.met, few.fresh.futures) == (12, 12, 12)
    assert (too_few.at, too_few.count) == (None, plan["2019-Q2"].count)


def test_a_dip_of_a_single_quarter_is_filled_and_told(planned: QuarterSizing) -> None:
    plan = plan_of(planned, "London")
    assert {item.count for item in plan.values()} == {2}
    dip, usual = plan["2019-Q2"].below, plan["2018-Q4"].below
    assert dip is not None
    assert usual is not None
    assert (dip.count, dip.enough(0.9), usual.count, usual.met) == (1, True, 1, 0)


def test_a_plan_is_mended_in_other_futures_and_judged_in_yet_others(planned: QuarterSizing) -> None:
    north, middle = (plan_of(planned, name)["2019-Q4"] for name in ("North East", "East Midlands"))
    assert north.count == 3
    assert north.at is not None
    assert north.fresh is not None
    assert (north.at.met, north.fresh.met) == (20, 20)
    assert middle.count == 1
    assert middle.at is not None
    assert middle.fresh is not None
    assert (middle.at.met, middle.fresh.met) == (20, 0)
    assert planned.short == (middle,)
    assert planned.unmended == ()
    document = json.loads(json.dumps(planned.to_dict()))
    assert document["short"] == ["East Midlands 2019-Q4"]


def test_each_quarter_says_what_there_is_and_until_when_it_is_decided(planned: QuarterSizing) -> None:
    first, second = list(plan_of(planned, "London").values())[:2]
    assert (second.span.first - second.decide_by).days == 13 * 7
    assert planned.lead_weeks == 13
    assert first.now > 0
    assert planned.held.total is not None


def test_the_three_sets_of_futures_have_none_in_common_and_the_last_is_run_once() -> None:
    sizing, asked = found(lambda *_: 1, date(2018, 12, 31), 10)
    assert set(asked) == set(range(30))
    assert all(asked.count(number) == 1 for number in range(20, 30))
    assert sizing.runs == len(asked)
    assert not sizing.short


def test_nothing_is_added_where_ample_seats_do_no_better() -> None:
    """In the futures to mend it in, a quarter of London is late in six of twenty, whatever the seats."""
    sizing, _ = found(
        lambda region, quarter, number: (
            1_000 if (region, quarter) == ("London", 20182) and number in range(20, 26) else 1
        ),
        date(2018, 12, 31),
    )
    late = plan_of(sizing, "London")["2018-Q2"]
    assert late.count == 1
    assert late.at is not None
    assert (late.at.met, late.at.futures) == (14, 20)
    assert sizing.unmended == (late,)


def test_what_ample_seats_did_is_kept_where_they_are_not_enough() -> None:
    def need(region: str, quarter: int, number: int) -> int:
        return 1_000 if region == "London" and quarter == 20182 and number < 7 else 1

    sizing, _ = found(need, date(2018, 12, 31))
    assert set(sizing.hopeless) == {"London"}
    assert not plan_of(sizing, "London")
    ample = sizing.hopeless["London"].ample
    assert (ample.met, ample.futures) == (13, 20)
    assert "2018-Q2" in sizing.hopeless["London"].because


def test_a_period_too_short_for_any_quarter_is_refused() -> None:
    with pytest.raises(InputError) as error:
        found(lambda *_: 1, date(2017, 7, 31))
    assert error.value.problems[0].code == "Q004"
