"""`naas show`: what a scenario changes, against its parent or another, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.output import Format, emphasis, listing, paragraph, write, write_csv, write_json

if TYPE_CHECKING:
    from scenarios.differences import Change
    from scenarios.scenario import Scenario
    from simulation.inputs import PlainScheme


def show(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario by name, or a file.")],
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="OTHER",
            help="Compare with this scenario instead of the parent.",
            rich_help_panel=options.SHOWN,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Show every lever, changed or not.", rich_help_panel=options.SHOWN)
    ] = False,
    form: options.FormatOption = Format.table,
) -> None:
    """Show a scenario and what it changes.

    \b
    naas show mandatory
    naas show adcs --against voluntary
    """
    from reports.scenario_words import compared_with
    from scenarios.differences import differences
    from scenarios.line_up import load_all

    found, *others = load_all([scenario, *([against] if against else [])])
    other = others[0] if others else compared_with(found)
    changes = differences(found, other)
    rows = [
        {
            "kind": item.kind,
            "id": item.id,
            "value": item.mine,
            "instead_of": item.theirs,
            "evidence": item.evidence,
        }
        for item in changes
    ]
    if form is Format.json:
        write_json(_document(found, other, rows))
    elif form is Format.csv:
        write_csv(rows, ("kind", "id", "value", "instead_of", "evidence"))
    else:
        for line in _lines(found, other, changes, every):
            write(line)


def _document(found: Scenario, other: Scenario, rows: list[dict[str, str]]) -> dict[str, object]:
    return {
        "schema": 1,
        "id": found.id,
        "title": found.title,
        "why": found.why,
        "lineage": list(found.lineage),
        "period": {"from": found.start.isoformat(), "until": found.until.isoformat()},
        "digest": found.digest,
        "against": other.id,
        "changes": rows,
        "levers": {
            name: value if isinstance(value, int | float) else str(value)
            for name, value in found.levers.items()
        },
        "parameters": {
            name: {"value": item.value, "evidence": item.evidence}
            for name, item in found.parameters.items()
            if name in found.overrides
        },
        "scheme": None if found.plain is None else _scheme(found.plain),
    }


def _scheme(plain: PlainScheme) -> dict[str, object]:
    from dataclasses import fields
    from datetime import date

    from simulation.durations import Duration

    found = {item.name: getattr(plain, item.name) for item in fields(plain)}
    return {
        name: str(value) if isinstance(value, Duration | date) else value for name, value in found.items()
    }


def _lines(found: Scenario, other: Scenario, changes: list[Change], every: bool) -> list[str]:
    from reports.scenario_words import changes_in_words
    from reports.scheme_words import scheme_in_words
    from rules.levers import SPECS
    from scenarios.differences import shown

    lines = [emphasis(f"{found.id}: {found.title}", "strong"), paragraph(found.why), ""]
    lines.append(f"{found.start} to {found.until} · {' > '.join(found.lineage)}")
    if found.plain is not None:
        lines += ["", "The scheme", *listing(scheme_in_words(found.plain))]
    lines += ["", f"Against {other.id}" if changes else f"No different from {other.id}"]
    for said in changes_in_words(changes):
        lines.append(f"  {said.change}" if said.lever else paragraph(said.change, "  "))
        lines += [paragraph(text, "      ") for text in said.about]
        lines += [paragraph(text, "      ") for text in said.choices]
    if every:
        pairs = [(f"{name}: {shown(value)}", SPECS[name].label) for name, value in found.levers.items()]
        lines += ["", "Every lever", *listing(pairs)]
    return lines
