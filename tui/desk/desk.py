"""What is costly to get ready and stays between questions: scenarios, inputs, results read from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tui.asked import Asked

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from scenarios.store import Store

Kept = TypeVar("Kept")

MANY: Final = 200
"""Of one kind, what is small: there is one for each scenario, or for each way of looking at one."""

FEW: Final = 8
"""Of one kind, what is as large as results, or holds them."""


class Same:
    """An object as a part of a key: this very one, which lives as long as what is kept under the key."""

    def __init__(self, one: object) -> None:
        self.one = one

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.one is other.one

    def __hash__(self) -> int:
        return id(self.one)


@dataclass(frozen=True)
class _Read:
    """A scenario, the files that say it, the first its own, and when each was written."""

    scenario: Scenario
    files: tuple[Path, ...]
    written: tuple[int, ...]


class Desk:
    """Shared by every handler of one desk process."""

    def __init__(self) -> None:
        self._kept: dict[object, dict[object, object]] = {}
        self._read: dict[str, _Read] = {}

    def keep(self, key: tuple[object, ...], make: Callable[[], Kept], most: int = 0) -> Kept:
        """What was made under this key before, or what `make` makes now.

        The key begins with what kind of thing it is, and holds all that it depends on. Of a kind, the `most`
        that were last asked for are kept: where nothing is said, few whose key holds an object, else many.
        """
        kind = self._kept.setdefault(key[0], {})
        found = kind.pop(key) if key in kind else make()
        kind[key] = found  # the last one asked for is let go of last
        limit = most or (FEW if any(isinstance(part, Same) for part in key) else MANY)
        while len(kind) > limit:
            del kind[next(iter(kind))]
        return found  # type: ignore[return-value]

    def forget(self) -> None:
        """Drop everything kept: files may have changed."""
        self._kept.clear()
        self._read.clear()

    @property
    def store(self) -> Store:
        """The results store that `naas compare` uses. Raises `InputError` S023 when it cannot be used."""
        from scenarios.store import Store, usual_folder

        folder = usual_folder()
        return self.keep(("store", str(folder)), lambda: Store(folder))

    @staticmethod
    def asked(settings: Mapping[str, Any] | None) -> Asked:
        """The settings of a question, checked; those of the command line where none are given."""
        from pydantic import ValidationError

        from rules.errors import InputError, Problem

        try:
            return Asked.model_validate(settings or {})
        except ValidationError as error:
            raise InputError(
                Problem("C001", f"{'.'.join(map(str, item['loc']))} {item['msg']}") for item in error.errors()
            ) from error

    def scenario(self, name: str) -> Scenario:
        """A scenario by its name in the library, the name of a person's own, or the path of its file.

        It is read again when its file, or that of one it builds on, has changed. Raises `InputError`.
        """
        from scenarios.loader import load_scenario
        from scenarios.names import path_of

        read = self._read.get(name)
        if read is None or read.files[0] != path_of(name) or read.written != _written(read.files):
            self._read.pop(name, None)
            found = load_scenario(name)
            files = _files(found)
            read = self._read[name] = _Read(found, files, _written(files))
        return read.scenario

    def line_up(
        self, scenarios: Sequence[str], settings: Mapping[str, Any] | None = None
    ) -> list[tuple[Scenario, Arm]]:
        """The scenarios and their arms under these settings, just as `naas compare` lines them up."""
        from scenarios.line_up import line_up

        asked = self.asked(settings)
        read = tuple(Same(self.scenario(name)) for name in scenarios)
        until = date.fromisoformat(asked.until) if asked.until else None
        names = list(scenarios)
        key = ("line up", tuple(names), read, asked.seed, asked.scale, asked.until)
        scale = None if asked.scale == 1 else asked.scale
        return self.keep(key, lambda: line_up(names, (), asked.seed, scale, until))

    def results(self, arms: Sequence[Arm], asked: Asked) -> Results:
        """What the store holds of these arms: the first `asked.replications` of each, none of them run now.

        `Results.requested` is the number asked for, so that "n of N" can be said.
        """
        from scenarios.kept import held, read_results

        store = self.store
        found = tuple((arm.name, *held(store, arm)) for arm in arms)  # a copy has another name
        key = ("results", found, asked.replications)
        return self.keep(key, lambda: read_results(store, arms, asked.replications), FEW)


def _files(scenario: Scenario) -> tuple[Path, ...]:
    """The file of a scenario, then those of what it builds on."""
    above = () if scenario.parent is None else _files(scenario.parent)
    return (scenario.path, *above)


def _written(files: Sequence[Path]) -> tuple[int, ...]:
    """When each file was last written; 0 for one that is not there."""
    return tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in files)
