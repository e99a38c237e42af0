"""The workplace Costs as pages: assumptions to edit, totals, who pays, what moves them, switching values.

Every figure is that of `naas cost` for the same case; nothing is simulated here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from analysis.appraisal import Option, option, step
from analysis.cost_case import CostCase
from analysis.cost_challenge import challenge
from analysis.cost_edits import changed_figures
from analysis.cost_product import Product, product
from analysis.cost_uncertainty import Range, further, odds_cheaper, ranges, tornado
from analysis.costs import Bill, reckon
from analysis.switching import switching, switching_budget
from reports import cost_tables as told
from reports import switching_tables
from reports.money import in_millions, in_pounds, millions
from reports.money_cells import MILLION, POUND, before_and_after, ends, money, scaled
from reports.page import Block, Cell, Next, Page, Part, Prose, Provenance, SplitChart, Table, TornadoChart
from reports.provenance import of_the_replications
from tui.desk.desk import Same
from tui.views.cost_inputs import figures_of, left_out
from tui.views.costing import Costing, Prices, Valued, command, costing, prices, sample_of, typed_case, valued
from tui.views.council import blocks_of
from tui.views.not_run import said_of
from tui.views.other_version import other_version
from tui.views.provenance import provenance
from tui.views.sample import so_far

if TYPE_CHECKING:
    from tui.desk.desk import Desk

MOST_BARS: Final = 14
NOT_RUN: Final = (
    "Not run yet: costs need every scenario and the same world without a scheme.",
    "Assumptions can be read and changed meanwhile.",
)
QUOTE: Final = "Quote the total with prices drawn."
RUN_IT: Final = "Press ctrl+r to run what is missing; a run that is going is told at the top."


def costs(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    case: str = "",
    edits: Mapping[str, Mapping[str, str]] | None = None,
    view: Mapping[str, Any] | None = None,
    of: str = "total",
    council: str = "",
    part: Literal["whole", "totals", "rest"] = "whole",
    before: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Page:
    """What the scenarios cost under a case with edits; `of` is what the tornado is of, total or difference.

    While somebody types, the totals are asked for first and the rest of the page after them. With
    `before`, as `prices` has it, what cannot be used is left out and told.
    """
    how = valued(view)
    given = prices(desk, case, edits, how.price_year, before)
    if not scenarios:
        return _unmarked(given)
    found = costing(desk, scenarios, settings)
    if not found.runs:
        return _not_run(desk, scenarios, found, given, how)
    reckoned = _Reckoned(found, given, how)
    blocks: list[Block] = (
        []
        if part == "rest"
        else [*left_out(given), *_waiting(desk, found, scenarios[0]), *sample_of(found), *reckoned.totals(of)]
    )
    if part != "totals":
        blocks += reckoned.rest()
        blocks += blocks_of(found, given, how, council) if council else []
    if part != "rest":
        blocks += figures_of(given, _order(desk, found, how))
    return Page(
        screen="costs",
        title=f"Costs: {', '.join(run.name for run in found.runs)}",
        summary=reckoned.summary(),
        blocks=tuple(blocks),
        provenance=_provenance(found, given, how, command(found.words, found, given, how)),
    )


def _waiting(desk: Desk, found: Costing, first: str) -> list[Block]:
    """One line about the scenarios that are left out until they are run; `first` was marked first."""
    if not found.left_out:
        return []
    baseline = found.ready[0] if first in found.words else found.left_out[0]
    said = said_of(desk, found.left_out, baseline, found.ready[0][0].id)
    return [block.model_copy(update={"press": RUN_IT}) for block in said]


class _Reckoned:
    """Everything that the blocks are made from, reckoned once."""

    def __init__(self, found: Costing, given: Prices, how: Valued) -> None:
        self.found, self.given, self.how = found, given, how
        case, rate = given.case, how.rate / 100
        self.bills: list[Bill] = [reckon(run, case, how.view) for run in found.runs]
        self.options: list[Option] = [option(bill, rate) for bill in self.bills]
        self.products: list[Product] = [product(run, case, how.view, rate) for run in found.runs]

    @cached_property
    def spans(self) -> list[Range]:
        """The total of each scenario with prices drawn from their ranges."""
        return ranges(self.products, self.found.asked.seed)

    def totals(self, of: str) -> list[Block]:
        """What follows every keystroke."""
        how, seed = self.how, self.found.asked.seed
        rate = how.rate / 100
        blocks: list[Block] = [
            _now(self.options, self.spans),
            Prose(id="head", lines=tuple(self.head())),
            told.glance(self.options, self.spans, rate, how.view),
            told.payers(self.bills),
            *(_split(item) for item in self.options),
            told.bearers(self.options, how.view),
        ]
        steps = [
            told.stepped(
                step(bill, self.bills[0], rate),
                further(item, self.products[0], seed),
                odds_cheaper(item, self.products[0], seed),
            )
            for bill, item in zip(self.bills[1:], self.products[1:], strict=True)
        ]
        blocks.append(self.tornado(of))
        if steps:
            blocks.append(Prose(id="steps", title="From one to the other", lines=tuple(steps)))
        return [*blocks, *self.challenge()]

    def rest(self) -> list[Block]:
        """Switching values, lines, burdens on councils, and what to know."""
        blocks = [*_switching(self.products, self.given, self.how, self.found.asked.seed)]
        blocks.append(told.by_line(self.bills))
        blocks += [told.new_burdens(bill) for bill in self.bills]
        said = [*map(told.delivered, self.bills), told.worth(self.options), told.not_priced(self.bills)]
        lines = (told.SET_UP, *(text for text in said if text))
        return [*blocks, Prose(id="notes", title="What to know of these figures", lines=lines)]

    def head(self) -> list[str]:
        """Who, when, in which money, and how many replications there are."""
        found, given = self.found, self.given
        lines = told.head(
            found.ready[0][1], found.used, found.runs, given.case, self.how.view, given.settings()
        )
        if partial := so_far(found.asked, found.results):
            lines.append(f"{partial} {'; '.join(found.missing())}.")
        return lines

    def tornado(self, of: str) -> TornadoChart:
        """What moves the total of the last scenario, or its difference from the first."""
        apart = of == "difference" and len(self.products) > 1
        last, first = self.products[-1], self.products[0]
        bars = [bar for bar in tornado(last, first if apart else None) if round(bar.swing)]
        centre = float(last.cost({}).mean()) - (float(first.cost({}).mean()) if apart else 0.0)
        what = f"{last.run.name} less {first.run.name}" if apart else last.run.name
        return told.what_moves(bars[:MOST_BARS], self.given.case, what, centre)

    def challenge(self) -> list[Block]:
        """What each figure that is not the default one does to the total; nothing where all are."""
        case, default = self.given.case, CostCase.default()
        theirs = replace(default, price_year=case.price_year)
        if not changed_figures(case, theirs):
            return []
        run, how = self.found.runs[-1], self.how
        result = challenge(run, case, theirs, how.view, how.rate / 100)
        said = switching_tables.both_totals(result, run.name, case, theirs)
        table = switching_tables.challenge_table(result)
        return [Prose(id="challenged", lines=(said,)), table] if table.rows else []

    def summary(self) -> str:
        """The totals in a sentence, the last scenario's in full."""
        last, share = self.options[-1], self.found.runs[-1].department_share
        said = (
            f"{last.name} costs £{in_millions(self.spans[-1].cost)} million with prices drawn, "
            f"£{in_millions(last.present_value)} million at the likeliest, "
            f"{in_pounds(last.per_accredited)} for each accredited worker; "
            f"{told.councils_bear(last, share, self.how.view)}."
        )
        if self.found.used < self.found.results.requested:
            said += f" From {self.found.used} of {self.found.results.requested} replications."
        return said


