"""Employers endorse: each considers its workers in order, as many a week as its managers have time for.

Endorsement is a judgement of its own, not a noisy copy of the test: in the trial employers rated long-serving
staff higher while scores fell with service. An agency that endorses (question 7 answered the other way) has
no such limit; a worker whom nobody may endorse waits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.journal import Event
from simulation.policy import ENDORSERS
from simulation.stages import Stage
from simulation.world import World

Ints = NDArray[np.int64]

NOBODY = ENDORSERS.index("nobody")
AGENCY = ENDORSERS.index("agency")


class Authorities:
    """Endorses workers who are ready, and takes back those whose development is over."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state
        self._round = 0
        prepared, parameters = world.prepared, world.prepared.inputs.parameters
        self._allowance = _weekly(
            np.rint(prepared.managers * parameters.value("endorsement.per_manager_week") * 1000),
            len(prepared.rounds),
        )
        self._renews = prepared.after.renewal == "endorsement"
        people = prepared.workforce
        long_service = (people.joins - people.service_start) >= 5 * 365.25
        bonus = parameters.value("endorsement.long_service_bonus") * long_service
        self._chance = np.minimum(parameters.value("endorsement.probability") + bonus, 1.0)
        self._retry = parameters.duration("endorsement.retry")

    def act(self) -> None:
        """Hold this week's endorsements; whoever changes post today is not considered."""
        allowance, state = self._allowance[self._round], self._state
        self._round += 1
        waiting = state.at(Stage.AWAITING_ENDORSEMENT)
        waiting = waiting[state.interrupted[waiting] > self._world.today]
        if not len(waiting):
            return
        unlimited = state.endorser[waiting] == AGENCY
        queue = waiting[~unlimited & (state.endorser[waiting] != NOBODY)]
        order, rank, employer = in_turn(state.employer[queue], state.queued[queue], queue)
        considered = order[rank < allowance[employer]]
        self._consider(np.sort(np.concatenate([considered, waiting[unlimited]])))

    def _consider(self, workers: Ints) -> None:
        state, world = self._state, self._world
        occasions = state.considered[workers]
        endorsed = world.draws.at("endorsement", workers, occasions) < self._chance[workers]
        chosen, refused = workers[endorsed], workers[~endorsed]
        if self._renews:
            renewing = state.renewing[chosen]
            self._renew(chosen[renewing])
            chosen = chosen[~renewing]
        self._endorse(chosen)
        world.record(Event.NOT_ENDORSED, refused, world.today)
        wait = self._retry.days(world.draws.at("endorsement retry", refused, state.considered[refused]))
        state.enter(refused, Stage.DEVELOPING, world.today + np.maximum(wait, 1))
        state.considered[workers] += 1

    def _endorse(self, workers: Ints) -> None:
        self._world.record(Event.ENDORSED, workers, self._world.today)
        self._state.enter(workers, Stage.AWAITING_SEAT)
        self._state.queued[workers] = self._world.today

    def _renew(self, workers: Ints) -> None:
        state, world = self._state, self._world
        world.record(Event.RENEWED, workers, world.today)
        state.renewing[workers] = False
        state.enter(workers, Stage.ACCREDITED, world.prepared.renewal_day(np.full(len(workers), world.today)))

    def end_development(self) -> None:
        """Workers whose wait is over are considered again, or go straight to a seat where waits are fixed."""
        state, world = self._state, self._world
        ready = world.due(Stage.DEVELOPING)
        if not len(ready):
            return
        fixed = state.fixed_wait[ready]
        direct, again = ready[fixed], ready[~fixed]
        world.record(Event.ENDORSED, direct, state.due[direct], 1)
        state.queued[direct] = state.due[direct]
        state.enter(direct, Stage.AWAITING_SEAT)
        state.fixed_wait[direct] = False
        world.record(Event.PREPARED, again, state.due[again])
        state.queued[again] = state.due[again]
        state.enter(again, Stage.AWAITING_ENDORSEMENT)


def in_turn(groups: Ints, days: Ints, workers: Ints) -> tuple[Ints, Ints, Ints]:
    """Workers ordered by (group, day, worker), each one's rank within the group, from 0, and the group."""
    key = np.sort((groups << 40) | (days << 24) | workers)
    ordered = key & ((1 << 24) - 1)
    group = key >> 40
    begins = np.ones(len(group) + 1, dtype=np.bool_)
    np.not_equal(group[1:], group[:-1], out=begins[1:-1])
    edges = begins.nonzero()[0]
    first, past = edges[:-1], edges[1:]
    return ordered, np.arange(len(group)) - first.repeat(past - first), group


def _weekly(thousandths: NDArray[np.float64], rounds: int) -> Ints:
    """Endorsements [round, employer] that each can hold; fractions carry over from week to week."""
    held = np.floor(np.arange(rounds + 1)[:, np.newaxis] * thousandths / 1000)
    return np.diff(held, axis=0).astype(np.int64)
