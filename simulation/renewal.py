"""Renewal of accreditation, where question 9 is answered with one of its ways (paras 77 and 78).

Accreditation stands while its renewal is under way. Renewal by hours of professional development takes
nobody's seat or endorsement and happens on the day; by endorsement or by assessment the worker goes through
that step again, and an assessment below the standard leads to a retake like any other.
"""

from __future__ import annotations

import numpy as np

from simulation.journal import Event
from simulation.stages import Stage
from simulation.world import World


class Renewal:
    """Calls accredited workers for renewal when their accreditation falls due."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._way = world.prepared.after.renewal
        parameters = world.prepared.inputs.parameters
        self._preparation = parameters.duration("preparation.elapsed")

    def act(self) -> None:
        """Call those whose renewal fell due before today."""
        state, world = self._world.state, self._world
        ready = world.due(Stage.ACCREDITED)
        if not len(ready):
            return
        days = state.due[ready]
        world.record(Event.RENEWAL_DUE, ready, days)
        if self._way == "cpd_hours":
            world.record(Event.RENEWED, ready, days)
            state.enter(ready, Stage.ACCREDITED, world.prepared.renewal_day(days))
            return
        state.renewing[ready] = True
        wait = self._preparation.days(world.draws.at("renewal preparation", ready, state.sat[ready]))
        state.enter(ready, Stage.PREPARING, np.maximum(days + wait, world.today))
