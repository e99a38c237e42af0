"""Closures as a scenario file describes them: a region or one centre, to a day or for some weeks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from rules.document import Node
from rules.reader import Reader
from scenarios.sections import EARLIEST, read_evidence, read_region, read_span
from simulation.calendar import LAST
from simulation.inputs import Closure

MOST_WEEKS: Final = 520
"""Ten years; more is a slip of the pen."""

EVERYWHERE: Final = "all"

_KNOWN: Final = ("region", "centre", "from", "to", "weeks", "source", "assumption")


def read_closures(reader: Reader, node: Node) -> tuple[tuple[Closure, ...], dict[str, Node]]:
    """The stretches of time in which centres stay shut, and where the file names single centres."""
    found: list[Closure] = []
    named: dict[str, Node] = {}
    for item in reader.sequence(node):
        fields = reader.mapping(item, _KNOWN, ("from",))
        read_evidence(reader, item, "the closure")
        region, centre = (reader.text(fields.get(key)) for key in ("region", "centre"))
        if ("region" in fields) == ("centre" in fields):
            reader.report("S030", "a closure has either a 'region' or a 'centre'", item)
        if region is not None:
            read_region(reader, region, fields["region"], whole=True)
        if centre is not None:
            named.setdefault(centre, fields["centre"])
        span = _span(reader, fields, item)
        if span is not None:
            found.append(Closure(region or EVERYWHERE, *span, centre or ""))
    return tuple(found), named


def _span(reader: Reader, fields: Mapping[str, Node], node: Node) -> tuple[date, date] | None:
    """The first and the last day, the last one given as it is or by a number of weeks."""
    if ("to" in fields) == ("weeks" in fields):
        reader.report("S031", "a closure has either 'to' or 'weeks'", node)
        return None
    if "to" in fields:
        return read_span(reader, fields, node)
    first = reader.date(fields.get("from"), EARLIEST, LAST)
    weeks = reader.integer(fields.get("weeks"), 1, MOST_WEEKS)
    if first is None or weeks is None:
        return None
    return first, first + timedelta(weeks=weeks, days=-1)
