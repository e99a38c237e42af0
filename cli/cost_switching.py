"""`naas cost switching`: how far one figure alone would have to go before the choice changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cli.cost_options import CostOptions
from cli.costing import case_of, costed
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json
from reports.money import quantity

if TYPE_CHECKING:
    from analysis.switching import Switch

_WHAT_COSTS: Final = (
    "That is the social cost, councils' time and all, whoever pays. A budget of the department alone is "
    "held against what it bears with --budget-of department."
)


def switching(asked: CostOptions, names: Sequence[str], metric: str, budget: float | None, whose: str) -> int:
    """How far each figure would have to go before the choice changes, or a budget `whose` it is holds."""
    from analysis.cost_product import borne_by_department, product
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
        item = products[0]
        if whose == "department":
            item = borne_by_department(found.runs[0], case, asked.view, asked.rate)
        switches = switching_budget(item, budget, asked.seed)
        question = tables.at_budget(item, budget, whose)
        stands = tables.as_it_stands(item, switches, whose)
    else:
        switches = between(products[0], products[1], metric, asked.seed)
        question = tables.between(products[0], products[1], metric)
    rows = [_switch_row(item, case.figures[item.key].label) for item in switches]
    if asked.form is Format.json:
        of = {} if budget is None else {"budget": budget, "budget_of": whose}
        write_json({**found.about(), "question": question, **of, "switching_values": rows})
    elif asked.form is Format.csv:
        rows = [{**found.beside(), **row} for row in rows]
        write_csv(rows, tuple(rows[0]) if rows else ("figure",))
    else:
        more = [stands, *([] if whose == "department" or not stands else [_WHAT_COSTS])]
        for line in (*map(paragraph, found.head()), "", *_switches(switches, rows, question, more)):
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
    switches: Sequence[Switch], rows: Sequence[dict[str, object]], question: str, more: Sequence[str]
) -> list[str]:
    from reports import switching_tables as tables

    lines = [paragraph(f"The value of one figure alone at which {question}:"), ""]
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
        lines += ["", paragraph(f"{never} --format csv lists every figure.")]
    if said := [paragraph(text) for text in more if text]:
        lines += ["", *said]
    intervals = tables.intervals(switches)
    return [*lines, "", paragraph(intervals)] if intervals else lines
