"""`naas run`: one scenario alone, and its journal when asked for."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.output import Format, note

if TYPE_CHECKING:
    from simulation.inputs import Inputs


def run(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario by name, or a file.")],
    until: options.UntilOption = None,
    setting: options.SetOption = None,
    scale: options.ScaleOption = None,
    workforce: options.WorkforceOption = None,
    replications: options.ReplicationsOption = 20,
    seed: options.SeedOption = 2017,
    jobs: options.JobsOption = 0,
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal",
            metavar="FILE",
            help="Write every event of replication 0 as CSV.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    by: options.ByOption = None,
    measure: options.MeasureOption = None,
    interval: options.IntervalOption = 80,
    form: options.FormatOption = Format.table,
) -> int:
    """Run one scenario and show its measures.

    \b
    naas run consultation
    naas run mandatory --set q3=6 --journal events.csv
    """
    from cli.compare import show
    from cli.experiment import aftermath, checked_date, checked_measures, checked_numbers, run_arms
    from scenarios.comparison import compare as compared
    from scenarios.line_up import line_up
    from simulation.measures import MEASURES

    checked_numbers(replications, seed, jobs, scale, interval)
    wanted = checked_measures(measure)
    ready = line_up([scenario], setting or (), seed, scale, checked_date(until), workforce)
    arm = ready[0][1]
    if journal is not None:
        _write_journal(arm.inputs, journal)
    results = run_arms([arm], replications, jobs)
    comparison = compared(results, MEASURES, interval / 100)
    show(comparison, ready, form, by, wanted)
    return aftermath(comparison, f"naas {shlex.join(sys.argv[1:])}")


def _write_journal(inputs: Inputs, path: Path) -> None:
    """The events of replication 0, one a line. The file is opened before anything is run."""
    import csv

    from rules.errors import Place, problem
    from simulation.journal import events
    from simulation.replicate import prepare, replicate

    try:
        stream = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise problem("C007", f"the journal cannot be written: {said}", Place(str(path))) from error
    with stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["day", "date", "worker", "event", "detail"])
        writer.writerows(events(replicate(prepare(inputs), 0).journal))
    note(f"journal of replication 0 written to {path}")
