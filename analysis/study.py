"""One number of one scenario, or of the difference between two, as a function of the parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from analysis.factors import Factor
from analysis.readings import headline_keys
from analysis.readouts import Runner, read_out
from rules.errors import problem
from scenarios.again import again
from scenarios.experiment import Arm, Failure
from simulation.measures import MeasureKey

Floats = NDArray[np.float64]

Point = Mapping[str, float]
"""Values of some factors by id; the others stay as they are."""


@dataclass
class Study:
    """Runs one arm, or two for their difference, at settings of the factors.

    `failures` collects the replications that did not finish; `key` is known after the first run.
    """

    arms: Sequence[Arm]
    factors: Sequence[Factor]
    measure: str
    day: date
    run: Runner
    key: MeasureKey | None = None
    failures: list[Failure] = field(default_factory=list)

    def values(self, points: Sequence[Point], numbers: Sequence[int]) -> Floats:
        """The number at each point in each replication [point, replication]; NaN where it is not defined.

        Raises `UnfinishedError` when stopped.
        """
        known = {factor.id: factor for factor in self.factors}
        settings = [at_point(arm, known, point) for point in points for arm in self.arms]
        found = read_out(settings, numbers, self.run, self._chosen)
        self.failures += found.failures
        if not found.keys:
            return np.full((len(points), len(numbers)), np.nan)
        self.key = found.keys[0]
        sides = found.values[:, :, 0].reshape(len(points), len(self.arms), len(numbers))
        return np.asarray(sides[:, -1] - sides[:, 0] if len(self.arms) > 1 else sides[:, 0])

    def _chosen(self, keys: tuple[MeasureKey, ...]) -> tuple[MeasureKey, ...]:
        return headline_keys(keys, self.day, {self.measure})


def at_point(arm: Arm, known: Mapping[str, Factor], point: Point) -> Arm:
    """An arm with some factors at other values; the arm itself where none is moved."""
    moved = {name: value for name, value in point.items() if value != known[name].base}
    if not moved:
        return arm
    settings = {name: known[name].setting(value) for name, value in moved.items()}
    inputs = replace(arm.inputs, parameters=arm.inputs.parameters.patched(settings))
    variant = ", ".join(f"{name} {known[name].shown(value)}" for name, value in moved.items())
    return Arm(arm.name, inputs, arm.digest, again(arm, inputs), variant)


def defined(values: Floats) -> Floats:
    """Values with every one defined. Raises `InputError` A008 for values that are not."""
    missing = int(np.isnan(values).sum())
    if missing:
        said = f"the measure is not defined in {missing:,} of {values.size:,} runs, or they failed"
        raise problem("A008", said, hint="choose another measure, a later date or a larger scale")
    return values
