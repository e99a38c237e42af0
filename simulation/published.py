"""The published statistics that the synthetic workforce is fitted to, as they were published."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.codes import AGE_BANDS, ETHNICITIES, REGIONS, ROLES, SERVICE_BANDS

Floats = NDArray[np.float64]

CATEGORIES: Final[dict[str, tuple[str, ...]]] = {
    "role": ROLES,
    "age": AGE_BANDS,
    "service": SERVICE_BANDS,
    "ethnicity": ETHNICITIES,
}
"""The breakdowns of an authority, with the order of their columns."""


@dataclass(frozen=True, eq=False)
class Authorities:
    """The 152 authorities as published; NaN where a cell is suppressed or missing.

    `cells` holds a table (authority, category) for each breakdown in `CATEGORIES`: FTE at 30 September 2016,
    but headcount of 2019 for ethnicity. Numbers of people and FTE are as printed (one decimal for FTE).
    """

    name: tuple[str, ...]
    code: tuple[str, ...]
    region: NDArray[np.int8]
    joint_return: tuple[str, ...]
    children: Floats
    headcount: Floats
    fte: Floats
    agency_fte: Floats
    agency_rate_2017: Floats
    vacancies_fte: Floats
    vacancy_rate_2017: Floats
    starters_fte_2017: Floats
    cells: dict[str, Floats]
    phase_one_2016: NDArray[np.bool_]
    naas_phase1_2018: NDArray[np.bool_]
    naas_phase2: NDArray[np.int8]


@lru_cache(maxsize=1)
def authorities() -> Authorities:
    """The authorities, read once per process."""
    rows = _rows("authorities.csv")

    def numbers(column: str) -> Floats:
        return np.array([float(row[column]) if row[column] else np.nan for row in rows])

    return Authorities(
        name=tuple(row["name"] for row in rows),
        code=tuple(row["code"] for row in rows),
        region=np.array([REGIONS.index(row["region"]) for row in rows], dtype=np.int8),
        joint_return=tuple(row["joint_return"] for row in rows),
        children=numbers("children_0_17"),
        headcount=numbers("headcount"),
        fte=numbers("fte"),
        agency_fte=numbers("agency_fte"),
        agency_rate_2017=numbers("agency_rate_2017"),
        vacancies_fte=numbers("vacancies_fte"),
        vacancy_rate_2017=numbers("vacancy_rate_2017"),
        starters_fte_2017=numbers("starters_fte_2017"),
        cells={
            breakdown: np.column_stack([numbers(f"{breakdown}:{category}") for category in categories])
            for breakdown, categories in CATEGORIES.items()
        },
        phase_one_2016=numbers("phase_one_2016") == 1,
        naas_phase1_2018=numbers("naas_phase1_2018") == 1,
        naas_phase2=np.nan_to_num(numbers("naas_phase2"), nan=-1).astype(np.int8),
    )


def national(year: int, measure: str, breakdown: str = "all", scope: str = "England") -> Floats:
    """A row of a national table, in the order of its categories. Raises KeyError if there is none."""
    found = _national()[year, measure, breakdown, scope]
    order = CATEGORIES.get(breakdown, tuple(found))
    return np.array([found[category] for category in order])


@lru_cache(maxsize=1)
def _national() -> dict[tuple[int, str, str, str], dict[str, float]]:
    tables: dict[tuple[int, str, str, str], dict[str, float]] = {}
    for row in _rows("national.csv"):
        table = tables.setdefault((int(row["year"]), row["measure"], row["dimension"], row["scope"]), {})
        table[row["category"]] = float(row["value"])
    return tables


def _rows(name: str) -> list[dict[str, str]]:
    text = files("simulation").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
