"""Files that are written whole or not at all, even when the power goes."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

UNFINISHED: Final = ".unfinished"
"""The ending of a file that is being written."""


class StoreError(Exception):
    """Results can no longer be written; the message is one sentence for a person."""


def unread(error: OSError) -> str:
    """Why a file could not be read, in words."""
    return f"it cannot be read: {(error.strerror or str(error)).lower()}"


def write(path: Path, data: bytes, durable: bool = True) -> None:
    """Write a file beside its place, make sure that it is on disk, and move it there.

    Not `durable`, the system writes it to the disk when it likes: for what is written at every key, and is
    whole whenever this process ends, but perhaps not when the power goes. Raises OSError when there is no
    room or no permission; nothing is left behind then.
    """
    with _beside(path, data, durable) as beside:
        beside.replace(path)
    if durable:
        _keep_name(path.parent)


def write_new(path: Path, data: bytes) -> None:
    """Write a file as `write` does, and never over another: raises FileExistsError when there is one.

    Where the file system has no links the name is taken by an empty file first, which is all that can be
    there if the power goes just then.
    """
    with _beside(path, data) as beside:
        try:
            os.link(beside, path)  # fails where the name is taken, in one step
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            path.open("xb").close()
            try:
                beside.replace(path)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    _keep_name(path.parent)


@contextmanager
def _beside(path: Path, data: bytes, durable: bool = True) -> Generator[Path, None, None]:
    """The data in a file beside its place, which is gone afterwards if it was not moved."""
    beside = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """Make sure that the folder's list of names is on disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
