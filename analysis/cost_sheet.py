"""Each line of a bill as the sum it is: how much, times what, paid by whom, on what evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.appraisal import Spread, spread
from analysis.cost_drivers import Drivers, drivers
from analysis.cost_lines import DRIVERS, VALUATIONS, Figure, Line
from analysis.costs import Bill

PAID_BY: Final = {
    "department": "the department",
    "employer": "councils and other employers",
    "individual": "individuals",
}
COLUMNS: Final = (
    "line",
    "label",
    "counted",
    "quantity",
    "quantity_of",
    "low",
    "value",
    "high",
    "unit",
    "price_year",
    "times",
    "gbp_each",
    "mean_gbp",
    "p10_gbp",
    "p50_gbp",
    "p90_gbp",
    "payer",
    "paid_to",
    "behaviour",
    "timing",
    "kind",
    "evidence",
    "quality",
    "dated",
    "owner",
)


@dataclass(frozen=True)
class SheetRow:
    """One line over the whole run, not discounted, in the prices of the case.

    `quantity` is of `driven_by`, or pounds of other lines for a line that is a share of them; `times` are the
    other figures that it is multiplied by, and `each` what one of the quantity costs, NaN if there is none.
    `figure` is the line's own; `apart` says why the line does not count here, if it does not.
    """

    line: Line
    figure: Figure
    quantity: Spread
    driven_by: str
    times: tuple[str, ...]
    each: float
    amount: Spread
    apart: str

    def row(self) -> dict[str, object]:
        """The line by the names of `COLUMNS`."""
        figure, line = self.figure, self.line
        return {
            "line": line.key,
            "label": line.label,
            "counted": self.apart or "counted",
            "quantity": self.quantity.mean,
            "quantity_of": self.driven_by,
            "low": figure.low,
            "value": figure.mode,
            "high": figure.high,
            "unit": figure.unit,
            "price_year": figure.price_year or "",
            "times": " x ".join(self.times),
            "gbp_each": None if np.isnan(self.each) else self.each,
            "mean_gbp": self.amount.mean,
            "p10_gbp": self.amount.p10,
            "p50_gbp": self.amount.p50,
            "p90_gbp": self.amount.p90,
            "payer": line.payer,
            "paid_to": line.paid_to,
            "behaviour": line.behaviour,
            "timing": line.timing,
            "kind": "source" if figure.source else "assumption",
            "evidence": figure.source or figure.assumption,
            "quality": figure.rating,
            "dated": figure.dated,
            "owner": figure.owner,
        }


def sheet(bill: Bill) -> list[SheetRow]:
    """Every line of the case in its order, those that do not count here too."""
    found = drivers(bill.run, bill.case, bill.view.mode)
    counted = {line.key for line in bill.lines}
    amounts = {line.key: bill.line(line.key).sum(axis=1) / 100 for line in bill.case.lines}
    return [_row(bill, line, found, amounts, line.key in counted) for line in bill.case.lines]


def _row(
    bill: Bill, line: Line, found: Drivers, amounts: Mapping[str, np.ndarray], counted: bool
) -> SheetRow:
    if line.share_of:
        quantity = sum((amounts[key] for key in line.share_of), np.zeros(bill.run.replications))
        driven_by = f"pounds of {', '.join(line.share_of)}"
    else:
        terms = line.terms(bill.view.valuation)
        quantity = sum(
            (found.over_england(term.driver).sum(axis=1) for term in terms), np.zeros(bill.run.replications)
        )
        driven_by = DRIVERS[line.driver]
    amount = amounts[line.key]
    total = float(quantity.mean())
    each = float(amount.mean()) / total if total > 0 and counted else np.nan
    return SheetRow(
        line,
        bill.case.figures[line.key],
        spread(np.asarray(quantity)),
        driven_by,
        _times(line, bill),
        each,
        spread(amount),
        "" if counted else _apart(line, bill),
    )


def _times(line: Line, bill: Bill) -> tuple[str, ...]:
    """The other figures of the line's products, each once; where they go by grade or place, all of them."""
    keys = (key for term in line.terms(bill.view.valuation) for key in term.figures if key != line.key)
    return tuple(dict.fromkeys(keys))


def _apart(line: Line, bill: Bill) -> str:
    """Why a line of the case is not in a bill."""
    if line.mode and line.mode != bill.view.mode:
        return f"not counted: only with --mode {line.mode}"
    if not line.counts(bill.view.valuation, bill.view.mode):
        shown = [name for name in VALUATIONS if line.counts(name, line.mode or bill.view.mode)]
        return f"not counted: only with --valuation {' or '.join(shown)}"
    return f"not counted: only with --grants {line.grants}"
