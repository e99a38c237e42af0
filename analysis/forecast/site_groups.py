"""Groups of authorities by when they took part: what a forecast of the delivered scheme is split by."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import day_of
from simulation.policy import FAR
from simulation.workforce import Employers

PHASE_ONE: Final = "phase one"
NAMED: Final = "phase two, named"
STAND_INS: Final = "phase two, stand-ins"
THIRD: Final = "third wave"
ELSEWHERE: Final = "elsewhere"
GROUPS: Final = (PHASE_ONE, NAMED, STAND_INS, THIRD, ELSEWHERE)
"""Sites of 2018; sites of 2019 named in the grant letter of 18 March 2019; the other sites of 2019, of which
the forecast has stand-ins; sites of 2020; and people who came forward at a site and sat after leaving it, for
an authority that takes no part or not yet."""

_SECOND: Final = day_of(date(2019, 1, 1))
_THIRD: Final = day_of(date(2020, 1, 1))

Ints = NDArray[np.int64]


def group_of(called: Ints, employers: Employers) -> Ints:
    """The group of each employer, as its place in `GROUPS`, by the day from which it takes part."""
    named = employers.naas_phase2 == 1
    second = np.where(named, GROUPS.index(NAMED), GROUPS.index(STAND_INS))
    cases = [called >= FAR, called >= _THIRD, called >= _SECOND]
    groups = [np.full(len(called), GROUPS.index(name)) for name in (ELSEWHERE, THIRD)]
    return np.select(cases, [*groups, second], GROUPS.index(PHASE_ONE)).astype(np.int64)


def groups_of(called: Ints, employers: Employers, site: Ints, day: Ints) -> Ints:
    """The group of each sitting, by the employer at the time and the day.

    Whoever moved to an authority that joins only later came forward elsewhere, and is counted there.
    """
    return np.where(called[site] <= day, group_of(called, employers)[site], GROUPS.index(ELSEWHERE))
