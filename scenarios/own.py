"""A person's own scenarios: files in a folder of theirs, each written once and never changed.

An edit is saved as a new version under a new name, so that whatever was run before can be read still.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from rules.errors import InputError, problem
from rules.levers import Levers
from scenarios import atomic
from scenarios.names import library, own_folder, own_scenarios
from scenarios.patch import read_patch
from scenarios.scenario import Scenario

LONGEST_TITLE: Final = 120
LONGEST_WHY: Final = 2000
_VERSION: Final = re.compile(r"-v([0-9]+)$")


@dataclass(frozen=True)
class Version:
    """What would be saved: the name of the new file, the words about it, and what it changes of what."""

    name: str
    title: str
    why: str
    parent: str
    levers: Mapping[str, object]


def next_version(
    scenario: Scenario, levers: Levers, title: str = "", why: str = "", folder: Path | None = None
) -> Version:
    """The next version of a scenario, with these levers; what is not given in words is said for it.

    A version of a version has the same parent, so that none depends on those between.
    """
    stem = _VERSION.sub("", scenario.id)
    taken = {*library(), *own_scenarios(folder)}
    number = max([1, *(int(found[1]) for name in taken if (found := _numbered(name, stem)))]) + 1
    base, parent = _base(scenario)
    changes = {name: value for name, value, _ in levers.differences(base.levers)}
    named = _VERSION.sub("", re.sub(r", version [0-9]+$", "", scenario.title))
    return Version(
        f"{stem}-v{number}",
        _one_line(title, LONGEST_TITLE) or f"{named[: LONGEST_TITLE - 14]}, version {number}",
        _one_line(why, LONGEST_WHY) or _said(base, changes),
        parent,
        changes,
    )


def save(version: Version, folder: Path | None = None) -> Path:
    """Write a version to a file of its own. Raises `InputError`: S027 where it cannot, S028 over another."""
    folder = folder or own_folder()
    path = folder / f"{version.name}.yaml"
    written: dict[str, Any] = {
        "id": version.name,
        "title": version.title,
        "why": version.why,
        "parent": version.parent,
    }
    if version.levers:
        written["levers"] = {
            name: value if isinstance(value, int | float) else str(value)
            for name, value in version.levers.items()
        }
    text = yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=100)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        atomic.write_new(path, text.encode())
    except FileExistsError:
        raise problem("S028", f"there is a scenario '{version.name}' already: {path}") from None
    except OSError as error:
        raise _unwritten(path, error) from error
    return path


def _unwritten(path: Path, error: OSError) -> InputError:
    said = (error.strerror or str(error)).lower()
    return problem("S027", f"the scenario cannot be written to {path}: {said}")


def _base(scenario: Scenario) -> tuple[Scenario, str]:
    """What the new version is a patch of, and how its file names it."""
    parent = scenario.parent
    if scenario.path in library().values():
        return scenario, scenario.path.stem
    if parent is not None and parent.path in library().values() and _levers_only(scenario):
        return parent, parent.path.stem
    return scenario, str(scenario.path.resolve())


def _levers_only(scenario: Scenario) -> bool:
    """Whether the scenario's own file changes levers and nothing else, as the files written here do."""
    patch = read_patch(scenario.path)
    parts = (patch.centres, patch.closures, patch.sites, patch.start, patch.until, patch.scale)
    whole = patch.workforce_file, patch.plain
    return not patch.parameters and all(part is None for part in (*parts, *whole))


def _said(base: Scenario, changes: Mapping[str, object]) -> str:
    if not changes:
        return f"No different from {base.id}."
    made = "; ".join(f"{name} {value} instead of {base.levers[name]}" for name, value in changes.items())
    return f"Changed from {base.id}: {made}."[:LONGEST_WHY]


def _numbered(name: str, stem: str) -> re.Match[str] | None:
    found = _VERSION.search(name)
    return found if found and name[: found.start()] == stem else None


def _one_line(text: str, most: int) -> str:
    """Words as one line without characters that no file can hold, cut to the longest allowed."""
    kept = "".join(letter if letter.isprintable() or letter.isspace() else " " for letter in text)
    return " ".join(kept.split())[:most].strip()
