"""What a scenario says of its centres one by one: the circuits that are rostered, and where people travel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.capacity.rosters import Roster, circuits, roster
from analysis.capacity.show import showing
from analysis.capacity.stored import Stored, stored
from analysis.capacity.travel import trips
from reports.capacity_words import rosters
from scenarios.experiment import Arm, run
from simulation.inputs import CapacityPeriod
from tests.simulation.worlds import arm

pytestmark = pytest.mark.unit

YEAR = date(2018, 1, 1), date(2018, 12, 31)


@pytest.fixture(scope="module")
def kept() -> Stored:
    """A small run without practice leaders, whose seats no scenario describes."""
    inputs = arm("mandatory", "q2.leader_post=excluded", scale=0.01, until=YEAR[1])
    return stored(run([Arm("mandatory", inputs)], 2))


def with_centres(kept: Stored, *centres: CapacityPeriod) -> Stored:
    """The same people and lives, read as if the scenario had these centres."""
    return replace(kept, inputs=replace(kept.inputs, centres=centres))


def rostered(kept: Stored, *centres: CapacityPeriod) -> Roster:
    found = with_centres(kept, *centres)
    return roster(found, circuits(found), list(range(len(found.venues))))


def leeds(count: int, sessions: int) -> CapacityPeriod:
    """Twelve seats a day, by so many circuits."""
    what = {"circuits": count, "sessions_per_day": sessions}
    return CapacityPeriod("Yorkshire and The Humber", *YEAR, 12, centre="leeds", **what)


def test_rosters_are_of_the_circuits_that_the_scenario_has(kept: Stored) -> None:
    """The same twelve seats a day, by twelve circuits that work once a day, four thrice, or two six times."""
    usual = rostered(kept, CapacityPeriod("Yorkshire and The Humber", *YEAR, 12))
    days = [rostered(kept, leeds(*each)).circuit_days.mean for each in ((12, 1), (4, 3), (2, 6))]
    assert [each / days[1] for each in days] == pytest.approx([3, 1, 0.5])
    assert days[1] == pytest.approx(usual.circuit_days.mean)
    many = rostered(kept, leeds(12, 1))
    assert many.days["actors"].mean == pytest.approx(2 * many.circuit_days.mean)
    assert (many.assumed, usual.assumed) == (0, 1)


def test_a_circuit_with_more_candidates_in_a_session_has_more_seats(kept: Stored) -> None:
    """Four circuits of three sessions with two candidates have 24 seats, and are as many days of circuits."""
    double = replace(leeds(4, 3), seats_per_day=24)
    days = [rostered(kept, each).circuit_days.mean for each in (leeds(4, 3), double)]
    assert days[1] == pytest.approx(days[0], rel=0.01)


def test_circuits_that_are_decided_later_count_from_their_first_day(kept: Stored) -> None:
    later = replace(leeds(4, 3), decided=date(2018, 4, 2), lead_weeks=13)
    days = [rostered(kept, each).circuit_days.mean for each in (leeds(4, 3), later)]
    assert days[1] == pytest.approx(days[0] / 2, rel=0.03)


def test_what_a_circuit_is_taken_to_be_is_said_where_it_is_not_told(kept: Stored) -> None:
    everyone = showing(kept).venue("all venues")
    assert "no circuits, a circuit is taken to have 3 seats a day" in rosters(everyone)
    half = rostered(kept, leeds(12, 1), CapacityPeriod("South East", *YEAR, 36))
    assert half.assumed == pytest.approx(0.5, abs=0.01)
    assert "which is so for 50% of these days" in rosters(replace(everyone, roster=half))
    assert "taken" not in rosters(replace(everyone, roster=rostered(kept, leeds(12, 1))))


def in_authority(name: str, seats: int) -> CapacityPeriod:
    return CapacityPeriod("South West", *YEAR, seats, centre=name[:4].lower(), authority=name, circuits=1)


def miles_from(kept: Stored, *centres: CapacityPeriod) -> dict[str, float]:
    return {trip.authority: trip.miles for trip in trips(with_centres(kept, *centres))}


def test_people_travel_to_the_nearest_centre_of_their_region(kept: Stored) -> None:
    """However many seats another has: each authority is as near as to the nearer of the two."""
    bristol, cornwall = in_authority("Bristol, City of", 30), in_authority("Cornwall", 3)
    one, other, both = (miles_from(kept, *each) for each in ((bristol,), (cornwall,), (bristol, cornwall)))
    assert both["Cornwall"] == other["Cornwall"] < 1
    assert both["Bristol, City of"] == one["Bristol, City of"] < 1
    assert min(one["Cornwall"], other["Bristol, City of"]) > 100
    assert both == {name: min(one[name], other[name]) for name in both}
    assert one["Camden"] == other["Camden"]


def test_a_centre_without_a_place_stands_in_the_middle_of_its_region(kept: Stored) -> None:
    unnamed = CapacityPeriod("South West", *YEAR, 30)
    assert miles_from(kept, unnamed) == miles_from(kept)
    bristol = in_authority("Bristol, City of", 3)
    assert miles_from(kept, unnamed, bristol) == miles_from(kept, bristol)
