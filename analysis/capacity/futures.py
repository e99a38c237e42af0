"""Trying capacities: many random futures of a scenario with other seats, read for their waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.readouts import Runner, UnfinishedError
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
        """The waits in these futures. Raises `UnfinishedError` when stopped."""
        results = self.results(inputs, what, numbers)
        return [
            Spells.unpacked(results.records[0, int(place)].arrays["spells"])
            for place in np.flatnonzero(results.whole)
        ]

    def results(self, inputs: Inputs, what: str, numbers: Sequence[int]) -> Results:
        """Everything that is kept of these futures. Raises `UnfinishedError` when stopped."""
        arm = replace(self.arm, inputs=inputs, variant=what)
        results = self.run([arm], numbers)
        if results.interrupted or results.stopped:
            raise UnfinishedError(results.stopped)
        self.failures += results.failures
        self.runs += len(numbers)
        return results


def share_of(mask: NDArray[np.bool_]) -> float:
    """The share of futures in which something holds; NaN of none."""
    return float(mask.mean()) if len(mask) else float("nan")
