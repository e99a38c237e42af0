"""The shipped scenarios: they load, they differ in what they say they differ in, and they compose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from scenarios.authorities import authorities
from scenarios.differences import differences
from scenarios.experiment import simulate
from scenarios.loader import load_scenario
from scenarios.names import library
from scenarios.settings import changed
from scenarios.sites import spread
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod, Inputs
from simulation.measures import MeasureKey
from simulation.staff_list import template

pytestmark = pytest.mark.unit

WANTED = {
    *("no-scheme", "consultation", "voluntary", "mandatory", "adcs", "mandatory-unfunded", "fixed-retakes"),
    *("re-accreditation-3y", "re-accreditation-5y", "as-delivered"),
    *("centres-closed", "take-up-collapse", "deadline-rush", "scheme-from-scratch"),
}


def test_the_library_holds_what_it_promises() -> None:
    assert set(library()) == WANTED


@pytest.mark.parametrize("name", sorted(WANTED))
def test_every_scenario_is_its_file_and_says_why(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.id == name
    assert len(scenario.why) > 50
    assert scenario.lineage[-1] == name
    assert isinstance(scenario.inputs(), Inputs)


@pytest.mark.parametrize("name", ["voluntary", "mandatory"])
def test_voluntary_and_mandatory_differ_from_the_plan_in_question_1_only(name: str) -> None:
    plan = load_scenario("consultation")
    found = differences(load_scenario(name), plan)
    assert {change.kind for change in found} == {"lever"}
    assert all(change.id.startswith("q1.") for change in found)


def test_the_mandate_covers_every_status_and_the_directors_leave_leaders_out() -> None:
    mandatory, adcs = load_scenario("mandatory").levers, load_scenario("adcs").levers
    assert {mandatory[f"q1.{status}"] for status in ("practitioner", "supervisor", "leader")} == {"mandatory"}
    assert (adcs["q1.practitioner"], adcs["q1.supervisor"]) == ("mandatory", "mandatory")
    assert adcs["q1.leader"] != "mandatory"


def seats(periods: tuple[CapacityPeriod, ...], first: date, last: date) -> int:
    """Seats between two dates, public holidays aside, counted day by day."""
    total = 0
    day = first
    while day <= last:
        for period in periods:
            if period.first <= day <= period.last and day.weekday() < period.days_per_week:
                total += period.seats_per_day
        day += timedelta(days=1)
    return total


@pytest.mark.parametrize(
    ("first", "last", "people"),
    [(date(2017, 1, 1), date(2018, 12, 31), 8_000), (date(2019, 1, 1), date(2020, 12, 31), 22_000)],
)
def test_the_plan_has_seats_for_its_own_targets_at_high_but_possible_use(
    first: date, last: date, people: int
) -> None:
    centres = load_scenario("consultation").centres
    assert {period.region for period in centres} == set(REGIONS)
    use = people * 1.2 / seats(centres, first, last)
    assert 0.75 <= use <= 0.90


def test_as_delivered_counts_its_sites_as_the_press_did() -> None:
    scenario = load_scenario("as-delivered")
    counted = {}
    members: set[str] = set()
    for wave in scenario.sites:
        for employer in wave.employers:
            group = {item.name for item in authorities() if employer in item.groups}
            assert not members & (group or {employer})
            members |= group or {employer}
        counted[wave.joins] = len(members)
    assert counted[date(2018, 4, 3)] == 5  # three months to get ready before the first seats of July
    assert counted[date(2019, 5, 1)] == 53
    assert counted[date(2019, 7, 1)] == 56
    assert counted[date(2020, 4, 1)] == 68
    assert {"Bury", "Leeds", "Manchester", "Oldham", "Wigan", "Plymouth"} <= members


def test_as_delivered_offers_what_the_contract_implies_and_closes_when_it_did() -> None:
    scenario = load_scenario("as-delivered")
    weekly = sum(
        period.seats_per_day * period.days_per_week
        for period in scenario.centres
        if period.first <= date(2019, 11, 1) <= period.last
    )
    assert 6 * 5 <= 0.85 * weekly <= 15 * 5
    [closure] = scenario.closures
    assert (closure.region, closure.first) == ("all", date(2020, 3, 17))
    assert closure.last < date(2021, 6, 30)


def test_as_delivered_stays_below_the_ceiling_of_the_contract() -> None:
    """At most 2,300 people to the end of 2019 (Community Care, 7 February 2018)."""
    scenario = load_scenario("as-delivered")
    record = simulate(scenario.inputs(until=date(2019, 12, 31)), 0)
    assessed = record.values[record.keys.index(MeasureKey("assessed", at="2019-12-31"))]
    assert 550 < assessed < 2_300
    assert scenario.parameters["take_up.voluntary"].low == 0.05
    assert scenario.parameters["take_up.voluntary"].high == 0.30


def test_lists_replace_and_the_rest_composes(tmp_path: Path) -> None:
    text = "id: mine\ntitle: T\nwhy: W.\nparent: as-delivered\nclosures: []\nlevers: {q3: 6}\n"
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    mine, parent = load_scenario(str(file)), load_scenario("as-delivered")
    assert mine.lineage == ("consultation", "voluntary", "as-delivered", "mine")
    assert mine.closures == ()
    assert (mine.centres, mine.sites) == (parent.centres, parent.sites)
    assert mine.levers["q3"] == 6
    assert mine.levers["q1.practitioner"] == "voluntary"
    assert {(change.kind, change.id) for change in differences(mine, parent)} == {
        ("lever", "q3"),
        ("closures", ""),
    }


def test_the_digest_follows_what_a_scenario_does_and_not_what_it_is_called() -> None:
    plan = load_scenario("consultation")
    assert replace(plan, title="Another", why="Otherwise", id="other").digest == plan.digest
    assert changed(plan, ["q3=6"]).digest != plan.digest
    assert changed(plan, ["take_up.expected=0.3"]).digest != plan.digest
    assert replace(plan, until=date(2020, 12, 31)).digest != plan.digest
    assert len({load_scenario(name).digest for name in WANTED}) == len(WANTED)


def test_a_setting_reaches_the_inputs() -> None:
    setting = changed(load_scenario("consultation"), ["q3=6", "take_up.delay=uniform:10,20"])
    inputs = setting.inputs(seed=5, scale=0.1, until=date(2019, 12, 31))
    assert inputs.levers["q3"] == 6
    assert inputs.parameters.duration("take_up.delay").numbers == (10, 20)
    assert (inputs.seed, inputs.scale, inputs.until) == (5, 0.1, date(2019, 12, 31))


def test_a_scheme_from_scratch_reads_every_distribution() -> None:
    plain = load_scenario("scheme-from-scratch").plain
    assert plain is not None
    assert plain.count == 5000
    assert sum(share for _, share in plain.regions) == pytest.approx(1)
    assert plain.preparation.kind == "pert"
    assert (plain.endorsement.kind, plain.endorsement.numbers) == ("lognormal", (21, 0.6))
    assert plain.endorsement_retry.kind == "uniform"
    assert plain.full_wait.kind == "triangular"
    assert (plain.result.kind, plain.result.numbers) == ("fixed", (14,))
    assert plain.pass_probability == (0.95, 0.80, 0.90)
    assert dict(plain.seats) == {"North": 4, "Middle": 6, "South": 4}


def test_a_staff_list_gives_a_scheme_its_people(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(template(), encoding="utf-8")
    text = """
