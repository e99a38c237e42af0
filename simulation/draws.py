"""The draws of one replication, block by block as they are first needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.durations import Duration
from simulation.hazards import thresholds
from simulation.streams import Uniforms, fill, uniforms

Ints = NDArray[np.int64]

_NONE: Uniforms = np.empty((0, 1))


class Draws:
    """Uniform draws keyed by (root seed, replication, stream, occasion, worker)."""

    def __init__(self, root: int | str, replication: int, size: int) -> None:
        self._root, self._replication, self._size = root, replication, size
        self._drawn: dict[str, Uniforms] = {}
        self._count: dict[str, int] = {}
        self._waits: dict[tuple[str, Duration], NDArray[np.int32]] = {}
        self._thresholds: dict[str, Ints] = {}

    def block(self, stream: str, occasion: int = 0) -> Uniforms:
        """Every worker's draw for one occasion of one decision."""
        drawn: Uniforms = self._up_to(stream, occasion)[occasion]
        return drawn

    def at(self, stream: str, workers: Ints, occasions: Ints) -> Uniforms:
        """The draws of `workers`, each on its own occasion."""
        if not len(workers):
            return np.empty(0)
        return self._up_to(stream, int(occasions.max()))[occasions, workers]

    def each(self, streams: Sequence[str], workers: Ints, occasions: Ints) -> Uniforms:
        """The draws [stream, worker] of `workers`, each on its own occasion, for several decisions."""
        drawn = np.empty((len(streams), len(workers)))
        if len(workers):
            most = int(occasions.max())
            for place, stream in enumerate(streams):
                drawn[place] = self._up_to(stream, most)[occasions, workers]
        return drawn

    def waits(self, stream: str, duration: Duration) -> NDArray[np.int32]:
        """Every worker's wait in whole days, when each waits once; laid down once for all scenarios."""
        found = self._waits.get((stream, duration))
        if found is None:
            found = self._waits[stream, duration] = duration.days(self.block(stream))
            found.flags.writeable = False
        return found

    def thresholds(self, stream: str) -> Ints:
        """How much hazard each worker bears before the event; laid down once for all scenarios."""
        found = self._thresholds.get(stream)
        if found is None:
            found = self._thresholds[stream] = thresholds(self.block(stream))
            found.flags.writeable = False
        return found

    def _up_to(self, stream: str, occasion: int) -> Uniforms:
        """The draws of a stream as [occasion, worker], drawn as far as they have been asked for."""
        have = self._count.get(stream, 0)
        drawn = self._drawn.get(stream, _NONE)
        if occasion >= len(drawn):
            room = np.empty((max(2 * occasion, 8), self._size))
            room[:have] = drawn[:have]
            drawn = self._drawn[stream] = room
        while have <= occasion:
            fill(drawn[have], self._root, self._replication, stream, have)
            have = self._count[stream] = have + 1
        return drawn

    def days(self, stream: str, count: int) -> Uniforms:
        """One draw for each of `count` days, for what happens to a place rather than to a worker."""
        return uniforms(self._root, self._replication, stream, count)


@lru_cache(maxsize=1)
def draws_of(root: int | str, replication: int, size: int) -> Draws:
    """The draws of a replication; those of the last one are kept, for the next scenario of a comparison."""
    return Draws(root, replication, size)
