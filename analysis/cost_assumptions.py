"""The assumption log: every figure with its range, source and rating, and how far it moves the headline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analysis.cost_case import CostCase
from analysis.cost_lines import Figure
from analysis.cost_product import Product
from analysis.cost_uncertainty import Bar, tornado
from analysis.factors import Factor, factors
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


@dataclass(frozen=True)
class WorldAssumption:
    """One parameter of the world. `swing` is in pounds, from one end of its range to the other.

    `factor` has the ends, of a distribution of days as factors of all days; None where it cannot be varied.
    Where it is None, `impact` says why: the parameter is not run at both ends, has no range, or has no
    part in any run.
    """

    parameter: Parameter
    factor: Factor | None
    swing: float | None
    impact: str

    def row(self) -> dict[str, object]:
        """The entry by the names of `COLUMNS`."""
        return _world_row(self.parameter) | {
            "impact": self.impact,
            "swing_gbp": "" if self.swing is None else round(abs(self.swing)),
        }


NOT_RUN: Final = "not run"
NO_RANGE: Final = "no range"
NO_PART: Final = "in no run"


def world_log(item: Product, parameters: Parameters, swings: Mapping[str, float]) -> list[WorldAssumption]:
    """Every parameter of the world, the one that moves the social cost most first, then those not known.

    `swings` are those that stored runs tell, see `analysis.world_swings`.
    """
    total = max(abs(float(item.cost({}).mean())), 1.0)
    varied = {factor.id: factor for factor in factors([parameters])}
    found = []
    for name, one in parameters.items():
        swing = swings.get(name)
        if swing is not None:
            impact = _impact(abs(swing) / total)
        elif name in varied:
            impact = NOT_RUN
        else:
            impact = NO_PART if one.affects == "costs" else NO_RANGE
        found.append(WorldAssumption(one, varied.get(name), swing, impact))
    return sorted(found, key=lambda entry: (entry.swing is None, -abs(entry.swing or 0.0)))


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
        "owner": found.changed_by or OURS,
        "dated": found.dated,
    }


def _assumption(case: CostCase, key: str, swing: float, total: float) -> Assumption:
    return Assumption(case.figures[key], swing, _impact(swing / total))


def _impact(share: float) -> str:
    return "red" if share >= CORE else "amber" if share >= RELEVANT else "green"
