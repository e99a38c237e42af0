"""What scenarios cost, as tables and sentences that the command line prints and a screen shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import isnan
from typing import TYPE_CHECKING, Final

from analysis.appraisal import BURDEN_YEARS, burdens, spread
from analysis.cost_case import CostCase
from analysis.cost_lines import GRANTS, MODES, VALUATIONS
from analysis.cost_payers import changed_payers
from analysis.cost_sheet import PAID_BY
from analysis.cost_summary import delivery, restricted_years, split, unpriced
from analysis.cost_worth import CLAIMED, break_even
from analysis.costs import PAYERS
from reports.money import in_millions, millions, number, pounds, quantity, whole
from reports.money_cells import MILLION, POUND, column, money, scaled
from reports.page import Bar as Shown
from reports.page import Cell, Column, Table, TornadoChart
from reports.population import horizon, population
from rules.levers import SPECS

if TYPE_CHECKING:
    from analysis.appraisal import Option, Spread, Step
    from analysis.cost_drivers import Run
    from analysis.cost_uncertainty import Bar, Further, Range
    from analysis.costs import Bill, Pence, View
    from scenarios.experiment import Arm

Row = tuple[str, Sequence[Cell]]

SHARE: Final = "funding.dfe_share"
"""The lever that says what part of everything the department pays."""

PREPARATION: Final = "release.preparation"
PLANNED: Final = "support.preparation_days"
"""The price of a day planned for preparing, and the lever that says how many are planned."""

CHARGED: Final = "employers are charged for everything, what the department spends included"

SHORT: Final = {"cash": "cash", "pay": "pay and on-costs", "full": "full unit cost"}
"""How time is valued, short enough for the title of a table."""


def head(
    arm: Arm,
    used: int,
    runs: Sequence[Run],
    case: CostCase,
    view: View,
    settings: Sequence[str] = (),
    writes_share: Collection[str] = (),
) -> list[str]:
    """Who and when, in which money, how it is valued, and whose figures these are where they are not ours.

    `writes_share` names the scenarios whose file gives the department's share itself.
    """
    noun = "replications" if used != 1 else "replication"
    ran = f"{population(arm)} · {horizon(arm)} · {used} {noun}, seed {arm.inputs.seed}"
    lines = [
        f"{ran} · more than without a scheme, in prices of {case.price_year}",
        f"Valued in {VALUATIONS[view.valuation]}. Priced as {MODES[view.mode]}. "
        f"Funding: {funding(runs, view, settings, writes_share)}.",
    ]
    if case.name != CostCase.default().name:
        lines.append(f"Cost case: {case.title}.")
    if settings:
        lines.append(f"Set: {'; '.join(settings)}.{_fixed(settings, case)}{_beyond(settings, case)}")
    if changed := payers_changed(case):
        lines.append(changed)
    if arm.inputs.workforce_file is not None:
        lines.append(
            "On a staff list, only what these people cause: but what the programme costs however few take "
            "part (development, running, centres) is England's, whole. Read the lines of the council."
        )
    if any(run.scale != 1 for run in runs):
        lines.append(
            "Quantities are grossed up from the scale to the whole workforce; counts of councils are as run."
        )
    return lines


def funding(
    runs: Sequence[Run], view: View, settings: Sequence[str] = (), writes_share: Collection[str] = ()
) -> str:
    """Who pays employers how much, and who says so: of the scenarios, or as the question says."""
    if view.grants != "lever":
        return GRANTS[view.grants]
    shares = {run.name: run.department_share for run in runs}
    told = {run.name: _whence(run, settings, writes_share) for run in runs}
    if len(set(zip(shares.values(), told.values(), strict=True))) == 1:
        share, whence = runs[0].department_share, told[runs[0].name]
        if not share:
            return f"the department pays 0% of everything: {CHARGED} ({SHARE}, {whence})"
        return f"the department pays {share:.0%} of everything, employers the rest ({SHARE}, {whence})"
    alike = f", {told[runs[0].name]}" if len(set(told.values())) == 1 else ""
    words = {name: "" if alike else f" ({whence})" for name, whence in told.items()}
    each = ", ".join(f"{name} {share:.0%}{words[name]}" for name, share in shares.items())
    charged = "" if all(shares.values()) else f"; at 0% {CHARGED}"
    return f"the department pays a share of everything, employers the rest ({SHARE}{alike}): {each}{charged}"


def _fixed(settings: Sequence[str], case: CostCase) -> str:
    """What one number does to the range of a figure; nothing where each was set with a range, or none was."""
    keys = [text.partition("=")[0].strip() for text in settings]
    fixed = [key for key in keys if key in case.figures and case.figures[key].low == case.figures[key].high]
    if not fixed:
        return ""
    return f" Fixed, and not drawn from a range: {', '.join(fixed)} (with a range: KEY=min,mode,max)."


def _beyond(settings: Sequence[str], case: CostCase) -> str:
    """Which figures were set outside the range that they have in the default case; nothing where none was."""
    default = CostCase.default().figures
    keys = [key for text in settings if (key := text.partition("=")[0].strip()) in default]
    said = [
        f"{key} ({number(default[key].low)} to {number(default[key].high)})"
        for key in keys
        if not default[key].low <= case.figures[key].mode <= default[key].high
    ]
    return f" Warning, outside the range of the default cost case: {', '.join(said)}." if said else ""


def _whence(run: Run, settings: Sequence[str], writes_share: Collection[str]) -> str:
    """Who says what share the department pays: a person, the scenario, or nobody."""
    if any(text.partition("=")[0].strip() == SHARE for text in settings):
        return "as set here"
    if run.name in writes_share or run.department_share != SPECS[SHARE].default:
        return "as the scenario sets it"
    return "which is assumed"


def glance(options: Sequence[Option], spans: Sequence[Range], rate: float, view: View) -> Table:
    """Totals, what they buy, and each accredited worker's part; chance alone, then prices drawn as well."""
    at = f"{rate:.2%}".replace(".50%", ".5%").replace(".00%", "%")
    title = f"£ million, {SHORT[view.valuation]}, mean [10th to 90th percentile]; present value at {at}"
    rows: list[Row] = [
        ("Social cost, likeliest prices", [money(item.present_value) for item in options]),
        ("  not discounted", [money(item.undiscounted) for item in options]),
        ("    before optimism bias", [money(item.before_optimism) for item in options]),
        ("  for each accredited worker, £", [money(item.per_accredited, POUND) for item in options]),
        ("Social cost, prices drawn", [money(span.cost) for span in spans]),
        ("  its median", [money(span.cost.p50) for span in spans]),
        ("  for each accredited worker, £", [money(span.per_accredited, POUND) for span in spans]),
        ("Accreditations gained", [_people(item.accredited) for item in options]),
    ]
    if len(options) > 1:
        cheapest = [Cell(text=f"{span.cheapest:.0%}", value=span.cheapest, unit="share") for span in spans]
        rows.append(("Cheapest of these, prices drawn", cheapest))
    return by_scenario("glance", title, [item.name for item in options], rows)


