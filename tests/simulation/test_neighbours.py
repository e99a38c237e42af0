"""Which regions border which, against a map; distances against the globe."""

from __future__ import annotations

import math

import pytest

from simulation.codes import REGIONS
from simulation.neighbours import EARTH_KM, kilometres, middles, neighbours, points
from simulation.published import authorities

pytestmark = pytest.mark.unit


def near(region: str) -> list[str]:
    return [REGIONS[other] for other in neighbours()[REGIONS.index(region)]]


def test_whoever_is_a_neighbour_has_one() -> None:
    for region, around in enumerate(neighbours()):
        assert around
        assert region not in around
        assert len(set(around)) == len(around)
        assert all(region in neighbours()[other] for other in around)


def test_neighbours_are_those_of_the_map_the_nearest_first() -> None:
    assert near("London") == ["South East", "East of England"]
    assert near("North East") == ["Yorkshire and The Humber", "North West"]
    assert near("East of England") == ["London", "South East", "East Midlands"]
    assert set(near("South West")) == {"West Midlands", "South East"}
    assert "London" not in near("South West")


def test_every_region_can_be_reached_from_every_other() -> None:
    reached, todo = {0}, [0]
    while todo:
        for other in neighbours()[todo.pop()]:
            if other not in reached:
                reached.add(other)
                todo.append(other)
    assert reached == set(range(len(REGIONS)))


def test_every_authority_has_a_point_in_england() -> None:
    assert set(points()) == set(authorities().name)
    for lat, lon in [*points().values(), *middles()]:
        assert 49.8 < lat < 55.9
        assert -6.4 < lon < 1.8


def test_distances_are_those_of_the_globe() -> None:
    quarter = EARTH_KM * math.pi / 2
    assert kilometres((0, 0), (90, 0)) == pytest.approx(quarter)
    assert kilometres((0, 10), (0, 100)) == pytest.approx(quarter)
    assert kilometres(points()["Leeds"], points()["Leeds"]) == 0
    there, back = (points()["Leeds"], points()["Camden"]), (points()["Camden"], points()["Leeds"])
    assert kilometres(*there) == pytest.approx(kilometres(*back))
    assert kilometres(*there) == pytest.approx(270, abs=10)  # Leeds to London in a straight line
