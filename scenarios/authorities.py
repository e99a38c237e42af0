"""The 152 authorities of England by name, with the groups that scenarios call them by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulation import published
from simulation.codes import REGIONS


@dataclass(frozen=True)
class Authority:
    """One authority, its staff, and the named groups of sites that it belongs to.

    `staff` is the headcount of 30 September 2016; a joint return is split by the children of its areas, and 0
    stands for a number that was not published.
    """

    name: str
    code: str
    region: str
    groups: frozenset[str]
    staff: float


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
    staff = np.nan_to_num(listed.headcount)
    joint = np.array(listed.joint_return)
    for name in sorted({*listed.joint_return} - {""}):
        members = joint == name
        children = listed.children[members]
        staff[members] = staff[members].sum() * children / children.sum()
    found = (
        Authority(
            name,
            code,
            REGIONS[region],
            frozenset(group for group, on in flags.items() if on[row]),
            float(staff[row]),
        )
        for row, (name, code, region) in enumerate(
            zip(listed.name, listed.code, listed.region.tolist(), strict=True)
        )
    )
    return tuple(sorted(found, key=lambda authority: authority.code))