def by_scenario(name: str, title: str, names: Sequence[str], rows: Sequence[Row]) -> Table:
    """A label and a figure for each scenario in a row; a column names the unit that its figures share."""
    columns = [Column(id="what", label="", number=False)]
    for place, item in enumerate(names):
        columns.append(column(item, item, [cells[place] for _, cells in rows]))
    lined = tuple((Cell(text=label, value=label), *cells) for label, cells in rows)
    return Table(id=name, title=title, columns=tuple(columns), rows=lined)


TWO_COSTS: Final = (
    "Social cost is what anybody spends, whoever pays whom, in prices of {prices}; but for the two rows not "
    "discounted, a present value of {year}, the first year. It is told twice. With every price at its "
    "likeliest it follows the lines below, which add up to what is not discounted, and its range holds "
    "chance alone. With prices drawn from their ranges it is what the scheme may cost, so quote that one; it "
    "is the higher where prices may rise further than fall."
)
"""What the two figures of the social cost are, below the table that has them; `{year}` is the first year."""


def payers(bills: Sequence[Bill]) -> Table:
    """What each pays out, and what of it only changes hands: the rest is the social cost."""
    rows: list[Row] = []
    for index, payer in enumerate(PAYERS):
        verb = "pays" if payer == "department" else "pay"
        rows.append((f"{payer.capitalize()} {verb}", [_of(bill.paid()[index]) for bill in bills]))
    rows.append(("less transfers between them", [_of(-bill.transfers()) for bill in bills]))
    rows.append(("Social cost", [_of(bill.social()) for bill in bills]))
    title = f"Who pays, £ million, {SHORT[bills[0].view.valuation]}, not discounted, mean"
    return by_scenario("payers", title, [bill.run.name for bill in bills], rows)


