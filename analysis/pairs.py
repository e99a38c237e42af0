"""How many people change outcome, over many replications of two arms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from analysis.changed import Followed
from scenarios.comparison import Estimate, estimates
from scenarios.experiment import Arm, Record, Results
from simulation.inputs import Inputs
from simulation.measures import MeasureKey

EVERYONE: Final = "everyone"


@dataclass(frozen=True)
class PairInputs(Inputs):
    """The inputs of an arm together with those of another that it is followed into."""

    other: Inputs | None = None


@dataclass(frozen=True)
class Count:
    """People with one outcome, in one category of one cut or altogether: the mean over replications."""

    outcome: str
    cut: str
    category: str
    mean: Estimate


RunPair = Callable[[Sequence[Arm], int], Results]
"""Runs arms so many times with `simulate_pair`."""


def paired(first: Arm, second: Arm) -> Arm:
    """Two arms as one whose replications run both and count who changes outcome."""
    inputs = {item.name: getattr(first.inputs, item.name) for item in fields(Inputs)}
    return Arm(f"{first.name} and {second.name}", PairInputs(**inputs, other=second.inputs))


def simulate_pair(inputs: Inputs, replication: int) -> Record:
    """Run one replication of both arms of `PairInputs` and count."""
    if not isinstance(inputs, PairInputs) or inputs.other is None:
        raise TypeError("a pair of arms is needed")
    base = Inputs(**{item.name: getattr(inputs, item.name) for item in fields(Inputs)})
    followed = Followed(base, inputs.other, replication)
    counts = {(EVERYONE, "", ""): followed.everyone, **followed.counts()}
    keys = tuple(
        MeasureKey(outcome, by=((cut, category),) if cut else ()) for outcome, cut, category in counts
    )
    return Record(keys, np.array(list(counts.values()), dtype=np.float64))


def counted(results: Results, level: float) -> list[Count]:
    """The mean counts of a paired arm, in the order of the outcomes."""
    found = zip(results.keys, estimates(results.of(0), level), strict=True)
    return [Count(key.id, *(key.by[0] if key.by else ("", "")), mean) for key, mean in found]
