"""Two cost cases against each other: what differs, whose figure it is, and what each does to the total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.appraisal import RATE, Spread, spread
from analysis.cost_case import CostCase
from analysis.cost_drivers import Run
from analysis.cost_lines import Figure
from analysis.cost_product import product
from analysis.costs import View


@dataclass(frozen=True)
class Challenge:
    """One figure on which two cases differ, and the pounds by which it alone moves the social cost.

    `moved` counts from the case that is challenged with this one figure changed, replication by replication.
    """

    key: str
    mine: Figure
    theirs: Figure
    moved: Spread


@dataclass(frozen=True)
class Challenged:
    """All differences, the totals of both cases in pounds of present value, and what the figures do together.

    `change` is the difference of the totals, replication by replication, and `together` that less what the
    figures do one by one. Ranges hold chance alone: both cases have every price at its likeliest.
    """

    total: Spread
    against: Spread
    change: Spread
    rows: tuple[Challenge, ...]
    together: Spread


def challenge(run: Run, mine: CostCase, theirs: CostCase, view: View, rate: float = RATE) -> Challenged:
    """What each of `mine` that differs from `theirs` does to the social cost of a run, largest first.

    Both totals are in prices of `theirs`.
    """
    same_prices = CostCase(mine.name, mine.title, theirs.price_year, mine.figures, mine.lines)

    def total(case: CostCase) -> NDArray[np.float64]:
        return np.asarray(product(run, case, view, rate).cost({})[0])

    against, whole = total(theirs), total(same_prices)
    others = differing(mine, theirs)
    moved = {key: total(theirs.changed({key: figure})) - against for key, figure in others.items()}
    rows = [Challenge(key, mine.figures[key], theirs.figures[key], spread(moved[key])) for key in others]
    rows.sort(key=lambda row: (-abs(row.moved.mean), row.key))
    together = whole - against - sum(moved.values(), np.zeros_like(against))
    return Challenged(spread(whole), spread(against), spread(whole - against), tuple(rows), spread(together))


def differing(mine: CostCase, theirs: CostCase) -> Mapping[str, Figure]:
    """The figures of `mine` whose numbers, prices or evidence are not those of `theirs`."""
    return {
        key: figure for key, figure in mine.figures.items() if _said(figure) != _said(theirs.figures[key])
    }


def _said(figure: Figure) -> tuple[object, ...]:
    return figure.low, figure.mode, figure.high, figure.price_year, figure.source, figure.assumption
