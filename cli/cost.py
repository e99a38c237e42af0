"""`naas cost`: what scenarios cost, who pays, and what would have to be true."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from cli import options
from cli.output import Format

QUESTIONS: Final = (
    "template",
    "budget",
    "challenge",
    "council",
    "switching",
    "assumptions",
    "lines",
    "plane",
)
"""First words that ask something else than what scenarios cost."""


class Valuation(StrEnum):
    """How an hour is priced."""

    cash = "cash"
    pay = "pay"
    full = "full"


class Mode(StrEnum):
    """How delivery is priced."""

    contract = "contract"
    bottom_up = "bottom-up"


class Grants(StrEnum):
    """How the department pays employers."""

    lever = "lever"
    per_council = "per-council"
    per_assessment = "per-assessment"
    none = "none"


class By(StrEnum):
    """What costs are split by."""

    year = "year"
    payer = "payer"
    line = "line"
    region = "region"
    council = "council"


class Whose(StrEnum):
    """What a budget is held against."""

    social = "social"
    department = "department"


class Metric(StrEnum):
    """What switching values make equal."""

    cost = "cost"
    per_accredited = "per-accredited"


def cost(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO...",
            help="Scenarios by name, or files; or a question: lines [SCENARIO] | council NAME [SCENARIO] | "
            "challenge [SCENARIO] | budget [SCENARIO] | switching A [B] | plane A B | "
            "assumptions [SCENARIO] | template. Where a question names no scenario it is consultation.",
        ),
    ],
    case: Annotated[
        Path | None,
        typer.Option(
            "--case",
            metavar="FILE",
            help="Your own cost case (naas cost template writes one).",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="With challenge: the case to hold yours against; the default one if not given.",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="Set a line or price (leavers=15000), who pays a line (leavers.payer=department), a lever "
            "or a parameter; may be repeated.",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
    valuation: Annotated[
        Valuation | None,
        typer.Option(
            "--valuation",
            help="Time at what is newly spent (cash), at pay and on-costs, or at full unit cost; pay if not "
            "given, and cash beside a budget of the department.",
            rich_help_panel=options.WHAT,
        ),
    ] = None,
    mode: Annotated[
        Mode,
        typer.Option("--mode", help="Delivery at contract price, or built up.", rich_help_panel=options.WHAT),
    ] = Mode.contract,
    grants: Annotated[
        Grants,
        typer.Option(
            "--grants",
            help="The department pays employers the scenario's share, a grant for each council or each first "
            "sitting, or nothing.",
            rich_help_panel=options.WHAT,
        ),
    ] = Grants.lever,
    price_year: Annotated[
        int | None,
        typer.Option("--price-year", help="Show money in prices of this year.", rich_help_panel=options.WHAT),
    ] = None,
    rate: Annotated[
        float,
        typer.Option(
            "--rate",
            help="Discount rate a year, in percent; none beside a budget of the department.",
            rich_help_panel=options.WHAT,
        ),
    ] = 3.5,
    until: options.UntilOption = None,
    scale: options.ScaleOption = None,
    workforce: options.WorkforceOption = None,
    replications: options.ReplicationsOption = options.REPLICATIONS,
    seed: options.SeedOption = options.SEED,
    jobs: options.JobsOption = 0,
    store: options.StoreOption = None,
    no_store: options.NoStoreOption = False,
    by: Annotated[
        By | None,
        typer.Option("--by", help="Split the cost.", rich_help_panel=options.SHOWN),
    ] = None,
    metric: Annotated[
        Metric,
        typer.Option("--metric", help="With switching: what is to be equal.", rich_help_panel=options.SHOWN),
    ] = Metric.cost,
    budget: Annotated[
        str | None,
        typer.Option(
            "--budget",
            metavar="POUNDS",
            help="With switching and one scenario: what it is to cost. With budget: an amount in place of "
            "the £23 million quoted in 2017.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    budget_of: Annotated[
        Whose,
        typer.Option(
            "--budget-of",
            help="With switching: hold --budget against the social cost, or what the department bears.",
            rich_help_panel=options.SHOWN,
        ),
    ] = Whose.social,
    parameter: Annotated[
        str | None,
        typer.Option(
            "--parameter",
            metavar="NAME",
            help="With switching and two scenarios: a parameter of the world in place of the prices.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    form: options.FormatOption = Format.table,
) -> int:
    """Reckon what scenarios cost and who pays.

    \b
    naas cost voluntary mandatory --scale 0.1
    naas cost council Leeds mandatory --scale 0.1 --grants per-council
    """
    from analysis.costs import View
    from cli import (
        cost_budget,
        cost_council,
        cost_plane,
        cost_questions,
        cost_sheet,
        cost_show,
        cost_switching,
        cost_world,
    )
    from cli.costing import Asked

    held = cost_budget.checked_budget(budget)
    _check(words, against, by, held, budget_of, rate, parameter)
    departments = words[0] == "budget" or budget_of is Whose.department
    valued = valuation or (Valuation.cash if departments else Valuation.pay)
    view = View(valued.value, mode.value, grants.value)
    asked = Asked(
        case,
        tuple(setting or ()),
        price_year,
        0.0 if departments else rate / 100,  # its budgets are not discounted
        view,
        replications,
        seed,
        until,
        scale,
        workforce,
        jobs,
        store,
        no_store,
    )
    first, rest = words[0], words[1:]
    answers: dict[str, Callable[[], int]] = {
        "template": cost_questions.template,
        "budget": lambda: cost_budget.budget(asked, rest, held, form),
        "challenge": lambda: cost_questions.challenge(asked, against, rest, form),
        "council": lambda: cost_council.council(asked, rest, form),
        "switching": lambda: (
            cost_world.world(asked, rest, metric.value, parameter, form)
            if parameter
            else cost_switching.switching(asked, rest, metric.value, held, budget_of.value, form)
        ),
        "assumptions": lambda: cost_questions.assumptions(asked, rest, form),
        "lines": lambda: cost_sheet.lines(asked, rest, form),
        "plane": lambda: cost_plane.show_plane(asked, rest, form),
    }
    if first in answers:
        return answers[first]()
    return cost_show.show(asked, words, by.value if by else None, form)


_MOST_WORDS: Final = {
    "template": 1,
    "budget": 2,
    "challenge": 2,
    "council": 3,
    "switching": 3,
    "assumptions": 2,
    "lines": 2,
    "plane": 3,
}
_EXAMPLES: Final = {
    "template": "template > ours.yaml",
    "budget": "budget mandatory",
    "challenge": "challenge mandatory --set leavers=15000",
    "council": "council Leeds mandatory",
    "switching": "switching voluntary mandatory",
    "assumptions": "assumptions mandatory",
    "lines": "lines mandatory",
    "plane": "plane voluntary mandatory",
}
_LEAST_WORDS: Final = {"council": 2, "switching": 2, "plane": 3}


def _check(
    words: list[str],
    against: Path | None,
    by: By | None,
    budget: float | None,
    budget_of: Whose,
    rate: float,
    parameter: str | None,
) -> None:
    """Raise what does not go together, all of it at once."""
    from rules.errors import InputError, Problem

    first = words[0]
    wrong: list[Problem] = []
    if first in QUESTIONS:
        least, most = _LEAST_WORDS.get(first, 1), _MOST_WORDS[first]
        if not least <= len(words) <= most:
            said = "too few words" if len(words) < least else "too many words"
            hint = f"for example naas cost {_EXAMPLES[first]}"
            wrong.append(Problem("K013", f"naas cost {first} has {said}", hint=hint))
        if by is not None:
            wrong.append(Problem("C010", f"--by does not go with {first}"))
    if against is not None and first != "challenge":
        wrong.append(Problem("C010", "--against goes with challenge"))
    if budget is not None and (first not in ("budget", "switching") or len(words) > 2):
        hint = f"for example naas cost budget {words[0]}" if first not in QUESTIONS else ""
        said = "--budget goes with budget, or with switching, and one scenario"
        wrong.append(Problem("C010", said, hint=hint))
    if budget_of is Whose.department and (first != "switching" or budget is None):
        wrong.append(Problem("C010", "--budget-of goes with switching and --budget"))
    if parameter is not None and (first != "switching" or len(words) != 3):
        wrong.append(Problem("C010", "--parameter goes with switching and two scenarios"))
    if not -1e-9 <= rate <= 20:
        wrong.append(Problem("K013", f"--rate is a percentage from 0 to 20, not {rate:g}"))
    if wrong:
        raise InputError(wrong)
