"""Running many arms for a few numbers of each: settings of an analysis rather than scenarios to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenarios.experiment import Arm, Failure, Results
from simulation.measures import MeasureKey

Floats = NDArray[np.float64]

Runner = Callable[[Sequence[Arm], Sequence[int]], Results]
"""Runs the replications with these numbers of every arm, as `scenarios.experiment.run` does."""

Choose = Callable[[tuple[MeasureKey, ...]], tuple[MeasureKey, ...]]
"""Picks the keys to keep out of all that are measured."""

_SIDE_BY_SIDE: Final = 4
_ONCE_EACH: Final = 48
"""Arms run together: few where preparing one serves several replications, many where it serves one."""


class UnfinishedError(Exception):
    """The experiment was stopped before every setting was run; the message says why, if not by the person."""


@dataclass(frozen=True)
class Readout:
    """`values` has the shape [arm, replication, key], NaN where a measure is not defined.

    `whole` says which replications every arm finished.
    """

    keys: tuple[MeasureKey, ...]
    values: Floats
    whole: NDArray[np.bool_]
    failures: tuple[Failure, ...]


def read_out(arms: Sequence[Arm], numbers: Sequence[int], run: Runner, choose: Choose) -> Readout:
    """Run replications of the arms, a few arms at a time, and keep the chosen keys.

    Raises `UnfinishedError` when stopped.
    """
    keys: tuple[MeasureKey, ...] = ()
    found: list[Floats] = []
    whole = np.ones(len(numbers), dtype=np.bool_)
    failures: list[Failure] = []
    size = _ONCE_EACH if len(numbers) == 1 else _SIDE_BY_SIDE
    for first in range(0, len(arms), size):
        results = run(arms[first : first + size], numbers)
        if results.interrupted or results.stopped:
            raise UnfinishedError(results.stopped)
        failures += results.failures
        whole &= results.whole
        keys = keys or choose(results.keys)
        columns = {key: index for index, key in enumerate(results.keys)}
        kept = np.full((*results.values.shape[:2], len(keys)), np.nan)
        for place, key in enumerate(keys):
            if key in columns:
                kept[:, :, place] = results.values[:, :, columns[key]]
        found += list(kept)
    full = [np.pad(part, ((0, 0), (0, len(keys) - part.shape[1])), constant_values=np.nan) for part in found]
    return Readout(keys, np.array(full), whole, tuple(failures))