id: own-people
title: Own people
why: A scheme from scratch for the people of a list.
workforce: {file: staff.csv}
scheme:
  assumption: made up
  eligible: {from: 2017-01-02, to: 2017-12-31}
  seats_per_working_day: {North East: 1, Yorkshire and The Humber: 1}
"""
    file = tmp_path / "own-people.yaml"
    file.write_text(text, encoding="utf-8")
    plain = load_scenario(str(file)).inputs().plain
    assert plain is not None
    assert plain.count == 2
    assert dict(plain.regions) == {"Yorkshire and The Humber": 0.5, "North East": 0.5}


def test_stand_ins_are_spread_over_the_whole_list() -> None:
    assert spread("abcdefghij", [1] * 10, 2) == ("c", "h")
    assert spread("abc", [5, 1, 0], 3) == ("a", "b", "c")
    assert len(set(spread([str(number) for number in range(126)], [*range(126)], 27))) == 27


def test_stand_ins_are_spread_by_size_and_none_is_chosen_twice() -> None:
    assert spread("abcd", [1, 1, 1, 9], 2) == ("b", "d")
    sizes = [10] * 50 + [30] * 50
    chosen = spread([str(number) for number in range(100)], sizes, 20)
    assert sum(sizes[int(name)] == 30 for name in chosen) == 15
