"""Results on disk: one folder for each address, one Parquet file for each replication.

    naas-results                   what this folder is
    runs/<address>/manifest.json   what the results are results of
    runs/<address>/replication-00000-<checksum>.parquet
    runs/<address>/failure-00003.json
    set-aside/                     files that were damaged or did not belong

Nothing in a store changes once it is written, and the same work gives the same bytes, so a store that was
interrupted and went on equals one that was not. A file is checked whenever it is read.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from rules.errors import Place, problem
from scenarios import atomic, manifest, shard
from scenarios.atomic import StoreError
from scenarios.identity import address, content
from scenarios.lock import Locks, locks
from scenarios.manifest import Manifest
from scenarios.record import Record
from simulation.inputs import Inputs

MARK: Final = "naas-results"
"""The file that says that a folder holds results."""

RUNS: Final = "runs"
SET_ASIDE: Final = "set-aside"
_MARKED: Final = b"Results of the NAAS policy simulator, format 1\n"
"""The format of the folder; that of the files in it is part of their address."""

_LOCKS: Final = "locks"
_ADDRESS: Final = re.compile(r"[0-9a-f]{64}")
"""The names of folders that hold results; any other was put there by somebody else, and is left alone."""

_OWN: Final = re.compile(
    rf"{shard.NAME.pattern}|{re.escape(manifest.NAME)}|failure-\d{{5,}}\.json|.*{re.escape(atomic.UNFINISHED)}"
)
"""The names of files that belong in the folder of an address."""

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


def usual_folder() -> Path:
    """Where results go unless another place is named: `$NAAS_RESULTS`, or the person's data folder."""
    named = os.environ.get("NAAS_RESULTS")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("naas", appauthor=False) / "results"


