"""A scenario: patches composed along their parents into one set of inputs, with its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rules.errors import problem
from rules.levers import Levers
from scenarios.request import DEFAULT_SEED
from scenarios.scheme import peopled
from simulation.inputs import CapacityPeriod, Closure, Inputs, PlainScheme, SiteWave
from simulation.parameters import Override, Parameters

DEFAULT_START: Final = date(2017, 1, 1)
DEFAULT_UNTIL: Final = date(2021, 12, 31)

_WORDS: Final = {"id", "title", "why", "path", "lineage", "parent", "centres_evidence"}
"""What a scenario says about itself and does not do."""


@dataclass(frozen=True)
class Scenario:
    """Everything that a scenario says once its parents are taken in. `lineage` is root first, itself last."""

    id: str
    title: str
    why: str
    path: Path
    lineage: tuple[str, ...] = ()
    parent: Scenario | None = None
    levers: Levers = field(default_factory=Levers)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    centres: tuple[CapacityPeriod, ...] = ()
    centres_evidence: str = ""
    closures: tuple[Closure, ...] = ()
    sites: tuple[SiteWave, ...] = ()
    start: date = DEFAULT_START
    until: date = DEFAULT_UNTIL
    scale: float = 1.0
    workforce_file: Path | None = None
    plain: PlainScheme | None = None

    @property
    def parameters(self) -> Parameters:
        """The shipped parameters with this scenario's in their place."""
        return Parameters.shipped().patched(self.overrides)

    @property
    def digest(self) -> str:
        """A fingerprint of what the scenario does; its title, its reasons and its file do not count."""
        content = {
            item.name: _plain(getattr(self, item.name)) for item in fields(self) if item.name not in _WORDS
        }
        written = json.dumps(content, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()

    def inputs(
        self,
        seed: int = DEFAULT_SEED,
        scale: float | None = None,
        until: date | None = None,
        workforce_file: Path | None = None,
    ) -> Inputs:
        """What the simulation needs; an argument that is given replaces what the scenario says."""
        last = until or self.until
        if last <= self.start:
            raise problem(
                "S006", f"scenario '{self.id}' begins on {self.start}, and {last} is not after that"
            )
        people = workforce_file or self.workforce_file
        plain = peopled(self.plain, people) if self.plain and people else self.plain
        return Inputs(
            levers=self.levers,
            parameters=self.parameters,
            start=self.start,
            until=last,
            scale=self.scale if scale is None else scale,
            workforce_file=people,
            centres=self.centres,
            closures=self.closures,
            sites=self.sites,
            plain=plain,
            seed=seed,
        )


def _plain(value: object) -> object:
    """A value as JSON can hold it, in an order that depends on nothing but the content."""
    if isinstance(value, Override):  # who asked for it, and where, changes nothing
        return [value.value, str(value.duration), value.span, value.source, value.assumption]
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping | Levers):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Path) and value.is_file():
        return hashlib.sha256(value.read_bytes()).hexdigest()
    return str(value)
