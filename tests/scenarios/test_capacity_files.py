"""Centres and closures as a scenario file tells them: what becomes of each line, and all that is wrong."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from rules.errors import InputError
from scenarios.centre_notes import centre_notes
from scenarios.differences import differences
from scenarios.loader import load_scenario
from scenarios.scenario import Scenario
from scenarios.settings import changed
from simulation.calendar import day_of
from simulation.capacity import VENUES, seat_plan
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod, Closure

pytestmark = pytest.mark.unit

LEEDS = """
centres:
  assumption: For a test.
  periods:
    - from: 2018-01-01
      to: 2018-12-31
      centre_days_per_week: {London: 7}
  places:
    - centre: leeds
      region: Yorkshire and The Humber
      authority: Leeds
      opening_days: [thursday, monday]
      candidates_per_circuit: 2
      periods:
        - {from: 2018-01-01, to: 2018-06-30, circuits: 2}
        - {from: 2018-07-01, to: 2018-12-31, circuits: 5, decided: 2018-06-25, days_per_week: 4}
    - centre: hull
      region: Yorkshire and The Humber
      sessions_per_day: 2
      periods: [{from: 2018-01-01, to: 2018-12-31, circuits: 1}]
"""


SHUT = "closures:\n  - {centre: leeds, from: 2018-03-05, weeks: 1, assumption: A test.}\n"


def scenario(folder: Path, text: str, name: str = "mine") -> Scenario:
    """A scenario of its own with these sections."""
    file = folder / f"{name}.yaml"
    file.write_text(f"id: {name}\ntitle: T\nwhy: W.\n{text}", encoding="utf-8")
    return load_scenario(str(file))


def seats(found: Scenario, region: str, when: date) -> int:
    plan = seat_plan(found.inputs(), day_of(found.until))
    return int(plan.planned[VENUES.index(region), day_of(when)])


def test_seats_of_a_centre_are_circuits_times_sessions_times_candidates(tmp_path: Path) -> None:
    found = scenario(tmp_path, LEEDS)
    region = "Yorkshire and The Humber"
    leeds, hull = 2 * 3 * 2, 1 * 2 * 1
    week = [seats(found, region, date(2018, 3, day)) for day in range(5, 10)]
    assert week == [leeds + hull, hull, hull, leeds + hull, hull]
    assert seats(found, region, date(2018, 3, 10)) == 0  # a Saturday


def test_added_circuits_wait_for_their_lead_time_and_the_others_run_on(tmp_path: Path) -> None:
    region, hull = "Yorkshire and The Humber", 2
    first, last = date(2018, 9, 20), date(2018, 9, 24)  # thirteen weeks after 25 June, a Monday
    found = scenario(tmp_path, LEEDS)
    assert [seats(found, region, day) - hull for day in (first, last)] == [12, 30]
    sooner = changed(found, ["centre.lead_weeks=2"])
    assert [seats(sooner, region, date(2018, 7, day)) - hull for day in (5, 9)] == [12, 30]
    own = scenario(
        tmp_path, LEEDS.replace("decided: 2018-06-25", "decided: 2018-06-25, lead_weeks: 2"), "own"
    )
    assert [seats(own, region, date(2018, 7, day)) - hull for day in (5, 9)] == [12, 30]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_periods_in_the_file_changes_nothing(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Two circuits, then three more that wait half a year, then one more, in any order of the lines."""
    periods = [
        "        - {from: 2018-01-01, to: 2018-12-31, circuits: 2}",
        "        - {from: 2019-01-01, to: 2019-12-31, circuits: 5, decided: 2018-12-03, lead_weeks: 26}",
        "        - {from: 2020-01-01, to: 2020-12-31, circuits: 6, decided: 2020-01-06, lead_weeks: 4}",
    ]
    head = ["centres:", "  assumption: A test.", "  places:", "    - centre: one", "      region: London"]
    lines = [*head, "      periods:", *(periods[place] for place in order)]
    found = scenario(tmp_path, "\n".join(lines) + "\n")
    days = [date(2018, 6, 4), date(2019, 5, 31), date(2019, 6, 3), date(2020, 1, 31), date(2020, 2, 3)]
    assert [seats(found, "London", day) for day in days] == [6, 6, 15, 15, 18]
    assert [(period.first.year, period.circuits) for period in found.centres] == [
        (2018, 2),
        (2019, 2),
        (2019, 3),
        (2020, 5),
        (2020, 1),
    ]


def test_a_late_first_seat_and_an_empty_region_are_noted(tmp_path: Path) -> None:
    notes = centre_notes(scenario(tmp_path, LEEDS))
    assert (
        "leeds: what was decided on 2018-06-25 has its first seats on 2018-09-24, not on 2018-07-01" in notes
    )
    [empty] = [note for note in notes if note.startswith("no seats")]
    assert "London" not in empty
    assert "North East" in empty
    assert len(notes) == 2  # centres of one region stand side by side and do not overlap


def test_no_seats_at_all_are_noted() -> None:
    [note] = centre_notes(changed(load_scenario("consultation"), ["centre.seats_factor=0"]))
    assert note == f"no seats at any time in {', '.join(REGIONS)}"


def test_a_period_of_a_region_may_wait_too(tmp_path: Path) -> None:
    text = LEEDS.replace(
        "      to: 2018-12-31\n", "      to: 2018-12-31\n      decided: 2017-12-18\n      lead_weeks: 6\n", 1
    )
    found = scenario(tmp_path, text)
    assert [seats(found, "London", date(2018, 1, day)) for day in (26, 29)] == [0, 24]


