"""`naas cost`: what scenarios cost, who pays, and what would have to be true."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from typer.core import TyperGroup

from cli import options
from cli.asking import asks
from cli.cost_options import CostOptions

USUAL_QUESTION: Final = "total"
QUESTIONS: Final = "Questions"


class Questions(TyperGroup):
    """Questions by name; words that begin with none ask for the total: they are scenarios."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put the name of the usual question where none is given."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [USUAL_QUESTION, *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Where a question does not take an option, say which does."""
        try:
            return super().invoke(ctx)
        except Exception as wrong:
            if type(wrong).__name__ != "NoSuchOption":  # the framework keeps the class to itself
                raise
            option = getattr(wrong, "option_name", "")
            takers = [
                name
                for name, command in self.commands.items()
                if any(option in item.opts for item in command.params)
            ]
            if not takers:
                raise
            from rules.errors import problem

            said = " or ".join(f"naas cost {name}" for name in takers)
            raise problem("C010", f"{option} goes with {said}") from wrong


cost = typer.Typer(
    cls=Questions,
    add_completion=False,
    no_args_is_help=True,
    subcommand_metavar="SCENARIO... | QUESTION [ARGS]...",
    help="Reckon what scenarios cost and who pays.\n\n"
    "Scenarios alone ask for their total; any other question comes first. QUESTION --help has its options."
    "\n\n\b\nnaas cost voluntary mandatory --scale 0.1\n"
    "naas cost council Leeds mandatory --scale 0.1 --grants per-council",
)

ScenarioArgument = Annotated[
    str | None,
    typer.Argument(metavar="SCENARIO", help="A scenario by name, or a file; consultation if not given."),
]
FirstArgument = Annotated[str, typer.Argument(metavar="A", help="A scenario by name, or a file.")]
SecondArgument = Annotated[str, typer.Argument(metavar="B", help="Another.")]


def _named(scenario: str | None) -> list[str]:
    return [scenario] if scenario is not None else []


class By(StrEnum):
    """What costs are split by."""

    year = "year"
    payer = "payer"
    line = "line"
    region = "region"
    council = "council"


@cost.command(USUAL_QUESTION, rich_help_panel=QUESTIONS)
@asks(CostOptions)
def total(
    asked: CostOptions,
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO...", help="Scenarios by name, or files.")
    ],
    by: Annotated[
        By | None, typer.Option("--by", help="Split the cost.", rich_help_panel=options.SHOWN)
    ] = None,
) -> int:
    """Show what scenarios cost, who pays, and the difference; the question where none is named.

    \b
    naas cost voluntary mandatory --scale 0.1
    naas cost mandatory --by council --format csv
    """
    from cli.cost_show import show

    return show(asked, scenarios, by.value if by else None)


@cost.command("lines", rich_help_panel=QUESTIONS)
@asks(CostOptions)
def lines(asked: CostOptions, scenario: ScenarioArgument = None) -> int:
    """Write every line of the cost case as the sum that it is.

    \b
    naas cost lines mandatory --scale 0.1
    """
    from cli.cost_sheet import lines as written

    return written(asked, _named(scenario))


@cost.command("council", rich_help_panel=QUESTIONS)
@asks(CostOptions)
def council(
    asked: CostOptions,
    name: Annotated[str, typer.Argument(metavar="COUNCIL", help="By name or code, such as Leeds.")],
    scenario: ScenarioArgument = None,
) -> int:
    """Show what one council gives and pays, beside its region and others as deprived.

    \b
    naas cost council Leeds mandatory --scale 0.1
    """
    from cli.cost_council import council as told

    return told(asked, [name, *_named(scenario)])


@cost.command("challenge", rich_help_panel=QUESTIONS)
@asks(CostOptions)
def challenge(
    asked: CostOptions,
    scenario: ScenarioArgument = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="The case to hold yours against; the default one if not given.",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
) -> int:
    """Put your figures in place of ours, and see what each does to the total.

    \b
    naas cost challenge mandatory --set leavers=15000 --scale 0.1
    naas cost challenge mandatory --case ours.yaml --scale 0.1
    """
    from cli.cost_questions import challenge as challenged

    return challenged(asked, against, _named(scenario))


@cost.command("budget", rich_help_panel=QUESTIONS)
@asks(CostOptions)
def budget(
    asked: CostOptions,
    scenario: ScenarioArgument = None,
    amount: Annotated[
        str | None,
        typer.Option(
            "--budget",
            metavar="POUNDS",
            help="An amount in place of the £23 million quoted in 2017.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
) -> int:
    """Show what the department bears, beside the £23 million quoted in 2017 or another amount.

    \b
    naas cost budget mandatory --scale 0.1
    """
    from cli.cost_budget import budget as told
    from cli.cost_budget import checked_budget

    return told(asked.of_department(), _named(scenario), checked_budget(amount))


class Metric(StrEnum):
    """What switching values make equal."""

    cost = "cost"
    per_accredited = "per-accredited"


class Whose(StrEnum):
    """What a budget is held against."""

    social = "social"
    department = "department"


@cost.command("switching", rich_help_panel=QUESTIONS)
@asks(CostOptions)
def switching(
    asked: CostOptions,
    first: FirstArgument,
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="Another; or one alone with --budget.")
    ] = None,
    metric: Annotated[
        Metric,
        typer.Option("--metric", help="What is to be equal.", rich_help_panel=options.SHOWN),
    ] = Metric.cost,
    amount: Annotated[
        str | None,
        typer.Option(
            "--budget",
            metavar="POUNDS",
            help="What one scenario is to cost.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    whose: Annotated[
        Whose,
        typer.Option(
            "--budget-of",
            help="Hold --budget against the social cost, or what the department bears.",
            rich_help_panel=options.SHOWN,
        ),
    ] = Whose.social,
    parameter: Annotated[
        str | None,
        typer.Option(
            "--parameter",
            metavar="NAME",
            help="A parameter of the world in place of the prices; with two scenarios.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
) -> int:
    """Find the value of each figure at which the choice between two scenarios changes, or a budget holds.

    \b
    naas cost switching voluntary mandatory --metric per-accredited --scale 0.1
    naas cost switching mandatory --budget 230000000 --scale 0.1
    """
    from cli.cost_budget import checked_budget
    from cli.cost_switching import switching as found
    from cli.cost_world import world

    held = checked_budget(amount)
    names = [first, *_named(second)]
    _goes_together(names, held, whose, parameter)
    if parameter is not None:
        return world(asked, names, metric.value, parameter)
    valued = asked.of_department() if whose is Whose.department else asked
    return found(valued, names, metric.value, held, whose.value)


@cost.command("plane", rich_help_panel=QUESTIONS)
@asks(CostOptions)
def plane(asked: CostOptions, first: FirstArgument, second: SecondArgument) -> int:
    """Draw the cost-effectiveness plane: more accredited against more cost.

    \b
    naas cost plane voluntary mandatory --scale 0.1
    """
    from cli.cost_plane import show_plane

    return show_plane(asked, [first, second])


@cost.command("assumptions", rich_help_panel=QUESTIONS)
@asks(CostOptions)
def assumptions(asked: CostOptions, scenario: ScenarioArgument = None) -> int:
    """Write the assumption log: each figure's range, source and quality, and how far it moves the cost.

    \b
    naas cost assumptions mandatory --format csv --scale 0.1
    """
    from cli.cost_questions import assumptions as logged

    return logged(asked, _named(scenario))


@cost.command("template", rich_help_panel=QUESTIONS)
def template() -> int:
    """Write the default cost case, which says how it is edited.

    \b
    naas cost template > ours.yaml
    """
    from cli.cost_questions import template as written

    return written()


def _goes_together(names: list[str], budget: float | None, whose: Whose, parameter: str | None) -> None:
    """Raise what does not go together, all of it at once."""
    from rules.errors import InputError, Problem

    wrong: list[Problem] = []
    if budget is not None and len(names) > 1:
        hint = f"for example naas cost switching {names[0]} --budget 100000000"
        wrong.append(Problem("C010", "--budget goes with one scenario", hint=hint))
    if whose is Whose.department and budget is None:
        wrong.append(Problem("C010", "--budget-of goes with --budget"))
    if parameter is not None and len(names) < 2:
        wrong.append(Problem("C010", "--parameter goes with two scenarios"))
    if wrong:
        raise InputError(wrong)
