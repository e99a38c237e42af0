"""Options that several commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from cli.output import Format
from scenarios.request import DEFAULT_INTERVAL, DEFAULT_REPLICATIONS, DEFAULT_SEED

REPLICATIONS: Final = DEFAULT_REPLICATIONS
SEED: Final = DEFAULT_SEED
INTERVAL: Final = DEFAULT_INTERVAL

WHAT: Final = "What is simulated"
HOW: Final = "How it is run"
SHOWN: Final = "How it is shown"

FormatOption = Annotated[
    Format,
    typer.Option("--format", help="A table to read, or JSON or CSV to work with.", rich_help_panel=SHOWN),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Set a lever or a parameter in every scenario, such as q3=6; may be repeated.",
        rich_help_panel=WHAT,
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Last day, such as 2021-12-31.", rich_help_panel=WHAT),
]
_SCALE: Final = typer.Option(
    "--scale", help="Size of the workforce against England's, such as 0.1.", rich_help_panel=WHAT
)
ScaleOption = Annotated[float | None, _SCALE]
SomeScaleOption = Annotated[float, _SCALE]
"""The same where a command has a scale of its own."""


def _no_device(path: Path | None) -> Path | None:
    """A device such as /dev/zero never ends, and is refused before it is read; a pipe is a file here."""
    if path is not None and (path.is_char_device() or path.is_block_device()):
        from rules.errors import Place, problem

        raise problem("W002", "this is a device, not a file", Place(str(path)))
    return path


WorkforceOption = Annotated[
    Path | None,
    typer.Option(
        "--workforce",
        metavar="FILE",
        callback=_no_device,
        help="Run on your own staff list (CSV; see naas workforce --template).",
        rich_help_panel=WHAT,
    ),
]
_REPLICATIONS: Final = typer.Option(
    "--replications", "-n", help="How many random futures to run.", rich_help_panel=HOW
)
ReplicationsOption = Annotated[int, _REPLICATIONS]
ComparedReplicationsOption = Annotated[
    int,
    typer.Option(
        "--replications",
        "-n",
        help="How many random futures to run; with --uncertainty, how many draws, each of --inner futures.",
        rich_help_panel=HOW,
    ),
]
"""The same where parameters can be drawn."""
AsStoredReplicationsOption = Annotated[int | None, _REPLICATIONS]
"""The same where a screen knows the usual number."""
_SEED: Final = typer.Option(
    "--seed", help="Root of all random draws; the same seed, the same result.", rich_help_panel=HOW
)
SeedOption = Annotated[int, _SEED]
AsStoredSeedOption = Annotated[int | None, _SEED]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Keep and reuse results here instead of $NAAS_RESULTS or your data folder.",
        rich_help_panel=HOW,
    ),
]
NoStoreOption = Annotated[
    bool, typer.Option("--no-store", help="Keep nothing and reuse nothing.", rich_help_panel=HOW)
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Run on a Dask cluster, such as tcp://host:8786, with the same result.",
        rich_help_panel=HOW,
    ),
]
PrecisionOption = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="MEASURE=WIDTH",
        help="Run until the interval is this narrow either way: accredited=1% of the mean, or accredited=50.",
        rich_help_panel=HOW,
    ),
]
MostOption = Annotated[
    int,
    typer.Option(
        "--max-replications", help="With --precision: the most to run before giving up.", rich_help_panel=HOW
    ),
]


class Uncertain(StrEnum):
    """What is drawn besides chance."""

    parameters = "parameters"


UncertaintyOption = Annotated[
    Uncertain | None,
    typer.Option(
        "--uncertainty",
        help="Draw the parameters from their ranges too, alike in every scenario.",
        rich_help_panel=HOW,
    ),
]
InnerOption = Annotated[
    int,
    typer.Option(
        "--inner",
        help="With --uncertainty: futures in each draw; 2 or more tell chance from the parameters.",
        rich_help_panel=HOW,
    ),
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", help="Processes to use; 0 takes every core.", rich_help_panel=HOW)
]
_INTERVAL: Final = typer.Option(
    "--interval", help="Percent that intervals cover: 80 or 95.", rich_help_panel=SHOWN
)
IntervalOption = Annotated[int, _INTERVAL]
AsStoredIntervalOption = Annotated[int | None, _INTERVAL]
MeasureOption = Annotated[
    list[str] | None,
    typer.Option(
        "--measure", metavar="ID", help="Show this measure only; may be repeated.", rich_help_panel=SHOWN
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DATE",
        help="The 31 December, or the last day, on which measures are read; the last day if not given.",
        rich_help_panel=SHOWN,
    ),
]

ReadOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DATE",
        help="The 31 December, or the last day, that a table shows; the last day if not given. JSON and CSV "
        "hold every date.",
        rich_help_panel=SHOWN,
    ),
]
EveryYearOption = Annotated[
    bool, typer.Option("--every-year", help="Show every December in a table.", rich_help_panel=SHOWN)
]


class Cut(StrEnum):
    """What the measures of the date shown are split by in a table; JSON and CSV hold every cut."""

    region = "region"
    status = "status"


ByOption = Annotated[
    Cut | None,
    typer.Option("--by", help="Then show the date by region or by status.", rich_help_panel=SHOWN),
]
