"""People for a scheme from scratch: practitioners all alike, one employer a region, nobody joins."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from rules.errors import problem
from simulation.codes import NEVER, ROLES
from simulation.functions_held import PRACTITIONER
from simulation.ipf import largest_remainder
from simulation.sampling import normal
from simulation.workforce import Employers, Workforce

MAX_REGIONS: Final = 127


@lru_cache(maxsize=8)
def plain_workforce(count: int, regions: tuple[tuple[str, float], ...]) -> Workforce:
    """`count` people shared among regions in proportion; the region of an employer is its place in the list.

    The regions are the caller's own and need not be those of England. Workers of one region are spread over
    the row numbers, so that a tie broken by row favours no region.
    Raises `InputError` W014 for more than 127 of them.
    """
    if len(regions) > MAX_REGIONS:
        raise problem("W014", f"a scheme has at most {MAX_REGIONS} regions, not {len(regions)}")
    shares = np.array([share for _, share in regions], dtype=np.float64)
    sizes = largest_remainder(shares, count)
    within = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    region = np.repeat(np.arange(len(regions)), sizes)
    spread = np.argsort((within + 0.5) / np.maximum(sizes[region], 1), kind="stable")
    nothing, started = np.zeros(len(regions), dtype=np.int32), np.zeros(count, dtype=np.int32)
    employers = Employers(
        name=tuple(name for name, _ in regions),
        code=tuple("" for _ in regions),
        region=np.arange(len(regions), dtype=np.int8),
        kind=np.zeros(len(regions), dtype=np.int8),
        phase_one_2016=np.ones(len(regions), dtype=np.bool_),
        naas_phase1_2018=np.ones(len(regions), dtype=np.bool_),
        naas_phase2=np.ones(len(regions), dtype=np.int8),
        headcount=sizes.astype(np.int32),
        fte=(100 * sizes).astype(np.int32),
        vacancies_fte=nothing,
        agency_fte=nothing.copy(),
    )
    return Workforce(
        baseline=count,
        employers=employers,
        employer=region[spread].astype(np.int16),
        role=np.full(count, ROLES.index("case_holder"), dtype=np.int8),
        contract=np.zeros(count, dtype=np.int8),
        age=np.full(count, 40, dtype=np.int8),
        service_start=started,
        role_start=started.copy(),
        asye_start=np.full(count, NEVER, dtype=np.int32),
        origin=np.zeros(count, dtype=np.int8),
        new_in_role=np.zeros(count, dtype=np.bool_),
        fte=np.full(count, 100, dtype=np.int16),
        sex=np.zeros(count, dtype=np.int8),
        ethnicity=np.zeros(count, dtype=np.int8),
        functions=np.full(count, PRACTITIONER, dtype=np.int16),
        ability=np.rint(100 * np.clip(normal("plain.ability", count), -4, 4)).astype(np.int16),
        joins=np.zeros(count, dtype=np.int32),
    )
