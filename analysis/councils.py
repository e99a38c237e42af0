"""What is known of each council besides its workforce: deprivation and caseloads; and finding one by name."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from rules.errors import nearest, problem

QUINTILES: Final = 5
FEW: Final = 12
"""Councils that are named one by one where none of them was meant."""
NATIONAL_CASELOAD: Final = 17.7
"""Cases per full-time case holder in England at 30 September 2017 (DfE, revised series)."""


@dataclass(frozen=True)
class Council:
    """One authority. `quintile` is 1 for the most deprived fifth; `caseload` is of 2017, 2016, or England."""

    code: str
    name: str
    imd_score: float
    quintile: int
    caseload: float
    caseload_of: str


@lru_cache(maxsize=1)
def councils() -> dict[str, Council]:
    """Every authority by code (Index of Multiple Deprivation 2015; DfE caseloads)."""
    text = files("analysis").joinpath("data/councils.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    by_score = sorted(rows, key=lambda row: (-float(row["imd_score"]), row["code"]))
    quintile = {row["code"]: 1 + place * QUINTILES // len(rows) for place, row in enumerate(by_score)}
    return {row["code"]: _council(row, quintile[row["code"]]) for row in rows}


def find(asked: str, names: Sequence[str], codes: Sequence[str]) -> int:
    """The place of a council by its name or code. Raises `InputError` K012 with names that are near."""
    wanted = asked.strip().casefold()
    for place, (name, code) in enumerate(zip(names, codes, strict=True)):
        if code and wanted in (name.casefold(), code.casefold()):
            return place
    known = [name for name, code in zip(names, codes, strict=True) if code]
    folded = {name.casefold(): name for name in known}
    close = _part_of(wanted, known) or nearest(wanted, folded)
    for name in known:
        close = close.replace(f"'{name.casefold()}'", f"'{name}'")
    few = f"one of: {', '.join(known)}" if len(known) <= FEW else "naas workforce --authorities lists them"
    raise problem("K012", f"no council is called '{asked}'", hint=close or few)


def _part_of(wanted: str, names: Sequence[str]) -> str:
    """The councils whose name has the text in it, those that begin with it first."""
    found = [name for name in names if wanted and wanted in name.casefold()]
    found.sort(key=lambda name: not name.casefold().startswith(wanted))
    return f"did you mean {' or '.join(repr(name) for name in found[:3])}?" if found else ""


def _council(row: dict[str, str], quintile: int) -> Council:
    caseload, of = NATIONAL_CASELOAD, "England, 2017"
    for year in ("2016", "2017"):
        if row[f"caseload_{year}"]:
            caseload, of = float(row[f"caseload_{year}"]), year
    return Council(row["code"], row["name"], float(row["imd_score"]), quintile, caseload, of)
