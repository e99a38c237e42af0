"""The facts that rules may ask about, read from `vocabulary.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, cast

from rules.document import Node
from rules.model import FactSpec
from rules.reader import Reader
from rules.sources import Source, read_citations

MAX_FACTS = 100
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_vocabulary(document: Node, reader: Reader, sources: Mapping[str, Source]) -> dict[str, FactSpec]:
    """The facts by name, in the order of the file. Problems go to the reader."""
    facts: dict[str, FactSpec] = {}
    entries = reader.mapping(document)
    if len(entries) > MAX_FACTS:
        reader.report("R021", f"{len(entries)} facts are declared, and {MAX_FACTS} are the most", document)
        return facts
    for name, node in entries.items():
        if not _NAME.fullmatch(name):
            reader.report("R018", f"'{name}' is not a fact's name: small letters and _", document, key=name)
        facts[name] = _fact(name, node, reader, sources)
    return facts


def _fact(name: str, node: Node, reader: Reader, sources: Mapping[str, Source]) -> FactSpec:
    keys = ("type", "label", "choices", "range", "derived", "cite")
    fields = reader.mapping(node, keys, required=("type", "label", "cite"))
    kind = reader.choice(fields.get("type"), ("flag", "number", "choice", "set")) or "flag"
    choices = tuple(reader.texts(fields.get("choices"), at_most=40))
    bounds = [reader.integer(item, -1000, 1000) for item in reader.sequence(fields.get("range"), 2, 2)]
    low, high = (bounds[0] or 0, bounds[1] or 0) if bounds else (0, 0)
    if (kind in ("choice", "set")) != bool(choices):
        reader.report("R023", f"a fact of type {kind} has {'no' if choices else 'its'} choices", node)
    if (kind == "number") != ("range" in fields):
        reader.report("R023", f"a fact of type {kind} has {'no' if 'range' in fields else 'a'} range", node)
    if low > high:
        reader.report("R023", f"the range ends ({high}) before it begins ({low})", fields["range"])
    if len(set(choices)) < len(choices):
        reader.report("R023", "a choice is listed twice", fields["choices"])
    return FactSpec(
        name,
        cast(Literal["flag", "number", "choice", "set"], kind),
        reader.text(fields.get("label")) or "",
        choices,
        low,
        high,
        read_citations(fields.get("cite"), reader, sources),
        bool(reader.flag(fields.get("derived"))),
    )
