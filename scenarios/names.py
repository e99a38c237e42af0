"""What scenarios are called: shipped ones and a person's own by name, any other by the path of its file."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from rules.errors import nearest, problem


def library() -> dict[str, Path]:
    """The shipped scenarios by name, in alphabetical order."""
    folder = Path(str(files("scenarios").joinpath("library")))
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def own_folder() -> Path:
    """Where a person's scenarios are kept: in `$NAAS_STATE`, or in the person's data folder."""
    named = os.environ.get("NAAS_STATE")
    if named:
        return Path(named) / "scenarios"
    from platformdirs import user_data_path

    return user_data_path("naas", appauthor=False) / "scenarios"


def own_scenarios(folder: Path | None = None) -> dict[str, Path]:
    """The person's scenario files by the name of the file, in alphabetical order; none without a folder."""
    try:
        return {path.stem: path for path in sorted((folder or own_folder()).glob("*.yaml"))}
    except OSError:
        return {}


def is_path(name: str) -> bool:
    """Whether a name means a file rather than a scenario of the library."""
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def path_of(name: str) -> Path:
    """The file that a name means; a path is taken as it is. Raises `InputError` S001 for an unknown name."""
    if is_path(name):
        return Path(name)
    known = own_scenarios() | library()
    if name not in known:
        hint = (
            nearest(name, known)
            or "naas list shows the library; a file is given by its path, such as my.yaml"
        )
        raise problem("S001", f"unknown scenario '{name}'", hint=hint)
    return known[name]


def typed_name(path: Path) -> str:
    """What a person types for the scenario of a file: its name where it has one, else the path."""
    if (own_scenarios() | library()).get(path.stem) == path:
        return path.stem
    return str(path) if is_path(str(path)) else f"./{path}"
