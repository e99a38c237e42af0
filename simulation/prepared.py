"""What all replications of one arm share: the workforce, the standing of each worker, rounds and seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from rules.engine import PolicyEngine
from rules.levers import Levers
from simulation.assessment import Marking, marking
from simulation.calendar import LAST, add_months, day_of, weekly_rounds
from simulation.capacity import SeatPlan, seat_plan
from simulation.codes import CONTRACTS, ROLES, STATUSES
from simulation.inputs import SITE_GROUPS, Inputs, SiteWave
from simulation.policy import (
    FAR,
    MANDATORY,
    AfterwardsPolicy,
    PolicyTable,
    Profiles,
    RetakeTable,
    Standing,
    afterwards,
    retake_table,
)
from simulation.staff_list import load_staff_list
from simulation.synthesis import build_workforce
from simulation.workforce import Employers, Workforce

Ints = NDArray[np.int64]

FIRST_LINE_MANAGER: Final = ROLES.index("first_line_manager")
_MARKED: Final = ("ability.", "element.")
"""Beginnings of the ids of parameters that marking depends on."""
_PHASE_STARTS: Final = ("phase.one_from", "phase.two_from")
EMPLOYED: Final = CONTRACTS.index("employed")


@dataclass(frozen=True)
class Prepared:
    """One arm, ready to run. Days are days since the baseline."""

    inputs: Inputs
    workforce: Workforce
    policy: PolicyTable
    retakes: RetakeTable
    after: AfterwardsPolicy
    marking: Marking
    seats: SeatPlan
    rounds: tuple[int, ...]
    start: int
    until: int
    called: Ints
    mandatory_from: int
    managers: Ints
    headcount: Ints
    profiles: Profiles
    filled: Ints
    phase_start: Ints
    standing: Standing
    eligible: Ints = field(init=False)
    latest: Ints = field(init=False)

    def __post_init__(self) -> None:
        """Lay down everyone's days on joining, once for all replications."""
        people = self.workforce
        scope_day = np.maximum(people.joins.astype(np.int64), self.start)
        days = self.eligible_and_latest(self.standing, people.employer.astype(np.int64), scope_day)
        for name, found in zip(("eligible", "latest"), days, strict=True):
            object.__setattr__(self, name, found)

    def renewal_day(self, accredited_on: Ints) -> Ints:
        """The day on which accreditation falls due for renewal, `FAR` where it never does."""
        if self.after.renewal == "none":
            return np.full(len(accredited_on), FAR, dtype=np.int64)
        months = 12 * self.after.renewal_years
        return add_months(accredited_on, months)

    def eligible_and_latest(self, standing: Standing, employer: Ints, scope_day: Ints) -> tuple[Ints, Ints]:
        """From when workers may be assessed, and the last day on which they may still lack accreditation.

        The call comes with the phase, or with the wave of sites where a scenario names waves. Where the
        window closes before it opens (paras 62, 66 and 69 answered together), the opening prevails.
        """
        if self.inputs.sites:
            call = np.where(standing.phase == 0, FAR, self.called[employer])
        else:
            call = self.phase_start[standing.phase]
        eligible = np.maximum(np.maximum(call, standing.opens), scope_day)
        eligible = np.where((standing.status == 0) | (call >= FAR), FAR, eligible)
        latest = np.maximum(np.maximum(standing.closes, self.mandatory_from), eligible)
        bound = (standing.requirement == MANDATORY) & (standing.closes < FAR) & (eligible < FAR)
        return eligible, np.where(bound, latest, FAR)


def prepare_rollout(inputs: Inputs) -> Prepared:
    """Build the workforce and decide everything that no replication changes."""
    until = day_of(min(inputs.until, LAST))
    workforce = _workforce(inputs, until)
    in_post = np.arange(workforce.size) < workforce.baseline
    managers = in_post & (workforce.role == FIRST_LINE_MANAGER) & (workforce.contract == EMPLOYED)
    count = len(workforce.employers)
    return Prepared(
        inputs=inputs,
        workforce=workforce,
        marking=_marking(workforce, inputs.parameters.only(lambda entry: entry.id.startswith(_MARKED))),
        seats=seat_plan(inputs, until),
        rounds=weekly_rounds(0, until),
        start=max(day_of(inputs.start), 1),
        until=until,
        called=_called(inputs.sites, workforce.employers),
        managers=np.maximum(np.bincount(workforce.employer[managers], minlength=count), 1),
        headcount=np.bincount(workforce.employer[in_post], minlength=count),
        **_by_policy(workforce, inputs.levers),
    )


