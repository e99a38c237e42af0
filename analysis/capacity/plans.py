"""Capacity in whole lumps, and the scenario with that capacity in place of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from rules.errors import problem
from simulation.calendar import LAST, date_of, day_of
from simulation.capacity import first_day
from simulation.codes import REGIONS
from simulation.flows import quarters_of
from simulation.inputs import CapacityPeriod, Inputs
from simulation.parameters import Override

FACTOR: Final = "centre.seats_factor"
"""The parameter that multiplies the seats of every region."""

_WEEK: Final = 5
_ALL_COUNT: Final = "seats that are planned are those that are held"


@dataclass(frozen=True)
class Lump:
    """What capacity comes in: so many seats on a day, on so many days a week."""

    name: str
    seats: int
    days: int
    means: str

    @property
    def weekly(self) -> int:
        """Seats in a full week."""
        return self.seats * self.days

    def periods(self, region: str, first: date, last: date, count: int) -> list[CapacityPeriod]:
        """So many lumps in a region between two dates; those of single days are spread over the week."""
        if self.days == _WEEK:
            return [CapacityPeriod(region, first, last, self.seats * count)] if count else []
        full, rest = divmod(count, _WEEK)
        found = [CapacityPeriod(region, first, last, self.seats * full)] if full else []
        return found + ([CapacityPeriod(region, first, last, self.seats, rest)] if rest else [])


LUMPS: Final[dict[str, Lump]] = {
    lump.name: lump
    for lump in (
        Lump("circuit", 3, 5, "three seats on every working day"),
        Lump("circuit-day", 3, 1, "three seats on one day a week"),
        Lump("centre-day", 12, 1, "twelve seats, four circuits, on one day a week"),
        Lump("seat", 1, 5, "one seat on every working day"),
    )
}

AMPLE: Final = 500
"""Seats a day in a region that nobody fills: in a month, as many as there are people in the largest."""


@dataclass(frozen=True)
class Span:
    """A time in which a region's capacity stays the same; both days included."""

    first: date
    last: date

    @property
    def quarter(self) -> str:
        """The quarter in which it begins."""
        return f"{self.first.year}-Q{(self.first.month - 1) // 3 + 1}"


def opening(inputs: Inputs, region: str) -> date:
    """The first day on which the scenario means a region to have seats; its first day where it has none."""
    days = [
        first_day(period, inputs.parameters)
        for period in inputs.centres
        if period.region in (region, "all") and period.seats_per_day
    ]
    return min([day for day in days if day <= inputs.until], default=inputs.start)


def quarter_spans(inputs: Inputs, region: str) -> tuple[Span, ...]:
    """The quarters in which a region may have seats, cut to its opening and the end."""
    start, last = opening(inputs, region), min(inputs.until, LAST)
    begins = [date_of(day) for day in quarters_of(day_of(start), day_of(last))]
    ends = [*(begin - timedelta(days=1) for begin in begins[1:]), last]
    return tuple(Span(max(begin, start), end) for begin, end in zip(begins, ends, strict=True))


def regions_of(inputs: Inputs) -> tuple[str, ...]:
    """The regions whose seats can be planned."""
    return REGIONS if inputs.plain is None else tuple(name for name, _ in inputs.plain.regions)


def planned(inputs: Inputs, lump: Lump, plan: Mapping[str, Sequence[int]]) -> Inputs:
    """The scenario with so many lumps in each region: one number for the whole time, or one a quarter.

    A lump is as many seats as it says, whatever `centre.seats_factor` makes of the scenario's own. Raises
    `InputError` Q009 for a scheme from scratch by quarter, Q010 where single centres are closed.
    """
    if inputs.plain is not None:
        if any(len(set(counts)) > 1 for counts in plan.values()):
            raise problem("Q009", "the seats of a scheme from scratch do not change by quarter")
        seats = tuple((name, lump.seats * counts[0]) for name, counts in plan.items())
        return replace(inputs, plain=replace(inputs.plain, seats=seats))
    found: list[CapacityPeriod] = []
    for region, counts in plan.items():
        spans = quarter_spans(inputs, region)
        if len(set(counts)) == 1:
            spans = (Span(spans[0].first, spans[-1].last),)
        for span, count in zip(spans, counts, strict=False):
            found += lump.periods(region, span.first, span.last, count)
    return _with(inputs, found)


def _with(inputs: Inputs, periods: Iterable[CapacityPeriod]) -> Inputs:
    """The scenario with these seats, of regions and not of centres, in place of its own; each counts once."""
    closed = [closure.centre for closure in inputs.closures if closure.centre]
    if closed:
        said = f"centre {closed[0]} is closed for a time, and planned seats belong to no centre"
        raise problem("Q010", said, hint="close its whole region, or take the closure out")
    parameters = inputs.parameters
    if parameters.value(FACTOR) != 1:
        once = Override(1.0, assumption=_ALL_COUNT, changed_by=_ALL_COUNT)
        parameters = parameters.patched({FACTOR: once})
    return replace(inputs, centres=tuple(periods), parameters=parameters)


def ample(inputs: Inputs) -> Inputs:
    """The scenario with more seats than anyone could fill, from the same opening days on. Raises Q010."""
    regions = regions_of(inputs)
    if inputs.plain is not None:
        everyone = Lump("", inputs.plain.count, _WEEK, "")
        return planned(inputs, everyone, dict.fromkeys(regions, (1,)))
    last = min(inputs.until, LAST)
    return _with(inputs, (CapacityPeriod(region, opening(inputs, region), last, AMPLE) for region in regions))


def ample_lumps(inputs: Inputs, lump: Lump) -> int:
    """How many whole lumps of a region the seats of `ample` are."""
    return inputs.plain.count if inputs.plain is not None else AMPLE * _WEEK // lump.weekly


def in_lumps(inputs: Inputs, lump: Lump, region: str, span: Span | None = None) -> float:
    """The average capacity in lumps that a scenario itself gives a region, in a span or since its opening."""
    if inputs.plain is not None:
        return dict(inputs.plain.seats).get(region, 0) / lump.seats
    first, last = opening(inputs, region), min(inputs.until, LAST)
    if span is not None:
        first, last = span.first, span.last
    weeks = max(((last - first).days + 1) / 7, 1)
    seats = 0.0
    for period in inputs.centres:
        if period.region in (region, "all"):
            days = (min(period.last, last) - max(first_day(period, inputs.parameters), first)).days + 1
            open_days = len(period.opening_days) or period.days_per_week
            seats += max(days, 0) / 7 * open_days * period.seats_per_day
    return seats * inputs.parameters.value(FACTOR) / weeks / lump.weekly


def kept(inputs: Inputs) -> float:
    """The share of seats that are not lost to absence, no-shows or late cancellations, on average."""
    if inputs.plain is not None:
        return 1 - inputs.plain.no_show
    value = inputs.parameters.value
    booked = (
        1 - value("centre.no_show") - value("centre.late_cancellation") * (1 - value("centre.standby_share"))
    )
    return (1 - value("centre.assessor_absence")) * booked
