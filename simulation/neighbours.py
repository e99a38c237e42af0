"""Which regions border which, and how far apart their people live: where someone may travel for a seat."""

from __future__ import annotations

import csv
import math
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from simulation.codes import REGIONS
from simulation.published import authorities

EARTH_KM: Final = 6371.0
"""The mean radius of the earth."""


@lru_cache(maxsize=1)
def points() -> dict[str, tuple[float, float]]:
    """Where the people of each authority live on average, as (latitude, longitude) in degrees, by name."""
    return {row["name"]: (float(row["latitude"]), float(row["longitude"])) for row in _rows("points.csv")}


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance as the crow flies between two points in degrees; a road is longer."""
    (lat, lon), (lat2, lon2) = (map(math.radians, point) for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


@lru_cache(maxsize=1)
def middles() -> tuple[tuple[float, float], ...]:
    """The middle of each region: the points of its authorities, weighted by their children."""
    listed, where = authorities(), points()
    found = []
    for region in range(len(REGIONS)):
        mine = np.flatnonzero(listed.region == region)
        own = np.array([where[listed.name[row]] for row in mine.tolist()])
        lat, lon = np.average(own, axis=0, weights=listed.children[mine]).tolist()
        found.append((lat, lon))
    return tuple(found)


@lru_cache(maxsize=1)
def neighbours() -> tuple[tuple[int, ...], ...]:
    """The regions that border each region, by their place in `REGIONS`, the nearest middle first."""
    found: list[list[int]] = [[] for _ in REGIONS]
    for row in _rows("neighbours.csv"):
        one, other = REGIONS.index(row["region"]), REGIONS.index(row["neighbour"])
        found[one].append(other)
        found[other].append(one)
    where = middles()
    return tuple(
        tuple(sorted(near, key=lambda other: (round(kilometres(where[home], where[other])), other)))
        for home, near in enumerate(found)
    )


def _rows(name: str) -> list[dict[str, str]]:
    lines = files("simulation").joinpath(f"data/{name}").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))
