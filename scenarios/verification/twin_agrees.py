"""The fast world and the slow twin write the same journal."""

from __future__ import annotations

from typing import Final

from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.parting import parting
from scenarios.verification.policies import random_policy
from simulation.prepared import prepare_rollout
from simulation.twin import run_twin
from simulation.world import run_world

SHARED: Final = (
    "the workforce, with everyone who joins and when",
    "the parameters and the random draws",
    "the answers of the rule engine to a profile of facts",
    "the table of days of a duration",
    "the yearly hazard of leaving by age, service, contract and employer",
    "the chance to fail an element, and to fail it narrowly, by ability",
    "the dates of bank holidays, and which regions border which",
)
"""What the twin takes from the fast side: an error there is in both, and makes no difference between them."""


def _run(setting: Setting) -> Found:
    def one(case: int) -> str:
        prepared = prepare_rollout(random_policy(setting, case))
        fast, slow = run_world(prepared, case).journal, run_twin(prepared, case)
        if said := parting(fast, slow, ("the fast world", "the twin")):
            raise Broken(said)
        return str(len(fast))

    return tried(setting.cases, one, lambda lengths: f"{sum(map(int, lengths)):,} events")


TWIN = Check(
    "twin",
    "The fast world and its twin agree, event for event",
    "A second, slow model with one process for each person writes the same journal for random policies.",
    _run,
)
