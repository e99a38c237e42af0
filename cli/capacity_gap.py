"""`naas capacity gap`: the staffing gap of every authority, and what binds by region and quarter."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from cli.capacity_options import CapacityOptions
from cli.capacity_running import about, head, ran
from cli.capacity_words import block, fits, flat, heading
from cli.output import Format, columns, paragraph, write, write_csv, write_json
from reports.at_scale import counts_as_run, not_grossed_up
from reports.capacity_words import BINDS, GAP, SHORT, give_or_take, no_ranking, whole_percent

if TYPE_CHECKING:
    from analysis.capacity.binding import Binding
    from analysis.capacity.gap import Gap


def gap(name: str, asked: CapacityOptions, sort: str, top: int) -> int:
    """Run the scenario, or read it from the store, and write a row for every authority."""
    from analysis.capacity.binding import binding
    from analysis.capacity.gap import gaps
    from analysis.capacity.stored import stored

    [(_, arm)] = asked.lined_up([name])
    results, code = ran([arm], asked)
    kept = stored(results)
    rows, binds = gaps(kept, sort), binding(kept)
    shown = rows[:top] if top else rows
    if asked.form is Format.json:
        write_json(
            {
                **about(arm, kept.futures, asked),
                "authorities": [row.to_dict() for row in shown],
                "binding": [item.to_dict() for item in binds],
            }
        )
    elif asked.form is Format.csv:
        flat_rows = [flat(row.to_dict()) for row in shown]
        write_csv(flat_rows, tuple(flat_rows[0]))
    else:
        for text in filter(None, [head(arm, kept.futures, asked), not_grossed_up(arm.inputs.scale)]):
            write(paragraph(text))
        for line in ["", *_table(shown, len(rows), arm.inputs.scale), "", *_binds(binds)]:
            write(line)
    return code


_COLUMNS: Final[dict[str, Callable[[Gap], str]]] = {
    "": lambda row: row.authority,
    "worst": lambda row: row.month,
    "short": lambda row: give_or_take(row.gap),
    "pract.": lambda row: give_or_take(row.by_status["practitioner"]),
    "superv.": lambda row: give_or_take(row.by_status["supervisor"]),
    "leader": lambda row: give_or_take(row.by_status["leader"]),
    "covered": lambda row: give_or_take(row.covered),
    "uncovered": lambda row: give_or_take(row.uncovered),
    "extra load": lambda row: whole_percent(row.caseload),
}

_COVERED: Final = ("covered",)
_BY_STATUS: Final = ("pract.", "superv.", "leader")
_LEFT_OUT: Final = ((), _COVERED, _BY_STATUS, (*_BY_STATUS, *_COVERED))
"""What is left out for want of room: the first of these with which it fits; nothing where none does."""


def _without(line: Sequence[str], out: Sequence[str]) -> list[str]:
    """A line of the table less the columns of these names."""
    return [cell for name, cell in zip(_COLUMNS, line, strict=True) if name not in out]


def _table(rows: Sequence[Gap], of: int, scale: float) -> list[str]:
    """A row for every authority, with as many columns as there is room for."""
    every = [list(_COLUMNS), *([written(row) for written in _COLUMNS.values()] for row in rows)]
    narrower = {out: [_without(line, out) for line in every] for out in _LEFT_OUT}
    out = next((out for out, table in narrower.items() if fits(table)), ())
    title = f"Staffing gap, FTE, in each authority's worst month: {len(rows)} of {of}"
    lines = block(
        " · ".join(filter(None, (title, counts_as_run(scale)))), narrower[out], range(2, len(every[0]))
    )
    room = f" No room here for {', '.join(out)}; --format csv has every column." if out else ""
    return [*lines, "", paragraph(f"{no_ranking(scale)} {GAP}{room}")]


def _binds(binds: tuple[Binding, ...]) -> list[str]:
    """Which constraint has most days of delay, by quarter and region."""
    regions = list(dict.fromkeys(item.region for item in binds))
    quarters = list(dict.fromkeys(item.quarter for item in binds))
    of = {(item.region, item.quarter): item for item in binds}
    words = {
        "preparation": "prep",
        "endorsement": "endorse",
        "centre closed": "closed",
        "retake waits": "retake",
    }
    table = [["", *(SHORT.get(region, region) for region in regions)]]
    for quarter in quarters:
        table.append([quarter])
        for region in regions:
            item = of[region, quarter]
            cause = words.get(item.constraint, item.constraint)
            share = item.constraint and whole_percent(item.shares[item.constraint])
            table[-1].append(f"{cause} {share}" if share else ".")
    return [*heading(BINDS), *_in_parts(table)]


def _in_parts(table: Sequence[Sequence[str]]) -> list[str]:
    """A table as it is where there is room; otherwise in as few parts, one below the other, as there is."""
    names = len(table[0]) - 1
    for each in sorted({math.ceil(names / parts) for parts in range(1, names + 1)}, reverse=True):
        places = range(1, names + 1, each)
        parts = [[[row[0], *row[first : first + each]] for row in table] for first in places]
        if all(fits(part) for part in parts):
            break
    return [line for part in parts for line in (*columns(part), "")][:-1]
