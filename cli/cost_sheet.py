"""`naas cost lines`: each line as a sum, quantity times price, with its payer and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.cost_options import CostOptions
from cli.cost_questions import USUAL
from cli.costing import case_of, costed
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json
from reports.money import in_millions, number, pounds, quantity

if TYPE_CHECKING:
    from analysis.cost_case import CostCase
    from analysis.cost_sheet import SheetRow


def lines(asked: CostOptions, names: Sequence[str]) -> int:
    """Every line of the case under one scenario, as the sum that it is."""
    from analysis.cost_sheet import COLUMNS, sheet
    from analysis.costs import reckon

    case, settings = case_of(asked)
    found = costed(names or [USUAL], asked, case, settings)
    if not found.runs:
        return found.code
    bill = reckon(found.runs[0], case, asked.view)
    rows = sheet(bill)
    if asked.form is Format.json:
        write_json({**found.about(), "scenario": bill.run.name, "lines": [row.row() for row in rows]})
    elif asked.form is Format.csv:
        beside = found.beside()
        write_csv(({**beside, **row.row()} for row in rows), (*beside, *COLUMNS))
    else:
        for line in map(paragraph, found.head()):
            write(line)
        for row in rows:
            for line in _shown(row, case):
                write(line)
    return found.code


def _shown(row: SheetRow, case: CostCase) -> list[str]:
    from analysis.cost_sheet import PAID_BY

    figure, line = row.figure, row.line
    mark = " (transfer)" if line.transfer else ""
    total = row.apart or f"£{in_millions(row.amount)} million"
    span = f", {number(figure.low)} to {number(figure.high)}" if figure.low < figure.high else ""
    own = f"{quantity(figure.mode, figure.unit)}{span}"
    others = [f"{quantity(case.value(key), case.figures[key].unit)} ({key})" for key in row.times]
    much = number(row.quantity.mean)
    product = f"{much} {row.driven_by} × {own}"
    if others:
        product += f" × {', '.join(others)}"
    if row.each == row.each:
        product += f" = {pounds(row.each)} each" if not line.share_of else ""
    payer = PAID_BY[line.payer] + (f" to {line.paid_to}" if line.paid_to else "")
    prices = f" · prices of {figure.price_year}" if figure.price_year else ""
    owner = f" · {figure.owner}" if figure.owner else ""
    evidence = f"paid by {payer}{prices} · {figure.rating}, {figure.dated}{owner} · {figure.evidence}"
    head = emphasis(paragraph(f"{line.label} ({line.key}){mark}: {total}"), "strong")
    return ["", head, paragraph(product, "    "), paragraph(evidence, "    ")]
