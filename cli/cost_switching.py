"""`naas cost switching`: how far one figure alone would have to go before the choice changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cli.costing import Asked, case_of, costed
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json
from reports.money import quantity

if TYPE_CHECKING:
    from analysis.switching import Switch

_WHAT_COSTS: Final = (
    "That is the social cost, councils' time and all, whoever pays. A budget of the department alone is to "
    "be held against what it bears, which naas cost with --by payer tells."
)


def switching(asked: Asked, names: Sequence[str], metric: str, budget: float | None, form: Format) -> int:
    """How far each figure would have to go before the choice changes."""
    from analysis.cost_product import product
    from analysis.switching import switching as between
    from analysis.switching import switching_budget
    from reports import switching_tables as tables
    from rules.errors import problem

    if (len(names) == 1) == (budget is None):
        said = "switching takes two scenarios, or one scenario and --budget"
        example = f"{names[0]} --budget 100000000" if len(names) == 1 else " ".join(names)
        raise problem("K013", said, hint=f"for example naas cost switching {example}")
    case, settings = case_of(asked)
    found = costed(names, asked, case, settings)
    if not found.runs:
        return found.code
    products = [product(run, case, asked.view, asked.rate) for run in found.runs]
    none = tables.nobody_accredited(products, metric)
    if none:
        raise problem("K013", none, hint="--metric cost compares the totals")
    stands = ""
    if budget is not None:
        switches = switching_budget(products[0], budget, asked.seed)
        question = tables.at_budget(products[0], budget)
        stands = tables.as_it_stands(products[0], switches)
    else:
        switches = between(products[0], products[1], metric, asked.seed)
        question = tables.between(products[0], products[1], metric)
    rows = [_switch_row(item, case.figures[item.key].label) for item in switches]
    if form is Format.json:
        write_json({**found.about(), "question": question, "switching_values": rows})
    elif form is Format.csv:
        rows = [{**found.beside(), **row} for row in rows]
        write_csv(rows, tuple(rows[0]) if rows else ("figure",))
    else:
        for line in (*map(paragraph, found.head()), "", *_switches(switches, rows, question, stands)):
            write(line)
    return found.code


def _switch_row(item: Switch, label: str) -> dict[str, object]:
    return {
        "figure": item.key,
        "label": label,
        "unit": item.unit,
        "now": item.now,
        "range_low": item.range_low,
        "range_high": item.range_high,
        "switching_value": item.value,
        "low": None if math.isnan(item.low) else item.low,
        "high": None if math.isnan(item.high) else item.high,
        "beyond_range": item.beyond,
    }


def _switches(
    switches: Sequence[Switch], rows: Sequence[dict[str, object]], question: str, stands: str
) -> list[str]:
    from reports import switching_tables as tables

    lines = [paragraph(f"The value of one figure alone at which {question}:"), ""]
    within = [item for item in switches if item.value is not None]
    for item, row in zip(switches, rows, strict=True):
        if item.value is None and item.beyond is None:
            continue
        now = quantity(item.now, item.unit)
        lines.append(emphasis(f"{row['label']} ({item.key})", "strong"))
        lines.append(paragraph(f"{tables.value(item)}, now {now}, range {tables.span(item)}", "  "))
    never = tables.never(switches)
    if never == tables.NEVER:
        lines.append(f"  {never}")
    elif never:
        lines += ["", paragraph(never)]
    if stands:
        lines += ["", paragraph(stands), paragraph(_WHAT_COSTS)]
    return [*lines, "", paragraph(tables.INTERVALS)] if within else lines
