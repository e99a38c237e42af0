"""Synchronisation (b): with capacity to spare, people whom a policy does not touch live the same lives."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.levers import SPECS
from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.parting import parting
from scenarios.verification.policies import random_policy, roomy
from simulation.careers import SUPERVISION
from simulation.journal import Journal, workers_of
from simulation.prepared import Prepared, prepare_rollout
from simulation.world import run_world

Ints = NDArray[np.int64]

_GROUPS: Final = (
    "q1.",
    "q2.",
    "q3",
    "q4.",
    "q5.",
    "q6.",
    "q7",
    "phase.agency",
    "phase.asye",
    "phase.leaders",
)
_LEVERS: Final = tuple(
    name
    for name, spec in SPECS.items()
    if name.startswith((*_GROUPS, "phase.other_employers"))
    and (spec.kind == "choice" or name in ("q3", "q4.supervisor", "q4.leader"))
)


def _run(setting: Setting) -> Found:
    def one(case: int) -> str:
        chance = Random(f"untouched {setting.seed} {case}")
        base = roomy(random_policy(setting, case))
        levers = base.levers.patched(dict(_another(base.levers[name], name, chance) for name in _few(chance)))
        arms = [prepare_rollout(inputs) for inputs in (base, replace(base, levers=levers))]
        touched = _touched(*arms)
        runs = [_without(run_world(arm, case).journal, touched) for arm in arms]
        if said := parting(runs[0], runs[1], ("the policy", "the other policy")):
            raise Broken(f"someone whom {_told(arms)} does not touch lives differently: {said}")
        return str((~touched).sum()) if touched.any() else "0"

    return tried(setting.cases, one, lambda counts: f"{sum(map(int, counts)):,} people untouched")


def _few(chance: Random) -> list[str]:
    return chance.sample(_LEVERS, chance.randint(1, 2))


def _another(value: object, name: str, chance: Random) -> tuple[str, object]:
    options: list[object] = [option.name for option in SPECS[name].options]
    options = options or [0, 6, 12, 18]
    return name, chance.choice([option for option in options if option != value])


def _touched(one: Prepared, other: Prepared) -> NDArray[np.bool_]:
    """Whether the rules ever treat a worker differently: where they start, promoted, or after any move."""
    people = one.workforce
    everyone, home = np.arange(people.size), people.employer.astype(np.int64)
    kind, phase_one = people.employers.kind, people.employers.phase_one_2016
    roles = (
        (people.functions.astype(np.int64), people.new_in_role.astype(np.int64)),
        (np.full(people.size, SUPERVISION), np.ones(people.size, dtype=np.int64)),
    )
    authorities = [int(np.flatnonzero((kind == 0) & (phase_one == flag))[0]) for flag in (True, False)]
    employers = [home, *(np.where(kind[home] == 0, authority, home) for authority in authorities)]
    found = np.zeros(people.size, dtype=np.bool_)
    start = np.zeros(people.size, dtype=np.int64)
    for functions, new in roles:
        for employer in employers:
            profiles = one.profiles.of(everyone, functions, employer, new)
            mine, theirs = (arm.policy.standing(profiles, start, start) for arm in (one, other))
            for name in ("status", "requirement", "phase", "opens", "closes", "endorser", "restricted"):
                found |= getattr(mine, name) != getattr(theirs, name)
    return found


def _without(journal: Journal, touched: NDArray[np.bool_]) -> Journal:
    return journal[~touched[workers_of(journal)]]


def _told(arms: list[Prepared]) -> str:
    one, other = (arm.inputs.levers for arm in arms)
    return ", ".join(f"{name}={theirs}" for name, _, theirs in one.differences(other))


UNTOUCHED = Check(
    "untouched",
    "People whom a policy does not touch live the same lives",
    "With seats, endorsers and release to spare, a change of rules reaches only those whose rules change.",
    _run,
)
