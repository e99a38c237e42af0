"""Assessment centres as a scenario file describes them: centre-days a week by region, or one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rules.document import Node
from rules.reader import Reader
from scenarios.places import read_decision, read_places
from scenarios.sections import read_evidence, read_region, read_span
from simulation.inputs import CapacityPeriod

SEATS_PER_CENTRE_DAY: Final = 12
"""Three start times of four circuits: an assumption, argued in the library's consultation scenario."""

MOST_SEATS: Final = 1_000
MOST_CENTRE_DAYS: Final = 1_000
"""Bounds on one region's seats in a centre-day and centre-days in a week; more is a slip of the pen."""

_WEEK: Final = 5


def read_centres(reader: Reader, node: Node) -> tuple[tuple[CapacityPeriod, ...], str]:
    """The capacity periods of a `centres` section, and the evidence for them."""
    known = ("seats_per_centre_day", "range", "source", "assumption", "periods", "places")
    one_by_one = isinstance(node.value, dict) and "places" in node.value
    fields = reader.mapping(node, known, () if one_by_one else ("periods",))
    evidence = read_evidence(reader, node, "the number of centres")
    seats = reader.integer(fields.get("seats_per_centre_day"), 1, MOST_SEATS) or SEATS_PER_CENTRE_DAY
    for bound in reader.sequence(fields.get("range"), 3, 3):
        reader.integer(bound, 1, MOST_SEATS)
    found: list[CapacityPeriod] = []
    for item in reader.sequence(fields.get("periods")):
        found.extend(_period(reader, item, seats))
    found.extend(read_places(reader, fields.get("places")))
    return tuple(found), evidence


def _period(reader: Reader, node: Node, default_seats: int) -> Iterator[CapacityPeriod]:
    """Capacity by region: seven centre-days a week are one centre on five days and a second one on two."""
    known = ("from", "to", "seats_per_centre_day", "centre_days_per_week", "decided", "lead_weeks")
    fields = reader.mapping(node, known, ("from", "to", "centre_days_per_week"))
    span = read_span(reader, fields, node)
    seats = reader.integer(fields.get("seats_per_centre_day"), 1, MOST_SEATS) or default_seats
    decision = read_decision(reader, fields, node)
    weekly = fields.get("centre_days_per_week")
    for region, item in reader.mapping(weekly).items():
        assert weekly is not None
        read_region(reader, region, weekly, region)
        days = reader.integer(item, 0, MOST_CENTRE_DAYS)
        if days is None or span is None:
            continue
        full, rest = divmod(days, _WEEK)
        for each_day, opens in ((seats * full, _WEEK), (seats, rest)):
            if each_day and opens:
                when = decision.decided, decision.lead_weeks
                yield CapacityPeriod(region, *span, each_day, opens, (), *when)
