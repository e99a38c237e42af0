"""The address of results: a fingerprint of everything that they depend on, and of nothing else.

Two arms have the same address exactly when each replication of the one equals the same replication of the
other: the policy, the parameters that the world reads, the data, the engine and its code, the root seed, and
what is recorded. Names, reasons, unit costs and the files a scenario was written in do not count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from rules.levers import Levers
from scenarios.record import RECORDED
from simulation.inputs import Inputs
from simulation.parameters import Parameters

_DATA: Final = (("simulation", "*.csv"), ("rules", "*.yaml"))
"""Packages whose data files shape results. Parameters are not among them: arms carry their values."""

_CODE: Final = (("simulation", "*.py"), ("rules", "*.py"))
"""Packages whose code shapes results: no version number is trusted to say that it has changed."""


@lru_cache(maxsize=1)
def data_digest() -> str:
    """A fingerprint of the shipped tables and rules, by name and content."""
    return _digest(_DATA)


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A fingerprint of the code that decides and simulates, by name and content."""
    return _digest(_CODE)


def replaced() -> bool:
    """Whether the code or the data on disk are others than those this process began with.

    So it is when the program is upgraded under an open window: what is run from then on has other addresses.
    """
    return _digest(_CODE) != code_digest() or _digest(_DATA) != data_digest()


def _digest(patterns: tuple[tuple[str, str], ...]) -> str:
    digest = hashlib.sha256()
    for package, pattern in patterns:
        root = Path(str(files(package)))
        names = {path.relative_to(root).as_posix() for path in root.rglob(pattern)}
        for name in sorted(name for name in names if "/cases/" not in name):  # rule tests decide nothing
            found = (root / name).read_bytes()
            digest.update(f"{package}/{name} {len(found)}\n".encode())
            digest.update(found)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def record_digest() -> str:
    """A fingerprint of what is kept of a replication and how: the measures and the arrays by name."""
    from scenarios.shard import FORMAT
    from simulation.measures import MEASURES

    kept = json.dumps([FORMAT, [*MEASURES], sorted(RECORDED)])
    return hashlib.sha256(kept.encode()).hexdigest()


def maker(simulate: Callable[..., object]) -> str:
    """What made results, where it is not the simulation itself: its name, and its package's code and data."""
    package, dot, _ = simulate.__module__.partition(".")
    name = f"{simulate.__module__}.{simulate.__qualname__}"
    return f"{name} {_package_digest(package)}" if dot else name


@lru_cache(maxsize=8)
def _package_digest(package: str) -> str:
    return _digest(((package, "*.py"), (package, "*.yaml")))


def content(inputs: Inputs, made_by: str = "") -> dict[str, object]:
    """Everything that results of `inputs` depend on, as plain data that JSON can hold.

    `made_by` names what made them, where that was not the simulation itself.
    """
    from simulation.replicate import ENGINE_VERSION

    found: dict[str, object] = {
        "engine": ENGINE_VERSION,
        "code": code_digest(),
        "data": data_digest(),
        "record": record_digest(),
    }
    found["inputs"] = plain(inputs)
    if made_by:
        found["made_by"] = made_by
    return found


def key_of(found: Mapping[str, object]) -> str:
    """The address of results with this content: 64 hexadecimal digits."""
    return hashlib.sha256(written(found).encode()).hexdigest()


@lru_cache(maxsize=4096)
def address(inputs: Inputs, made_by: str = "") -> str:
    """The address of the results of `inputs`."""
    return key_of(content(inputs, made_by))


def written(value: object) -> str:
    """Plain data as the one text that stands for it."""
    return json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False)


def plain(value: object) -> object:  # noqa: PLR0911
    """A value as JSON can hold it, depending on nothing but its content; a file counts by what is in it."""
    if isinstance(value, Parameters):
        kept = (entry for entry in value.values() if entry.affects != "costs")
        return {entry.id: plain(entry.duration) if entry.duration else entry.value for entry in kept}
    if isinstance(value, Mapping | Levers):
        return {str(name): plain(item) for name, item in value.items()}
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return hashlib.sha256(value.read_bytes()).hexdigest() if value.is_file() else str(value)
    if isinstance(value, date | np.generic):
        return value.isoformat() if isinstance(value, date) else value.item()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"nothing says how {type(value).__name__} counts in the address of results")