def to_the_penny(bills: Sequence[Bill]) -> str:
    """By how much payments less transfers miss the social cost, added up over everything."""
    gaps = (bill.paid().sum(axis=0) - bill.transfers() - bill.social() for bill in bills)
    off = sum(int(abs(gap).sum()) for gap in gaps)
    said = "Payments less transfers less the social cost, over every replication and year"
    return f"{said}: £{off / 100:.2f}."


def bearers(options: Sequence[Option], view: View) -> Table:
    """What each spends before any grant, and what it bears in the end."""
    rows: list[Row] = []
    for payer in options[0].borne:
        name = payer.capitalize()
        rows.append((f"{name}, before any grant", [money(item.spent[payer]) for item in options]))
        rows.append((f"{name}, after transfers", [money(item.borne[payer]) for item in options]))
    title = (
        f"Who spends it, and who bears it after transfers, present value, £ million, {SHORT[view.valuation]}"
    )
    return by_scenario("bearers", title, [item.name for item in options], rows)


AFTER: Final = {
    "per-council": "a grant for each council that joins",
    "per-assessment": "a grant for each first sitting",
}
"""What councils get, by the way of funding, where it is not a share of everything."""


def councils_bear(item: Option, share: float, view: View) -> str:
    """What councils spend before any grant and bear after it, in words, as a part of a sentence."""
    spent, borne = (f"£{millions(amount['councils'].mean)} million" for amount in (item.spent, item.borne))
    if view.grants == "none":
        return f"councils bear {borne}, with no grant"
    after = AFTER.get(view.grants) or f"the department's share of {share:.0%} of everything"
    return f"councils spend {spent} before any grant, and bear {borne} after {after}"


def payers_changed(case: CostCase) -> str:
    """Which lines somebody else pays than in the default case; nothing where none is."""
    default = CostCase.default()
    lines = {line.key: line for line in default.lines}
    said = [
        f"{lines[key].label} by {PAID_BY[payer]} (not {PAID_BY[lines[key].payer]})"
        for key, payer in changed_payers(case, default).items()
    ]
    return f"Paid by others than in the default case: {'; '.join(said)}." if said else ""


def stepped(change: Step, more: Further, odds: float) -> str:
    """What one scenario costs and accredits beyond another, and the odds of its being the cheaper."""
    known = not isnan(change.per_extra)
    each = money(more.per_extra, POUND).text
    extra = f"{each} for each extra accredited worker" if known else "nobody more accredited"
    likeliest = f", and {pounds(change.per_extra)} for each extra accredited worker" if known else ""
    return (
        f"{change.name} less {change.against}, prices drawn: {in_millions(more.cost, signed=True)} £ million "
        f"present value, {whole(change.accredited)} accreditations, {extra}. At the likeliest prices: "
        f"{in_millions(change.cost, signed=True)} £ million{likeliest}. "
        f"Probability that {change.name} is the cheaper: {odds:.0%} with prices drawn, {change.cheaper:.0%} "
        "as prices stand"
    )


def by_line(bills: Sequence[Bill]) -> Table:
    """Every line that is not zero everywhere; mean of the replications, not discounted."""
    lines = {line.key: line for bill in bills for line in bill.lines}
    rows: list[Row] = []
    for key, line in lines.items():
        means = [float(bill.line(key).sum(axis=1).mean()) / 100 for bill in bills]
        if any(round(mean) for mean in means):
            mark = " (transfer)" if line.transfer else ""
            rows.append((f"{line.label}{mark}", [money(mean) for mean in means]))
    totals = [float(bill.social().sum(axis=1).mean()) / 100 for bill in bills]
    rows.append(("Social cost, transfers not counted", [money(total) for total in totals]))
    title = f"By line, £ million, {SHORT[bills[0].view.valuation]}, not discounted, mean"
    return by_scenario("lines", title, [bill.run.name for bill in bills], rows)


SET_UP: Final = (
    f"New burdens are told for the first {BURDEN_YEARS} years, as an assessment of new burdens on local "
    "authorities asks for; the split by year has every year, whoever pays. Set-up is coordination and "
    "governance in the year in which a council joins; nothing published tells more of it apart."
)


def new_burdens(bill: Bill) -> Table:
    """What falls on councils in the first three years."""
    found = burdens(bill)
    rows = [
        ("Set-up", [money(item.set_up) for item in found]),
        ("Recurring", [money(item.recurring) for item in found]),
        ("Paid by the department", [money(item.funded) for item in found]),
        ("Left with councils", [money(item.net) for item in found]),
    ]
    title = f"New burdens on councils, {bill.run.name}, £ million, {SHORT[bill.view.valuation]}, each year"
    return by_scenario(f"burdens {bill.run.name}", title, [str(item.year) for item in found], rows)


