"""Capacity as a page shows it: a map of regions and months, seats, waits, sizing, gaps, and what binds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from analysis.capacity.board import WORDS
from reports.at_scale import counts_as_run
from reports.capacity_words import (
    BINDS,
    GAP,
    NOT_REACHED,
    OVER_RULE,
    SAID,
    chance,
    crowd,
    give_or_take,
    is_over,
    longest_offered,
    more_than,
    no_ranking,
    ranged,
    waited,
    whole_percent,
)
from reports.numbers import amount, percent
from reports.page import Cell, Column, HeatChart, Table
from reports.scale import date_text
from reports.sizing_words import altogether, floor, reading

if TYPE_CHECKING:
    from analysis.capacity.binding import Binding
    from analysis.capacity.board import Cell as Here
    from analysis.capacity.figures import Figure
    from analysis.capacity.gap import Gap
    from analysis.capacity.show import Showing
    from analysis.capacity.sizing import Sizing
    from analysis.capacity.trials import Trial
    from analysis.capacity.waits import AtLeast, Waits

MEASURES: Final = {
    "load": ("people for each seat, ! over capacity", "for each seat"),
    "use": ("seats used, % of those offered", "%"),
    "waiting": ("people waiting at its end", "people"),
}
"""What the map can show: its title and unit."""


def heat(shown: Showing, measure: str = "load") -> HeatChart:
    """Venues by period. A cell that is over capacity has the mark "!"."""
    title, unit = MEASURES[measure]
    venues = [venue.name for venue in shown.venues[1:]]
    rows = [shown.row(name) for name in venues]
    return HeatChart(
        id="heat",
        title=f"{shown.name} by {shown.unit}: {title}",
        unit=unit,
        rows=tuple(venues),
        columns=shown.periods,
        cells=tuple(tuple(_cell(here, measure) for here in row) for row in rows),
        about=tuple(tuple(_about(here) for here in row) for row in rows),
        keys=tuple(venues),
        limit=1.0 if measure == "load" else None,
        over=OVER_RULE if measure == "load" else "",
    )


def _cell(here: Here, measure: str) -> Cell:
    if here.word == "idle":
        return Cell(text=".", value=None)
    mark = "!" if is_over(here) and measure == "load" else ""
    if measure == "waiting":
        return Cell(text=amount(here.waiting.mean, ""), value=here.waiting.mean)
    found = here.load if measure == "load" else here.utilisation
    if math.isnan(found.mean):
        return Cell(text="x" if here.word in SAID else "none", value=None, mark=mark)
    if measure == "load":
        return Cell(text=f"{more_than(here)}{amount(found.mean, '')}", value=found.mean, mark=mark)
    return Cell(text=f"{found.mean * 100:,.0f}", value=found.mean * 100, mark=mark)


def _about(here: Here) -> str:
    """A cell in words, with its intervals; the number and what it means come first."""
    place = f"{here.venue}, {date_text(here.period)}"
    if here.word == "idle":
        return f"{place}: {WORDS['idle']}."
    load = "" if math.isnan(here.load.mean) else crowd(here)
    said = ", ".join(filter(None, (load, SAID[here.word] if is_over(here) else "")))
    return (
        f"{place}: {said}; {ranged(here.used)} of {ranged(here.offered)} seats used; "
        f"{ranged(here.waiting)} waiting at the end; more people than seats in {here.over:.0%} of futures."
    )


def seats(shown: Showing) -> Table:
    """Demand and seats over the whole time."""
    heads = ("joined first", "retakes", "seats", "used", "of seats", "longest queue")
    rows = [
        (
            _name(venue.name),
            _figure(venue.demand["first sittings"]),
            _figure(venue.demand["retakes"]),
            _figure(venue.seats["offered"]),
            _figure(venue.seats["used"]),
            _figure(venue.utilisation, "share"),
            _figure(venue.peak_waiting),
        )
        for venue in shown.venues
    ]
    title = "People who joined the queue, and seats, over the whole time: mean, give or take half the range"
    return _table("seats", title, heads, rows, [venue.name for venue in shown.venues])


def waits(shown: Showing) -> Table:
    """Days waited, with those who still wait, and the longest wait offered."""
    heads = ("median", "P85", "P95", f"over {shown.target}", "still wait", "offered, weeks")
    everything = shown.venues[0]
    lines: list[tuple[str, Waits, str]] = [
        (everything.name, everything.waits, longest_offered(everything)),
        ("  first sittings", everything.first_waits, ""),
        ("  retakes", everything.retake_waits, ""),
        *((venue.name, venue.waits, longest_offered(venue)) for venue in shown.venues[1:]),
    ]
    rows = [
        (
            _name(name),
            *(_wait(found.percentiles[percent]) for percent in (50, 85, 95)),
            _figure(found.over_target, "share"),
            _figure(found.still),
            Cell(text=offered),
        )
        for name, found, offered in lines
    ]
    title = (
        "Days waited from endorsement, those who still wait counted: the median, 85 and 95 in a hundred, the "
        f"share over {shown.target} days, people still waiting at the end; {NOT_REACHED}. And the longest "
        "wait offered, in weeks, to a week with a tenth of its seats free, after the end with seats as they "
        "were"
    )
    return _table("waits", title, heads, rows, [name for name, _, _ in lines])


def gap_table(rows: Sequence[Gap], of: int, scale: float) -> Table:
    """Every authority in its worst month, of a run at this scale."""
    columns = (
        Column(id="authority", label="Authority", number=False),
        Column(id="uncovered", label="Uncovered, FTE"),
        Column(id="month", label="Worst month", number=False),
        *(
            Column(id=name, label=label)
            for name, label in (
                ("gap", "Short, FTE"),
                ("practitioner", "Practitioners"),
                ("supervisor", "Supervisors"),
                ("leader", "Leaders"),
                ("covered", "Covered"),
                ("caseload", "Extra load"),
            )
        ),
        Column(id="region", label="Region", number=False),
    )
    cells = tuple(
        (
            _name(row.authority),
            _figure(row.uncovered),
            _name(row.month),
            _figure(row.gap),
            *(_figure(found) for found in row.by_status.values()),
            _figure(row.covered),
            _valued(row.caseload, whole_percent(row.caseload)),
            _name(row.region),
        )
        for row in rows
    )
    title = "Staffing gap in each authority's worst month (no ranking)"
    return Table(
        id="gap",
        title=" · ".join(filter(None, (title, counts_as_run(scale)))),
        columns=columns,
        rows=cells,
        keys=tuple(row.authority for row in rows),
        of=of,
        note=f"{no_ranking(scale)} {GAP}",
    )


def binds_table(binds: Sequence[Binding]) -> Table:
    """What binds in every region and quarter."""
    regions = list(dict.fromkeys(item.region for item in binds))
    quarters = list(dict.fromkeys(item.quarter for item in binds))
    of = {(item.region, item.quarter): item for item in binds}
    rows = []
    for region in regions:
        cells = [_name(region)]
        for quarter in quarters:
            item = of[region, quarter]
            bound = item.constraint
            text = f"{bound} {whole_percent(item.shares[bound])}" if bound else "."
            cells.append(Cell(text=text, value=item.constraint or None))
        rows.append(tuple(cells))
    columns = (
        Column(id="region", label="Region", number=False),
        *(Column(id=quarter, label=quarter, number=False) for quarter in quarters),
    )
    return Table(id="binds", title=BINDS, columns=columns, rows=tuple(rows), keys=tuple(regions))


def sizing_table(found: Sizing) -> Table:
    """The least capacity of each region that meets the target, with the evidence."""
    heads = (f"{found.lump.name}s", "seats a week", f"{found.lump.name}s now", "met at it", "one below")
    rows = []
    for item in found.regions:
        count = item.count
        below = chance(item.below, found.futures) if count else ""
        rows.append(
            (
                _name(item.region),
                Cell(text="none" if count is None else f"{count:,}", value=count),
                Cell(
                    text="" if count is None else f"{count * item.weekly:,}",
                    value=None if count is None else count * item.weekly,
                ),
                Cell(text=f"{item.now:,.1f}", value=item.now),
                Cell(text=chance(item.fresh), value=item.fresh.probability if item.fresh else None),
                Cell(text=below, value=item.below.probability if item.below and count else None),
            )
        )
    if found.total is not None:
        total, now = found.total, sum(item.now for item in found.regions)
        everywhere = Cell(text=f"{total * found.lump.weekly:,}", value=total * found.lump.weekly)
        rows.append(
            (
                _name("All regions"),
                Cell(text=f"{total:,}", value=total),
                everywhere,
                Cell(text=f"{now:,.1f}", value=now),
                Cell(text=""),
                Cell(text=""),
            )
        )
    said = (
        f"Least {found.lump.name}s so that {found.target}, in at least {percent(found.confidence)} of the "
        f"futures tried; met at it in {found.futures} further ones. "
        f"A {found.lump.name} is {found.lump.means}."
    )
    table = _table("sizing", said, heads, rows, [row[0].text for row in rows])
    notes = [reading(found), altogether(found), floor(found), held_again(found), *without_answer(found)]
    return table.model_copy(update={"note": " ".join(filter(None, notes))})


def held_again(found: Sizing) -> str:
    """Whether the answers held in futures that had no part in choosing them; nothing where none was tried."""
    if not any(item.fresh for item in found.regions):
        return ""
    again = f"In {found.futures} further futures, which the search did not see,"
    if not found.short:
        return f"{again} every answer was met in at least {percent(found.confidence)} of them too."
    names = ", ".join(found.short)
    return f"{again} the target was met in less than {percent(found.confidence)} of them: {names}."


def without_answer(found: Sizing) -> list[str]:
    """Which regions cannot meet the target, why, and how often ample seats met it."""
    return [
        f"{item.region} cannot be met because {item.because}.{ample_met(item.ample)}"
        for item in found.regions
        if item.because
    ]


def ample_met(trial: Trial | None) -> str:
    """In how many futures more seats than anyone could fill met a target that they miss too often."""
    return f" With ample seats it was met in {chance(trial)} of {trial.futures} futures." if trial else ""


def _name(text: str) -> Cell:
    return Cell(text=text, value=text.strip())


def _figure(found: Figure, unit: str = "") -> Cell:
    return _valued(found, give_or_take(found, unit))


def _valued(found: Figure, text: str) -> Cell:
    return Cell(text=text, value=None if math.isnan(found.mean) else found.mean)


def _wait(found: AtLeast) -> Cell:
    return Cell(text=waited(found), value=None if math.isnan(found.days.mean) else found.days.mean)


def _table(
    name: str, title: str, heads: Sequence[str], rows: Sequence[tuple[Cell, ...]], keys: Sequence[str]
) -> Table:
    columns = (
        Column(id="venue", label="", number=False),
        *(Column(id=head, label=head) for head in heads),
    )
    return Table(id=name, title=title, columns=columns, rows=tuple(rows), keys=tuple(keys))
