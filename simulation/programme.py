"""The programme calls workers: in scope, eligible, put forward, prepared.

Whether a worker comes forward is one draw against the take-up for what is asked of them (voluntary, expected,
mandatory), so that whoever comes forward voluntarily also comes forward when it is expected or required.
Under a requirement the latest date pulls the day forward.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.journal import Event
from simulation.policy import FAR, MANDATORY
from simulation.stages import Stage
from simulation.world import World

Ints = NDArray[np.int64]


class Programme:
    """Takes workers from joining to readiness for endorsement, on their exact days."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state
        parameters = world.prepared.inputs.parameters
        self._take_up = np.array(
            [0.0, *(parameters.value(f"take_up.{kind}") for kind in ("voluntary", "expected", "mandatory"))]
        )
        draws = world.draws
        self._delay = draws.waits("take-up delay", parameters.duration("take_up.delay"))
        self._lead = draws.waits("deadline lead", parameters.duration("take_up.deadline_lead"))
        self._preparation = draws.waits("preparation", parameters.duration("preparation.elapsed"))
        everyone, prepared = np.arange(world.state.size), world.prepared
        world.state.take_standing(everyone, prepared.standing, prepared.eligible, prepared.latest)
        baseline = everyone[: prepared.workforce.baseline]
        self._join(baseline, np.zeros(len(baseline), dtype=np.int64))

    def act(self) -> None:
        """Carry out every step due before today, including steps that these steps bring about."""
        state, today = self._state, self._world.today
        # What ends each of the first stages, in their order. Kept as a field it would hold on to itself.
        steps = (
            self._join,
            self._enter_scope,
            self._become_eligible,
            self._put_forward,
            self._finish_preparing,
        )
        ready = self._world.timed = state.ready(today, self._world.present)
        ready = ready[state.stage[ready] < len(steps)]
        while len(ready):
            stages = state.stage[ready]
            for stage, step in enumerate(steps):
                here = ready[stages == stage]
                if len(here):
                    step(here, state.due[here])
            ready = ready[state.stage[ready] < len(steps)]
            ready = ready[(state.due[ready] < today) & (state.due[ready] < state.interrupted[ready])]

    def place(self, workers: Ints, days: Ints) -> None:
        """Let the rules say where workers stand from `days` on, and put them in scope when it is time."""
        self._take_standing(workers, np.maximum(days, self._world.prepared.start))
        self._settle(workers, days)

    def _settle(self, workers: Ints, days: Ints) -> None:
        """Put workers in scope from the day on which they are, if the rules call for accreditation."""
        state = self._state
        scope_day = np.maximum(days, self._world.prepared.start)
        holds = state.status[workers] > 0
        at_once = holds & (scope_day <= days)
        state.enter(workers, Stage.OUT_OF_SCOPE, np.where(holds, scope_day, FAR))
        self._enter_scope(workers[at_once], scope_day[at_once])

    def _take_standing(self, workers: Ints, scope_day: Ints) -> None:
        prepared, state = self._world.prepared, self._state
        profiles = prepared.profiles.of(
            workers, state.functions[workers], state.employer[workers], state.new_in_role[workers]
        )
        standing = prepared.policy.standing(profiles, state.service_start[workers], state.role_start[workers])
        eligible, latest = prepared.eligible_and_latest(standing, state.employer[workers], scope_day)
        state.take_standing(workers, standing, eligible, latest)

    def _enter_scope(self, workers: Ints, days: Ints) -> None:
        state = self._state
        self._world.record(Event.IN_SCOPE, workers, days, state.status[workers])
        state.enter(workers, Stage.IN_SCOPE, np.maximum(state.eligible[workers], days))

    def _join(self, workers: Ints, days: Ints) -> None:
        self._world.record(Event.JOINED, workers, days)
        self._settle(workers, days)

    def _become_eligible(self, workers: Ints, days: Ints) -> None:
        state = self._state
        self._world.record(Event.ELIGIBLE, workers, days)
        willing = self._world.draws.block("take-up")[workers] < self._take_up[state.requirement[workers]]
        forward = days + self._delay[workers]
        pressed = np.maximum(days, state.latest[workers] - self._lead[workers])
        required = state.requirement[workers] == MANDATORY
        forward = np.where(required, np.minimum(forward, pressed), forward)
        state.enter(workers, Stage.ELIGIBLE, np.where(willing, forward, FAR))

    def _put_forward(self, workers: Ints, days: Ints) -> None:
        self._world.record(Event.PUT_FORWARD, workers, days)
        self._state.enter(workers, Stage.PREPARING, days + self._preparation[workers])

    def _finish_preparing(self, workers: Ints, days: Ints) -> None:
        self._world.record(Event.PREPARED, workers, days)
        self._state.enter(workers, Stage.AWAITING_ENDORSEMENT)
        self._state.queued[workers] = days
