"""`naas cost SCENARIO ...`: an appraisal to read, or costs split one way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cli.costing import Asked, Costed, case_of, costed
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json
from reports.money import in_millions, in_pounds, millions, pounds, whole

if TYPE_CHECKING:
    from analysis.appraisal import Burden, Option, Spread
    from analysis.cost_uncertainty import Bar, Range
    from analysis.costs import Bill

_BARS: Final = 6
_NOTHING: Final = "No replication was finished by every scenario; there is nothing to show."


def show(asked: Asked, names: Sequence[str], by: str | None, form: Format) -> int:
    """Run the scenarios, or read them from the store, and write what they cost."""
    from analysis.costs import reckon

    case, settings = case_of(asked)
    found = costed(names, asked, case, settings)
    if not found.runs:
        write(_NOTHING)
        return found.code
    bills = [reckon(run, case, asked.view) for run in found.runs]
    if form is Format.json:
        write_json(_document(found, bills))
    elif form is Format.csv:
        write_csv(_rows(bills, by or "line"), _CSV)
    else:
        lines = _split(found, bills, by) if by else _appraisal(found, bills)
        for line in lines:
            write(line)
    return found.code


def _appraisal(found: Costed, bills: list[Bill]) -> list[str]:
    from analysis.appraisal import option
    from analysis.cost_product import product
    from analysis.cost_uncertainty import ranges, tornado

    products = [product(run, found.case, found.view, found.rate) for run in found.runs]
    seed = found.arms[0].inputs.seed
    spans = ranges(products, seed)
    options = [option(bill, found.rate) for bill in bills]
    lines = [paragraph(line) for line in found.head()]
    lines += ["", *_glance(options, spans, found.rate), "", *_bearers(options)]
    if len(bills) > 1:
        lines += ["", *_steps(found, bills)]
    lines += ["", *_by_line(bills)]
    for bill in bills:
        lines += ["", *_burdens(bill)]
    other = products[0] if len(products) > 1 else None
    what = f"{bills[-1].run.name} less {bills[0].run.name}" if other else bills[0].run.name
    lines += ["", *_bars(tornado(products[-1], other), what, found)]
    lines += ["", *_delivered(bills), "", *_limits(bills)]
    return lines


def _glance(options: list[Option], spans: list[Range], rate: float) -> list[str]:
    title = f"£ million, [10th to 90th percentile]; present value at {rate:.2%}".replace(".50%", ".5%")
    rows: list[tuple[str, list[str]]] = [
        ("Social cost, present value", [in_millions(item.present_value) for item in options]),
        ("  with prices drawn from their ranges", [in_millions(span.cost) for span in spans]),
        ("Social cost, not discounted", [in_millions(item.undiscounted) for item in options]),
        ("  before optimism bias", [in_millions(item.before_optimism) for item in options]),
        ("Accreditations gained", [whole(item.accredited) for item in options]),
        ("Cost for each accredited worker, £", [in_pounds(item.per_accredited) for item in options]),
        ("  with prices drawn from their ranges", [in_pounds(span.per_accredited) for span in spans]),
    ]
    if len(options) > 1:
        rows.append(("Cheapest of these, prices drawn", [f"{span.cheapest:.0%}" for span in spans]))
    return _block(title, [item.name for item in options], rows)


def _bearers(options: list[Option]) -> list[str]:
    rows = [
        (payer.capitalize(), [in_millions(item.borne[payer]) for item in options])
        for payer in options[0].borne
    ]
    return _block(
        "Who bears it after grants, present value, £ million", [item.name for item in options], rows
    )


def _steps(found: Costed, bills: list[Bill]) -> list[str]:
    from analysis.appraisal import step

    lines = []
    for bill in bills[1:]:
        change = step(bill, bills[0], found.rate)
        extra = (
            f"{pounds(change.per_extra)} for each" if change.per_extra == change.per_extra else "none more"
        )
        said = (
            f"{change.name} less {change.against}: {in_millions(change.cost, signed=True)} £ million present "
            f"value, {whole(change.accredited)} accreditations, {extra} extra accredited worker; cheaper in "
            f"{change.cheaper:.0%} of replications"
        )
        lines.append(paragraph(said))
    return lines


def _by_line(bills: list[Bill]) -> list[str]:
    """Every line that is not zero everywhere; mean of the replications, not discounted."""
    keys = list(dict.fromkeys(line.key for bill in bills for line in bill.lines))
    labels = {line.key: line for bill in bills for line in bill.lines}
    rows = []
    for key in keys:
        means = [float(bill.line(key).sum(axis=1).mean()) / 100 for bill in bills]
        if any(round(mean) for mean in means):
            mark = " (transfer)" if labels[key].transfer else ""
            rows.append((f"{labels[key].label}{mark}", [millions(mean) for mean in means]))
    totals = [float(bill.social().sum(axis=1).mean()) / 100 for bill in bills]
    rows.append(("Social cost, transfers not counted", [millions(total) for total in totals]))
    names = [bill.run.name for bill in bills]
    return _block("By line, £ million, not discounted", names, rows)


def _burdens(bill: Bill) -> list[str]:
    from analysis.appraisal import burdens

    found = burdens(bill)
    rows = [
        ("Set-up", [millions(item.set_up.mean) for item in found]),
        ("Recurring", [millions(item.recurring.mean) for item in found]),
        ("Paid by the department", [millions(item.funded.mean) for item in found]),
        ("Left with councils", [millions(item.net.mean) for item in found]),
    ]
    title = f"New burdens on councils, {bill.run.name}, £ million"
    return _block(title, [str(item.year) for item in found], rows)


def _bars(bars: list[Bar], what: str, found: Costed) -> list[str]:
    from reports.money import quantity

    lines = [emphasis(f"What moves the present value of {what} most, £ million", "strong")]
    rows = []
    for bar in bars[:_BARS]:
        figure = found.case.figures[bar.key]
        ends = f"{quantity(bar.low, figure.unit)} to {quantity(bar.high, figure.unit)}"
        moved = f"{millions(bar.at_low)} to {millions(bar.at_high)}"
        rows.append((f"  {figure.label}", ends, moved, figure.rating))
    if not rows:
        return [*lines, "  nothing: no cost depends on a figure with a range"]
    shown = columns(rows)
    if any(len(line) > width() for line in shown):
        shown = [part for row in rows for part in (row[0], f"      {row[1]}: {row[2]} ({row[3]})")]
    return [*lines, *shown]


def _delivered(bills: list[Bill]) -> list[str]:
    from analysis.cost_summary import delivery

    lines = []
    for bill in bills:
        found = delivery(bill)
        (contract, each), (built, part) = found["contract"], found["bottom-up"]
        if contract:
            said = (
                f"Delivery of {bill.run.name}: £{millions(contract)} million by contract ({pounds(each)} an "
                f"attempt), £{millions(built)} million built up from venues, actors and assessors "
                f"({pounds(part)}); {_gap(contract - built)}"
            )
            lines.append(paragraph(said))
    return lines


def _gap(pounds: float) -> str:
    """What the contract has beyond its parts, or lacks."""
    if pounds >= 0:
        return f"the £{millions(pounds)} million between them is management, content, technology and profit"
    return f"the contract is £{millions(-pounds)} million short of its parts, for seats that nobody fills"


def _limits(bills: list[Bill]) -> list[str]:
    from analysis.cost_summary import unpriced

    days = ", ".join(f"{bill.run.name} {unpriced(bill):,.0f}" for bill in bills)
    said = (
        f"Not priced: working days of posts in scope that nobody covers ({days}), higher caseloads, the "
        "earnings of those who leave, and every benefit. Ranges hold chance, and prices where it says so; "
        "not what the world itself leaves unknown (naas sensitivity)."
    )
    return [paragraph(said)]


def _split(found: Costed, bills: list[Bill], by: str | None) -> list[str]:
    from analysis.appraisal import spread
    from analysis.cost_summary import split

    parts = [split(bill, str(by)) for bill in bills]
    labels = {line.key: line.label for bill in bills for line in bill.lines}
    keys = list(dict.fromkeys(key for part in parts for key in part))
    rows = []
    for key in keys:
        amounts = [part.get(key) for part in parts]
        if by == "line" and not any(amount is not None and amount.any() for amount in amounts):
            continue
        cells = ["" if amount is None else in_millions(spread(amount / 100)) for amount in amounts]
        rows.append((labels.get(key, key) if by == "line" else key, cells))
    rows.append(("Social cost", [in_millions(spread(bill.social().sum(axis=1) / 100)) for bill in bills]))
    title = f"By {by}, £ million, not discounted, [10th to 90th percentile]"
    head = [paragraph(line) for line in found.head()]
    return [*head, "", *_block(title, [bill.run.name for bill in bills], rows)]


def _block(title: str, names: list[str], rows: list[tuple[str, list[str]]]) -> list[str]:
    """A titled table, or its columns one below the other where there is no room."""
    table = [["", *names], *([label, *cells] for label, cells in rows)]
    shown = columns(table, right=tuple(range(1, len(names) + 1)))
    if any(len(line) > width() for line in shown):
        shown = []
        for index, name in enumerate(names, start=1):
            shown += [
                f"  {name}",
                *(f"  {line}" for line in columns([[row[0], row[index]] for row in table[1:]], (1,))),
            ]
    return [emphasis(title, "strong"), *shown]


_CSV: Final = ("scenario", "by", "category", "label", "unit", "mean", "p10", "p50", "p90")


def _rows(bills: list[Bill], by: str) -> list[dict[str, object]]:
    from analysis.appraisal import spread
    from analysis.cost_summary import split

    rows: list[dict[str, object]] = []
    for bill in bills:
        labels = {line.key: line.label for line in bill.lines}
        for key, amounts in split(bill, by).items():
            place = {"scenario": bill.run.name, "by": by, "category": key, "label": labels.get(key, key)}
            rows.append(
                {**place, "unit": f"gbp, prices of {bill.case.price_year}", **_plain(spread(amounts / 100))}
            )
    return rows


def _plain(found: Spread) -> dict[str, object]:
    return {"mean": found.mean, "p10": found.p10, "p50": found.p50, "p90": found.p90}


def _document(found: Costed, bills: list[Bill]) -> dict[str, object]:
    from analysis.appraisal import burdens, option, spread, step
    from analysis.cost_product import product
    from analysis.cost_summary import SPLITS, delivery, split, unpriced
    from analysis.cost_uncertainty import ranges, tornado

    products = [product(run, found.case, found.view, found.rate) for run in found.runs]
    spans = ranges(products, found.arms[0].inputs.seed)
    scenarios = []
    for bill, span in zip(bills, spans, strict=True):
        item = option(bill, found.rate)
        scenarios.append(
            {
                "scenario": item.name,
                "present_value": _plain(item.present_value),
                "present_value_prices_drawn": _plain(span.cost),
                "standard_deviation": {"chance": span.chance, "prices": span.prices},
                "cheapest": span.cheapest,
                "undiscounted": _plain(item.undiscounted),
                "before_optimism": _plain(item.before_optimism),
                "accredited": _plain(item.accredited),
                "per_accredited": _plain(item.per_accredited),
                "borne": {payer: _plain(borne) for payer, borne in item.borne.items()},
                "transfers": _plain(spread(bill.transfers().sum(axis=1) / 100)),
                "by": {
                    by: {key: _plain(spread(amounts / 100)) for key, amounts in split(bill, by).items()}
                    for by in SPLITS
                },
                "new_burdens": [_burden(row) for row in burdens(bill)],
                "delivery": {mode: {"total": t, "each": e} for mode, (t, e) in delivery(bill).items()},
                "uncovered_days": unpriced(bill),
            }
        )
    steps = [step(bill, bills[0], found.rate) for bill in bills[1:]]
    bars = tornado(products[-1], products[0] if len(products) > 1 else None)
    return {
        **found.about(),
        "scenarios": scenarios,
        "differences": [
            {
                "scenario": item.name,
                "against": item.against,
                "cost": _plain(item.cost),
                "accredited": _plain(item.accredited),
                "per_extra_accredited": item.per_extra,
                "cheaper": item.cheaper,
                "plane": [{"accredited": more, "cost": cost} for more, cost in item.points],
            }
            for item in steps
        ],
        "tornado": [
            {"figure": b.key, "low": b.low, "high": b.high, "at_low": b.at_low, "at_high": b.at_high}
            for b in bars
        ],
    }


def _burden(row: Burden) -> dict[str, object]:
    parts = {"set_up": row.set_up, "recurring": row.recurring, "funded": row.funded, "net": row.net}
    return {"year": row.year, **{name: _plain(part) for name, part in parts.items()}}