def _order(desk: Desk, found: Costing, how: Valued) -> list[str]:
    """The figures by how far their usual ranges move the total, so that no edit moves a row."""
    run = found.runs[-1]
    key = ("order of figures", Same(run), how.valuation, how.mode)
    item = product(run, CostCase.default(), how.view)
    return desk.keep(key, lambda: [bar.key for bar in tornado(item)])


def _now(options: Sequence[Option], spans: Sequence[Range]) -> Table:
    """The totals in so few words that they stand beside the figures that are being typed."""
    pairs = list(zip(options, spans, strict=True))
    rows: list[tuple[str, list[Cell]]] = [
        ("Total", [money(item.present_value.mean) for item in options]),
        ("  10th to 90th", [ends(item.present_value) for item in options]),
        ("Prices drawn", [money(span.cost.mean) for _, span in pairs]),
        ("  10th to 90th", [ends(span.cost) for _, span in pairs]),
        ("Each, £", [money(item.per_accredited.mean, POUND) for item in options]),
        ("Before → after", [Cell(text="") for _ in options]),
    ]
    rows += [
        (f"  {payer}", [before_and_after(item.spent[payer].mean, item.borne[payer].mean) for item in options])
        for payer in options[0].borne
    ]
    title = "£ million, present value; each accredited; who spends it before any grant → bears it after"
    table = told.by_scenario("now", title, [item.name for item in options], rows)
    return table.model_copy(update={"note": QUOTE, "fixed": True})


