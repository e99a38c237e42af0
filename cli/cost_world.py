"""`naas cost switching --parameter`: how far a parameter of the world would have to go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cli.cost_options import CostOptions
from cli.costing import Costed, case_of, costed
from cli.output import Format, emphasis, paragraph, write, write_csv, write_json

if TYPE_CHECKING:
    from analysis.cost_product import Product
    from analysis.switching import Switch
    from analysis.world_switching import Swept
    from simulation.parameters import Parameter


def world(asked: CostOptions, names: Sequence[str], metric: str, parameter: str) -> int:
    """The value of one parameter at which two scenarios are equal, or that there is none in its range."""
    from analysis.world_switching import points, world_switching
    from reports.switching_tables import also, between, certainty, value

    ranged = _ranged(parameter, names, asked.settings)
    at = points(ranged.low, ranged.high, ranged.value)
    case, settings = case_of(asked)
    found: list[Costed] = []
    for number in at.tolist():
        one = costed(names, replace(asked, setting=settings), case, [*settings, f"{parameter}={number!r}"])
        if not one.runs or one.code:
            return one.code
        found.append(one)
    first, second = (_swept(found, arm, asked) for arm in (0, 1))
    switch = world_switching(parameter, ranged.unit, ranged.value, at, first, second, metric, asked.seed)
    question = between(*_products(found[at.tolist().index(ranged.value)], asked), metric)
    row = _row(switch, ranged.label)
    costs = [
        {"at": number, "scenario": run.name, "gbp": float(cost.mean()), "accredited": float(gained.mean())}
        for arm, swept in enumerate((first, second))
        for number, cost, gained in zip(at.tolist(), swept.cost, swept.accredited, strict=True)
        for run in (found[0].runs[arm],)
    ]
    if asked.form is Format.json:
        write_json({**found[0].about(), "question": question, "switching_values": [row], "runs": costs})
    elif asked.form is Format.csv:
        also_at = " ".join(f"{number!r}" for number in switch.also)
        row = {**found[0].beside(), **row, "also_at": also_at}
        write_csv([row], tuple(row))
    else:
        for line in map(paragraph, found[0].head()):
            write(line)
        said = "none in range" if switch.value is None else value(switch)
        now = f"now {ranged.value:g} {ranged.unit}, range {ranged.low:g} to {ranged.high:g}"
        write()
        write(paragraph(f"The value of this parameter alone at which {question}:"))
        write()
        write(emphasis(paragraph(f"{ranged.label} ({parameter})"), "strong"))
        write(paragraph(f"{said}, {now}", "  "))
        if switch.also:
            write(paragraph(f"they are also equal at {also(switch)}", "  "))
        write()
        for line in _costs(costs, found[0]):
            write(line)
        write()
        write(
            paragraph(
                f"Both scenarios were run at {len(at)} values, and between two of them a straight line is "
                f"taken. {certainty(switch)}".rstrip()
            )
        )
    return 0


def _ranged(name: str, names: Sequence[str], settings: Sequence[str]) -> Parameter:
    """The parameter, if it is a number with a range that is the same for both scenarios, and is not set.

    Raises `InputError` K013 or S020.
    """
    from rules.errors import nearest, problem
    from scenarios.line_up import load_all

    known, other = (scenario.parameters for scenario in load_all(names))
    if name not in known:
        raise problem(
            "S020", f"'{name}' is no parameter", hint=nearest(name, known) or "naas parameters lists them"
        )
    found, beside = known[name], other[name]
    if found.duration is not None or found.low == found.high:
        raise problem("K013", f"'{name}' is no number with a range, and cannot be turned")
    if any(text.partition("=")[0].strip() == name for text in settings):
        said = f"--parameter {name} turns what --set {name} holds still"
        raise problem("K013", said, hint=f"leave --set {name} out, or turn another parameter")
    if _numbers(found) != _numbers(beside):
        first, second = (
            f"{item.value:g} ({item.low:g} to {item.high:g}) in {place}"
            for item, place in zip((found, beside), names, strict=True)
        )
        hint = "give both scenarios the same, or turn a parameter on which they agree"
        raise problem("K013", f"'{name}' is {first}, but {second}: which is now?", hint=hint)
    return found


def _numbers(item: Parameter) -> tuple[float, float, float]:
    return item.value, item.low, item.high


def _products(found: Costed, asked: CostOptions) -> tuple[Product, Product]:
    from analysis.cost_product import product

    first, second = (product(run, found.case, asked.view, asked.rate) for run in found.runs)
    return first, second


def _swept(found: Sequence[Costed], arm: int, asked: CostOptions) -> Swept:
    from analysis.world_switching import Swept

    products = [_products(one, asked)[arm] for one in found]
    return Swept(
        np.array([item.cost({})[0] for item in products]),
        np.array([item.run.accredited for item in products]),
    )


def _row(item: Switch, label: str) -> dict[str, object]:
    known = not math.isnan(item.low)
    return {
        "figure": item.key,
        "label": label,
        "unit": item.unit,
        "now": item.now,
        "range_low": item.range_low,
        "range_high": item.range_high,
        "switching_value": item.value,
        "low": item.low if known else None,
        "high": item.high if known else None,
        "found": None if math.isnan(item.found) else item.found,
        "also_at": list(item.also),
    }


def _costs(costs: Sequence[dict[str, object]], found: Costed) -> list[str]:
    from cli.output import columns
    from reports.money import millions

    half = len(costs) // 2
    table = [
        ["Present value, at", *(part for run in found.runs for part in (f"{run.name}, £m", "accredited"))]
    ]
    for one, other in zip(costs[:half], costs[half:], strict=True):
        cells = [
            text
            for item in (one, other)
            for text in (millions(float(str(item["gbp"]))), f"{float(str(item['accredited'])):,.0f}")
        ]
        table.append([f"  {float(str(one['at'])):g}", *cells])
    first, *rest = columns(table, right=(1, 2, 3, 4))
    return [emphasis(first, "strong"), *rest]
