"""What scenarios cost, as tables and sentences that the command line prints and a screen shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from analysis.appraisal import burdens, spread
from analysis.cost_case import CostCase
from analysis.cost_lines import MODES, VALUATIONS
from analysis.cost_summary import delivery, split, unpriced
from analysis.costs import GRANTS
from reports.money import in_millions, in_pounds, millions, pounds, quantity, whole
from reports.page import Bar as Shown
from reports.page import Cell, Column, Table, TornadoChart
from reports.population import horizon, population

if TYPE_CHECKING:
    from analysis.appraisal import Option, Spread, Step
    from analysis.cost_drivers import Run
    from analysis.cost_uncertainty import Bar, Range
    from analysis.costs import Bill, View
    from scenarios.experiment import Arm

Row = tuple[str, Sequence[Cell]]


def head(
    arm: Arm, used: int, runs: Sequence[Run], case: CostCase, view: View, settings: Sequence[str] = ()
) -> list[str]:
    """Who and when, in which money, how it is valued, and whose figures these are where they are not ours."""
    ran = f"{population(arm)} · {horizon(arm)} · {used} replications, seed {arm.inputs.seed}"
    lines = [
        f"{ran} · more than without a scheme, in prices of {case.price_year}",
        f"Valued in {VALUATIONS[view.valuation]}. Priced as {MODES[view.mode]}. Funding: {funding(runs, view)}.",
    ]
    if case.name != CostCase.default().name:
        lines.append(f"Cost case: {case.title}.")
    if settings:
        lines.append(f"Set: {'; '.join(settings)}.")
    if any(run.scale != 1 for run in runs):
        lines.append(
            "Quantities are grossed up from the scale to the whole workforce; counts of councils are as run."
        )
    return lines


def funding(runs: Sequence[Run], view: View) -> str:
    """Who pays employers how much: of the scenarios, or as the question says."""
    if view.grants != "lever":
        return GRANTS[view.grants]
    shares = {run.name: run.department_share for run in runs}
    if len(set(shares.values())) == 1:
        [share] = set(shares.values())
        return f"the department pays {share:.0%} of everything, employers the rest (funding.dfe_share)"
    each = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
    return f"the department pays a share of everything, employers the rest (funding.dfe_share): {each}"


def glance(options: Sequence[Option], spans: Sequence[Range], rate: float) -> Table:
    """Totals, what they buy, and each accredited worker's part; chance alone, then prices drawn as well."""
    title = f"£ million, [10th to 90th percentile]; present value at {rate:.2%}".replace(".50%", ".5%")
    rows: list[Row] = [
        ("Social cost, present value", _cells(item.present_value for item in options)),
        ("  with prices drawn from their ranges", _cells(span.cost for span in spans)),
        ("Social cost, not discounted", _cells(item.undiscounted for item in options)),
        ("  before optimism bias", _cells(item.before_optimism for item in options)),
        ("Accreditations gained", _cells((item.accredited for item in options), whole)),
        (
            "Cost for each accredited worker, £",
            _cells((item.per_accredited for item in options), in_pounds),
        ),
        (
            "  with prices drawn from their ranges",
            _cells((span.per_accredited for span in spans), in_pounds),
        ),
    ]
    if len(options) > 1:
        cheapest = [Cell(text=f"{span.cheapest:.0%}", value=span.cheapest) for span in spans]
        rows.append(("Cheapest of these, prices drawn", cheapest))
    return _table("glance", title, [item.name for item in options], rows)


def bearers(options: Sequence[Option]) -> Table:
    """Who bears the cost in the end."""
    rows = [(payer.capitalize(), _cells(item.borne[payer] for item in options)) for payer in options[0].borne]
    title = "Who bears it after grants, present value, £ million"
    return _table("bearers", title, [item.name for item in options], rows)


def stepped(change: Step) -> str:
    """What one scenario costs and accredits beyond another."""
    known = change.per_extra == change.per_extra
    extra = f"{pounds(change.per_extra)} for each" if known else "none more"
    return (
        f"{change.name} less {change.against}: {in_millions(change.cost, signed=True)} £ million present "
        f"value, {whole(change.accredited)} accreditations, {extra} extra accredited worker; cheaper in "
        f"{change.cheaper:.0%} of replications"
    )


def by_line(bills: Sequence[Bill]) -> Table:
    """Every line that is not zero everywhere; mean of the replications, not discounted."""
    lines = {line.key: line for bill in bills for line in bill.lines}
    rows: list[Row] = []
    for key, line in lines.items():
        means = [float(bill.line(key).sum(axis=1).mean()) / 100 for bill in bills]
        if any(round(mean) for mean in means):
            mark = " (transfer)" if line.transfer else ""
            rows.append((f"{line.label}{mark}", [_mean(mean) for mean in means]))
    totals = [float(bill.social().sum(axis=1).mean()) / 100 for bill in bills]
    rows.append(("Social cost, transfers not counted", [_mean(total) for total in totals]))
    title = "By line, £ million, not discounted"
    return _table("lines", title, [bill.run.name for bill in bills], rows)


