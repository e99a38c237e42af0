"""Independent review of results that worker and employer feel are at odds with practice (para 42)."""

from __future__ import annotations

from simulation.journal import Event
from simulation.results import Results
from simulation.stages import Stage
from simulation.world import World


class Reviews:
    """Ends reviews on their day: accreditation where the review finds for the worker, a retake otherwise."""

    def __init__(self, world: World, results: Results) -> None:
        self._world = world
        self._results = results
        self._upheld = world.prepared.inputs.parameters.value("review.upheld_share")

    def act(self) -> None:
        """End the reviews that fell due before today."""
        state, world = self._world.state, self._world
        ready = world.due(Stage.IN_REVIEW)
        if not len(ready):
            return
        days = state.due[ready]
        upheld = world.draws.at("review upheld", ready, state.sat[ready]) < self._upheld
        self._results.accredit(ready[upheld], days[upheld])
        world.record(Event.REVIEW_REJECTED, ready[~upheld], days[~upheld])
        self._results.plan_retake(ready[~upheld], days[~upheld])
