"""`naas verify`: the simulation checked against itself, in a table that says what each check shows."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli import options
from cli.failures import FAILED, FINE
from cli.output import note, paragraph, write, write_csv, write_json

if TYPE_CHECKING:
    from scenarios.verification.check import Check, Found, Setting

MOST_CASES: Final = 100_000


class VerifyFormat(StrEnum):
    """How the table is written."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"


def verify(
    cases: Annotated[
        int, typer.Option("--cases", help="Random cases for each check.", rich_help_panel=options.HOW)
    ] = 20,
    scale: options.SomeScaleOption = 0.012,
    seed: options.SeedOption = options.SEED,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="CHECK",
            help="Run this check only; may be repeated.",
            rich_help_panel=options.HOW,
        ),
    ] = None,
    form: Annotated[
        VerifyFormat,
        typer.Option(
            "--format",
            help="A table to read, JSON, CSV, or the page of the documentation.",
            rich_help_panel=options.SHOWN,
        ),
    ] = VerifyFormat.table,
) -> int:
    """Check the simulation against itself: its slow twin, shared randomness, conservation, known limits.

    \b
    naas verify
    naas verify --cases 200 --only twin --only not-before
    """
    from rules.errors import problem
    from scenarios import request
    from scenarios.verification.check import Setting
    from scenarios.verification.running import chosen
    from scenarios.verification.running import verify as verified

    request.check("--", seed=seed)
    if not 1 <= cases <= MOST_CASES:
        raise problem("C001", f"--cases is a whole number from 1 to {MOST_CASES:,}, not {cases}")
    if not (math.isfinite(scale) and 0.01 <= scale <= 0.2):
        raise problem("C001", f"--scale is a number from 0.01 to 0.2, not {scale:g}")
    setting = Setting(cases, scale, seed)
    found: list[tuple[Check, Found]] = []
    for check, outcome in verified(chosen(only or ()), setting):
        note(f"{check.id}: {_result(outcome)}, {outcome.cases} case{'s' if outcome.cases != 1 else ''}")
        found.append((check, outcome))
    _show(found, setting, form)
    for check, outcome in found:
        if not outcome.held:
            note(f"\n{check.label}: this does not hold.\n{outcome.failure}")
    return FINE if all(outcome.held for _, outcome in found) else FAILED


def _result(found: Found) -> str:
    return "holds" if found.held else "FAILS"


def _show(found: list[tuple[Check, Found]], setting: Setting, form: VerifyFormat) -> None:
    rows = [
        {
            "check": check.id,
            "label": check.label,
            "shows": check.shows,
            "cases": outcome.cases,
            "result": _result(outcome),
            "remark": outcome.remark,
        }
        for check, outcome in found
    ]
    if form is VerifyFormat.json:
        failures = {check.id: outcome.failure for check, outcome in found if not outcome.held}
        write_json({"schema": 1, **_heading(setting), "checks": rows, "failures": failures})
    elif form is VerifyFormat.csv:
        write_csv(rows, tuple(rows[0]))
    elif form is VerifyFormat.markdown:
        for line in _page(rows, setting):
            write(line)
    else:
        for row in rows:
            write(f"{row['result']:6} {row['cases']:>5}  {row['label']}")
            write(paragraph(f"{row['shows']} {_sentence(str(row['remark']))}".rstrip(), " " * 14))


def _heading(setting: Setting) -> dict[str, object]:
    from simulation.replicate import ENGINE_VERSION

    return {
        "engine": ENGINE_VERSION,
        "seed": setting.seed,
        "scale": setting.scale,
        "cases": setting.cases,
    }


def _page(rows: list[dict[str, object]], setting: Setting) -> list[str]:
    """The page of the documentation, with nothing in it that differs from one run to the next."""
    heading = _heading(setting)
    command = f"naas verify --cases {setting.cases} --scale {setting.scale:g} --seed {setting.seed}"
    return [
        "# Verification",
        "",
        f"Written by `{command} --format markdown`, engine version {heading['engine']}. Each case is a",
        "policy nobody chose: random answers to every question, odd parameters, scarce or ample seats, a few",
        "hundred people. The same seed gives the same cases. The command exits with 1 when a check fails,",
        "and prints the first event that differs with both histories of its worker.",
        "",
        "| check | what it shows | cases | result |",
        "|---|---|---:|---|",
        *(
            f"| `{row['check']}`: {row['label']} | {row['shows']} {_sentence(str(row['remark']))} "
            f"| {row['cases']} | {row['result']} |"
            for row in rows
        ),
        *(_of_the_twin() if any(row["check"] == "twin" for row in rows) else ()),
    ]


def _of_the_twin() -> list[str]:
    """What agreement with the twin cannot prove, for the two share it."""
    from scenarios.verification.twin_agrees import SHARED

    return [
        "",
        "## What the twin shares with the fast world",
        "",
        "The twin decides everything by itself, person by person: who is called with which phase or site,",
        "who comes forward and when, endorsement, release, the seats of each centre day by day with its",
        "opening days, closures, lead times and absent assessors, the queue, results, reviews, retakes,",
        "renewal, leaving, moving and promotion. An error in any of these would show, and none in what both",
        "are given:",
        "",
        *(f"- {item}{';' if item != SHARED[-1] else '.'}" for item in SHARED),
        "",
        "Other tests hold these against other things: the workforce against published tables, draws and",
        "durations against closed forms, the rules against their own cases, leavers and pass rates against",
        "the figures that they come from.",
    ]


def _sentence(remark: str) -> str:
    return f"({remark})" if remark else ""
