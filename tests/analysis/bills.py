"""Runs whose quantities are chosen by hand: two councils, one of them in London, and two other employers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.cost_case import CostCase
from analysis.cost_drivers import Run, line_up_run
from rules.levers import Levers
from simulation.codes import REGIONS
from simulation.quantities import QUANTITIES
from simulation.workforce import Employers

Floats = NDArray[np.float64]

YEARS = (2017, 2018, 2019)
LEEDS, CAMDEN, CAFCASS, CHARITY = range(4)
LONDON, YORKSHIRE = REGIONS.index("London"), REGIONS.index("Yorkshire and The Humber")


def employers() -> Employers:
    nothing = np.zeros(4, dtype=np.int32)
    return Employers(
        name=("Leeds", "Camden", "Other employers, London", "Other employers, Yorkshire and The Humber"),
        code=("E08000035", "E09000007", "", ""),
        region=np.array([YORKSHIRE, LONDON, LONDON, YORKSHIRE], dtype=np.int8),
        kind=np.array([0, 0, 1, 1], dtype=np.int8),
        phase_one_2016=np.ones(4, dtype=np.bool_),
        naas_phase1_2018=np.zeros(4, dtype=np.bool_),
        naas_phase2=np.zeros(4, dtype=np.int8),
        headcount=np.array([580, 200, 30, 20], dtype=np.int32),
        fte=np.array([54_000, 18_000, 3_000, 2_000], dtype=np.int32),
        vacancies_fte=nothing,
        agency_fte=nothing.copy(),
    )


def run_of(
    quantities: dict[str, Floats | float] | None = None,
    seats: Floats | float = 0.0,
    replications: int = 1,
    levers: dict[str, object] | None = None,
    scale: float = 1.0,
) -> Run:
    """A run of three whole years; a number is what each year has, all of it in Leeds."""
    found = np.zeros((replications, len(QUANTITIES), len(YEARS), 4))
    for name, amount in (quantities or {}).items():
        index = list(QUANTITIES).index(name)
        if isinstance(amount, np.ndarray):
            found[:, index] = amount
        else:
            found[:, index, :, LEEDS] = amount
    offered = np.zeros((replications, len(YEARS), len(REGIONS)))
    offered[:, :, YORKSHIRE] = seats
    return line_up_run(
        "made", Levers.of(levers or {}), YEARS, np.ones(3), employers(), REGIONS, scale, found, offered
    )


def random_run(seed: int, replications: int = 3, **levers: object) -> Run:
    """Whole numbers everywhere, none of them special."""
    source = np.random.default_rng(seed)
    shape = (replications, len(QUANTITIES), len(YEARS), 4)
    seats = source.integers(0, 4_000, (replications, len(YEARS), len(REGIONS)))
    return line_up_run(
        f"random {seed}",
        Levers.of(levers),
        YEARS,
        np.array([0.5, 1.0, 0.25]),
        employers(),
        REGIONS,
        0.1,
        source.integers(0, 300, shape).astype(np.float64),
        seats.astype(np.float64),
        source.integers(0, 50, shape).astype(np.float64),
    )


def plain_case(*settings: str) -> CostCase:
    """The default case with figures set."""
    return CostCase.default().set(settings)
