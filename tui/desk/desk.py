"""What is costly to get ready and stays between questions: scenarios, inputs, results read from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tui.asked import Asked

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from scenarios.store import Store

Kept = TypeVar("Kept")


class Desk:
    """Shared by every handler of one desk process."""

    def __init__(self) -> None:
        self._kept: dict[object, object] = {}

    def keep(self, key: object, make: Callable[[], Kept]) -> Kept:
        """What was made under this key before, or what `make` makes now; the key holds all it depends on."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]

    def forget(self) -> None:
        """Drop everything kept: files may have changed."""
        self._kept.clear()

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

        A file that changed is read again. Raises `InputError`.
        """
        from scenarios.loader import load_scenario

        return self.keep(("scenario", name, self._stamp(name)), lambda: load_scenario(name))

    @staticmethod
    def where(name: str) -> str:
        """What the command line calls a scenario: its name, or the path of its file."""
        return name

    @staticmethod
    def _stamp(name: str) -> int:
        """When the file of a scenario was last written; 0 for what is shipped."""
        from scenarios.names import own_scenarios

        path = own_scenarios().get(name, Path(name))
        return path.stat().st_mtime_ns if path.is_file() else 0

    def line_up(
        self, scenarios: Sequence[str], settings: Mapping[str, Any] | None = None
    ) -> list[tuple[Scenario, Arm]]:
        """The scenarios and their arms under these settings, just as `naas compare` lines them up."""
        from scenarios.line_up import line_up

        asked = self.asked(settings)
        for name in scenarios:
            self.scenario(name)  # so that one that cannot be read is said first
        until = date.fromisoformat(asked.until) if asked.until else None
        names = list(scenarios)
        key = ("line up", tuple(names), tuple(map(self._stamp, names)), asked.seed, asked.scale, asked.until)
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
        return self.keep(key, lambda: read_results(store, arms, asked.replications))
