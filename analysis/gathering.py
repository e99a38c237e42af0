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

Runner = Callable[[Sequence[Arm], int], Results]
"""Runs arms so many times, as `scenarios.experiment.run` does."""

Choose = Callable[[tuple[MeasureKey, ...]], tuple[MeasureKey, ...]]
"""Picks the keys to keep out of all that are measured."""

_SIDE_BY_SIDE: Final = 4
_ONCE_EACH: Final = 48
"""Arms run together: few where preparing one serves several replications, many where it serves one."""


class UnfinishedError(Exception):
    """The person stopped the experiment before every setting was run."""


@dataclass(frozen=True)
class Gathered:
    """`values` has the shape [arm, replication, key], NaN where a measure is not defined.

    `whole` says which replications every arm finished.
    """

    keys: tuple[MeasureKey, ...]
    values: Floats
    whole: NDArray[np.bool_]
    failures: tuple[Failure, ...]


def gather(arms: Sequence[Arm], replications: int, run: Runner, choose: Choose) -> Gathered:
    """Run the arms a few at a time and keep the chosen keys. Raises `UnfinishedError` when stopped."""
    keys: tuple[MeasureKey, ...] = ()
    found: list[Floats] = []
    whole = np.ones(replications, dtype=np.bool_)
    failures: list[Failure] = []
    size = _ONCE_EACH if replications == 1 else _SIDE_BY_SIDE
    for first in range(0, len(arms), size):
        results = run(arms[first : first + size], replications)
        if results.interrupted:
            raise UnfinishedError
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
    return Gathered(keys, np.array(full), whole, tuple(failures))
