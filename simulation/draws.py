"""The draws of one replication, block by block as they are first needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.streams import Uniforms, uniforms

Ints = NDArray[np.int64]


class Draws:
    """Uniform draws keyed by (root seed, replication, stream, occasion, worker)."""

    def __init__(self, root: int | str, replication: int, size: int) -> None:
        self._root, self._replication, self._size = root, replication, size
        self._blocks: dict[tuple[str, int], Uniforms] = {}

    def block(self, stream: str, occasion: int = 0) -> Uniforms:
        """Every worker's draw for one occasion of one decision."""
        found = self._blocks.get((stream, occasion))
        if found is None:
            found = uniforms(self._root, self._replication, stream, self._size, occasion)
            self._blocks[stream, occasion] = found
        return found

    def at(self, stream: str, workers: Ints, occasions: Ints) -> Uniforms:
        """The draws of `workers`, each on its own occasion."""
        if not len(workers):
            return np.empty(0)
        first, last = int(occasions.min()), int(occasions.max())
        if first == last:
            return self.block(stream, first)[workers]
        drawn = np.empty(len(workers))
        for occasion in range(first, last + 1):
            here = occasions == occasion
            if here.any():
                drawn[here] = self.block(stream, occasion)[workers[here]]
        return drawn

    def days(self, stream: str, count: int) -> Uniforms:
        """One draw for each of `count` days, for what happens to a place rather than to a worker."""
        return uniforms(self._root, self._replication, stream, count)
