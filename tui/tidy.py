"""Memory is tidied while nobody types: a full round of the collector takes long enough to be felt."""

from __future__ import annotations

import gc
import time
from typing import Final

EVERY: Final = 20.0
"""Seconds between looks."""

STILL: Final = 3.0
"""Seconds without a key after which a pause is not felt."""

YOUNG: Final = 5_000
OFTEN: Final = 5
NEVER: Final = 1_000_000
"""Objects made from one round of the collector to the next, and rounds between those of an older generation.

With 80 in place of 5 a round of the middle one took 150 ms, once or twice a minute.
"""


class Tidy:
    """Takes the full rounds of the collector out of the way of keys."""

    def __init__(self) -> None:
        self._typed = time.monotonic()

    def begin(self) -> None:
        """Keep what the start has made out of every later round, and leave full rounds to `look`.

        The others are small and many, so that none of them is felt: how long one of the middle generation
        takes goes with all that was made since the last of its kind.
        """
        gc.freeze()
        gc.set_threshold(YOUNG, OFTEN, NEVER)

    def typed(self) -> None:
        """A key or the mouse."""
        self._typed = time.monotonic()

    def look(self) -> bool:
        """A full round where nobody has typed for a while; whether there was one."""
        if time.monotonic() - self._typed < STILL:
            return False
        gc.collect()
        return True
