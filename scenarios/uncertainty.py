"""What we do not know, apart from chance: parameters drawn from their ranges, and futures within each draw.

Each draw gives every parameter of the world, and every one from which the workforce is built, a value from
its range (PERT over min, mode and max). The draw of a parameter is a function of the root seed, the number of
the draw and the parameter's id alone, so that scenarios share it, and with it the people. In a comparison, a
parameter that a scenario sets itself is part of what is compared and stays as set; a forecast draws those too
(`Drawing`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.errors import problem
from scenarios.experiment import Arm, Results, Simulate, results_of, simulate
from scenarios.gathering import Progress, gather
from scenarios.store import Store
from scenarios.tasks import Task
from simulation.measures import MeasureKey
from simulation.parameters import Override, Parameter, Parameters
from simulation.streams import uniforms

DURATION_FACTOR: Final = (0.5, 1.0, 2.0)
"""Min, mode and max of the factor on all days of a duration. An assumption: a distribution says how people
differ, and nothing of how well its middle is known. None was published, so the middle may halve or double."""

ASSUMED: Final = "drawn from its range"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Drawing:
    """Which parameters are drawn, by what they affect.

    `as_set` says whether a parameter that a scenario sets itself stays as set.
    """

    affecting: tuple[str, ...] = ("world", "workforce")
    as_set: bool = True

    def draws(self, entry: Parameter) -> bool:
        """Whether a parameter is drawn: it has a range, affects what is drawn, and nobody set it."""
        return has_range(entry) and entry.affects in self.affecting and not (self.as_set and entry.changed_by)


COMPARED: Final = Drawing()
"""What a comparison draws: every parameter of the world and of the workforce that no scenario sets."""


@dataclass(frozen=True)
class Components:
    """The variance of one number, parted into what the parameters and what chance contribute.

    Estimators of the one-way analysis of variance over `draws` groups of `inner` futures; a negative
    estimate is 0. `chance` is the variance of a single future; NaN where it cannot be told apart.
    """

    key: MeasureKey
    arm: str
    parameters: float
    chance: float
    draws: int
    inner: int

    @property
    def share(self) -> float:
        """The share of the variance of one future that rests on the parameters; NaN where nothing varies."""
        total = self.parameters + self.chance
        return self.parameters / total if total > 0 else float("nan")


def has_range(entry: Parameter) -> bool:
    """Whether a parameter can take more than one value: a duration can be stretched, a number has a range."""
    return entry.duration is not None or entry.low < entry.high


def pert(u: float, low: float, mode: float, high: float) -> float:
    """The value that a PERT variable does not exceed with probability `u`, to twelve digits.

    Rounding removes the last bits, in which machines differ.
    """
    if high <= low:
        return mode
    from scipy.special import betaincinv

    first, second = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return float(f"{low + (high - low) * float(betaincinv(first, second, u)):.12g}")


@lru_cache(maxsize=16)
def drawn(parameters: Parameters, seed: int, draw: int, how: Drawing = COMPARED) -> Parameters:
    """The parameters of one draw; those that are not drawn stay as they are."""
    return parameters.patched(
        {
            name: _override(entry, uniform(seed, draw, name), draw)
            for name, entry in parameters.items()
            if how.draws(entry)
        }
    )


def uniform(seed: int, draw: int, name: str) -> float:
    """The draw in [0, 1) of one parameter or one chance, keyed by its name."""
    return float(uniforms(seed, draw, f"parameter {name}", 1)[0])


def drawn_arm(arm: Arm, draw: int, how: Drawing = COMPARED) -> Arm:
    """The arm with the parameters of one draw."""
    inputs = arm.inputs
    own = replace(inputs, parameters=drawn(inputs.parameters, inputs.seed, draw, how))
    command = f"{arm.command} --uncertainty parameters" if arm.command else ""
    return replace(arm, inputs=own, variant=f"parameter draw {draw}", command=command)


def run_uncertain(
    arms: Sequence[Arm],
    draws: int,
    inner: int = 1,
    jobs: int = 1,
    progress: Progress | None = None,
    simulate: Simulate = simulate,
    store: Store | None = None,
    cluster: str = "",
    numbers: Sequence[int] = (),
    arm_of: Callable[[Arm, int], Arm] = drawn_arm,
) -> Results:
    """Run every arm `inner` times in each of `draws` draws of the parameters.

    Replication number r belongs to draw r // inner, so that no two draws share their chance. `numbers` asks
    for these replications instead of all; `arm_of` gives an arm with what one draw changes. Raises
    `InputError` S025 for a scheme from scratch, whose parameters have no ranges.
    """
    if any(arm.inputs.plain is not None for arm in arms):
        raise problem("S025", "the parameters of a scheme from scratch have no ranges to draw from")
    wanted = tuple(numbers) or tuple(range(draws * inner))
    places = [(place, arm) for place in range(len(wanted)) for arm in range(len(arms))]
    made: dict[tuple[int, int], Arm] = {}
    for place, arm in places:
        draw = wanted[place] // inner
        if (arm, draw) not in made:
            one = arm_of(arms[arm], draw)
            among = f"{one.command} --inner {inner}" if one.command and inner > 1 else one.command
            made[arm, draw] = replace(one, command=among)
    tasks = [Task(made[arm, wanted[place] // inner], wanted[place]) for place, arm in places]
    gathered = gather(tasks, jobs, progress, simulate, store, cluster)
    return results_of(arms, wanted, places, gathered)


def components(results: Results, key: MeasureKey, inner: int) -> list[Components]:
    """The components of variance of each arm's number, and of each later arm's difference from the first.

    A difference bears the name of its arm with a minus and the first arm's. Draws that are not complete are
    left out; with fewer than two draws, or one future a draw, nothing can be told apart.
    """
    column = results.keys.index(key)
    values = results.values[:, :, column]
    names = [arm.name for arm in results.arms]
    series = list(zip(names, values, strict=True))
    series += [(f"{name} - {names[0]}", other - values[0]) for name, other in series[1:]]
    return [_components(key, name, numbers, inner) for name, numbers in series]


def _components(key: MeasureKey, name: str, numbers: Floats, inner: int) -> Components:
    groups = numbers[: len(numbers) // inner * inner].reshape(-1, inner)
    groups = groups[~np.isnan(groups).any(axis=1)]
    draws = len(groups)
    if draws < 2 or inner < 2:
        return Components(key, name, float("nan"), float("nan"), draws, inner)
    within = float(groups.var(axis=1, ddof=1).mean())
    between = float(groups.mean(axis=1).var(ddof=1))
    return Components(key, name, max(between - within / inner, 0.0), within, draws, inner)


def _override(entry: Parameter, u: float, draw: int) -> Override:
    reason = f"{ASSUMED} in draw {draw}"
    if entry.duration is None:
        return Override(pert(u, entry.low, entry.mode, entry.high), assumption=reason, changed_by=reason)
    own = entry.duration.stretched(pert(u, *DURATION_FACTOR))
    return Override(duration=own, assumption=reason, changed_by=reason)
