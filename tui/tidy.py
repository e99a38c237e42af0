"""Memory is tidied while nobody types: the collector takes long enough to be felt in the answer to a key."""

from __future__ import annotations

import asyncio
import gc
from time import monotonic
from typing import Final

EVERY: Final = 20.0
"""Seconds between looks."""

STILL: Final = 3.0
"""Seconds without a key after which a pause is not felt."""

PAUSE: Final = 0.12
"""Seconds after a key: its answer is painted by then, and few people have pressed the next."""

YOUNG: Final = 5_000
OFTEN: Final = 20
NEVER: Final = 1_000_000
"""Objects made from one round of the collector to the next, and rounds between those of an older generation.

How long a round of the middle generation takes goes with all that was made since the last: with 80 in place
of 20 it was 150 ms, and with 5 there was one of 10 ms in nearly every answer.
"""


class Tidy:
    """Takes rounds of the collector out of the way of keys: the long ones far away, the others between."""

    def __init__(self) -> None:
        self._typed = monotonic()
        self._between: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Keep what the start has made out of every later round, and leave full rounds to `look`."""
        gc.freeze()
        gc.set_threshold(YOUNG, OFTEN, NEVER)

    def typed(self) -> None:
        """A key or the mouse: what its answer leaves behind is cleared away once it is painted."""
        self._typed = monotonic()
        if self._between is not None:
            self._between.cancel()
        self._between = asyncio.get_running_loop().call_later(PAUSE, gc.collect, 1)

    def look(self) -> bool:
        """A full round where nobody has typed for a while; whether there was one."""
        if monotonic() - self._typed < STILL:
            return False
        gc.collect()
        return True
