"""How many of the scenario's seats are opened: a number of seats is an assumption, so a forecast draws it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from analysis.forecast.drawing import BESIDES
from scenarios.uncertainty import drawn
from simulation.inputs import CapacityPeriod, Inputs
from simulation.parameters import Parameters

REOPENED: Final = date(2021, 6, 1)
"""The day from which the second share holds; centres were closed for a year before it."""

_DAY_BEFORE: Final = date(2021, 5, 31)


def with_seats(inputs: Inputs, draw: int) -> Inputs:
    """The arm with the seats of one draw."""
    value = drawn(seats(), inputs.seed, draw, BESIDES).value
    before, after = value("delivered.seats_opened"), value("delivered.seats_reopened")
    found: list[CapacityPeriod] = []
    for period in inputs.centres:
        if period.first < REOPENED:
            found.append(_opened(replace(period, last=min(period.last, _DAY_BEFORE)), before))
        if period.last >= REOPENED:
            found.append(_opened(replace(period, first=max(period.first, REOPENED)), after))
    return replace(inputs, centres=tuple(found))


@lru_cache(maxsize=1)
def seats() -> Parameters:
    """The shares with their evidence."""
    return Parameters.load([Path(str(files("analysis").joinpath("data/delivered.yaml")))])


def _opened(period: CapacityPeriod, share: float) -> CapacityPeriod:
    return replace(period, seats_per_day=round(period.seats_per_day * share))
