"""Assessment centres as a scenario file describes them: centre-days a week by region, and closures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rules.document import Node
from rules.reader import Reader
from scenarios.sections import read_evidence, read_region, read_span
from simulation.inputs import CapacityPeriod, Closure

SEATS_PER_CENTRE_DAY: Final = 12
"""Three start times of four circuits: an assumption, argued in the library's consultation scenario."""

MOST_SEATS: Final = 1_000
MOST_CENTRE_DAYS: Final = 1_000
"""Bounds on one region's seats in a centre-day and centre-days in a week; more is a slip of the pen."""

_WEEK: Final = 5


def read_centres(reader: Reader, node: Node) -> tuple[tuple[CapacityPeriod, ...], str]:
    """The capacity periods of a `centres` section, and the evidence for them."""
    known = ("seats_per_centre_day", "range", "source", "assumption", "periods")
    fields = reader.mapping(node, known, ("periods",))
    evidence = read_evidence(reader, node, "the number of centres")
    seats = reader.integer(fields.get("seats_per_centre_day"), 1, MOST_SEATS) or SEATS_PER_CENTRE_DAY
    for bound in reader.sequence(fields.get("range"), 3, 3):
        reader.integer(bound, 1, MOST_SEATS)
    found: list[CapacityPeriod] = []
    for item in reader.sequence(fields.get("periods")):
        found.extend(_period(reader, item, seats))
    return tuple(found), evidence


def read_closures(reader: Reader, node: Node) -> tuple[Closure, ...]:
    """The stretches of time in which centres stay shut."""
    found: list[Closure] = []
    for item in reader.sequence(node):
        fields = reader.mapping(
            item, ("region", "from", "to", "source", "assumption"), ("region", "from", "to")
        )
        read_evidence(reader, item, "the closure")
        region = reader.text(fields.get("region"))
        span = read_span(reader, fields, item)
        if region is not None:
            read_region(reader, region, fields["region"], whole=True)
        if region is not None and span is not None:
            found.append(Closure(region, *span))
    return tuple(found)


def _period(reader: Reader, node: Node, default_seats: int) -> Iterator[CapacityPeriod]:
    """Capacity by region: seven centre-days a week are one centre on five days and a second one on two."""
    known = ("from", "to", "seats_per_centre_day", "centre_days_per_week")
    fields = reader.mapping(node, known, ("from", "to", "centre_days_per_week"))
    span = read_span(reader, fields, node)
    seats = reader.integer(fields.get("seats_per_centre_day"), 1, MOST_SEATS) or default_seats
    weekly = fields.get("centre_days_per_week")
    for region, item in reader.mapping(weekly).items():
        assert weekly is not None
        read_region(reader, region, weekly, region)
        days = reader.integer(item, 0, MOST_CENTRE_DAYS)
        if days is None or span is None:
            continue
        full, rest = divmod(days, _WEEK)
        if full:
            yield CapacityPeriod(region, *span, seats_per_day=seats * full, days_per_week=_WEEK)
        if rest:
            yield CapacityPeriod(region, *span, seats_per_day=seats, days_per_week=rest)