def test_one_setting_gives_more_seats_in_every_region_but_not_to_leaders() -> None:
    base = load_scenario("consultation")
    until = day_of(base.until)
    plans = [
        seat_plan(found.inputs(), until).planned.sum(axis=1)
        for found in (base, changed(base, ["centre.seats_factor=1.1"]))
    ]
    assert (plans[1][:-1] == plans[0][:-1] * 11 // 10).all()
    assert plans[1][-1] == plans[0][-1]


def test_a_closure_by_weeks_is_the_one_to_its_last_day(tmp_path: Path) -> None:
    lines = [
        "parent: consultation\nclosures:\n"
        f"  - {{region: all, from: 2019-03-04, {end}, assumption: A test.}}\n"
        for end in ("weeks: 3", "to: 2019-03-24")
    ]
    weeks, last = (scenario(tmp_path, text, name) for text, name in zip(lines, "ab", strict=True))
    assert weeks.closures == last.closures == (Closure("all", date(2019, 3, 4), date(2019, 3, 24)),)


def test_the_closure_of_one_centre_leaves_the_others_open(tmp_path: Path) -> None:
    found = scenario(tmp_path, LEEDS + SHUT)
    region = VENUES.index("Yorkshire and The Humber")
    plan = seat_plan(found.inputs(), day_of(found.until))
    monday = day_of(date(2018, 3, 5))
    assert plan.planned[region, monday : monday + 5].tolist() == [2] * 5
    assert plan.shut[region, monday : monday + 5].tolist() == [12, 0, 0, 12, 0]
    assert plan.shut.sum() == 24
    assert not plan.closed.any()
    [change] = [
        item for item in differences(found, scenario(tmp_path, LEEDS, "b")) if item.kind == "closures"
    ]
    assert change.mine == "leeds, 2018-03-05 to 2018-03-11"


def test_a_closure_of_a_parents_centre_is_understood_and_of_a_lost_one_refused(tmp_path: Path) -> None:
    scenario(tmp_path, LEEDS, "above")
    assert scenario(tmp_path, "parent: above.yaml\n" + SHUT, "below").closures[0].centre == "leeds"
    lost = "parent: below.yaml\n" + LEEDS.replace("centre: leeds", "centre: bradford")
    with pytest.raises(InputError) as caught:
        scenario(tmp_path, lost, "last")
    [problem] = caught.value.problems
    assert problem.code == "S029"
    assert problem.place is not None
    assert problem.place.file.endswith("last.yaml")


def test_what_a_period_is_made_of_is_kept(tmp_path: Path) -> None:
    found = scenario(tmp_path, LEEDS)
    [hull] = [period for period in found.centres if period.centre == "hull"]
    span = date(2018, 1, 1), date(2018, 12, 31)
    assert hull == CapacityPeriod(
        "Yorkshire and The Humber", *span, 2, centre="hull", circuits=1, sessions_per_day=2
    )
    leeds = [period for period in found.centres if period.centre == "leeds"]
    assert [(period.circuits, period.decided) for period in leeds] == [
        (2, None),
        (2, None),
        (3, date(2018, 6, 25)),
    ]
    assert {period.authority for period in leeds} == {"Leeds"}
    assert [period.opening_days for period in leeds] == [(0, 3), (), ()]
    assert np.prod([5, 3, 2]) == sum(period.seats_per_day for period in leeds[1:])


def test_a_week_of_seats_counts_the_days_on_which_centres_open(tmp_path: Path) -> None:
    other = load_scenario("no-scheme")
    [change] = [item for item in differences(scenario(tmp_path, LEEDS), other) if item.kind == "centres"]
    assert change.mine.split("; ") == [
        "94 seats a week, 2018-01-01 to 2018-12-31",
        "24 seats a week, 2018-01-01 to 2018-06-30",
        "48 seats a week, 2018-07-01 to 2018-12-31",
        "72 seats a week, 2018-07-01 to 2018-12-31, decided 2018-06-25",
    ]


def test_everything_wrong_with_centres_and_closures_comes_at_once(tmp_path: Path) -> None:
    text = """
centres:
  assumption: For a test.
  places:
    - {centre: Leeds, region: Yorkshire, periods: []}
    - centre: hull
      region: London
      authority: Nowhere
      opening_days: [monday, saturday]
      sessions_per_day: 0
      periods:
        - {from: 2018-01-01, to: 2017-12-31, circuits: 2}
        - {from: 2018-01-01, to: 2018-12-31, circuits: 1000, lead_weeks: 3}
        - {from: 2018-01-01, to: 2018-12-31}
    - {centre: hull, region: London, periods: [{from: 2018-01-01, to: 2018-12-31, circuits: 1}]}
closures:
  - {from: 2019-03-04, weeks: 0, assumption: A test.}
  - {region: London, from: 2019-03-04}
"""
    with pytest.raises(InputError) as caught:
        scenario(tmp_path, text)
    lines = [(item.place.line, item.code) for item in caught.value.problems if item.place]
    assert [line for line, _ in lines] == sorted(line for line, _ in lines)
    wanted = "S003 S008 D026 S009 D023 D024 S006 D024 S035 D022 S032 S030 D024 S007 S031"
    assert sorted(code for _, code in lines) == sorted(wanted.split())
