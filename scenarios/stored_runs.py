"""Looking after a store: what is in it, whether it is sound, and what can go."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scenarios import atomic, manifest, shard
from scenarios.manifest import Manifest
from scenarios.store import SET_ASIDE, Store
from scenarios.versions import this_version, version_of

DAY: Final = 86_400.0


@dataclass(frozen=True)
class StoredRun:
    """The results of one address. `described` is None where the manifest is missing or damaged.

    `size` is in bytes; `age` in days since something was last added.
    """

    address: str
    described: Manifest | None
    replications: tuple[int, ...]
    failures: tuple[int, ...]
    size: int
    age: float

    @property
    def current(self) -> bool:
        """Whether this version of the simulator, with its data, would reuse the results."""
        return self.described is not None and version_of(self.described) == this_version()


@dataclass(frozen=True)
class Checked:
    """What is wrong with one file of a store; nothing when `wrong` is empty."""

    path: Path
    wrong: str


def stored_runs(store: Store) -> list[StoredRun]:
    """Every run in the store, by scenario, variant and address."""
    found = (_run(store, address) for address in store.addresses())
    runs = [run for run in found if run is not None]
    return sorted(runs, key=lambda run: (*_label(run.described), run.address))


def chosen(runs: list[StoredRun], name: str) -> list[StoredRun]:
    """The runs whose address begins with `name`, or whose scenario has that name."""
    return [run for run in runs if run.address.startswith(name) or _label(run.described)[0] == name]


def failures(store: Store, run: StoredRun) -> list[dict[str, Any]]:
    """What is kept of the replications of a run that failed."""
    found = []
    for path in sorted(store.run_folder(run.address).glob("failure-*.json")):
        with suppress(OSError, ValueError):
            found.append(_told(path))
    return found


def check(store: Store, address: str) -> Iterator[Checked]:
    """Look at every file of a run: each is sound, or named with what is wrong."""
    seen: dict[int, Path] = {}
    for path in _inside(store.run_folder(address)):
        yield Checked(path, _wrong(path, address, seen))


def prune(store: Store, everything: bool, older_than: float | None, rehearse: bool) -> list[tuple[str, int]]:
    """Remove what cannot be reused, and more when asked: (path, bytes) of what went, or would go.

    Always goes what was set aside, and runs of another version or without a manifest; `older_than` adds runs
    to which nothing was added for so many days, `everything` all of them. Runs that are being worked on stay.
    """
    gone: list[tuple[str, int]] = []
    for run in stored_runs(store):
        old = older_than is not None and run.age > older_than
        if (everything or old or not run.current) and (rehearse or store.remove(run.address)):
            gone.append((str(store.run_folder(run.address)), run.size))
    for path in _inside(store.folder / SET_ASIDE):
        folder = path.is_dir() and not path.is_symlink()
        files = path.rglob("*") if folder else [path]
        gone.append((str(path), sum(about.st_size for about in _about(files))))
        if not rehearse:
            with suppress(FileNotFoundError):  # somebody has just done so
                shutil.rmtree(path) if folder else path.unlink()
    return gone


def _inside(folder: Path) -> list[Path]:
    """What is in a folder as of now, by name; nothing where there is no such folder, or no longer."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _about(paths: Iterable[Path]) -> Iterator[os.stat_result]:
    """Size and age of each that is still there; a file that is being written may be gone by now."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield path.lstat()


def _run(store: Store, address: str) -> StoredRun | None:
    """What is known of an address; None when its folder is gone by now."""
    folder = store.run_folder(address)
    described = None
    with suppress(ValueError):
        described = manifest.read(folder)
    try:
        sizes, newest, failed = 0, folder.stat().st_mtime, []
    except FileNotFoundError:
        return None
    inside = _inside(folder)
    for about in _about(inside):
        sizes, newest = sizes + about.st_size, max(newest, about.st_mtime)
    for path in inside:
        if path.name.startswith("failure-") and path.stem[8:].isdigit():
            failed.append(int(path.stem[8:]))
    age = max(time.time() - newest, 0.0) / DAY
    numbers = tuple(sorted(store.stored(address)))
    return StoredRun(address, described, numbers, tuple(sorted(failed)), sizes, age)


def _label(described: Manifest | None) -> tuple[str, str]:
    return (described.scenario, described.variant) if described else ("", "")


def _wrong(path: Path, address: str, seen: dict[int, Path]) -> str:
    shown = shard.NAME.fullmatch(path.name)
    try:
        if path.name == manifest.NAME:
            manifest.read(path.parent)
        elif shown:
            number = int(shown[1])
            shard.decode(path.read_bytes(), path.name, address, number)
            if number in seen:
                return f"there is another result of replication {number}: {seen[number].name}"
            seen[number] = path
        elif path.name.startswith("failure-"):
            _told(path)
        elif path.name.endswith(atomic.UNFINISHED):
            return "it was being written when its process ended, or still is"
        else:
            return "it does not belong here"
    except OSError as error:
        return atomic.unread(error)
    except (shard.BadShardError, ValueError) as error:
        return str(error)
    return ""


def _told(path: Path) -> dict[str, Any]:
    """What a file tells of a failure. Raises OSError, and ValueError when it tells nothing."""
    try:
        return dict(json.loads(path.read_bytes()))
    except (TypeError, ValueError) as error:
        raise ValueError("it is cut short or damaged") from error