_marking = lru_cache(maxsize=4)(marking)


@lru_cache(maxsize=4)
def _by_policy(workforce: Workforce, levers: Levers) -> dict[str, Any]:
    """What depends on the levers, kept for arms that differ in their parameters alone."""
    return _by_the_levers(workforce, PolicyEngine(levers))


def under(prepared: Prepared, levers: Levers) -> Prepared:
    """The same people and the same centres under other levers, in a small part of the time."""
    engine = prepared.policy.engine.with_levers(levers)
    inputs = replace(prepared.inputs, levers=levers)
    return replace(prepared, inputs=inputs, **_by_the_levers(prepared.workforce, engine))


def _by_the_levers(workforce: Workforce, engine: PolicyEngine) -> dict[str, Any]:
    """What of a prepared arm depends on the levers and on who there is, and on nothing else."""
    levers, policy = engine.levers, PolicyTable(engine)
    profiles = Profiles(workforce, day_of(cast(date, levers["phase.asye_since"])))
    return {
        "policy": policy,
        "retakes": retake_table(engine),
        "after": afterwards(engine),
        "mandatory_from": day_of(cast(date, levers["q1.mandatory_from"])),
        "profiles": profiles,
        "phase_start": np.array([FAR, *(day_of(cast(date, levers[name])) for name in _PHASE_STARTS)]),
        "filled": _filled_posts(workforce, policy, profiles),
        "standing": _standing(workforce, policy, profiles),
    }


def _standing(people: Workforce, policy: PolicyTable, profiles: Profiles) -> Standing:
    """Where everyone stands on joining."""
    everyone = np.arange(people.size)
    columns = (people.functions, people.employer, people.new_in_role)
    facts = profiles.of(everyone, *(column.astype(np.int64) for column in columns))
    return policy.standing(facts, people.service_start.astype(np.int64), people.role_start.astype(np.int64))


def _filled_posts(people: Workforce, policy: PolicyTable, profiles: Profiles) -> Ints:
    """FTE in hundredths of those directly employed at the baseline, by employer and status called for."""
    workers = np.flatnonzero(people.contract[: people.baseline] == EMPLOYED)
    employer = people.employer[workers].astype(np.int64)
    new = people.new_in_role[workers].astype(np.int64)
    functions = people.functions[workers].astype(np.int64)
    starts = people.service_start[workers].astype(np.int64), people.role_start[workers].astype(np.int64)
    status = policy.standing(profiles.of(workers, functions, employer, new), *starts).status
    holds = status > 0
    shape = len(people.employers), len(STATUSES) - 1
    cell = employer[holds] * shape[1] + status[holds] - 1
    fte = people.fte[workers[holds]].astype(np.int64)
    return np.bincount(cell, fte, shape[0] * shape[1]).astype(np.int64).reshape(shape)


def _workforce(inputs: Inputs, until: int) -> Workforce:
    if inputs.workforce_file is not None:
        return load_staff_list(inputs.workforce_file, inputs.parameters)
    return build_workforce(inputs.parameters, inputs.scale, until)


def _called(waves: tuple[SiteWave, ...], employers: Employers) -> Ints:
    """The day from which each employer takes part; sites with nobody on a staff list call nobody."""
    called = np.full(len(employers), FAR, dtype=np.int64)
    row = {name: index for index, name in enumerate(employers.name)}
    for wave in waves:
        for member in wave.employers:
            chosen = _group(member, employers) if member in SITE_GROUPS else _named(member, row)
            called[chosen] = np.minimum(called[chosen], day_of(wave.joins))
    return called


def _named(name: str, row: Mapping[str, int]) -> Ints:
    return np.array([row[name]] if name in row else [], dtype=np.int64)


def _group(name: str, employers: Employers) -> Ints:
    flags = {
        "phase_one_2016": employers.phase_one_2016 == 1,
        "naas_phase1_2018": employers.naas_phase1_2018 == 1,
        "naas_phase2": employers.naas_phase2 == 1,
        "all": np.ones(len(employers), dtype=np.bool_),
    }
    return np.flatnonzero(flags[name])
