"""Looking after a store: what is in it, whether it is sound, and what can go."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
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
    runs = [_run(store, address) for address in store.addresses()]
    return sorted(runs, key=lambda run: (*_label(run.described), run.address))


def chosen(runs: list[StoredRun], name: str) -> list[StoredRun]:
    """The runs whose address begins with `name`, or whose scenario has that name."""
    return [run for run in runs if run.address.startswith(name) or _label(run.described)[0] == name]


def failures(store: Store, run: StoredRun) -> list[dict[str, Any]]:
    """What is kept of the replications of a run that failed."""
    found = []
    for path in sorted(store.run_folder(run.address).glob("failure-*.json")):
        try:
            found.append(dict(json.loads(path.read_bytes())))
        except (OSError, ValueError):
            continue
    return found


def check(store: Store, address: str) -> Iterator[Checked]:
    """Look at every file of a run: each is sound, or named with what is wrong."""
    folder = store.run_folder(address)
    seen: dict[int, Path] = {}
    for path in sorted(folder.iterdir()):
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
    aside = store.folder / SET_ASIDE
    for path in sorted(aside.iterdir()) if aside.is_dir() else []:
        gone.append((str(path), path.stat().st_size))
        if not rehearse:
            path.unlink(missing_ok=True)
    return gone


def _run(store: Store, address: str) -> StoredRun:
    folder = store.run_folder(address)
    described = None
    with suppress(OSError, ValueError):
        described = manifest.read(folder)
    sizes, newest, failed = 0, folder.stat().st_mtime, []
    for path in folder.iterdir():
        about = path.stat()
        sizes, newest = sizes + about.st_size, max(newest, about.st_mtime)
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
            json.loads(path.read_bytes())
        elif path.name.endswith(atomic.UNFINISHED):
            return "it was being written when its process ended, or still is"
        else:
            return "it does not belong here"
    except (shard.BadShardError, ValueError, OSError) as error:
        return str(error) or type(error).__name__
    return ""
