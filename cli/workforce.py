"""`naas workforce`: the synthetic workforce against the published one, and a template for your own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.output import Format, columns, emphasis, paragraph, write, write_csv, write_json
from reports.numbers import amount

if TYPE_CHECKING:
    from simulation.margins import Cell, MarginsReport


def workforce(
    template: Annotated[
        bool,
        typer.Option(
            "--template",
            help="Write a staff list to fill in, as CSV, instead.",
            rich_help_panel=options.SHOWN,
        ),
    ] = False,
    file: options.WorkforceOption = None,
    scale: options.ScaleOption = None,
    authorities: Annotated[
        bool,
        typer.Option(
            "--authorities", help="Show every authority in the table.", rich_help_panel=options.SHOWN
        ),
    ] = False,
    form: options.FormatOption = Format.table,
) -> None:
    """Check the workforce against the statistics of September 2016.

    \b
    naas workforce
    naas workforce --template > staff.csv
    """
    from scenarios import request
    from simulation.calendar import LAST, day_of
    from simulation.margins import margins_report
    from simulation.parameters import Parameters
    from simulation.staff_list import load_staff_list
    from simulation.staff_list import template as staff_template
    from simulation.synthesis import build_workforce

    if template:
        sys.stdout.write(staff_template())
        return
    request.check("--", scale=scale)
    parameters = Parameters.shipped()
    if file is not None:
        people = load_staff_list(file, parameters)
    else:
        people = build_workforce(parameters, 1.0 if scale is None else scale, day_of(LAST))
    report = margins_report(people)
    if form is Format.json:
        write_json({"schema": 1, "people": people.baseline, **report.to_dict()})
    elif form is Format.csv:
        names = ("dimension", "category", "unit", "published", "synthetic", "difference", "imputed")
        write_csv(({name: getattr(cell, name) for name in names} for cell in report.cells), names)
    else:
        for line in _lines(report, authorities):
            write(line)


def _lines(report: MarginsReport, authorities: bool) -> list[str]:
    lines: list[str] = []
    dimensions = list(dict.fromkeys(cell.dimension for cell in report.cells))
    for dimension in dimensions:
        cells = [cell for cell in report.cells if cell.dimension == dimension]
        if dimension == "authority" and not authorities:
            continue
        heads = [emphasis(dimension, "strong"), "unit", "synthetic", "published", "difference", ""]
        table = [[dimension, *heads[1:]], *map(_row, cells)]
        first, *rest = columns(table, right=(2, 3, 4))
        lines += [emphasis(first, "strong"), *rest, ""]
    counts = f"{report.authorities_exact} of {report.authorities_compared}"
    share = f"National role, age and service shares are within {report.largest_share_difference:.2f} points."
    lines.append(paragraph(f"{counts} authorities have the published headcount. {share}"))
    if report.imputed:
        lines += ["", emphasis(f"Filled in, since not published ({len(report.imputed)} values)", "strong")]
        hows: dict[tuple[str, str], int] = {}
        for item in report.imputed:
            hows[item.what, item.how] = hows.get((item.what, item.how), 0) + 1
        lines += [
            paragraph(f"{what}: {count} value{'s' if count > 1 else ''}; {how}", "  ")
            for (what, how), count in hows.items()
        ]
        lines.append("  --format json lists every value.")
    return lines


def _row(cell: Cell) -> list[str]:
    difference = cell.difference
    return [
        f"  {cell.category}",
        cell.unit,
        _figure(cell.synthetic, cell.unit),
        "" if cell.published is None else _figure(cell.published, cell.unit),
        "" if difference is None else _figure(difference, cell.unit),
        "filled in" if cell.imputed else "",
    ]


def _figure(value: float, unit: str) -> str:
    return f"{value:.2f}" if unit == "percent" else amount(value, unit)
