"""`naas score`: a forecast marked against what happened."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.output import Format, columns, emphasis, note, paragraph, write, write_csv, write_json
from reports.numbers import amount, change

if TYPE_CHECKING:
    from analysis.forecast.forecast import Forecast
    from analysis.forecast.scores import Mark, Total


def score(
    forecast: Annotated[Path, typer.Argument(metavar="FORECAST", help="A file that naas forecast wrote.")],
    outturn: Annotated[
        Path | None,
        typer.Argument(metavar="OUTTURN.csv", help="What happened: columns series, when, group, value."),
    ] = None,
    template: Annotated[
        bool,
        typer.Option("--template", help="Write an out-turn to fill in.", rich_help_panel=options.SHOWN),
    ] = False,
    form: options.FormatOption = Format.table,
) -> None:
    """Mark a forecast: coverage of each interval, ranked probability score, and bias of each series.

    \b
    naas score as-delivered.json --template > outturn.csv
    naas score as-delivered.json outturn.csv
    """
    from analysis.forecast.files import read
    from analysis.forecast.outturn import read_outturn
    from analysis.forecast.outturn import template as to_fill_in
    from analysis.forecast.scores import marks, totals
    from rules.errors import problem

    found = read(forecast)
    if template:
        write(to_fill_in(found).rstrip("\n"))
        return
    if outturn is None:
        raise problem("F011", "an out-turn is needed", hint=f"naas score {forecast} --template writes one")
    given = marks(found, read_outturn(outturn, found))
    summed = totals(given)
    note(f"{len(given)} of {len(found.rows)} numbers of the forecast marked")
    if form is Format.json:
        rows = [_total(found, total) for total in summed]
        document = {"schema": 1, "forecast": found.name, "provenance": dict(found.provenance)}
        write_json({**document, "series": rows, "marks": [_mark(one) for one in given]})
    elif form is Format.csv:
        lines = [_mark(one) for one in given]
        write_csv(lines, tuple(lines[0]))
    else:
        for line in _table(found, summed):
            write(line)


def _unit(found: Forecast, name: str) -> str:
    return next((series.unit for series in found.series if series.id == name), "")


def _total(found: Forecast, total: Total) -> dict[str, object]:
    from analysis.forecast.forecast import LEVELS

    inside = {f"inside_{level * 100:.0f}": share for level, share in zip(LEVELS, total.coverage, strict=True)}
    return {
        "series": total.name,
        "unit": _unit(found, total.name),
        "numbers": total.count,
        **inside,
        "crps": total.crps,
        "bias": total.bias,
        "relative_bias": total.relative_bias,
    }


def _mark(one: Mark) -> dict[str, object]:
    from analysis.forecast.forecast import LEVELS

    inside = {f"inside_{level * 100:.0f}": int(held) for level, held in zip(LEVELS, one.inside, strict=True)}
    return {
        "series": one.point.series,
        "when": one.point.when,
        "group": one.point.group,
        "outturn": one.outturn,
        "mean": one.mean,
        "median": one.median,
        "error": one.error,
        "crps": one.crps,
        "rank": one.rank,
        **inside,
    }


def _table(found: Forecast, summed: list[Total]) -> list[str]:
    from analysis.forecast.forecast import LEVELS

    said = found.provenance
    lines = [emphasis(found.title, "strong")]
    made = f", made on {said['made_on']}" if "made_on" in said else ""
    lines.append(paragraph(f"seed {said['seed']}, inputs {str(said['inputs_digest'])[:12]}{made}"))
    head = ["", "numbers", *(f"in {level:.0%}" for level in LEVELS), "CRPS", "bias", "of out-turn"]
    rows = [head]
    for total in summed:
        unit = _unit(found, total.name)
        rows.append(
            [
                total.name,
                str(total.count),
                *(f"{share:.0%}" for share in total.coverage),
                "" if math.isnan(total.crps) else amount(total.crps, unit),
                "" if math.isnan(total.bias) else change(total.bias, unit),
                "" if math.isnan(total.relative_bias) else f"{total.relative_bias:+.1%}",
            ]
        )
    lines += ["", *columns(rows, right=range(1, len(head))), ""]
    told = (
        "CRPS is the mean distance of the replications from what happened less half their distance from "
        "each other, in the unit of the series: 0 is perfect, and smaller is better. Bias is the mean of the "
        "forecast less what happened. Numbers of one series are not independent of each other."
    )
    return [*lines, paragraph(told)]