def _split(item: Option) -> SplitChart:
    parts = [
        Part(name=payer.capitalize(), value=scaled(borne.mean), text=f"£{millions(borne.mean)}m")
        for payer, borne in item.borne.items()
        if borne.mean >= 0
    ]
    title = f"Who bears {item.name} after grants: {in_millions(item.present_value)} £ million"
    return SplitChart(id=f"split {item.name}", title=title, unit=MILLION, parts=tuple(parts))


def _switching(products: Sequence[Product], given: Prices, how: Valued, seed: int) -> list[Block]:
    case = given.case
    if len(products) == 1 and how.budget is None:
        lines = ("Mark a second scenario, or type a budget: switching values need something to be equal to.",)
        return [Prose(id="switching", title="Switching values", lines=lines)]
    if len(products) == 1 and how.budget is not None:
        found = switching_budget(products[0], how.budget, seed)
        question = switching_tables.at_budget(products[0], how.budget)
        stands = (switching_tables.as_it_stands(products[0], found),)
        return [
            switching_tables.switching_table(found, case, question),
            Prose(id="stands", lines=stands),
        ]
    found = switching(products[0], products[-1], "cost", seed)
    question = switching_tables.between(products[0], products[-1], "cost")
    return [switching_tables.switching_table(found, case, question)]


def _unmarked(given: Prices) -> Page:
    said, press = "No scenario is marked.", "Press 1 for the library, and space on each scenario to cost."
    return Page(
        screen="costs",
        title="Costs",
        summary=said,
        blocks=(*left_out(given), Prose(id="empty", lines=(said,), press=press), *figures_of(given)),
        next=Next(keys=press, command="naas tui --plain costs SCENARIO"),
    )


def _not_run(desk: Desk, scenarios: Sequence[str], found: Costing, given: Prices, how: Valued) -> Page:
    names = [scenario.id for scenario, _ in found.ready]
    other = other_version(desk, found.all_arms)
    lines = (other.words or NOT_RUN[0], *NOT_RUN[1:], *found.missing())
    made = command(scenarios, found, given, how)
    following = other.next(made) if other.upgraded else Next(keys=RUN_IT, command=made)
    return Page(
        screen="costs",
        title=f"Costs: {', '.join(names)}",
        summary=lines[0],
        blocks=(
            *left_out(given),
            Prose(id="empty", title="Nothing to cost yet", lines=lines, press=following.keys),
            *figures_of(given),
        ),
        provenance=_provenance(found, given, how, made),
        next=following,
    )


def _provenance(found: Costing, given: Prices, how: Valued, made: str) -> Provenance:
    whose = typed_case(given.file) if given.file else "the default cost case"
    settings = given.settings()
    sources = [f"Cost case: {whose}", *([f"Set: {'; '.join(settings)}"] if settings else [])]
    if found.runs:
        sources += [f"{name}: {said}" for name, said in _further(found, given, how)]
    interval = of_the_replications(found.used if found.runs else 0)
    return provenance(
        found.ready,
        found.asked,
        made,
        found.results,
        interval=interval,
        filter=_filter(how),
        sources=sources,
    )


def _further(found: Costing, given: Prices, how: Valued) -> list[tuple[str, str]]:
    """The commands of what stands beside the totals."""
    last = found.words[-1]
    asked: list[tuple[str, list[str], list[str]]] = [("Assumptions", ["assumptions", last], [])]
    if how.budget is not None and len(found.words) == 1:
        asked.insert(0, ("Switching values", ["switching", last], ["--budget", f"{how.budget:.15g}"]))
    if len(found.words) > 1:
        asked.insert(0, ("Switching values", ["switching", found.words[0], last], []))
    return [(name, command(words, found, given, how, more)) for name, words, more in asked]


def _filter(how: Valued) -> str:
    usual = Valued()
    return ", ".join(
        f"{name} {getattr(how, name)}"
        for name in ("valuation", "mode", "grants", "rate", "price_year")
        if getattr(how, name) != getattr(usual, name)
    )
