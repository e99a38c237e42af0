"""The consequence of a requirement: past the latest date without accreditation, the functions are given up.

Registration is never touched (para 8). The worker stays in post, and holds the functions again on the day of
accreditation.
"""

from __future__ import annotations

from simulation.journal import Event
from simulation.policy import FAR
from simulation.world import World


class Requirement:
    """Restricts workers on the day after their latest date."""

    def __init__(self, world: World) -> None:
        self._world = world

    def act(self) -> None:
        """Restrict those whose latest date passed before today without accreditation."""
        state, world = self._world.state, self._world
        if not state.may_be_restricted.any():
            return
        passed = (state.restricts < world.today).nonzero()[0]
        passed = passed[state.restricts[passed] < state.interrupted[passed]]
        if not len(passed):
            return
        days = state.restricts[passed]
        state.restricts[passed] = FAR
        lacking = (state.accredited_on[passed] > days) & ~state.restricted[passed]
        passed, days = passed[lacking], days[lacking]
        world.record(Event.RESTRICTED, passed, days)
        since = state.accredited_on[passed]
        restored = since < FAR
        world.record(Event.RESTORED, passed[restored], since[restored])
        state.restricted[passed[~restored]] = True
