"""`naas run`: one scenario alone, and its journal when asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.asked import ComparisonOptions
from cli.asking import asks
from cli.output import note
from cli.typed import typed

if TYPE_CHECKING:
    from simulation.inputs import Inputs


@asks(ComparisonOptions)
def run(
    asked: ComparisonOptions,
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario by name, or a file.")],
    only: Annotated[
        int | None,
        typer.Option(
            "--only",
            metavar="NUMBER",
            help="Run this replication alone, such as one that failed among others.",
            rich_help_panel=options.HOW,
        ),
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal",
            metavar="FILE",
            help="Write every event of replication 0 as CSV.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Replace a journal that is there already.", rich_help_panel=options.SHOWN
        ),
    ] = False,
) -> int:
    """Run one scenario and show its measures.

    \b
    naas run consultation
    naas run mandatory --set q3=6 --journal events.csv
    """
    from cli import guard_rails
    from cli.compare import show
    from cli.experiment import aftermath, checked_measures, dates_to_show
    from cli.manner import manner, run_arms
    from scenarios.comparison import compare as compared
    from scenarios.uncertainty import drawn_arm
    from simulation.measures import MEASURES

    ready = asked.lined_up([scenario], lambda: checked_measures(asked.measure))
    arm = ready[0][1]
    dates = dates_to_show(arm, asked.at, asked.every_year)
    how = manner(asked, only)
    if journal is not None:
        _write_journal(drawn_arm(arm, 0).inputs if how.uncertain else arm.inputs, journal, replace)
    guard_rails.before([arm])
    ran = run_arms([arm], how)
    comparison = compared(ran.results, MEASURES, how.level, how.uncertain)
    show(comparison, ready, asked, ran, how, dates)
    guard_rails.after(ran.results)
    return aftermath(comparison, typed(), ran, how)


def _write_journal(inputs: Inputs, path: Path, replace: bool) -> None:
    """The events of replication 0, one a line. A file that is there is refused before anything is run."""
    import csv
    import io

    from reports.export import there_already, write_text
    from simulation.journal import events
    from simulation.replicate import prepare, replicate

    if path.exists() and not replace:
        raise there_already(path)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["day", "date", "worker", "event", "detail"])
    writer.writerows(events(replicate(prepare(inputs), 0).journal))
    written = write_text(stream.getvalue(), path, replace=replace)
    note(f"journal of replication 0 written to {written}")
