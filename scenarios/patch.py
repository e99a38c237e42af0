"""One scenario file as written: what it changes, and nothing of what it inherits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from rules.document import Node, read_document
from rules.errors import InputError, nearest
from rules.levers import SPECS, checked_value
from rules.reader import Reader
from scenarios.capacity import read_centres
from scenarios.closures import read_closures
from scenarios.request import LARGEST_SCALE, SMALLEST_SCALE
from scenarios.scheme import read_scheme
from scenarios.sections import FIRST_DAY, read_duration
from scenarios.sites import read_sites
from simulation.calendar import LAST
from simulation.durations import fixed
from simulation.inputs import CapacityPeriod, Closure, PlainScheme, SiteWave
from simulation.parameters import Override, Parameters, override_problems

MAX_TITLE: Final = 120
MAX_WHY: Final = 2000
MAX_EVIDENCE: Final = 2000

ID: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_ID: Final = re.compile(ID)
_NATIONAL: Final = ("parent", "levers", "parameters", "centres", "closures", "sites")
KEYS: Final = ("id", "title", "why", "horizon", "workforce", "scheme", *_NATIONAL)
NEEDS: Final = ("id", "title", "why")
PARAMETER_KEYS: Final = ("value", "distribution", "range", "source", "assumption")
_MEANT: Final = {
    "until": "the last day is 'horizon: {until: 2021-12-31}'",
    "start": "the first day is 'horizon: {from: 2017-01-01}'",
    "from": "the first day is 'horizon: {from: 2017-01-01}'",
    "extends": "the scenario that this one builds on is 'parent'",
    "base": "the scenario that this one builds on is 'parent'",
    "description": "what it is for is 'why'",
    "name": "its name is 'id', and what it is called in tables 'title'",
    "scale": "the size of the workforce is 'workforce: {scale: 0.1}'",
}
"""What keys are called here that a person would think of."""


@dataclass(frozen=True)
class Patch:
    """What one file says. None means that it says nothing and the parent's holds."""

    id: str
    title: str
    why: str
    path: Path
    parent: str | None = None
    parent_node: Node | None = None
    levers_node: Node | None = None
    levers: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, Override] = field(default_factory=dict)
    centres: tuple[CapacityPeriod, ...] | None = None
    centres_evidence: str = ""
    centres_node: Node | None = None
    closures: tuple[Closure, ...] | None = None
    shut_centres: Mapping[str, Node] = field(default_factory=dict)
    sites: tuple[SiteWave, ...] | None = None
    start: date | None = None
    until: date | None = None
    scale: float | None = None
    workforce_file: Path | None = None
    plain: PlainScheme | None = None


def is_id(name: str) -> bool:
    """Whether a name can be that of a scenario: lower-case letters, digits, hyphens between."""
    return _ID.fullmatch(name) is not None


def read_patch(path: Path) -> Patch:
    """The content of a scenario file. Raises `InputError` with every problem of the file at once."""
    document = read_document(path)
    reader = Reader()
    fields = reader.mapping(document, KEYS, NEEDS, _MEANT)
    name = reader.text(fields.get("id")) or ""
    if name and not is_id(name):
        reader.report(
            "S003", f"'{name}' is not an id", fields["id"], "use lower-case letters, digits, hyphens"
        )
    if "scheme" in fields:
        for key in _NATIONAL:
            if key in fields:
                message = f"'{key}' has no part in a scheme from scratch"
                reader.report("S002", message, document, "give either 'scheme' or the others", key)
    start, until = _horizon(reader, fields.get("horizon"))
    workforce = reader.mapping(fields.get("workforce"), ("file", "scale"))
    file = reader.text(workforce.get("file"))
    centres = read_centres(reader, fields["centres"]) if "centres" in fields else (None, "")
    closures = read_closures(reader, fields["closures"]) if "closures" in fields else (None, {})
    patch = Patch(
        id=name,
        title=(reader.text(fields.get("title"), MAX_TITLE) or "").strip(),
        why=" ".join((reader.text(fields.get("why"), MAX_WHY) or "").split()),
        path=path,
        parent=reader.text(fields.get("parent")),
        parent_node=fields.get("parent"),
        levers_node=fields.get("levers"),
        levers=_levers(reader, fields.get("levers")),
        parameters=_parameters(reader, fields.get("parameters"), name),
        centres=centres[0],
        centres_evidence=centres[1],
        centres_node=fields.get("centres"),
        closures=closures[0],
        shut_centres=closures[1],
        sites=read_sites(reader, fields["sites"]) if "sites" in fields else None,
        start=start,
        until=until,
        scale=reader.number(workforce.get("scale"), SMALLEST_SCALE, LARGEST_SCALE),
        workforce_file=path.parent / file if file else None,
        plain=read_scheme(reader, fields["scheme"], listed=file is not None) if "scheme" in fields else None,
    )
    reader.finish()
    return patch


