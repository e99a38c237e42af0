"""What the rules decide for every worker, in bulk: each distinct profile of facts is decided once.

A profile is the facts that the eligibility rules read, packed into twenty bits. The rules see exactly what
they would see for one person; arrays hold the answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from rules.engine import PolicyEngine
from rules.model import Decision, Fact
from simulation.calendar import add_months, day_of
from simulation.codes import CONTRACTS, FUNCTIONS, ORIGINS, STATUSES
from simulation.workforce import Workforce

Ints = NDArray[np.int64]

FAR: Final = 2**31 - 1
"""A day that never comes."""

REQUIREMENTS: Final = ("none", "voluntary", "expected", "mandatory")
MANDATORY: Final = REQUIREMENTS.index("mandatory")
PHASES: Final = ("none", "one", "two")
ENDORSERS: Final = ("nobody", "employer", "host", "agency")
EMPLOYER_KINDS: Final = ("local_authority", "other")
_STARTS: Final = ("none", "service_start", "role_start", "phase_end")

_FIELDS: Final = (
    "status",
    "requirement",
    "phase",
    "opens_months",
    "opens_after",
    "closes_months",
    "closes_after",
    "endorser",
    "restricted",
)
_NO_LIMIT: Final = -1
_NO_BOUND: Final = np.array([[-FAR], [FAR]])
"""A window without an opening is open since ever, one without a closing never closes."""


class Profiles:
    """The facts that the rules read of each worker, packed into one integer below 2**20."""

    def __init__(self, people: Workforce, asye_since: int) -> None:
        employers = people.employers
        asye = (people.asye_start >= asye_since).astype(np.int64)
        contract, origin = people.contract.astype(np.int64), people.origin.astype(np.int64)
        kind, phase_one = employers.kind.astype(np.int64), employers.phase_one_2016.astype(np.int64)
        self._of_worker = (contract << 13) | (asye << 16) | (origin << 17)
        self._of_employer = (kind << 12) | (phase_one << 15)

    def of(self, workers: Ints, functions: Ints, employer: Ints, new_in_role: Ints) -> Ints:
        """The profiles of `workers`, with the functions, employer and newness they have now."""
        code = functions | (new_in_role << 19)
        code |= self._of_worker[workers]
        code |= self._of_employer[employer]
        return np.asarray(code)


def facts_of_profile(code: int) -> dict[str, Fact]:
    """The facts that a profile stands for, in the words of the rules."""
    return {
        "functions": frozenset(name for bit, name in enumerate(FUNCTIONS) if code >> bit & 1),
        "employer": EMPLOYER_KINDS[code >> 12 & 1],
        "contract": CONTRACTS[code >> 13 & 3],
        "phase_one_authority": bool(code >> 15 & 1),
        "asye_since_start": bool(code >> 16 & 1),
        "origin": ORIGINS[code >> 17 & 3],
        "new_in_role": bool(code >> 19 & 1),
        "past_latest_date": True,
        "accredited": False,
    }


@dataclass(frozen=True)
class Standing:
    """What the rules say of each of some workers; days are days since the baseline, `FAR` for never."""

    status: Ints
    requirement: Ints
    phase: Ints
    opens: Ints
    closes: Ints
    endorser: Ints
    restricted: NDArray[np.bool_]


class PolicyTable:
    """Decisions of the eligibility rules by profile, filled as profiles are met."""

    def __init__(self, engine: PolicyEngine) -> None:
        self.engine = engine
        levers = engine.levers
        self._row_of = np.full(1 << 20, -1, dtype=np.int32)
        self._rows: list[tuple[int, ...]] = []
        self._answers = np.empty((len(_FIELDS), 1), dtype=np.int64)
        self._phase_end = np.array(
            [FAR, day_of(cast(date, levers["phase.one_to"])), day_of(cast(date, levers["phase.two_to"]))]
        )

    def standing(self, profiles: Ints, service_start: Ints, role_start: Ints) -> Standing:
        """Decide for workers with these profiles, by the days on which service and role began."""
        status, requirement, phase, opens_months, opens_after, closes_months, closes_after, endorser, held = (
            self._decide(profiles)
        )
        starts = np.array([np.zeros_like(service_start), service_start, role_start, self._phase_end[phase]])
        after, months = np.array([opens_after, closes_after]), np.array([opens_months, closes_months])
        start = starts[after, np.arange(len(profiles))]
        unbounded = (after == 0) | (start >= FAR)
        opens, closes = np.where(unbounded, _NO_BOUND, add_months(start, months))
        return Standing(status, requirement, phase, opens, closes, endorser, held.astype(np.bool_))

    def _decide(self, profiles: Ints) -> Ints:
        """The answers [field, worker]."""
        unknown = profiles[self._row_of[profiles] < 0]
        if len(unknown):
            for code in sorted(set(unknown.tolist())):
                self._row_of[code] = len(self._rows)
                self._rows.append(_answer(self.engine.derive(facts_of_profile(code))))
            self._answers = np.array(self._rows, dtype=np.int64).T
        return np.asarray(self._answers.take(self._row_of[profiles], axis=1))


def _answer(decisions: dict[str, Decision]) -> tuple[int, ...]:
    window = decisions["window"].answer
    closes = window["closes_months"]
    return (
        STATUSES.index(str(decisions["status"].answer["status"])),
        REQUIREMENTS.index(str(decisions["mandate"].answer["requirement"])),
        PHASES.index(str(decisions["phase"].answer["phase"])),
        int(window["opens_months"] or 0),
        _STARTS.index(str(window["opens_after"] or "none")),
        _NO_LIMIT if closes is None else int(closes),
        _STARTS.index(str(window["closes_after"] or "none")),
        ENDORSERS.index(str(decisions["endorser"].answer["endorser"] or "nobody")),
        int(decisions["consequence"].answer["consequence"] == "restricted_duties"),
    )


@dataclass(frozen=True)
class RetakeTable:
    """What follows a fail, by (elements failed, failed narrowly, attempt) up to the tenth attempt.

    `whole` says that the whole assessment is retaken, `months` how long the wait is, `fixed` that the wait
    is fixed and no new endorsement is needed, `stopped` that no attempt is left.
    """

    whole: NDArray[np.bool_]
    months: Ints
    fixed: NDArray[np.bool_]
    stopped: NDArray[np.bool_]


MOST_ATTEMPTS: Final = 10


def retake_table(engine: PolicyEngine) -> RetakeTable:
    """Ask the retake rules about every case once."""
    shape = (4, 2, MOST_ATTEMPTS + 1)
    whole, fixed, stopped = (np.zeros(shape, dtype=np.bool_) for _ in range(3))
    months = np.zeros(shape, dtype=np.int64)
    for failed in range(1, 4):
        for narrow in (False, True):
            for attempt in range(1, MOST_ATTEMPTS + 1):
                facts: dict[str, Fact] = {
                    "elements_failed": failed,
                    "failed_narrowly": narrow,
                    "attempt": attempt,
                }
                answer = engine.decide("retake", facts).answer
                case = (failed, int(narrow), attempt)
                whole[case] = answer["retake"] == "whole_assessment"
                stopped[case] = bool(answer["stopped"]) or answer["retake"] in (None, "none")
                fixed[case] = answer["decided_by"] == "fixed"
                months[case] = int(answer["wait_months"] or 0)
    return RetakeTable(whole, months, fixed, stopped)


@dataclass(frozen=True)
class AfterwardsPolicy:
    """Whether results may be reviewed, and how and after how many years accreditation is renewed."""

    review: bool
    renewal: str
    renewal_years: int


def afterwards(engine: PolicyEngine) -> AfterwardsPolicy:
    """Ask the review and renewal rules."""
    disputed: dict[str, Fact] = {"result_disputed": True, "extenuating_circumstances": False}
    renewal = engine.decide("renewal", {"accredited": True}).answer
    return AfterwardsPolicy(
        engine.decide("review", disputed).answer["review"] == "available",
        str(renewal["renewal"] or "none"),
        int(renewal["years"] or 0),
    )
