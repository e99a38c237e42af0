"""A run stands back: whoever sits at the screen goes first."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

SESSION: Final = Path("/proc/self/autogroup")
"""Where Linux shares processors out between sessions first, this holds what a session gets."""

TRIES: Final = 3
PAUSE: Final = 0.1
"""How often a session's share is set, and seconds between, where the system is asked too often."""


def give_way(by: int) -> None:
    """Lower the priority of this process, and of its session where it has one of its own.

    `by` is as for `nice`, which counts only among the processes of one session where sessions have shares:
    a run in a session of its own would have as much as the screens, however nice it were.
    """
    if not hasattr(os, "nice"):
        return
    os.nice(by)
    if os.getsid(0) == os.getpid():
        for _ in range(TRIES):
            try:
                SESSION.write_text(str(by), encoding="ascii")
            except BlockingIOError:  # Linux lets all ordinary users together do this ten times a second
                time.sleep(PAUSE)
            except OSError:  # no such shares here
                return
            else:
                return
