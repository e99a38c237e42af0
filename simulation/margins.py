"""The synthetic workforce against what is published, cell by cell, and everything that was filled in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from simulation.codes import AGE_BANDS, CONTRACTS, ETHNICITIES, REGIONS, ROLES, SERVICE_BANDS, SEXES
from simulation.employers import AUTHORITIES, FITTED
from simulation.ipf import Floats, Integers
from simulation.published import authorities, national
from simulation.sampling import Mask
from simulation.structure import age_band, service_band
from simulation.workforce import Imputation, Workforce

TOLERANCE: Final = 0.1
"""Percentage points by which a national share of people may differ from the published one at full size."""


@dataclass(frozen=True)
class Cell:
    """One figure, synthetic beside published (None where nothing is); `imputed` if filled in."""

    dimension: str
    category: str
    unit: str
    published: float | None
    synthetic: float
    imputed: bool = False

    @property
    def difference(self) -> float | None:
        """Synthetic less published."""
        return None if self.published is None else round(self.synthetic - self.published, 6)


@dataclass(frozen=True)
class MarginsReport:
    """Totals, shares and authorities; whether all hold; what was imputed.

    `authorities_exact` of `authorities_compared` have the published headcount; `largest_share_difference`
    is in percentage points over role, age and service.
    """

    cells: tuple[Cell, ...]
    authorities_exact: int
    authorities_compared: int
    largest_share_difference: float
    imputed: tuple[Imputation, ...]

    def to_dict(self) -> dict[str, object]:
        """Plain data for output."""
        return {
            "cells": [asdict(cell) | {"difference": cell.difference} for cell in self.cells],
            "authorities_exact": self.authorities_exact,
            "authorities_compared": self.authorities_compared,
            "largest_share_difference": self.largest_share_difference,
            "imputed": [asdict(imputation) for imputation in self.imputed],
        }


def margins_report(workforce: Workforce) -> MarginsReport:
    """Compare the people in post on day 0 with the statistics of 30 September 2016.

    A workforce at another scale, or of a staff list, is compared in shares; its counts stand beside the
    published ones for information.
    """
    post = np.arange(workforce.size) < workforce.baseline
    authority = workforce.employers.kind[workforce.employer] == 0
    employed = post & authority & (workforce.contract == CONTRACTS.index("employed"))
    agency = post & authority & ~employed
    shares = _shares(workforce, employed)
    local = _authorities(workforce, employed)
    compared = [cell for cell in local if cell.unit == "people" and cell.published is not None]
    fitted = [cell.difference for cell in shares if cell.dimension in FITTED and cell.unit == "percent"]
    return MarginsReport(
        cells=(*_totals(workforce, post, employed, agency), *shares, *local),
        authorities_exact=sum(cell.difference == 0 for cell in compared),
        authorities_compared=len(compared),
        largest_share_difference=max((abs(gap) for gap in fitted if gap is not None), default=0.0),
        imputed=workforce.imputed,
    )


def _totals(workforce: Workforce, post: Mask, employed: Mask, agency: Mask) -> list[Cell]:
    source = authorities()
    staffed = len(np.unique(workforce.employer[employed]))
    others = post & (workforce.employers.kind[workforce.employer] == 1)
    return [
        Cell("total", "authorities", "employers", AUTHORITIES, int((workforce.employers.kind == 0).sum())),
        Cell("total", "authorities with staff", "employers", None, staffed),
        Cell("total", "directly employed", "people", _total(source.headcount), int(employed.sum())),
        Cell("total", "directly employed", "FTE", _total(source.fte), _fte(workforce, employed)),
        Cell("total", "agency", "people", float(national(2016, "agency_headcount")[0]), int(agency.sum())),
        Cell("total", "agency", "FTE", _total(source.agency_fte), _fte(workforce, agency)),
        Cell("total", "other employers", "people", None, int(others.sum()), imputed=True),
        Cell(
            "total",
            "vacancies",
            "FTE",
            _total(source.vacancies_fte),
            float(workforce.employers.vacancies_fte.sum()) / 100,
        ),
    ]


def _shares(workforce: Workforce, employed: Mask) -> list[Cell]:
    bands = {
        "role": workforce.role[employed].astype(np.int64),
        "age": age_band(workforce.age[employed].astype(np.int64)),
        "service": service_band(-workforce.service_start[employed].astype(np.int64)),
    }
    cells = []
    for dimension, names in (("role", ROLES), ("age", AGE_BANDS), ("service", SERVICE_BANDS)):
        printed = national(2016, "in_post_headcount_percent", dimension)
        people = national(2016, "in_post_headcount", dimension)
        fte = national(2016, "in_post_fte", dimension)
        counts = np.bincount(bands[dimension], minlength=len(names))
        weights = workforce.fte[employed].astype(np.float64) / 100
        full = np.bincount(bands[dimension], weights=weights, minlength=len(names))
        for index, name in enumerate(names):
            share = 100 * counts[index] / max(int(counts.sum()), 1)
            cells.append(Cell(dimension, name, "percent", float(printed[index]), float(share)))
            cells.append(Cell(dimension, name, "people", float(people[index]), int(counts[index])))
            cells.append(Cell(dimension, name, "FTE", float(fte[index]), round(float(full[index]), 2)))
    sexes = _percent(workforce.sex[employed].astype(np.int64), len(SEXES))
    printed = national(2019, "in_post_percent", "sex")
    cells += [Cell("sex", n, "percent", float(p), s) for n, p, s in zip(SEXES, printed, sexes, strict=True)]
    mix = national(2019, "in_post_headcount", "ethnicity")
    kinds = _percent(workforce.ethnicity[employed].astype(np.int64), len(ETHNICITIES))
    cells += [
        Cell(
            "ethnicity", name, "percent", round(100 * float(count) / float(mix.sum()), 1), share, imputed=True
        )
        for name, count, share in zip(ETHNICITIES, mix, kinds, strict=True)
    ]
    regions = workforce.employers.region[workforce.employer[employed]].astype(np.int64)
    source = authorities()
    for index, name in enumerate(REGIONS):
        published = float(np.nansum(source.headcount[source.region == index]))
        cells.append(Cell("region", name, "people", published, int((regions == index).sum())))
    return cells


def _authorities(workforce: Workforce, employed: Mask) -> list[Cell]:
    """Headcount and FTE of each authority; members of a joint return are compared together."""
    source = authorities()
    row = {name: index for index, name in enumerate(workforce.employers.name)}
    count = len(row)
    people = np.bincount(workforce.employer[employed], minlength=count)
    fte = np.bincount(workforce.employer[employed], weights=workforce.fte[employed] / 100, minlength=count)
    noted = {(note.what, note.where) for note in workforce.imputed}
    joint: dict[str, list[int]] = {}
    for index, name in enumerate(source.name):
        joint.setdefault(source.joint_return[index] or name, []).append(index)
    cells = []
    for name, members in joint.items():
        present = [row[source.name[member]] for member in members if source.name[member] in row]
        if not present:
            continue
        for unit, table, mine in (("people", source.headcount, people), ("FTE", source.fte, fte)):
            published = None if np.isnan(table[members]).all() else float(np.nansum(table[members]))
            what = "headcount" if unit == "people" else "FTE"
            filled = len(members) == 1 and (what, name) in noted
            cells.append(
                Cell("authority", name, unit, published, round(float(mine[present].sum()), 2), imputed=filled)
            )
    return cells


def _total(published: Floats) -> float:
    return round(float(np.nansum(published)), 1)


def _percent(kinds: Integers, count: int) -> list[float]:
    counts = np.bincount(kinds, minlength=count)
    return [round(100 * int(number) / max(len(kinds), 1), 2) for number in counts]


def _fte(workforce: Workforce, rows: Mask) -> float:
    return int(workforce.fte[rows].astype(np.int64).sum()) / 100
