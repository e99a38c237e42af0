"""The 152 authorities of England by name, with the groups that scenarios call them by."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Authority:
    """One authority. The flags say whether it belongs to a named group of sites."""

    name: str
    code: str
    region: str
    groups: frozenset[str]


@lru_cache(maxsize=1)
def authorities() -> tuple[Authority, ...]:
    """Every authority in order of its code."""
    text = files("simulation").joinpath("data/authorities.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(sorted(map(_authority, rows), key=lambda authority: authority.code))


def _authority(row: dict[str, str]) -> Authority:
    named = [group for group in ("phase_one_2016", "naas_phase1_2018", "naas_phase2") if row[group] == "1"]
    return Authority(row["name"], row["code"], row["region"], frozenset([*named, "all"]))
