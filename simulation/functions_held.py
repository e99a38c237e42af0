"""Which statutory functions the holder of a role carries out; published roles do not say."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.codes import FUNCTIONS, PRACTITIONER_FUNCTIONS, ROLES, SUPERVISOR_FUNCTIONS
from simulation.ipf import Floats, Integers, largest_remainder
from simulation.parameters import Parameters
from simulation.sampling import Mask, highest, pick


def bits(*functions: str) -> int:
    """The number that holds these functions, one bit each."""
    return sum(1 << FUNCTIONS.index(name) for name in functions)


LONG_TERM: Final = bits("s47_lead", "case_responsibility", "statutory_assessments", "statutory_plans")
REFERRAL: Final = LONG_TERM | bits("referral_decisions")
FOSTERING: Final = bits("foster_carer_supervision", "foster_carer_approval")
SCREENING: Final = bits("referral_decisions", "statutory_assessments")
PRACTITIONER: Final = bits(*PRACTITIONER_FUNCTIONS)
SUPERVISOR: Final = bits(*SUPERVISOR_FUNCTIONS)
LEADER: Final = bits("leader_post")
GUARDIAN: Final = bits("iro")

_ROLE: Final = {name: index for index, name in enumerate(ROLES)}


def functions_of(role: Integers, u: Floats, parameters: Parameters) -> Integers:
    """The functions of each row by its role and a draw; practice leaders are named apart."""
    held = np.zeros(len(role), dtype=np.int64)
    for name, menu in _menus(parameters).items():
        mine = role == _ROLE[name]
        outcomes = np.array([functions for functions, _ in menu])
        shares = np.array([share for _, share in menu])
        held[mine] = outcomes[pick(shares, u[mine])]
    return held


def leaders(employer: Integers, role: Integers, service_days: Integers, posts: Integers) -> Mask:
    """The leaders of each employer: the most senior role, then the longest service."""
    rank = np.array([0, 1, 2, 3, 5, 4])[role]
    return highest(employer, -100_000.0 * rank + service_days, posts)


def leader_posts(employed: Integers, scale: float, parameters: Parameters) -> Integers:
    """Leader posts of each authority: one, or two in the largest, shrunk and enlarged with the scale."""
    second = parameters.value("functions.second_leader_above")
    posts = np.where(employed > second * scale, 2.0, 1.0) * (employed > 0) * scale
    return np.minimum(largest_remainder(posts, round(float(posts.sum()))), employed)


def _menus(parameters: Parameters) -> dict[str, list[tuple[int, float]]]:
    value = parameters.value

    def with_rest(listed: list[tuple[int, float]], otherwise: int) -> list[tuple[int, float]]:
        return [*listed, (otherwise, max(0.0, 1.0 - sum(share for _, share in listed)))]

    return {
        "case_holder": with_rest(
            [(REFERRAL, value("functions.case_referral")), (FOSTERING, value("functions.case_fostering"))],
            LONG_TERM,
        ),
        "senior_practitioner": [(LONG_TERM, 1.0)],
        "qualified_without_cases": with_rest(
            [
                (FOSTERING, value("functions.qualified_fostering")),
                (SCREENING, value("functions.qualified_practice")),
                (bits("conference_chair"), value("functions.qualified_conference_chair")),
                (bits("iro"), value("functions.qualified_iro")),
                (bits("designated_officer"), value("functions.qualified_designated_officer")),
            ],
            0,
        ),
        "first_line_manager": [(bits("practice_supervision"), 1.0)],
        "middle_manager": with_rest(
            [
                (bits("practice_supervision"), value("functions.middle_practice_supervision")),
                (bits("conference_chair"), value("functions.middle_conference_chair")),
                (bits("designated_officer"), value("functions.middle_designated_officer")),
            ],
            0,
        ),
    }
