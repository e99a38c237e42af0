"""`naas capacity`: how many seats, where and when, what breaks, and how long it takes to mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from analysis.capacity.usual import CONFIDENCE, FUTURES, TARGET
from cli import options
from cli.asking import asks
from cli.capacity_options import CapacityOptions

capacity = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Plan the seats of assessment centres.\n\n\b\nnaas capacity show mandatory --scale 0.1\n"
    "naas capacity size mandatory --scale 0.1",
)


class Unit(StrEnum):
    """How finely time is cut."""

    week = "week"
    month = "month"
    quarter = "quarter"


ScenarioArgument = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario by name, or a file.", show_default=False)
]
DaysOption = Annotated[
    int,
    typer.Option(
        "--target-days",
        help="The wait, in days, that others are measured against.",
        rich_help_panel=options.SHOWN,
    ),
]


@capacity.command("show")
@asks(CapacityOptions)
def show(
    asked: CapacityOptions,
    scenario: ScenarioArgument,
    by: Annotated[
        Unit | None,
        typer.Option(
            "--by",
            help="Cut time into these; unless said, quarters at a glance and months in all else.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", help="Show this region alone, in detail.", rich_help_panel=options.SHOWN),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Show seats, waits, rosters and travel by region too, as JSON always does.",
            rich_help_panel=options.SHOWN,
        ),
    ] = False,
    target: DaysOption = 90,
) -> int:
    """Show where and when people outnumber seats, and what becomes of both.

    \b
    naas capacity show mandatory --scale 0.1
    naas capacity show centres-closed --scale 0.1 --region London --by quarter
    """
    from cli.capacity_show import show as shown

    _days(target)
    return shown(scenario, asked, by and by.value, region, everything, target)


class Lumps(StrEnum):
    """What capacity comes in."""

    circuit = "circuit"
    circuit_day = "circuit-day"
    centre_day = "centre-day"


LumpsOption = Annotated[
    Lumps,
    typer.Option(
        "--lumps",
        help="What seats come in: circuits (15 a week), single days of one (3), or centre-days (12).",
        rich_help_panel=options.WHAT,
    ),
]


class SizeBy(StrEnum):
    """How often capacity may change."""

    region = "region"
    quarter = "quarter"


TargetOption = Annotated[
    str,
    typer.Option(
        "--target",
        metavar="TEXT",
        help="Such as: p80 wait <= 90 days; median wait <= 6 weeks; share over 90 days <= 20%.",
        rich_help_panel=options.WHAT,
    ),
]
ConfidenceOption = Annotated[
    float,
    typer.Option(
        "--confidence", help="In what share of futures it is to be met.", rich_help_panel=options.WHAT
    ),
]


@dataclass(frozen=True)
class SizeOptions(CapacityOptions):
    """More futures, since a plan is tried in them."""

    replications: options.ReplicationsOption = FUTURES


@capacity.command("size")
@asks(SizeOptions)
def size(
    asked: SizeOptions,
    scenario: ScenarioArgument,
    target: TargetOption = TARGET,
    confidence: ConfidenceOption = CONFIDENCE,
    by: Annotated[
        SizeBy,
        typer.Option(
            "--by",
            help="One number for each region, or one for each region and quarter.",
            rich_help_panel=options.WHAT,
        ),
    ] = SizeBy.region,
    lumps: LumpsOption = Lumps.circuit,
) -> int:
    """Find the least capacity that keeps waits within a target.

    \b
    naas capacity size mandatory --target "p80 wait <= 90 days" --scale 0.1
    naas capacity size mandatory --by quarter --lumps circuit-day --scale 0.1
    """
    from cli.capacity_size import size as sized

    return sized(scenario, asked, target, confidence, by.value, lumps.value)


class Sort(StrEnum):
    """What rows of authorities are sorted by."""

    uncovered = "uncovered"
    gap = "gap"
    covered = "covered"
    caseload = "caseload"
    authority = "authority"
    region = "region"


@capacity.command("gap")
@asks(CapacityOptions)
def gap(
    asked: CapacityOptions,
    scenario: ScenarioArgument,
    sort: Annotated[
        Sort,
        typer.Option("--sort", help="The largest first, or names from A.", rich_help_panel=options.SHOWN),
    ] = Sort.uncovered,
    top: Annotated[
        int, typer.Option("--top", help="Show the first so many; 0 shows all.", rich_help_panel=options.SHOWN)
    ] = 0,
) -> int:
    """Show every authority's worst month of staffing, and what holds people back where.

    \b
    naas capacity gap mandatory --scale 0.1
    naas capacity gap mandatory --scale 0.1 --sort caseload --top 20
    """
    from cli.capacity_gap import gap as shown
    from rules.errors import problem

    if top < 0:
        raise problem("C001", f"--top is a whole number from 0, not {top}")
    return shown(scenario, asked, sort.value, top)


@capacity.command("stress")
@asks(CapacityOptions)
def stress(
    asked: CapacityOptions,
    scenario: ScenarioArgument,
    shock: Annotated[
        list[str] | None,
        typer.Option(
            "--shock",
            metavar="SHOCK",
            help="closure:london:8w, closure:all:8w:2019-06-03, absence:+10%, rush:deadline; repeatable.",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
) -> int:
    """See what a shock does to the queues, how long it takes to recover, and who bears it.

    \b
    naas capacity stress consultation --shock closure:london:8w --scale 0.1
    naas capacity stress mandatory --shock absence:+10% --shock rush:deadline --scale 0.1
    """
    from cli.capacity_stress import stress as shown

    return shown(scenario, asked, tuple(shock or ()))


@dataclass(frozen=True)
class FrontierOptions(CapacityOptions):
    """Fewer futures, since each point of the frontier takes as many."""

    replications: options.ReplicationsOption = 10


@capacity.command("frontier")
@asks(FrontierOptions)
def frontier(
    asked: FrontierOptions,
    scenario: ScenarioArgument,
    lumps: LumpsOption = Lumps.circuit,
) -> int:
    """Set circuits against waits and against the cost of a candidate, and mark the knee.

    \b
    naas capacity frontier mandatory --scale 0.1
    naas capacity frontier mandatory --lumps circuit-day --scale 0.1
    """
    from cli.capacity_frontier import frontier as shown

    return shown(scenario, asked, lumps.value)


class Question(StrEnum):
    """Questions the other way round."""

    demand = "demand"
    start = "start"
    pass_rate = "pass-rate"


@capacity.command("ask")
@asks(CapacityOptions)
def ask(
    asked: CapacityOptions,
    question: Annotated[
        Question,
        typer.Argument(
            metavar="QUESTION",
            help="demand (the most that its seats hold), start (the latest safe one of phase two), or "
            "pass-rate (at which it fails).",
            show_default=False,
        ),
    ],
    scenario: ScenarioArgument,
    target: TargetOption = TARGET,
    confidence: ConfidenceOption = CONFIDENCE,
) -> int:
    """Ask how much demand, how late a start or which pass rate the seats of a scenario stand.

    \b
    naas capacity ask demand consultation --scale 0.1
    naas capacity ask pass-rate consultation --target "p80 wait <= 60 days" --scale 0.1
    """
    from cli.capacity_ask import ask as answered

    return answered(question.value, scenario, asked, target, confidence)


def _days(target: int) -> None:
    """Raise C001 for a number of days that no wait is measured against."""
    if not 1 <= target <= 3_650:
        from rules.errors import problem

        raise problem("C001", f"--target-days is a whole number from 1 to 3,650, not {target}")
