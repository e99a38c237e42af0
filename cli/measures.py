"""`naas measures`: what is measured, with definition, unit and denominator."""

from __future__ import annotations

from cli import options
from cli.output import Format, paragraph, write, write_csv, write_json


def measures(form: options.FormatOption = Format.table) -> None:
    """List every measure with its definition.

    \b
    naas measures
    naas measures --format csv
    """
    from simulation.measures import MEASURES

    columns = ("id", "label", "definition", "unit", "denominator", "better", "read", "by")
    rows = [
        {
            "id": item.id,
            "label": item.label,
            "definition": item.definition,
            "unit": item.unit,
            "denominator": item.denominator,
            "better": item.better,
            "read": "on a date" if item.kind == "at" else "over a period",
            "by": ", ".join(item.cuts),
        }
        for item in MEASURES.values()
    ]
    if form is Format.json:
        write_json({"schema": 1, "measures": rows})
    elif form is Format.csv:
        write_csv(rows, columns)
    else:
        for row in rows:
            good = "" if row["better"] == "neither" else f", {row['better']} is better"
            over = f" of {row['denominator']}" if row["denominator"] and row["unit"] != "days" else ""
            write(f"{row['id']}  {row['label']}")
            write(paragraph(f"{row['definition']}.", "    "))
            cut = f"; by {row['by']}" if row["by"] else ""
            write(paragraph(f"{row['unit']}{over}, {row['read']}{good}{cut}", "    "))
