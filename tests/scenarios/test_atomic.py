"""Files that are there whole or not at all: with links and without them, and whatever fails half-way."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import IO, Any

import pytest

from scenarios import atomic

pytestmark = pytest.mark.unit

OLD, NEW = b"old", b"new" * 1_000


@pytest.fixture(params=["links", "no links"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, of a file system with links and of one without."""
    if request.param == "no links":
        without_links(monkeypatch)
    return tmp_path


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("durable", [True, False])
def test_what_is_not_durable_is_whole_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    (folder / "file").write_bytes(OLD)
    atomic.write(folder / "file", NEW, durable=durable)
    assert (folder / "file").read_bytes() == NEW
    assert names(folder) == ["file"]
    assert bool(waited) is durable


def test_a_new_file_is_there_whole_and_alone(folder: Path) -> None:
    atomic.write_new(folder / "file", NEW)
    assert (folder / "file").read_bytes() == NEW
    assert names(folder) == ["file"]


def test_a_file_that_is_there_is_never_written_over(folder: Path) -> None:
    (folder / "file").write_bytes(OLD)
    with pytest.raises(FileExistsError):
        atomic.write_new(folder / "file", NEW)
    assert (folder / "file").read_bytes() == OLD
    assert names(folder) == ["file"]


def test_without_links_no_part_of_a_file_is_ever_seen_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is opened under the name itself takes no bytes; they are moved there all at once."""
    without_links(monkeypatch)
    path, opened = tmp_path / "file", Path.open

    def closed_under_the_name(here: Path, mode: str) -> IO[Any]:
        stream = opened(here, mode)
        if here == path:
            stream.close()
        return stream

    monkeypatch.setattr(Path, "open", closed_under_the_name)
    atomic.write_new(path, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == NEW


def test_without_links_a_failure_leaves_the_name_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_links(monkeypatch)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write_new(tmp_path / "file", NEW)
    assert names(tmp_path) == []


def test_a_file_that_cannot_be_finished_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(OLD)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write(tmp_path / "file", NEW)
    assert (tmp_path / "file").read_bytes() == OLD
    assert names(tmp_path) == ["file"]
