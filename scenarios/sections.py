"""Readers for what the sections of a scenario file share: evidence, stretches of time, regions, durations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from rules.document import Node
from rules.errors import InputError, nearest
from rules.reader import Reader
from simulation.calendar import BASELINE, LAST
from simulation.codes import REGIONS
from simulation.durations import LONGEST, NUMBERS, Duration, fixed

EARLIEST: Final = date(2010, 1, 1)
"""No date of a scenario lies before this."""

FIRST_DAY: Final = BASELINE
"""A simulation starts no earlier than the baseline of the workforce."""


def read_evidence(reader: Reader, node: Node, what: str) -> str:
    """The source of a number, or "assumption: " and its reason; S007 when the mapping gives neither."""
    fields = reader.mapping(node)
    source = reader.text(fields.get("source"), 2000)
    assumption = reader.text(fields.get("assumption"), 2000)
    if "source" not in fields and "assumption" not in fields:
        hint = "add 'source: ...' (where it is from) or 'assumption: ...' (why)"
        reader.report("S007", f"{what} has no evidence", node, hint)
    words = source or f"assumption: {assumption or ''}"
    return " ".join(words.split())


def read_span(
    reader: Reader, fields: Mapping[str, Node], node: Node, last_key: str = "to"
) -> tuple[date, date] | None:
    """The dates `from` and `to`, both included; S006 when they are in the wrong order."""
    first = reader.date(fields.get("from"), EARLIEST, LAST)
    last = reader.date(fields.get(last_key), EARLIEST, LAST)
    if first is None or last is None:
        return None
    if last < first:
        at = fields.get(last_key, node)
        reader.report("S006", f"{last} is before {first}, when it begins", at)
        return None
    return first, last


def read_region(reader: Reader, name: str, node: Node, key: str | None = None, *, whole: bool = False) -> str:
    """A region of England, or "all" where `whole` allows it; S008 otherwise."""
    allowed = ("all", *REGIONS) if whole else REGIONS
    if name not in allowed:
        hint = nearest(name, allowed) or f"one of: {', '.join(allowed)}"
        reader.report("S008", f"unknown region '{name}'", node, hint, key)
    return name


def read_duration(reader: Reader, node: Node | None, default: Duration) -> Duration:
    """Days: a number, or one distribution by name, such as `{pert: [14, 42, 120]}`; S011 otherwise."""
    if node is None:
        return default
    if node.kind != "mapping":
        days = reader.number(node, 0, LONGEST)
        return default if days is None else fixed(days)
    if not isinstance(node.value, dict) or len(node.value) != 1:
        reader.report("S011", f"a duration is days, or one of: {', '.join(NUMBERS)}", node)
        return default
    [(kind, numbers)] = node.value.items()
    if kind not in NUMBERS:
        hint = nearest(kind, NUMBERS) or f"one of: {', '.join(NUMBERS)}"
        reader.report("S011", f"unknown distribution '{kind}'", node, hint, kind)
        return default
    return _distribution(reader, kind, numbers, default)


def _distribution(reader: Reader, kind: str, node: Node, default: Duration) -> Duration:
    """The numbers of a distribution, as a list in their order or by name, or alone when there is one."""
    names = NUMBERS[kind]
    before = len(reader.problems)
    if isinstance(node.value, dict):
        fields = reader.mapping(node, names, names)
        numbers = [reader.number(fields.get(name), 0, LONGEST) for name in names]
    elif isinstance(node.value, list):
        numbers = [reader.number(item, 0, LONGEST) for item in node.value]
    else:
        numbers = [reader.number(node, 0, LONGEST)]
    if len(reader.problems) > before:
        return default
    try:
        return Duration(kind, tuple(number for number in numbers if number is not None))  # type: ignore[arg-type]
    except InputError as error:
        reader.report("S011", error.problems[0].message, node)
        return default
