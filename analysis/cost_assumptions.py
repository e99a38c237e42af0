"""The assumption log: every figure with its range, source and rating, and how far it moves the headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.cost_case import CostCase
from analysis.cost_lines import Figure
from analysis.cost_product import Product
from analysis.cost_uncertainty import Bar, tornado
from simulation.parameters import Parameter, Parameters

OURS: Final = "this project"
CORE, RELEVANT = 0.05, 0.01
"""Swings over the cost from which a figure's impact is red (core) or amber (relevant)."""

COLUMNS: Final = (
    "input",
    "figure",
    "label",
    "low",
    "value",
    "high",
    "unit",
    "price_year",
    "evidence",
    "kind",
    "quality",
    "impact",
    "swing_gbp",
    "owner",
    "dated",
)


@dataclass(frozen=True)
class Assumption:
    """One entry of the log. `swing` is in pounds of present value; `impact` green, amber or red."""

    figure: Figure
    swing: float
    impact: str

    def row(self) -> dict[str, object]:
        """The entry by the names of `COLUMNS`."""
        figure = self.figure
        return {
            "input": "cost",
            "figure": figure.key,
            "label": figure.label,
            "low": figure.low,
            "value": figure.mode,
            "high": figure.high,
            "unit": figure.unit,
            "price_year": figure.price_year or "",
            "evidence": figure.source or figure.assumption,
            "kind": "source" if figure.source else "assumption",
            "quality": figure.rating,
            "impact": self.impact,
            "swing_gbp": round(self.swing),
            "owner": figure.owner or OURS,
            "dated": figure.dated,
        }


def assumption_log(item: Product) -> list[Assumption]:
    """Every figure of the case, the one that moves the social cost of the scenario most first."""
    bars: dict[str, Bar] = {bar.key: bar for bar in tornado(item)}
    total = max(abs(float(item.cost({}).mean())), 1.0)
    found = [
        _assumption(item.case, key, bars[key].swing if key in bars else 0.0, total)
        for key in item.case.figures
    ]
    return sorted(found, key=lambda entry: (-entry.swing, entry.figure.key))


def world_rows(parameters: Parameters) -> list[dict[str, object]]:
    """Every parameter of the world by the names of `COLUMNS`.

    What one does to the cost is not in the log, since the world would have to run again for it.
    """
    return [_world_row(found) for found in parameters.values()]


def _world_row(found: Parameter) -> dict[str, object]:
    return {
        "input": "world",
        "figure": found.id,
        "label": found.label,
        "low": found.low,
        "value": found.value,
        "high": found.high,
        "unit": found.unit,
        "price_year": "",
        "evidence": found.source or found.assumption,
        "kind": "source" if found.source else "assumption",
        "quality": found.rating,
        "impact": "",
        "swing_gbp": "",
        "owner": found.changed_by or OURS,
        "dated": found.dated,
    }


def _assumption(case: CostCase, key: str, swing: float, total: float) -> Assumption:
    share = swing / total
    impact = "red" if share >= CORE else "amber" if share >= RELEVANT else "green"
    return Assumption(case.figures[key], swing, impact)
