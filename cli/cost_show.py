"""`naas cost SCENARIO ...`: an appraisal to read, or costs split one way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cli.cost_options import CostOptions
from cli.costing import Costed, case_of, costed
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json
from reports.money import millions

if TYPE_CHECKING:
    from analysis.appraisal import Burden, Spread
    from analysis.cost_uncertainty import Bar
    from analysis.costs import Bill, Pence
    from reports.page import Table

_BARS: Final = 6
_NOTHING: Final = "No replication was finished by every scenario; there is nothing to show."


_SPLIT_MEANS: Final = {
    "payer": "By payer is what each bears in the end, after transfers; who pays, below, is what each pays "
    "out before it gets anything back.",
    "council": "Of councils it is what they spend, before anything that the department pays back.",
    "region": "Of regions it is what is spent in each, whoever pays; transfers are left out.",
}


def show(asked: CostOptions, names: Sequence[str], by: str | None) -> int:
    """Run the scenarios, or read them from the store, and write what they cost."""
    from analysis.costs import reckon

    case, settings = case_of(asked)
    found = costed(names, asked, case, settings)
    if not found.runs:
        write(_NOTHING)
        return found.code
    bills = [reckon(run, case, asked.view) for run in found.runs]
    if asked.form is Format.json:
        write_json(_document(found, bills))
    elif asked.form is Format.csv:
        write_csv(_rows(bills, by or "line"), _CSV)
    else:
        lines = _split(found, bills, by) if by else _appraisal(found, bills)
        for line in lines:
            write(line)
    return found.code


def _appraisal(found: Costed, bills: list[Bill]) -> list[str]:
    from analysis.appraisal import option, step
    from analysis.cost_product import product
    from analysis.cost_uncertainty import further, odds_cheaper, ranges, tornado
    from reports import cost_tables as told

    products = [product(run, found.case, found.view, found.rate) for run in found.runs]
    seed = found.arms[0].inputs.seed
    spans = ranges(products, seed)
    options = [option(bill, found.rate) for bill in bills]
    lines = [paragraph(line) for line in found.head()]
    lines += ["", *_block(told.glance(options, spans, found.rate, found.view))]
    lines.append(paragraph(told.TWO_COSTS.format(year=bills[0].years[0], prices=found.case.price_year)))
    for table in (
        told.payers(bills),
        told.bearers(options, found.view),
    ):
        lines += ["", *_block(table)]
    if len(bills) > 1:
        lines.append("")
    for bill, item in zip(bills[1:], products[1:], strict=True):
        odds = odds_cheaper(item, products[0], seed)
        more = further(item, products[0], seed)
        lines.append(paragraph(told.stepped(step(bill, bills[0], found.rate), more, odds)))
    lines += ["", *_block(told.by_line(bills))]
    for bill in bills:
        lines += ["", *_block(told.new_burdens(bill))]
    lines.append(paragraph(told.SET_UP))
    other = products[0] if len(products) > 1 else None
    what = f"{bills[-1].run.name} less {bills[0].run.name}" if other else bills[0].run.name
    lines += ["", *_bars(tornado(products[-1], other), what, found)]
    for said in ([*map(told.delivered, bills)], [told.worth(options)], [told.not_priced(bills)]):
        known = [paragraph(words) for words in said if words]
        lines += ["", *known] if known else []
    return lines


def _bars(bars: list[Bar], what: str, found: Costed) -> list[str]:
    from reports.cost_tables import ends, planned_days

    lines = [emphasis(f"What moves the present value of {what} most, £ million", "strong")]
    rows = []
    for bar in bars[:_BARS]:
        figure = found.case.figures[bar.key]
        moved = f"{millions(bar.at_low)} to {millions(bar.at_high)}"
        rows.append((f"  {figure.label}", ends(bar, found.case), moved, figure.rating))
    if not rows:
        return [*lines, "  nothing: no cost depends on a figure with a range"]
    shown = columns(rows)
    if any(len(line) > width() for line in shown):
        shown = [part for row in rows for part in (row[0], f"      {row[1]}: {row[2]} ({row[3]})")]
    note = planned_days([bar.key for bar in bars[:_BARS]])
    return [*lines, *shown, *([paragraph(note)] if note else [])]


def _split(found: Costed, bills: list[Bill], by: str) -> list[str]:
    from reports.cost_tables import payers, split_by, to_the_penny

    lines = [*(paragraph(line) for line in found.head()), "", *_block(split_by(bills, by))]
    lines += [paragraph(_SPLIT_MEANS[by])] if by in _SPLIT_MEANS else []
    return (
        [*lines, "", *_block(payers(bills)), "", paragraph(to_the_penny(bills))] if by == "payer" else lines
    )


def _block(found: Table) -> list[str]:
    """A table under its title, or its columns one below the other where there is no room."""
    names = [column.label for column in found.columns]
    table = [names, *([cell.text for cell in row] for row in found.rows)]
    shown = columns(table, right=tuple(range(1, len(names))))
    if any(len(line) > width() for line in shown):
        shown = []
        for index, name in enumerate(names[1:], start=1):
            shown += [
                f"  {name}",
                *(f"  {line}" for line in columns([[row[0], row[index]] for row in table[1:]], (1,))),
            ]
    return [emphasis(paragraph(found.title), "strong"), *shown]


_CSV: Final = ("scenario", "by", "category", "label", "valuation", "unit", "mean", "p10", "p50", "p90")


def _rows(bills: list[Bill], by: str) -> list[dict[str, object]]:
    from analysis.appraisal import spread
    from analysis.cost_summary import split

    rows: list[dict[str, object]] = []
    for bill in bills:
        labels = {line.key: line.label for line in bill.lines}
        for key, amounts in split(bill, by).items():
            place = {"scenario": bill.run.name, "by": by, "category": key, "label": labels.get(key, key)}
            place["valuation"] = bill.view.valuation
            rows.append(
                {**place, "unit": f"gbp, prices of {bill.case.price_year}", **_plain(spread(amounts / 100))}
            )
    return rows


def _plain(found: Spread) -> dict[str, object]:
    return {"mean": found.mean, "p10": found.p10, "p50": found.p50, "p90": found.p90}


def _document(found: Costed, bills: list[Bill]) -> dict[str, object]:
    from analysis.appraisal import burdens, option, spread, step
    from analysis.cost_product import product
    from analysis.cost_summary import SPLITS, delivery, restricted_years, split, unpriced
    from analysis.cost_uncertainty import odds_cheaper, ranges, tornado
    from analysis.cost_worth import break_even

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
                "spent": {payer: _plain(spent) for payer, spent in item.spent.items()},
                "borne": {payer: _plain(borne) for payer, borne in item.borne.items()},
                "paid_undiscounted": _flows(bill.paid()),
                "received_undiscounted": _flows(bill.received()),
                "break_even_benefit": break_even(item),
                "restricted_working_years": restricted_years(bill),
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
    seed = found.arms[0].inputs.seed
    odds = [odds_cheaper(item, products[0], seed) for item in products[1:]]
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
                "cheaper_prices_drawn": drawn,
                "plane": [{"accredited": more, "cost": cost} for more, cost in item.points],
            }
            for item, drawn in zip(steps, odds, strict=True)
        ],
        "tornado": [
            {"figure": b.key, "low": b.low, "high": b.high, "at_low": b.at_low, "at_high": b.at_high}
            for b in bars
        ],
    }


def _flows(pence: Pence) -> dict[str, object]:
    from analysis.appraisal import spread
    from analysis.costs import PAYERS

    return {
        payer: _plain(spread(amounts.sum(axis=1) / 100)) for payer, amounts in zip(PAYERS, pence, strict=True)
    }


def _burden(row: Burden) -> dict[str, object]:
    parts = {"set_up": row.set_up, "recurring": row.recurring, "funded": row.funded, "net": row.net}
    return {"year": row.year, **{name: _plain(part) for name, part in parts.items()}}
