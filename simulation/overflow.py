"""Overflow: who has waited long for a seat may take a free one of a neighbouring region, the nearest first.

The home queue of every venue comes first; only seats that it leaves free are given away. Those who have
waited more than `overflow.after_days` and are willing to travel choose in order of endorsement, whatever
their region, so that nobody is passed over by someone who came later: each takes the nearest region that
borders their own and still has a seat. Practice leaders have one venue for all of England and no other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.capacity import VENUES
from simulation.neighbours import neighbours
from simulation.world import World

Ints = NDArray[np.int64]

_LEADERS = len(VENUES) - 1


class Overflow:
    """Gives free seats of neighbouring regions to those who have waited long."""

    def __init__(self, world: World) -> None:
        self._world = world
        parameters = world.prepared.inputs.parameters
        self._after = parameters.value("overflow.after_days")
        self._willing = world.draws.block("overflow") < parameters.value("overflow.share")
        self._near = _choices()

    def seats(self, workers: Ints, homes: Ints, free: Ints) -> tuple[Ints, Ints, Ints]:
        """Who gets a seat elsewhere, at which venue, and how many of its free seats went before.

        `homes` are the venues in whose queues `workers` were left without a seat, `free` the seats that each
        venue has left.
        """
        queued = self._world.state.queued[workers]
        may = (self._world.today - queued > self._after) & self._willing[workers] & (homes != _LEADERS)
        workers, homes, queued = workers[may], homes[may], queued[may]
        order = np.lexsort((workers, queued))
        workers, homes = workers[order], homes[order]
        free, before = free.copy(), np.zeros_like(free)
        free[_LEADERS] = 0
        nobody = np.empty(0, dtype=np.int64)
        found = [(nobody, nobody, nobody)]
        while len(workers):
            offers = free[self._near[homes]] > 0
            some = offers.any(axis=1)
            workers, homes, offers = workers[some], homes[some], offers[some]
            choice = self._near[homes, offers.argmax(axis=1)]
            rank = _turn(choice)
            full = np.flatnonzero(rank >= free[choice])
            stop = int(full[0]) if len(full) else len(workers)
            taken = choice[:stop]
            found.append((workers[:stop], taken, before[taken] + rank[:stop]))
            used = np.bincount(taken, minlength=len(free))
            free, before = free - used, before + used
            workers, homes = workers[stop:], homes[stop:]
        people, venues, places = (np.concatenate(part) for part in zip(*found, strict=True))
        return people, venues, places


def _choices() -> Ints:
    """The venues that may be chosen from each region, nearest first, filled up with the leaders' venue."""
    longest = max(map(len, neighbours()))
    return np.array([[*near, *[_LEADERS] * (longest - len(near))] for near in neighbours()], dtype=np.int64)


def _turn(choice: Ints) -> Ints:
    """How many before each one make the same choice."""
    order = np.argsort(choice, kind="stable")
    sizes = np.bincount(choice)
    rank = np.empty_like(choice)
    rank[order] = np.arange(len(choice)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rank
