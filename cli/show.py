"""`naas show`: what a scenario changes, against its parent or another, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json

if TYPE_CHECKING:
    from scenarios.differences import Change
    from scenarios.scenario import Scenario


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
    from rules.levers import Levers
    from scenarios.differences import differences
    from scenarios.line_up import load_all
    from scenarios.scenario import Scenario

    found, *others = load_all([scenario, *([against] if against else [])])
    plain = Scenario("the consultation's defaults", "", "", found.path, levers=Levers())
    other = others[0] if others else found.parent or plain
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
    }


def _lines(found: Scenario, other: Scenario, changes: list[Change], every: bool) -> list[str]:
    from rules.levers import SPECS
    from scenarios.differences import shown

    lines = [emphasis(f"{found.id}: {found.title}", "strong"), paragraph(found.why), ""]
    lines.append(f"{found.start} to {found.until} · {' > '.join(found.lineage)}")
    lines += ["", f"Against {other.id}" if changes else f"No different from {other.id}"]
    for item in changes:
        if item.kind == "lever":
            spec = SPECS[item.id]
            lines.append(f"  {item.id}: {item.mine}, not {item.theirs}")
            lines.append(paragraph(f"{spec.label} ({_cited(spec.question, spec.paragraphs)})", "      "))
        else:
            lines.append(paragraph(f"{item.id or item.kind}: {item.mine}, not {item.theirs}", "  "))
        if item.evidence:
            lines.append(paragraph(item.evidence, "      "))
    if every:
        table = [[name, shown(value), SPECS[name].label] for name, value in found.levers.items()]
        lines += ["", "Every lever", *(f"  {line}"[: width()] for line in columns(table))]
    return lines


def _cited(question: int | None, paragraphs: tuple[int, ...]) -> str:
    parts = [f"question {question}"] if question else []
    if paragraphs:
        noun = "paras" if len(paragraphs) > 1 else "para"
        parts.append(f"{noun} {', '.join(map(str, paragraphs))}")
    return ", ".join(parts) or "this project's reading"