def split_by(bills: Sequence[Bill], by: str) -> Table:
    """The social cost split one way, with how far chance moves each part."""
    parts = [split(bill, by) for bill in bills]
    labels = {line.key: line.label for bill in bills for line in bill.lines}
    rows: list[Row] = []
    for key in dict.fromkeys(key for part in parts for key in part):
        amounts = [part.get(key) for part in parts]
        if by == "line" and not any(amount is not None and amount.any() for amount in amounts):
            continue
        cells = [Cell(text="") if amount is None else money(spread(amount / 100)) for amount in amounts]
        rows.append((labels.get(key, key) if by == "line" else key, cells))
    rows.append(("Social cost", [money(spread(bill.social().sum(axis=1) / 100)) for bill in bills]))
    time = SHORT[bills[0].view.valuation]
    title = f"By {by}, £ million, {time}, not discounted, [10th to 90th percentile]"
    return by_scenario(f"by {by}", title, [bill.run.name for bill in bills], rows)


def what_moves(bars: Sequence[Bar], case: CostCase, what: str, centre: float) -> TornadoChart:
    """How far each figure moves a present value; `centre` is that value as things stand, in pounds."""
    shown = []
    for bar in bars:
        figure = case.figures[bar.key]
        shown.append(
            Shown(
                name=f"{figure.label}, {ends(bar, case)}",
                low=scaled(bar.at_low),
                high=scaled(bar.at_high),
                low_text=millions(bar.at_low),
                high_text=millions(bar.at_high),
                rating=figure.rating,
                key=bar.key,
            )
        )
    return TornadoChart(
        id="tornado",
        title=f"What moves the present value of {what} most",
        unit=MILLION,
        centre=scaled(centre),
        centre_text=millions(centre),
        bars=tuple(shown),
    )


def ends(bar: Bar, case: CostCase) -> str:
    """The range of a figure, its unit said once: 0.333 to 2.67 days per planned day."""
    unit = case.figures[bar.key].unit
    bare = "gbp" if unit.startswith("gbp") else "count"
    return f"{quantity(bar.low, bare)} to {quantity(bar.high, unit)}"


def planned_days(keys: Collection[str]) -> str:
    """What the price of preparation is a price of, where it is among the figures shown; nothing where not."""
    if PREPARATION not in keys:
        return ""
    return (
        f"{PREPARATION} is days for each day that the plan gives (lever {PLANNED}), not days for each worker."
    )


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


def worth(options: Sequence[Option]) -> str:
    """What benefits would have to be, since none is counted; nothing where nobody is accredited."""
    each = [(item.name, break_even(item)) for item in options]
    needed = ", ".join(f"{pounds(value)} ({name})" for name, value in each if not isnan(value))
    if not needed:
        return ""
    return (
        f"No benefit is counted. To pay for itself, each accreditation would have to be worth {needed}. What "
        f"if: an evaluation claimed £{CLAIMED[0]} to £{CLAIMED[1]} saved for each pound spent (Kantar, 2020, "
        "“indicative early findings” of the first councils). That would outweigh any cost here, and rests on "
        "too little to be in a total."
    )


def not_priced(bills: Sequence[Bill]) -> str:
    """What no line prices, and what the ranges do not hold."""
    days = ", ".join(f"{bill.run.name} {unpriced(bill):,.0f}" for bill in bills)
    years = ", ".join(f"{bill.run.name} {restricted_years(bill):,.0f}" for bill in bills)
    return (
        f"Not priced: working days of posts in scope that nobody covers ({days}), higher caseloads, and the "
        f"earnings of those who leave or spend working years without their functions ({years}). Ranges hold "
        "chance, and prices where it says so; not what the world itself leaves unknown (naas sensitivity)."
    )


def _gap(amount: float) -> str:
    """What the contract has beyond its parts, or lacks."""
    if amount >= 0:
        return f"the £{millions(amount)} million between them is management, content, technology and profit"
    return f"the contract is £{millions(-amount)} million short of its parts, for seats that nobody fills"


def _people(found: Spread) -> Cell:
    return Cell(text=whole(found), value=found.mean, unit="people")


def _of(pence: Pence) -> Cell:
    return money(float(pence.sum(axis=-1).mean()) / 100)