def new_burdens(bill: Bill) -> Table:
    """What falls on councils in the first three years."""
    found = burdens(bill)
    rows = [
        ("Set-up", [_mean(item.set_up.mean) for item in found]),
        ("Recurring", [_mean(item.recurring.mean) for item in found]),
        ("Paid by the department", [_mean(item.funded.mean) for item in found]),
        ("Left with councils", [_mean(item.net.mean) for item in found]),
    ]
    title = f"New burdens on councils, {bill.run.name}, £ million"
    return _table(f"burdens {bill.run.name}", title, [str(item.year) for item in found], rows)


def split_by(bills: Sequence[Bill], by: str) -> Table:
    """The social cost split one way, with how far chance moves each part."""
    parts = [split(bill, by) for bill in bills]
    labels = {line.key: line.label for bill in bills for line in bill.lines}
    rows: list[Row] = []
    for key in dict.fromkeys(key for part in parts for key in part):
        amounts = [part.get(key) for part in parts]
        if by == "line" and not any(amount is not None and amount.any() for amount in amounts):
            continue
        cells = [Cell(text="") if amount is None else _cell(spread(amount / 100)) for amount in amounts]
        rows.append((labels.get(key, key) if by == "line" else key, cells))
    rows.append(("Social cost", _cells(spread(bill.social().sum(axis=1) / 100) for bill in bills)))
    title = f"By {by}, £ million, not discounted, [10th to 90th percentile]"
    return _table(f"by {by}", title, [bill.run.name for bill in bills], rows)


def what_moves(bars: Sequence[Bar], case: CostCase, what: str, centre: float) -> TornadoChart:
    """How far each figure moves a present value; `centre` is that value as things stand, in pounds."""
    shown = []
    for bar in bars:
        figure = case.figures[bar.key]
        shown.append(
            Shown(
                name=f"{figure.label}, {ends(bar, case)}",
                low=bar.at_low / 1e6,
                high=bar.at_high / 1e6,
                low_text=millions(bar.at_low),
                high_text=millions(bar.at_high),
                rating=figure.rating,
                key=bar.key,
            )
        )
    return TornadoChart(
        id="tornado",
        title=f"What moves the present value of {what} most",
        unit="£ million",
        centre=centre / 1e6,
        centre_text=millions(centre),
        bars=tuple(shown),
    )


def ends(bar: Bar, case: CostCase) -> str:
    """The range of a figure, in its unit."""
    unit = case.figures[bar.key].unit
    return f"{quantity(bar.low, unit)} to {quantity(bar.high, unit)}"


def delivered(bill: Bill) -> str:
    """What delivery costs by contract and built up from its parts; nothing where there is none."""
    found = delivery(bill)
    (contract, each), (built, part) = found["contract"], found["bottom-up"]
    if not contract:
        return ""
    return (
        f"Delivery of {bill.run.name}: £{millions(contract)} million by contract ({pounds(each)} an "
        f"attempt), £{millions(built)} million built up from venues, actors and assessors "
        f"({pounds(part)}); {_gap(contract - built)}"
    )


def not_priced(bills: Sequence[Bill]) -> str:
    """What no line prices, and what the ranges do not hold."""
    days = ", ".join(f"{bill.run.name} {unpriced(bill):,.0f}" for bill in bills)
    return (
        f"Not priced: working days of posts in scope that nobody covers ({days}), higher caseloads, the "
        "earnings of those who leave, and every benefit. Ranges hold chance, and prices where it says so; "
        "not what the world itself leaves unknown (naas sensitivity)."
    )


def _gap(amount: float) -> str:
    """What the contract has beyond its parts, or lacks."""
    if amount >= 0:
        return f"the £{millions(amount)} million between them is management, content, technology and profit"
    return f"the contract is £{millions(-amount)} million short of its parts, for seats that nobody fills"


def _cell(found: Spread, words: Callable[[Spread], str] = in_millions) -> Cell:
    return Cell(text=words(found), value=found.mean)


def _cells(found: Iterable[Spread], words: Callable[[Spread], str] = in_millions) -> list[Cell]:
    return [_cell(item, words) for item in found]


def _mean(amount: float) -> Cell:
    return Cell(text=millions(amount), value=amount)


def _table(name: str, title: str, names: Sequence[str], rows: Sequence[Row]) -> Table:
    columns = (Column(id="what", label="", number=False), *(Column(id=item, label=item) for item in names))
    lined = tuple((Cell(text=label, value=label), *cells) for label, cells in rows)
    return Table(id=name, title=title, columns=columns, rows=lined)
