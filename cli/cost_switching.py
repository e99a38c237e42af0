"""`naas cost switching`: how far one figure alone would have to go before the choice changes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.costing import Asked, case_of, costed
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json
from reports.money import pounds, quantity

if TYPE_CHECKING:
    from analysis.cost_product import Product
    from analysis.switching import Switch


def switching(asked: Asked, names: Sequence[str], metric: str, budget: float | None, form: Format) -> int:
    """How far each figure would have to go before the choice changes."""
    from analysis.cost_product import product
    from analysis.switching import METRICS, switching_budget
    from analysis.switching import switching as between
    from rules.errors import problem

    if (len(names) == 1) == (budget is None):
        raise problem("K013", "switching takes two scenarios, or one scenario and --budget")
    case, settings = case_of(asked)
    found = costed(names, asked, case, settings)
    if not found.runs:
        return found.code
    products = [product(run, case, asked.view, asked.rate) for run in found.runs]
    none = [item.run.name for item in products if metric != "cost" and not item.run.accredited.any()]
    if none:
        said = (
            f"nobody is accredited under {' or '.join(none)}, which so has no cost for each accredited worker"
        )
        raise problem("K013", said, hint="--metric cost compares the totals")
    stands = ""
    if budget is not None:
        switches = switching_budget(products[0], budget, asked.seed)
        question = f"{found.runs[0].name} costs exactly {pounds(budget)}"
        stands = _as_it_stands(products[0], switches)
    else:
        switches = between(products[0], products[1], metric, asked.seed)
        one, other = (
            float(item.cost({}).mean()) / (float(item.run.accredited.mean()) if metric != "cost" else 1.0)
            for item in products
        )
        better, worse = (
            (found.runs[0].name, found.runs[1].name)
            if one < other
            else (found.runs[1].name, found.runs[0].name)
        )
        question = f"{better}, now the better in {METRICS[metric]}, stops being preferable to {worse}"
    rows = [_switch_row(item, case.figures[item.key].label) for item in switches]
    if form is Format.json:
        write_json({**found.about(), "question": question, "switching_values": rows})
    elif form is Format.csv:
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


def _as_it_stands(item: Product, switches: Sequence[Switch]) -> str:
    """What a scenario costs now, and with every figure at the end of its range that makes it cheapest."""
    import numpy as np

    now = float(item.cost({}).mean())
    least: dict[str, float] = {}
    for switch in switches:
        ends = np.array([switch.range_low, switch.range_high])
        costs = item.cost({switch.key: ends}).mean(axis=1)
        least[switch.key] = float(ends[int(costs.argmin())])
    lowest = float(item.cost(least).mean())
    return (
        f"{item.run.name} costs {pounds(now)} as figures stand, and {pounds(lowest)} with every figure at "
        "the cheapest end of its range at once (present values)."
    )


def _switches(
    switches: Sequence[Switch], rows: Sequence[dict[str, object]], question: str, stands: str
) -> list[str]:
    lines = [paragraph(f"The value of one figure alone at which {question}:"), ""]
    within = [item for item in switches if item.value is not None]
    for item, row in zip(switches, rows, strict=True):
        if item.value is None and item.beyond is None:
            continue
        now, ends = quantity(item.now, item.unit), (item.range_low, item.range_high)
        span = f"{quantity(ends[0], item.unit)} to {quantity(ends[1], item.unit)}"
        if item.value is not None:
            interval = f"{quantity(item.low, item.unit)} to {quantity(item.high, item.unit)}"
            found = f"{quantity(item.value, item.unit)} [{interval}]"
        else:
            found = f"none in range; {quantity(item.beyond or 0.0, item.unit)} would do"
        lines.append(emphasis(f"{row['label']} ({item.key})", "strong"))
        lines.append(paragraph(f"{found}, now {now}, range {span}", "  "))
    never = [item.key for item in switches if item.value is None and item.beyond is None]
    if never and len(never) == len(switches):
        lines.append("  None: no figure alone does it, even at 0 or at twenty times its highest value.")
    elif never:
        lines += ["", paragraph(f"None in range, nor at 0 or twenty times the range: {', '.join(never)}.")]
    if stands:
        lines += ["", paragraph(stands)]
    said = "Intervals hold 80% of resamples of the replications."
    return [*lines, "", paragraph(said)] if within else lines
