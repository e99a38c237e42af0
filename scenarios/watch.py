"""A process that works for another ends when that one is gone, however that ended."""

from __future__ import annotations

import os
import threading
import time
from typing import Final

EVERY: Final = 2.0
"""Seconds between two looks at the parent process."""


def end_with_parent(parent: int, every: float = EVERY) -> threading.Thread:
    """Watch from a thread, so that nothing this process does can keep it alive; returns the thread.

    A parent that is killed sends no signal, and a process whose pipes are broken may wait or spin without
    ever ending. It ends at once and writes nothing: what is kept, the parent keeps.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os._exit(0)

    thread = threading.Thread(target=watch, name="end with parent", daemon=True)
    thread.start()
    return thread
