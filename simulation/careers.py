"""Careers: leaving, moving to another authority, promotion to a supervising role.

On the first round of each month every worker in post bears a month's hazard, which policy may multiply: while
awaiting accreditation, after a fail, once accredited. A worker whose hazard passes a threshold, drawn once,
departs on the day on which it does. The thresholds are the same in every scenario, so that a policy that
raises hazards only ever brings departures forward.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import date_of
from simulation.codes import FUNCTIONS, ROLES
from simulation.hazards import EMPLOYED, MILLION, LeavingRates, thresholds
from simulation.journal import Event
from simulation.policy import FAR, REQUIREMENTS
from simulation.programme import Programme
from simulation.stages import Stage
from simulation.world import World

Ints = NDArray[np.int64]

PROMOTED_FROM = (ROLES.index("senior_practitioner"), ROLES.index("case_holder"))
SUPERVISION = 1 << FUNCTIONS.index("practice_supervision")
AUTHORITY = 0


class Careers:
    """Decides departures and promotions month by month, and carries them out on their days."""

    def __init__(self, world: World, programme: Programme) -> None:
        self._world = world
        self._state = world.state
        self._programme = programme
        self._month = -1
        self._departing = self._rising = np.empty(0, dtype=np.int64)
        prepared, parameters = world.prepared, world.prepared.inputs.parameters
        people = prepared.workforce
        self._rates = LeavingRates(people, parameters)
        self._borne = np.zeros(people.size, dtype=np.int64)
        self._bears = thresholds(world.draws.block("leaving"))
        self._promotion_borne = np.zeros(people.size, dtype=np.int64)
        self._promotion_bears = thresholds(world.draws.block("promotion"))
        self._promotion_rate = round(parameters.value("promotion.annual_rate") * MILLION)
        self._thousandths = _multipliers(parameters.value)
        self._moving_share = parameters.value("leaving.moving_share")
        kind = people.employers.kind[people.employer]
        self._may_move = (people.contract == EMPLOYED) & (kind == AUTHORITY)
        joining = people.employer[people.baseline :][self._may_move[people.baseline :]]
        self._openings = np.cumsum(np.bincount(joining, minlength=len(people.employers.name)))
        role = people.role
        self._promotable = (people.contract == EMPLOYED) & np.isin(role, PROMOTED_FROM)

    def review(self) -> None:
        """On the first round of a month, decide who departs or is promoted before the next review."""
        month = date_of(self._world.today).month
        if month == self._month:
            return
        self._month = month
        first, days = self._world.today + 1, self._days_to_next_review()
        state = self._state
        here = np.flatnonzero((state.stage > Stage.NOT_JOINED) & (state.stage < Stage.LEFT))
        annual = self._rates.annual(here, self._world.today, state.service_start[here])
        increment = annual * self._effect(here) // 1000 * days // 365
        crossed, when = _crossings(self._borne, self._bears, here, increment, first, days)
        state.departs[crossed] = when
        self._departing = np.concatenate([self._departing, crossed])
        moves = self._world.draws.at("moving", crossed, state.moves[crossed]) < self._moving_share
        state.moving[crossed] = moves & self._may_move[crossed] & (self._openings[-1] > 0)
        climbing = here[self._promotable[here] & (state.functions[here] & SUPERVISION == 0)]
        step = np.full(len(climbing), self._promotion_rate * days // 365)
        promoted, on = _crossings(self._promotion_borne, self._promotion_bears, climbing, step, first, days)
        state.promotes[promoted] = on
        self._rising = np.concatenate([self._rising, promoted])

    def depart(self) -> None:
        """Carry out departures and promotions that fell before today; a departure cancels a promotion."""
        state, today = self._state, self._world.today
        comes = state.promotes[self._rising] < today
        promoted, self._rising = self._rising[comes], self._rising[~comes]
        if len(promoted):
            stays = promoted[state.departs[promoted] > state.promotes[promoted]]
            self._promote(stays, state.promotes[stays])
            state.promotes[promoted] = FAR
        goes = state.departs[self._departing] < today
        gone, self._departing = self._departing[goes], self._departing[~goes]
        if not len(gone):
            return
        days = state.departs[gone]
        moving = state.moving[gone]
        self._leave(gone[~moving], days[~moving])
        self._move(gone[moving], days[moving])
        state.departs[gone] = FAR

    def _leave(self, workers: Ints, days: Ints) -> None:
        self._world.record(Event.LEFT, workers, days)
        self._state.enter(workers, Stage.LEFT)
        self._state.restricts[workers] = FAR

    def _move(self, workers: Ints, days: Ints) -> None:
        """Take up post with another authority, which endorses anew; what was due this week waits a round."""
        state, world = self._state, self._world
        if not len(workers):
            return
        drawn = world.draws.at("destination", workers, state.moves[workers]) * self._openings[-1]
        state.employer[workers] = np.searchsorted(self._openings, drawn, side="right")
        state.moves[workers] += 1
        state.moving[workers] = False
        state.service_start[workers] = days
        self._borne[workers] = 0
        self._bears[workers] = thresholds(world.draws.at("leaving", workers, state.moves[workers]))
        world.record(Event.MOVED, workers, days, state.employer[workers])
        stage = state.stage[workers]
        self._programme.recall(workers, days)
        queued = (stage == Stage.AWAITING_ENDORSEMENT) | (stage == Stage.AWAITING_SEAT)
        again = workers[queued]
        world.record(Event.PREPARED, again, days[queued])
        state.enter(again, Stage.AWAITING_ENDORSEMENT)
        state.queued[again] = days[queued]
        state.due[workers] = np.maximum(state.due[workers], world.today)

    def _promote(self, workers: Ints, days: Ints) -> None:
        """Become new to a supervising role: new functions, a new status to be accredited for."""
        state, world = self._state, self._world
        if not len(workers):
            return
        state.functions[workers] = SUPERVISION
        state.new_in_role[workers] = 1
        state.role_start[workers] = days
        world.record(Event.PROMOTED, workers, days)
        restricted = workers[state.restricted[workers]]
        world.record(Event.RESTORED, restricted, days[state.restricted[workers]])
        state.restricted[workers] = False
        state.accredited_on[workers] = FAR
        for flag in (state.renewing, state.fixed_wait, state.failed_last):
            flag[workers] = False
        for counter in (state.attempt, state.developed):
            counter[workers] = 0
        state.queued[workers] = FAR
        self._programme.place(workers, days)
        state.due[workers] = np.maximum(state.due[workers], world.today)

    def _effect(self, workers: Ints) -> Ints:
        """How policy multiplies hazards, in thousandths, by what is asked of workers and where they stand."""
        state = self._state
        over_55 = self._rates.over_55(workers, self._world.today)
        return self._thousandths[
            state.requirement[workers],
            state.stage[workers],
            state.failed_last[workers].astype(np.int8),
            over_55.astype(np.int8),
        ]

    def _days_to_next_review(self) -> int:
        world = self._world
        month = date_of(world.today).month
        later = (day for day in world.prepared.rounds if day > world.today and date_of(day).month != month)
        return next(later, world.prepared.rounds[-1]) - world.today


def _multipliers(value: Callable[[str], float]) -> Ints:
    """Thousandths by what is asked, stage, whether the last result was a fail, and whether 55 or over."""
    table = np.full((len(REQUIREMENTS), len(Stage), 2, 2), 1000, dtype=np.int64)
    awaiting = [
        stage for stage in Stage if Stage.ELIGIBLE <= stage < Stage.LEFT and stage != Stage.ACCREDITED
    ]
    for requirement, kind in enumerate(REQUIREMENTS[1:], start=1):
        force = "mandatory" if kind == "mandatory" else "voluntary"
        for failed, condition in enumerate(("awaiting", "failed")):
            effect = value(f"leaving.{condition}_{force}")
            table[requirement, awaiting, failed, 0] = round(effect * 1000)
            table[requirement, awaiting, failed, 1] = round(effect * value(f"leaving.over_55_{force}") * 1000)
        if force == "mandatory":
            table[requirement, Stage.ACCREDITED] = round(value("leaving.accredited_mandatory") * 1000)
    return table


def _crossings(
    borne: Ints, bears: Ints, workers: Ints, increment: Ints, first: int, days: int
) -> tuple[Ints, Ints]:
    """Add a month's hazard; return those whose threshold is crossed, and the day on which it is."""
    before = borne[workers]
    borne[workers] = before + increment
    crossed = (before < bears[workers]) & (before + increment >= bears[workers])
    share = (bears[workers][crossed] - before[crossed] - 1) * days // np.maximum(increment[crossed], 1)
    return workers[crossed], first + np.clip(share, 0, days - 1)
