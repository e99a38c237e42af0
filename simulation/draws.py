"""The draws of one replication, block by block as they are first needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.streams import Uniforms, uniforms

Ints = NDArray[np.int64]

_NONE: Uniforms = np.empty((0, 0))


class Draws:
    """Uniform draws keyed by (root seed, replication, stream, occasion, worker)."""

    def __init__(self, root: int | str, replication: int, size: int) -> None:
        self._root, self._replication, self._size = root, replication, size
        self._drawn: dict[str, Uniforms] = {}

    def block(self, stream: str, occasion: int = 0) -> Uniforms:
        """Every worker's draw for one occasion of one decision."""
        return self._up_to(stream, occasion)[occasion]

    def at(self, stream: str, workers: Ints, occasions: Ints) -> Uniforms:
        """The draws of `workers`, each on its own occasion."""
        if not len(workers):
            return np.empty(0)
        return self._up_to(stream, int(occasions.max()))[occasions, workers]

    def _up_to(self, stream: str, occasion: int) -> Uniforms:
        """The draws of a stream as [occasion, worker], drawn as far as they have been asked for."""
        drawn = self._drawn.get(stream, _NONE)
        if occasion >= len(drawn):
            more = [
                uniforms(self._root, self._replication, stream, self._size, number)
                for number in range(len(drawn), occasion + 1)
            ]
            drawn = self._drawn[stream] = np.vstack([drawn, *more] if len(drawn) else more)
        return drawn

    def days(self, stream: str, count: int) -> Uniforms:
        """One draw for each of `count` days, for what happens to a place rather than to a worker."""
        return uniforms(self._root, self._replication, stream, count)