def _horizon(reader: Reader, node: Node | None) -> tuple[date | None, date | None]:
    fields = reader.mapping(node, ("from", "until"))
    start = reader.date(fields.get("from"), FIRST_DAY, LAST)
    until = reader.date(fields.get("until"), FIRST_DAY, LAST)
    if start and until and until <= start:
        reader.report("S006", f"the horizon ends on {until}, before it begins", fields["until"])
    return start, until


_LEVER_CODES: Final = {"L002": "S021", "L004": "S021"}


def _levers(reader: Reader, node: Node | None) -> Mapping[str, object]:
    """The levers that a file sets, each checked alone, so that every bad one is reported in its place."""
    found: dict[str, object] = {}
    for name, item in reader.mapping(node).items():
        assert node is not None
        if name not in SPECS:
            reader.report("S014", f"unknown lever '{name}'", node, nearest(name, SPECS), name)
            continue
        try:
            found[name] = checked_value(name, item.value if item.kind == "scalar" else item.found())
        except InputError as error:
            [wrong] = error.problems
            reader.report(_LEVER_CODES.get(wrong.code, "S016"), wrong.message, item, wrong.hint)
    return found


def _parameters(reader: Reader, node: Node | None, changed_by: str) -> Mapping[str, Override]:
    """The parameters that a file sets, each with its evidence."""
    shipped = Parameters.shipped()
    found: dict[str, Override] = {}
    for name, item in reader.mapping(node).items():
        assert node is not None
        if name not in shipped:
            reader.report("S015", f"unknown parameter '{name}'", node, nearest(name, shipped), name)
            continue
        fields = reader.mapping(item, PARAMETER_KEYS)
        source = reader.text(fields.get("source"), MAX_EVIDENCE) or ""
        assumption = reader.text(fields.get("assumption"), MAX_EVIDENCE) or ""
        if not ("source" in fields or "assumption" in fields):
            hint = "add 'source: ...' (where it is from) or 'assumption: ...' (why)"
            reader.report("S007", f"the value of '{name}' has no evidence", node, hint, name)
        if ("value" in fields) == ("distribution" in fields):
            takes = "distribution" if shipped[name].duration else "value"
            reader.report("S012", f"'{name}' takes a '{takes}'", node, "", name)
            continue
        before = len(reader.problems)
        written = fields.get("value") or fields["distribution"]
        value = reader.number(fields.get("value"))
        duration = (
            read_duration(reader, fields["distribution"], fixed(0)) if "distribution" in fields else None
        )
        span = _span(reader, fields.get("range"))
        evidence = {"source": " ".join(source.split()), "assumption": " ".join(assumption.split())}
        override = Override(value, duration, span, **evidence, changed_by=changed_by, place=written.place)
        for place in range(before, len(reader.problems)):
            found_wrong = reader.problems[place]
            named = f"parameter '{name}': {found_wrong.message}"
            reader.problems[place] = replace(found_wrong, message=named)
        if len(reader.problems) == before:
            for wrong in override_problems(shipped[name], override):
                reader.report(wrong.code, wrong.message, written, wrong.hint)
            found[name] = override
    return found


def _span(reader: Reader, node: Node | None) -> tuple[float, float, float] | None:
    """The `range` of a number: min, mode, max."""
    if node is None:
        return None
    numbers = [reader.number(item) for item in reader.sequence(node, 3, 3)]
    if len(numbers) != 3 or None in numbers:
        return None
    low, mode, high = (float(number or 0.0) for number in numbers)
    return low, mode, high
