"""`naas parameters`: every estimate with its value, range, unit, evidence and rating."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.parameters import Parameter


def parameters(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME ...]",
            help="Parameters by name, or by the first part of it, such as take_up; all if not given.",
        ),
    ] = None,
    scenario: Annotated[
        str,
        typer.Option(
            "--scenario",
            "-s",
            help="Whose values: a scenario by name, or a file.",
            rich_help_panel=options.WHAT,
        ),
    ] = "consultation",
    form: options.FormatOption = Format.table,
) -> None:
    """List the parameters: what is estimated, within which range, and on what evidence.

    \b
    naas parameters take_up
    naas parameters take_up.mandatory --scenario adcs --format json
    """
    from scenarios.loader import load_scenario

    known = load_scenario(scenario).parameters
    chosen = _chosen(names or [], known)
    rows = [{"low": item.low, "mode": item.mode, "high": item.high, **item.to_dict()} for item in chosen]
    if form is Format.json:
        write_json({"schema": 1, "scenario": scenario, "parameters": rows})
    elif form is Format.csv:
        write_csv(rows, _COLUMNS)
    elif names:
        for item in chosen:
            for line in _whole(item):
                write(line)
    else:
        for line in _listed(chosen):
            write(line)


_COLUMNS = (
    *("id", "label", "value", "low", "mode", "high", "distribution", "unit"),
    *("source", "assumption", "rating", "dated", "affects", "changed_by"),
)


def _chosen(names: list[str], known: Mapping[str, Parameter]) -> list[Parameter]:
    """The parameters that names mean. Raises `InputError` S015 with every name that means none."""
    from rules.errors import InputError, Problem, nearest

    if not names:
        return list(known.values())
    found: dict[str, Parameter] = {}
    wrong: list[Problem] = []
    for name in names:
        meant = [key for key in known if key == name or key.startswith(f"{name}.")]
        if not meant:
            hint = _elsewhere(name) or nearest(name, [*known, *{key.split(".")[0]: None for key in known}])
            wrong.append(
                Problem("S015", f"unknown parameter '{name}'", hint=hint or "naas parameters lists them")
            )
        found |= {key: known[key] for key in meant}
    if wrong:
        raise InputError(wrong)
    return list(found.values())


def _elsewhere(name: str) -> str:
    """Where a name that is no parameter is known: among the levers, or among the prices; else nothing."""
    from analysis.cost_case import CostCase
    from rules.levers import SPECS

    if any(key == name or key.startswith(f"{name}.") for key in SPECS):
        return f"'{name}' is a choice of policy: naas show consultation --all"
    if any(key == name or key.startswith(f"{name}.") for key in CostCase.default().figures):
        return f"'{name}' is of the cost case: naas cost lines"
    return ""


def _value(item: Parameter) -> str:
    return str(item.duration) if item.duration is not None else _written(item.value, item.unit)


def _written(value: float, unit: str) -> str:
    from reports.money import number

    return f"{value:.4g}" if unit == "share" else number(value)


def _range(item: Parameter) -> str:
    if item.low == item.high:
        return ""
    return f"{_written(item.low, item.unit)} to {_written(item.high, item.unit)}"


def _listed(chosen: list[Parameter]) -> list[str]:
    head = ["", "value", "range", "unit", "rating"]
    rows = [[item.id, _value(item), _range(item), item.unit, item.rating] for item in chosen]
    lines = columns([head, *rows])
    if any(len(line) > width() for line in lines):
        lines = [part for row in rows for part in (row[0], f"    {_in_words(row)}")]
    assumed = sum(1 for item in chosen if item.assumption)
    said = (
        f"{len(chosen)} parameters, {assumed} of them assumptions. naas parameters NAME has the evidence of "
        "one; --set NAME=VALUE tries another value; naas cost lines has the prices."
    )
    return [*lines, "", paragraph(said)]


def _in_words(row: list[str]) -> str:
    """A row without its name, in a line of its own where the table is too wide."""
    _, value, span, unit, rating = row
    return f"{value} {unit}{f', {span}' if span else ''} ({rating})"


def _whole(item: Parameter) -> list[str]:
    span = f", {_range(item)}" if _range(item) else ""
    changed = f" · {item.changed_by}" if item.changed_by else ""
    return [
        emphasis(f"{item.id}: {_value(item)} {item.unit}{span}", "strong"),
        paragraph(item.label, "    "),
        paragraph(f"{item.rating}, {item.dated} · {item.affects}{changed} · {item.evidence}", "    "),
    ]
