"""`naas forecast`: what will be, with intervals, before looking."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli import options
from cli.failures import FAILED, INTERRUPTED
from cli.output import Format, columns, emphasis, note, paragraph, write, write_csv, write_json
from cli.progress import progress
from cli.storing import opened_store
from cli.typed import typed
from reports.numbers import amount, interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.forecast.forecast import Forecast, Row
    from analysis.forecast.series import Series
    from scenarios.experiment import Results
    from scenarios.store import Store

MONTHS_SHOWN: Final = ("-03", "-06", "-09", "-12")
"""Months in a table to read; CSV, JSON and the file hold every month."""


def forecast(
    subject: Annotated[str, typer.Argument(metavar="WHAT", help="as-delivered or workforce.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write it as a file that naas score can mark.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Replace a forecast that is there already.", rich_help_panel=options.SHOWN
        ),
    ] = False,
    made_on: Annotated[
        str | None,
        typer.Option(
            "--made-on",
            metavar="DATE",
            help="Say in the file when it was made; no clock is read.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    replications: options.ReplicationsOption = 200,
    seed: options.SeedOption = options.SEED,
    scale: options.ScaleOption = None,
    jobs: options.JobsOption = 0,
    cluster: options.ClusterOption = None,
    store: options.StoreOption = None,
    no_store: options.NoStoreOption = False,
    form: options.FormatOption = Format.table,
) -> int | None:
    """Forecast before looking, with intervals of 50%, 80% and 95% that hold parameters and chance.

    \b
    naas forecast as-delivered --out as-delivered.json
    naas forecast workforce --replications 50 --format csv
    """
    from analysis.forecast.files import check_place, document
    from analysis.forecast.files import write as write_file
    from analysis.forecast.making import arm_of, subject_of
    from analysis.forecast.making import forecast as made
    from cli.experiment import checked_date
    from scenarios import request
    from scenarios.cores import processes

    request.check("--", replications=replications, seed=seed, jobs=jobs, scale=scale)
    wanted = subject_of(subject)
    told_on = checked_date(made_on, "--made-on")
    if out is not None:
        check_place(out, replace=replace)
    _, arm = arm_of(wanted, seed, scale)
    kept = opened_store(store, no_store)
    with progress(replications) as report:
        used = processes(jobs, [arm], replications)
        found, results = made(wanted, replications, seed, scale, used, report, kept, cluster or "", told_on)
    for notice in results.notices:
        note(notice)
    if found is None:
        return _unfinished(results, kept)
    if kept is not None and results.reused:
        note(f"{len(results.reused)} of {results.requested} replications reused from {kept.folder}")
    if out is not None:
        write_file(found, out, replace=replace)
        note(f"written to {out}; naas score {out} OUTTURN.csv marks it")
    if form is Format.json:
        write_json(document(found))
    elif form is Format.csv:
        rows = [_cells(found, row) for row in found.rows]
        write_csv(rows, tuple(rows[0]))
    else:
        for line in _table(found):
            write(line)
    return _failed(results, kept) if results.failures else None


def _failed(results: Results, kept: Store | None) -> int:
    """What is told where some replications failed, however many there are of the others."""
    done = int(results.finished.sum())
    made = "the forecast is made of these" if done else "there is no forecast"
    note(f"{done} of {results.requested} replications finished; {made}.")
    for failure in results.failures[:3]:
        note(f"replication {failure.replication} failed: {failure.error}")
    if kept is not None:
        note("naas results show has the tracebacks.")
    return FAILED


def _unfinished(results: Results, kept: Store | None) -> int:
    if not (results.interrupted or results.stopped):
        return _failed(results, kept)
    done = int(results.finished.sum())
    why = f"Stopped, because {results.stopped}: " if results.stopped else ""
    note(f"{why}{done} of {results.requested} replications finished; no forecast is made of those alone.")
    if kept is not None:
        note(f"What is finished is kept. To go on: {typed()}")
    return INTERRUPTED if results.interrupted else FAILED


def _cells(found: Forecast, row: Row) -> dict[str, object]:
    from analysis.forecast.files import described

    series = next(series for series in found.series if series.id == row.point.series)
    return {"label": series.label, "unit": series.unit, **described(row)}


def _table(found: Forecast) -> list[str]:
    said = found.provenance
    lines = [emphasis(found.title, "strong")]
    lines.append(
        paragraph(
            f"{_count(said)} replications, seed {said['seed']}, engine {said['engine']}, inputs "
            f"{str(said['inputs_digest'])[:12]}. Data of {said['data_date']}; "
            f"latest input of {said['inputs_to']}.{_made(said)}"
        )
    )
    if said["scale"] != 1:
        lines.append(paragraph(f"Made at scale {said['scale']} and brought up to England's size."))
    for series in found.series:
        rows = [row for row in found.rows if row.point.series == series.id and _shown(row, series)]
        unit = "£ million" if series.unit == "gbp" else series.unit
        lines += ["", emphasis(f"{series.label} ({unit})", "strong"), paragraph(f"{series.definition}.")]
        head = ["", "", "median", "50%", "80%", "95%"]
        lines += columns([head, *(_line(row, series.unit) for row in rows)], right=(2, 3, 4, 5))
    return [*lines, "", paragraph("Intervals hold what we do not know of the parameters, and chance.")]


def _count(said: Mapping[str, object]) -> str:
    """How many replications a forecast is made of, and of how many."""
    whole = said["finished"] == said["replications"]
    return str(said["replications"]) if whole else f"{said['finished']} of {said['replications']}"


def _made(said: Mapping[str, object]) -> str:
    return f" Made on {said['made_on']}." if "made_on" in said else ""


def _shown(row: Row, series: Series) -> bool:
    """Quarters instead of months, and no rows for a part in which there is nobody yet."""
    quarter = series.times != "month" or row.point.when.endswith(MONTHS_SHOWN)
    return quarter and (row.point.group == "all" or row.quantile(0.975) >= 1)


def _line(row: Row, unit: str) -> list[str]:
    from analysis.forecast.forecast import LEVELS

    group = "" if row.point.group == "all" else row.point.group
    if unit == "gbp":
        bounds = [f"[{low / 1e6:.1f}, {high / 1e6:.1f}]" for low, high in map(row.interval, LEVELS)]
        return [row.point.when, group, f"{row.median / 1e6:.1f}", *bounds]
    bounds = [interval(*row.interval(level), unit) for level in LEVELS]
    return [row.point.when, group, amount(row.median, unit), *bounds]
