"""`naas list`: the scenarios of the library."""

from __future__ import annotations

from cli import options
from cli.output import Format, listing, write, write_csv, write_json


def list_scenarios(form: options.FormatOption = Format.table) -> None:
    """List the scenarios that are shipped.

    \b
    naas list
    naas list --format json
    """
    from scenarios.line_up import load_all
    from scenarios.names import library

    rows = [
        {
            "id": scenario.id,
            "title": scenario.title,
            "parent": scenario.parent.id if scenario.parent else "",
            "why": scenario.why,
        }
        for scenario in load_all(sorted(library()))
    ]
    if form is Format.json:
        write_json({"schema": 1, "scenarios": rows})
    elif form is Format.csv:
        write_csv(rows, ("id", "title", "parent", "why"))
    else:
        for line in listing([(row["id"], row["title"]) for row in rows]):
            write(line)
        write("\nnaas show SCENARIO says what one changes and why; naas compare A B runs them.")
