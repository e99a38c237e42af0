"""An interface that serves a browser ends when the server that started it is gone, however that ended."""

from __future__ import annotations

import os
import threading
import time
from typing import Final

EVERY: Final = 2.0
"""Seconds between two looks at the parent process."""


def end_with_parent(parent: int, every: float = EVERY) -> threading.Thread:
    """Watch from a thread, so that nothing the interface does can keep it alive; returns the thread.

    A killed server sends no signal, and a process whose pipes are broken may spin without ever ending.
    The desk and a run follow by themselves, since their lines close.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(every)
        os._exit(0)

    thread = threading.Thread(target=watch, name="end with parent", daemon=True)
    thread.start()
    return thread
