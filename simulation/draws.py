"""The draws of one replication, block by block as they are first needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.streams import Uniforms, fill, uniforms

Ints = NDArray[np.int64]

_NONE: Uniforms = np.empty((0, 1))


class Draws:
    """Uniform draws keyed by (root seed, replication, stream, occasion, worker)."""

    def __init__(self, root: int | str, replication: int, size: int) -> None:
        self._root, self._replication, self._size = root, replication, size
        self._drawn: dict[str, Uniforms] = {}
        self._count: dict[str, int] = {}

    def block(self, stream: str, occasion: int = 0) -> Uniforms:
        """Every worker's draw for one occasion of one decision."""
        drawn: Uniforms = self._up_to(stream, occasion)[occasion]
        return drawn

    def at(self, stream: str, workers: Ints, occasions: Ints) -> Uniforms:
        """The draws of `workers`, each on its own occasion."""
        if not len(workers):
            return np.empty(0)
        return self._up_to(stream, int(occasions.max()))[occasions, workers]

    def _up_to(self, stream: str, occasion: int) -> Uniforms:
        """The draws of a stream as [occasion, worker], drawn as far as they have been asked for."""
        have = self._count.get(stream, 0)
        drawn = self._drawn.get(stream, _NONE)
        if occasion >= len(drawn):
            room = np.empty((max(2 * occasion, 4), self._size))
            room[:have] = drawn[:have]
            drawn = self._drawn[stream] = room
        while have <= occasion:
            fill(drawn[have], self._root, self._replication, stream, have)
            have = self._count[stream] = have + 1
        return drawn

    def days(self, stream: str, count: int) -> Uniforms:
        """One draw for each of `count` days, for what happens to a place rather than to a worker."""
        return uniforms(self._root, self._replication, stream, count)
