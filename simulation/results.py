"""Results: elements passed and failed, accreditation, and what the rules lay down after a fail."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.assessment import ALL_ELEMENTS, LEADER_ELEMENTS, SLOTS
from simulation.calendar import add_months
from simulation.durations import Duration
from simulation.journal import Event
from simulation.policy import FAR, MOST_ATTEMPTS
from simulation.stages import Stage
from simulation.state import LEADER
from simulation.world import World

Ints = NDArray[np.int64]

DAYS_PER_MONTH = 30.4375
_STREAMS = tuple(f"element {name}" for name in SLOTS)


class Results:
    """Gives results on their day, accredits those who pass and plans retakes for the others."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state
        parameters = world.prepared.inputs.parameters
        spread = parameters.value("retake.spread")
        months = np.unique(world.prepared.retakes.months).tolist()
        self._fixes = bool(world.prepared.retakes.fixed.any())
        self._stops = bool(world.prepared.retakes.stopped.any())
        self._renews = world.prepared.after.renewal != "none"
        self._waits = [(count, _around(count * DAYS_PER_MONTH, spread)) for count in months]
        self._request = parameters.value("review.request_share") if world.prepared.after.review else 0.0
        self._review = parameters.duration("review.elapsed")
        self._develops = world.prepared.inputs.levers["support.development"] == "provided"

    def act(self) -> None:
        """Give the results that fell due before today."""
        state, world = self._state, self._world
        ready = world.due(Stage.AWAITING_RESULT)
        if not len(ready):
            return
        days, occasions, sat = state.due[ready], state.sat[ready], state.pending[ready]
        draws = world.draws.each(_STREAMS, ready, occasions)
        failed, narrow = world.prepared.marking.outcome(ready, sat, state.developed[ready], draws)
        world.record(Event.RESULT, ready, days, sat | (failed << 4) | (narrow << 8))
        state.sat[ready] += 1
        state.attempt[ready] += 1
        state.failed[ready], state.narrow[ready] = failed, narrow
        passed = failed == 0
        self.accredit(ready[passed], days[passed])
        self._below_standard(ready[~passed], days[~passed], occasions[~passed])

    def accredit(self, workers: Ints, days: Ints) -> None:
        """Accredit workers on their days, or renew accreditation they already hold."""
        state, world = self._state, self._world
        first, when = workers, days
        if self._renews:
            renewing = state.renewing[workers]
            world.record(Event.RENEWED, workers[renewing], days[renewing])
            state.renewing[workers] = False
            first, when = workers[~renewing], days[~renewing]
        world.record(Event.ACCREDITED, first, when, state.status[first])
        restored = state.restricted[workers]
        world.record(Event.RESTORED, workers[restored], days[restored])
        state.restricted[workers] = False
        state.failed_last[workers] = False
        state.accredited_on[workers] = days
        state.attempt[workers] = 0
        state.pending[workers] = np.where(state.status[workers] == LEADER, LEADER_ELEMENTS, ALL_ELEMENTS)
        state.enter(workers, Stage.ACCREDITED, world.prepared.renewal_day(days))

    def plan_retake(self, workers: Ints, days: Ints) -> None:
        """Send workers below the standard to development, as the retake rules lay down (paras 74 to 76)."""
        state, world = self._state, self._world
        table = world.prepared.retakes
        failed = state.failed[workers]
        elements = np.minimum(_count_bits(failed), 3)
        near = (failed == state.narrow[workers]).astype(np.int64)
        case = elements, near, np.minimum(state.attempt[workers], MOST_ATTEMPTS)
        stopped, whole, fixed, months = (
            field[case] for field in (table.stopped, table.whole, table.fixed, table.months)
        )
        if self._stops:
            world.record(Event.STOPPED, workers[stopped], days[stopped])
            state.enter(workers[stopped], Stage.STOPPED)
            again = ~stopped
            workers, days, failed, whole, fixed, months = (
                column[again] for column in (workers, days, failed, whole, fixed, months)
            )
        everything = np.where(state.status[workers] == LEADER, LEADER_ELEMENTS, ALL_ELEMENTS)
        state.pending[workers] = np.where(whole, everything, failed)
        state.fixed_wait[workers] = fixed
        if self._develops:
            state.developed[workers] += 1
        world.record(Event.RETAKE_PLANNED, workers, days, state.pending[workers])
        state.enter(workers, Stage.DEVELOPING, self._ready_again(workers, days, months, fixed))

    def _below_standard(self, workers: Ints, days: Ints, occasions: Ints) -> None:
        state, world = self._state, self._world
        state.failed_last[workers] = True
        if self._renews:
            self._lapse(workers[state.renewing[workers]], days[state.renewing[workers]])
        asks = world.draws.at("review request", workers, occasions) < self._request
        asking = workers[asks]
        world.record(Event.REVIEW_REQUESTED, asking, days[asks])
        wait = self._review.days(world.draws.at("review", asking, occasions[asks]))
        state.enter(asking, Stage.IN_REVIEW, days[asks] + np.maximum(wait, 1))
        self.plan_retake(workers[~asks], days[~asks])

    def _lapse(self, workers: Ints, days: Ints) -> None:
        """Accreditation ends where its renewal fails; the consequence waits for the latest date."""
        state = self._state
        state.renewing[workers] = False
        state.accredited_on[workers] = FAR
        last_day = np.maximum(days, state.latest[workers])
        state.restricts[workers] = np.where(state.may_be_restricted[workers], last_day + 1, FAR)

    def _ready_again(self, workers: Ints, days: Ints, months: Ints, fixed: NDArray[np.bool_]) -> Ints:
        """The day from which each worker may be considered again, or sit where the wait is fixed."""
        ready = np.full(len(workers), FAR, dtype=np.int64)
        draws = self._world.draws.at("retake wait", workers, self._state.sat[workers])
        if self._fixes:
            ready[fixed] = add_months(days[fixed], months[fixed])
            months = np.where(fixed, -1, months)
        for count, around in self._waits:
            loose = (months == count).nonzero()[0]
            if len(loose):
                ready[loose] = days[loose] + around.days(draws[loose])
        return np.maximum(ready, days + 1)


def _around(days: float, spread: float) -> Duration:
    return Duration("pert", (days * (1 - spread), days, days * (1 + spread)))


def _count_bits(bits: Ints) -> Ints:
    return np.bitwise_count(bits).astype(np.int64)