class Store:
    """A folder of results. Raises `InputError` S023 for a folder that cannot be one.

    `notices` says what was found damaged or out of place, and what was done about it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notices: list[str] = []
        self._names: dict[str, dict[int, list[Path]]] = {}
        place = Place(str(folder))
        mark = folder / MARK
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not mark.exists():
                if any(not path.name.startswith(MARK) for path in folder.iterdir()):
                    message = "this folder holds something else, and results are not mixed with it"
                    raise problem("S023", message, place, "name an empty or a new folder")
                atomic.write(mark, _MARKED)
            if mark.read_bytes() != _MARKED:
                message = "this folder holds results of another version of the simulator"
                raise problem("S023", message, place, "name another folder with --store")
            (folder / RUNS).mkdir(exist_ok=True)
            self.locks: Locks = locks(folder / _LOCKS)
        except OSError as error:
            said = (error.strerror or str(error)).lower()
            hint = "name another with --store or NAAS_RESULTS, or use --no-store"
            raise problem("S023", f"results cannot be kept in this folder: {said}", place, hint) from error

    def run_folder(self, where: str) -> Path:
        """The folder of an address."""
        return self.folder / RUNS / where

    def open(self, inputs: Inputs, scenario: str, variant: str = "", made_by: str = "") -> str:
        """The address of the results of `inputs`; what does not belong there is set aside.

        A damaged manifest is written again.
        """
        where = address(inputs, made_by)
        folder = self.run_folder(where)
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if not _OWN.fullmatch(path.name):
                    self.set_aside(path, "it does not belong there")
            self._described(where, Manifest(content(inputs, made_by), scenario, variant))
        return where

    def begin(self, inputs: Inputs, scenario: str, variant: str = "", made_by: str = "") -> None:
        """Get ready to write results of `inputs`, whose lock this process holds.

        Removes what a killed process left half written. Raises `StoreError` when nothing can be written.
        """
        where = address(inputs, made_by)
        folder = self.run_folder(where)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.glob(f"*{atomic.UNFINISHED}"):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise self._cannot(error) from error
        self._described(where, Manifest(content(inputs, made_by), scenario, variant))

    def stored(self, where: str) -> frozenset[int]:
        """The replications that have a file, whatever is in it, as of now."""
        self._names[where] = _by_replication(self.run_folder(where))
        return frozenset(self._names[where])

    def read(self, where: str, replication: int) -> Record | None:
        """A stored replication, or None when there is none or its file cannot be trusted."""
        if where not in self._names:
            self.stored(where)
        sound: list[tuple[Path, Record]] = []
        for path in self._names[where].get(replication, []):
            try:
                sound.append((path, shard.decode(path.read_bytes(), path.name, where, replication)))
            except FileNotFoundError:
                continue
            except shard.BadShardError as error:
                self.set_aside(path, str(error))
            except OSError as error:
                self.set_aside(path, atomic.unread(error))
        if not sound:
            return None
        if any(not _same(sound[0][1], other) for _, other in sound[1:]):
            for path, _ in sound:
                self.set_aside(path, "there are two different results for one replication")
            return None
        return sound[0][1]

    def write(self, where: str, replication: int, record: Record) -> None:
        """Keep a replication. Raises `StoreError`; whatever was kept before stays."""
        data = shard.encode(where, replication, record)
        self._write(self.run_folder(where) / shard.file_name(replication, data), data)
        failure_file(self.run_folder(where), replication).unlink(missing_ok=True)

    def write_failure(self, where: str, replication: int, data: bytes) -> None:
        """Keep what is known of a replication that failed. Raises `StoreError`."""
        self._write(failure_file(self.run_folder(where), replication), data)

    def set_aside(self, path: Path, why: str) -> None:
        """Move a file that cannot be trusted out of the way, and say so."""
        aside = self.folder / SET_ASIDE
        target = aside / f"{path.parent.name[:12]}-{path.name}"
        count = 1
        while target.exists():
            count += 1
            target = target.with_name(f"{path.parent.name[:12]}-{path.name}.{count}")
        try:
            aside.mkdir(exist_ok=True)
            path.replace(target)
        except FileNotFoundError:  # another process has just done so
            return
        except OSError as error:
            raise self._cannot(error) from error
        self.notices.append(f"{path} was set aside, because {why}; it is now {target}")

    def addresses(self) -> Iterator[str]:
        """Every address that has a folder, in order."""
        paths = (self.folder / RUNS).iterdir()
        yield from sorted(path.name for path in paths if _ADDRESS.fullmatch(path.name) and path.is_dir())

    def remove(self, where: str) -> bool:
        """Delete the results of an address, unless somebody is at work on them, or has just done so."""
        if not self.locks.take(where):
            return False
        try:
            shutil.rmtree(self.run_folder(where))
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self._cannot(error) from error
        finally:
            self.locks.release(where)
        return True

    def _described(self, where: str, described: Manifest) -> None:
        folder = self.run_folder(where)
        if (folder / manifest.NAME).exists():
            try:
                manifest.read(folder)
                return
            except ValueError as error:
                self.set_aside(folder / manifest.NAME, str(error))
        self._write(folder / manifest.NAME, described.to_bytes())

    def _write(self, path: Path, data: bytes) -> None:
        try:
            atomic.write(path, data)
        except OSError as error:
            raise self._cannot(error) from error

    def _cannot(self, error: OSError) -> StoreError:
        if error.errno in _NO_ROOM:
            return StoreError(f"there is no room left on the disk for results in {self.folder}")
        said = (error.strerror or str(error)).lower()
        return StoreError(f"results cannot be written to {self.folder}: {said}")


def failure_file(folder: Path, replication: int) -> Path:
    """Where a failed replication is told of."""
    return folder / f"failure-{replication:05d}.json"


def _by_replication(folder: Path) -> dict[int, list[Path]]:
    found: dict[int, list[Path]] = {}
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        return found
    for path in paths:
        if shown := shard.NAME.fullmatch(path.name):
            found.setdefault(int(shown[1]), []).append(path)
    return found


def _same(one: Record, other: Record) -> bool:
    return (
        one.keys == other.keys
        and np.array_equal(one.values, other.values, equal_nan=True)
        and one.arrays.keys() == other.arrays.keys()
        and all(np.array_equal(one.arrays[name], other.arrays[name]) for name in one.arrays)
    )
