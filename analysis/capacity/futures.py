"""Trying capacities: many random futures of a scenario with other seats, read for their waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.readouts import Runner, UnfinishedError
from rules.errors import problem
from scenarios.again import again
from scenarios.experiment import Arm, Failure, Results
from simulation.flows import Spells
from simulation.inputs import Inputs

Tell = Callable[[str], None]


@dataclass
class Futures:
    """Runs variants of one arm in the same numbered futures, so that they differ in nothing but the seats.

    `failures` collects the replications that did not finish, and `runs` counts those that were asked for.
    """

    arm: Arm
    run: Runner
    tell: Tell
    failures: list[Failure]
    runs: int = 0

    @classmethod
    def of(cls, arm: Arm, run: Runner, tell: Tell = lambda _: None) -> Futures:
        """Nothing tried yet."""
        return cls(arm, run, tell, [])

    def spells(self, inputs: Inputs, what: str, numbers: Sequence[int]) -> list[Spells]:
        """The waits in these futures, every one of them. Raises as `results` does."""
        return waits_in(self.results(inputs, what, numbers))

    def results(self, inputs: Inputs, what: str, numbers: Sequence[int]) -> Results:
        """Everything that is kept of these futures.

        A future that fails is neither one in which a target was met nor one in which it was missed, so that
        nothing can be said without it. Raises `UnfinishedError` when stopped or when a future failed, and
        `InputError` Q012 when every one did.
        """
        arm = replace(self.arm, inputs=inputs, variant=what, command=again(self.arm, inputs))
        results = self.run([arm], numbers)
        if results.interrupted or results.stopped:
            raise UnfinishedError(results.stopped)
        self.failures += results.failures
        self.runs += len(numbers)
        if results.failures:
            first = results.failures[0]
            said = f"replication {first.replication} of {what} failed: {first.error}"
            if not results.whole.any():
                raise problem("Q012", f"no replication was finished; {said}")
            raise UnfinishedError(f"{said}; a target is neither met nor missed in it")
        return results


def waits_in(results: Results) -> list[Spells]:
    """The waits in every replication of a single arm that was finished."""
    return [
        Spells.unpacked(results.records[0, int(place)].arrays["spells"])
        for place in np.flatnonzero(results.whole)
    ]
