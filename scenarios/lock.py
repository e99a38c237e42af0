"""Who works on which results: locks that hold between processes and end with the process that took them.

One file carries all locks of a store, one byte for each address, so that thousands of results can be worked
on at once. The operating system drops a lock when its process ends, however it ends. A lock saves two
processes from doing the same work; what is written would be whole and right without it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # a system without such locks: the same work may be done twice, with the same result
    fcntl = None  # type: ignore[assignment]

_DIGITS: Final = 15
_open: dict[str, Locks] = {}


class Locks:
    """The locks of one store. There is one object for each file in a process: see `locks`."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        self._mine: set[str] = set()
        self._process = os.getpid()

    def take(self, address: str) -> bool:
        """Take the lock of an address, unless somebody else has it, in this process or another."""
        if address in self._mine:
            return False
        if fcntl is not None:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _place(address))
            except OSError:
                return False
        self._mine.add(address)
        return True

    def release(self, address: str) -> None:
        """Give back a lock that was taken."""
        self._mine.remove(address)
        if fcntl is not None:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _place(address))

    @property
    def inherited(self) -> bool:
        """Whether this object came from a parent process, whose locks are not its own."""
        return self._process != os.getpid()


def locks(path: Path) -> Locks:
    """The locks in a file, made when missing.

    There is one object a process and file: closing a second handle would drop the locks of the first.
    """
    name = str(path.resolve())
    found = _open.get(name)
    if found is None or found.inherited or not path.exists():
        found = _open[name] = Locks(path)
    return found


def _place(address: str) -> int:
    """The byte of an address: its first 60 bits, which never meet by chance."""
    return int(address[:_DIGITS], 16)
