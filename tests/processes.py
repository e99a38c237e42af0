"""Processes and those that they have started, looked up where Linux tells of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

looks_at_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at /proc")


def children(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    told = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for path in told for child in path.read_text(encoding="ascii").split()]
    return found + [further for child in found for further in children(child)]


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet has."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether something comes to hold in time."""
    limit = time.monotonic() + seconds
    while not true():
        if time.monotonic() > limit:
            return False
        time.sleep(0.02)
    return True
