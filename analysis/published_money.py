"""What the scheme was said to cost and what was spent, as published, to be set beside a scenario."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from analysis.appraisal import Spread, spread
from analysis.costs import PAYERS, Bill

DEPARTMENT: Final = PAYERS.index("department")
BY: Final = 2020
"""The year by whose end ministers meant everybody to be assessed (Community Care, 14 March 2017)."""


@dataclass(frozen=True)
class Published:
    """An amount in pounds as it was published, with what it covered, when and by whom it was given."""

    id: str
    gbp: float
    label: str
    covers: str
    dated: str
    source: str
    url: str
    rating: str


@lru_cache(maxsize=1)
def published() -> dict[str, Published]:
    """Every published amount by its id; `quoted` is the figure that directors argued about."""
    text = files("analysis").joinpath("data/published-money.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        row["id"]: Published(
            row["id"],
            float(row["gbp"]),
            row["label"],
            row["covers"],
            row["dated"],
            row["source"],
            row["url"],
            row["rating"],
        )
        for row in rows
    }


@dataclass(frozen=True)
class Borne:
    """What the department bears under a bill, in pounds, not discounted: by year, in all, and in parts.

    `own` is what it spends on the scheme, `passed_on` what it pays employers, and `charged` what employers
    pay it; `in_all` is the first two less the third. `by_target` ends with `BY`.
    """

    years: dict[int, Spread]
    in_all: Spread
    by_target: Spread
    own: Spread
    passed_on: Spread
    charged: Spread
    social: Spread


def department(bill: Bill) -> Borne:
    """What the department bears in the years of a run."""
    borne = bill.borne()[DEPARTMENT] / 100
    received = bill.received()[DEPARTMENT] / 100
    passed = np.zeros_like(borne)
    for line in bill.lines:
        if line.payer == "department" and line.transfer:
            passed = passed + bill.line(line.key) / 100
    early = np.array([year <= BY for year in bill.years])
    return Borne(
        {year: spread(borne[:, place]) for place, year in enumerate(bill.years)},
        spread(borne.sum(axis=1)),
        spread(borne[:, early].sum(axis=1)),
        spread((bill.paid()[DEPARTMENT] / 100 - passed).sum(axis=1)),
        spread(passed.sum(axis=1)),
        spread(received.sum(axis=1)),
        spread(bill.social().sum(axis=1) / 100),
    )
