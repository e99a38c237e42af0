"""Centres one by one, as a scenario file describes them: circuits, sessions, opening days, changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rules.document import Node
from rules.errors import nearest
from rules.reader import Reader
from scenarios.authorities import authorities
from scenarios.sections import EARLIEST, read_region, read_span
from simulation.calendar import LAST
from simulation.inputs import CapacityPeriod

SESSIONS: Final = 3
"""Start times of a centre's day, published for 2019 to 2021."""

CANDIDATES: Final = 1
"""Candidates that a circuit takes in a session: an assumption, as in the library's consultation scenario."""

MOST_CIRCUITS: Final = 100
MOST_SESSIONS: Final = 10
MOST_CANDIDATES: Final = 50
MOST_LEAD_WEEKS: Final = 520
"""Bounds on one centre; more is a slip of the pen."""

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY: Final = ("sessions_per_day", "candidates_per_circuit", "days_per_week", "opening_days")


@dataclass(frozen=True)
class _Day:
    """How a centre works: sessions of a day, candidates of a circuit in one, and on which days it opens."""

    sessions: int = SESSIONS
    candidates: int = CANDIDATES
    days_per_week: int = len(WEEKDAYS)
    opening_days: tuple[int, ...] = ()


@dataclass(frozen=True)
class Decision:
    """When capacity was decided, if that is said, and how many weeks it takes, if the file says so."""

    decided: date | None = None
    lead_weeks: int | None = None


@dataclass(frozen=True)
class _Period:
    """A centre's circuits from a first day to a last, when they were decided, and how it then works."""

    first: date
    last: date
    circuits: int
    decision: Decision
    day: _Day


def read_places(reader: Reader, node: Node | None) -> Iterator[CapacityPeriod]:
    """The periods of every centre of a list; each centre by its id, once."""
    seen: set[str] = set()
    for item in reader.sequence(node):
        known = ("centre", "region", "authority", "periods", *_DAY)
        fields = reader.mapping(item, known, ("centre", "region", "periods"))
        name = reader.text(fields.get("centre"), 60) or ""
        if name and not _ID.fullmatch(name):
            hint = "use lower-case letters, digits, hyphens"
            reader.report("S003", f"'{name}' is not an id", fields["centre"], hint)
        if name in seen:
            reader.report("S032", f"the centre '{name}' is described twice", fields["centre"])
        seen.add(name)
        region = reader.text(fields.get("region")) or ""
        if region:
            read_region(reader, region, fields["region"])
        authority = _authority(reader, fields.get("authority"), region)
        day = _day(reader, fields, item, _Day())
        yield from _periods(reader, fields.get("periods"), day, (region, name, authority))


def read_decision(reader: Reader, fields: Mapping[str, Node], node: Node) -> Decision:
    """The day of a decision and its lead time; S035 for a lead time without a day."""
    decided = reader.date(fields.get("decided"), EARLIEST, LAST)
    weeks = reader.integer(fields.get("lead_weeks"), 0, MOST_LEAD_WEEKS)
    if "lead_weeks" in fields and "decided" not in fields:
        reader.report("S035", "'lead_weeks' counts from the day 'decided', which is missing", node)
    return Decision(decided, weeks)


def _authority(reader: Reader, node: Node | None, region: str) -> str:
    """The authority in whose area a centre stands, which lies in the centre's region."""
    name = reader.text(node)
    if node is None or name is None:
        return ""
    region_of = {authority.name: authority.region for authority in authorities()}
    if name not in region_of:
        reader.report("S009", f"unknown authority '{name}'", node, nearest(name, region_of))
    elif region and region_of[name] != region:
        message = f"{name} lies in {region_of[name]}, and the centre in {region}"
        reader.report("S033", message, node)
    return name


def _day(reader: Reader, fields: Mapping[str, Node], node: Node, usual: _Day) -> _Day:
    """A centre's day: what the file says, and the usual where it says nothing."""
    sessions = reader.integer(fields.get("sessions_per_day"), 1, MOST_SESSIONS)
    candidates = reader.integer(fields.get("candidates_per_circuit"), 1, MOST_CANDIDATES)
    days = reader.integer(fields.get("days_per_week"), 1, len(WEEKDAYS))
    named = [reader.choice(item, WEEKDAYS) for item in reader.sequence(fields.get("opening_days"), 5, 1)]
    opening = tuple(sorted(WEEKDAYS.index(day) for day in named if day is not None))
    if ("days_per_week" in fields and "opening_days" in fields) or len(set(opening)) < len(opening):
        reader.report("S034", "opening days are given twice", node, "by their number or by their names")
    if not ("days_per_week" in fields or "opening_days" in fields):
        days, opening = usual.days_per_week, usual.opening_days
    return _Day(sessions or usual.sessions, candidates or usual.candidates, days or len(WEEKDAYS), opening)


def _periods(
    reader: Reader, node: Node | None, usual: _Day, place: tuple[str, str, str]
) -> Iterator[CapacityPeriod]:
    """One centre's periods, which share no day, in the order of their days, whatever that of the file.

    What was decided on a day are the circuits beyond those of the period that ends as this one begins.
    """
    found: list[_Period] = []
    region, centre, authority = place
    for item in reader.sequence(node, at_least=1):
        fields = reader.mapping(
            item, ("from", "to", "circuits", "decided", "lead_weeks", *_DAY), ("from", "to", "circuits")
        )
        span = read_span(reader, fields, item)
        circuits = reader.integer(fields.get("circuits"), 0, MOST_CIRCUITS)
        decision = read_decision(reader, fields, item)
        day = _day(reader, fields, item, usual)
        if span is None or circuits is None:
            continue
        if any(span[0] <= other.last and other.first <= span[1] for other in found):
            reader.report("S032", f"two periods of the centre '{centre}' share days", item)
        found.append(_Period(*span, circuits, decision, day))
    running = {period.last + timedelta(days=1): period.circuits for period in found}
    for period in sorted(found, key=lambda period: period.first):
        decision, day, circuits = period.decision, period.day, period.circuits
        kept = circuits if decision.decided is None else min(circuits, running.get(period.first, 0))
        for count, what in ((kept, Decision()), (circuits - kept, decision)):
            if count:
                yield CapacityPeriod(
                    region,
                    period.first,
                    period.last,
                    seats_per_day=count * day.sessions * day.candidates,
                    days_per_week=day.days_per_week,
                    opening_days=day.opening_days,
                    decided=what.decided,
                    lead_weeks=what.lead_weeks,
                    centre=centre,
                    authority=authority,
                    circuits=count,
                    sessions_per_day=day.sessions,
                )
