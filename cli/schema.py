"""`naas schema`: what a file may hold, as a JSON Schema for editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cli.output import write_json


class Kind(StrEnum):
    """Whose schema."""

    rules = "rules"
    scenario = "scenario"
    levers = "levers"


def schema(
    kind: Annotated[
        Kind,
        typer.Argument(help="Rule files (one decision each), scenario files, or the levers of a scenario."),
    ],
) -> None:
    """Print the JSON Schema of a kind of file, for an editor to check while you type.

    \b
    naas schema rules > rules.schema.json
    naas schema scenario > scenario.schema.json
    """
    if kind is Kind.levers:
        from rules.levers import json_schema

        write_json(json_schema())
    elif kind is Kind.scenario:
        from scenarios.schema import scenario_schema

        write_json(scenario_schema())
    else:
        from rules.loader import load_rulebook, load_sources
        from rules.schema import rule_file_schema

        write_json(rule_file_schema(load_rulebook().vocabulary, load_sources()))
