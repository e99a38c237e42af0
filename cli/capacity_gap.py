"""`naas capacity gap`: the staffing gap of every authority, and what binds by region and quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.capacity_running import Asked, about, head, lined_up, ran
from cli.capacity_words import block, flat, heading
from cli.output import Format, columns, paragraph, width, write, write_csv, write_json
from reports.capacity_words import BINDS, GAP, SHORT, give_or_take, no_ranking

if TYPE_CHECKING:
    from analysis.capacity.binding import Binding
    from analysis.capacity.gap import Gap


def gap(name: str, asked: Asked, sort: str, top: int, form: Format) -> int:
    """Run the scenario, or read it from the store, and write a row for every authority."""
    from analysis.capacity.binding import binding
    from analysis.capacity.gap import gaps
    from analysis.capacity.stored import stored

    _, arm = lined_up(name, asked)
    results, code = ran([arm], asked)
    kept = stored(results)
    rows, binds = gaps(kept, sort), binding(kept)
    shown = rows[:top] if top else rows
    if form is Format.json:
        write_json(
            {
                **about(arm, kept.futures),
                "authorities": [row.to_dict() for row in shown],
                "binding": [item.to_dict() for item in binds],
            }
        )
    elif form is Format.csv:
        flat_rows = [flat(row.to_dict()) for row in shown]
        write_csv(flat_rows, tuple(flat_rows[0]))
    else:
        write(paragraph(head(arm, kept.futures)))
        for line in ["", *_table(shown, len(rows), arm.inputs.scale), "", *_binds(binds)]:
            write(line)
    return code


def _table(rows: tuple[Gap, ...], of: int, scale: float) -> list[str]:
    heads = ["", "worst", "short, FTE", "pract.", "superv.", "leader", "covered", "uncovered", "extra load"]
    cells = [
        [
            row.authority,
            row.month,
            give_or_take(row.gap),
            *(f"{found.mean:,.1f}" for found in row.by_status.values()),
            give_or_take(row.covered),
            give_or_take(row.uncovered),
            give_or_take(row.caseload, "share"),
        ]
        for row in rows
    ]
    title = f"Staffing gap in each authority's worst month: {len(rows)} of {of} authorities"
    lines = block(title, [heads, *cells], range(2, len(heads)))
    return [*lines, "", paragraph(f"{no_ranking(scale)} {GAP}")]


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
            share = item.shares[item.constraint].mean if item.constraint else 0.0
            name = words.get(item.constraint, item.constraint)
            table[-1].append(f"{name} {share:.0%}" if item.constraint else ".")
    lines = columns(table, gap=1)
    if max(len(line) for line in lines) > width():
        half = len(regions) // 2 + 1
        lines = [
            *columns([row[:half] for row in table], gap=1),
            "",
            *columns([[row[0], *row[half:]] for row in table], gap=1),
        ]
    return [*heading(BINDS), *lines]
