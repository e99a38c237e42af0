"""A published amount beside what the department bears, as a table and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.cost_lines import VALUATIONS
from analysis.published_money import BY
from reports.money import millions, pounds
from reports.money_cells import MILLION, money
from reports.page import Cell, Column, Table

if TYPE_CHECKING:
    from analysis.costs import Bill
    from analysis.published_money import Borne, Published


def beside(bill: Bill, borne: Borne, label: str, budget: float) -> Table:
    """The amount, what the department bears by year and in all, and what of it goes where."""
    first, last = bill.years[0], bill.years[-1]
    rows = [(label, money(budget))]
    rows.append((f"The department bears, {first} to {last}", money(borne.in_all)))
    rows += [(f"  in {year}", money(amount)) for year, amount in borne.years.items()]
    if last > BY:
        rows.append((f"  to the end of {BY}", money(borne.by_target)))
    rows += [
        ("  spent on the scheme itself", money(borne.own)),
        ("  paid to employers", money(borne.passed_on)),
    ]
    if borne.charged.mean:
        rows.append(("  less charged to employers", money(borne.charged)))
    rows.append(("Everybody together (social cost)", money(borne.social)))
    valuation = VALUATIONS[bill.view.valuation].partition(":")[0]
    return Table(
        id="budget",
        title=f"{bill.run.name} and the budget, £ million, {valuation}, not discounted, "
        "[10th to 90th percentile]",
        columns=(
            Column(id="what", label="", number=False),
            Column(id="amount", label=bill.run.name, unit=MILLION),
        ),
        rows=tuple((Cell(text=text, value=text), cell) for text, cell in rows),
    )


def held(bill: Bill, borne: Borne, budget: float) -> str:
    """By how much the department would be over the amount, or under it."""
    gap = borne.in_all.mean - budget
    side = "more" if gap > 0 else "less"
    return (
        f"Under {bill.run.name} the department bears £{millions(abs(gap))} million {side} than "
        f"{pounds(budget)}, in prices of {bill.case.price_year}."
    )


def origin(found: Published) -> str:
    """What a published amount covered, and where it is from."""
    return f"{pounds(found.gbp)} ({found.label}): {found.covers}. {found.source} ({found.rating})."
