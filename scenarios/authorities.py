"""The 152 authorities of England by name, with the groups that scenarios call them by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from simulation import published
from simulation.codes import REGIONS


@dataclass(frozen=True)
class Authority:
    """One authority, and the named groups of sites that it belongs to."""

    name: str
    code: str
    region: str
    groups: frozenset[str]


@lru_cache(maxsize=1)
def authorities() -> tuple[Authority, ...]:
    """Every authority in order of its code."""
    listed = published.authorities()
    flags = {
        "all": [True] * len(listed.name),
        "phase_one_2016": listed.phase_one_2016.tolist(),
        "naas_phase1_2018": listed.naas_phase1_2018.tolist(),
        "naas_phase2": (listed.naas_phase2 == 1).tolist(),
    }
    found = (
        Authority(name, code, REGIONS[region], frozenset(group for group, on in flags.items() if on[row]))
        for row, (name, code, region) in enumerate(
            zip(listed.name, listed.code, listed.region.tolist(), strict=True)
        )
    )
    return tuple(sorted(found, key=lambda authority: authority.code))
