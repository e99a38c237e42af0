"""Switching values, and what separates two cost cases, in words that a command prints and a screen shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from analysis.cost_assumptions import OURS
from analysis.cost_lines import unit_words
from analysis.switching import METRICS
from reports.money import in_millions, pounds, quantity
from reports.money_cells import MILLION, money
from reports.page import Cell, Column, Table

if TYPE_CHECKING:
    from analysis.cost_case import CostCase
    from analysis.cost_challenge import Challenged
    from analysis.cost_product import Product
    from analysis.switching import Switch

INTERVALS: Final = "Intervals hold 80% of resamples of the replications."
CHANCE_ALONE: Final = (
    "Brackets hold the 10th to 90th percentile of the replications: chance alone, with every price at its "
    "likeliest."
)
ALONE: Final = "One replication tells nothing of chance, so there is no interval."
NEVER: Final = "None: no figure alone does it, even at 0 or at twenty times its highest value."


def between(one: Product, other: Product, metric: str) -> str:
    """The question that the switching values of two scenarios answer."""
    first, second = (
        float(item.cost({}).mean()) / (float(item.run.accredited.mean()) if metric != "cost" else 1.0)
        for item in (one, other)
    )
    better, worse = (one, other) if first < second else (other, one)
    return (
        f"{better.run.name}, now the better in {METRICS[metric]}, stops being preferable to {worse.run.name}"
    )


def at_budget(item: Product, budget: float, whose: str = "social") -> str:
    """The question that the switching values of one scenario and a budget answer."""
    if whose == "department":
        return f"what the department bears of {item.run.name} is exactly {pounds(budget)}"
    return f"the social cost of {item.run.name}, whoever pays, is exactly {pounds(budget)}"


def nobody_accredited(products: Sequence[Product], metric: str) -> str:
    """Why cost for each accredited worker cannot be compared; nothing when it can."""
    none = [item.run.name for item in products if metric != "cost" and not item.run.accredited.any()]
    if not none:
        return ""
    return f"nobody is accredited under {' or '.join(none)}, which so has no cost for each accredited worker"


def as_it_stands(item: Product, switches: Sequence[Switch], whose: str = "social") -> str:
    """What a scenario costs now, and with every figure at the end of its range that makes it cheapest.

    What the department bears is expected not to be discounted, as its budgets are not.
    """
    now = float(item.cost({}).mean())
    least: dict[str, float] = {}
    for switch in switches:
        ends = np.array([switch.range_low, switch.range_high])
        costs = item.cost({switch.key: ends}).mean(axis=1)
        least[switch.key] = float(ends[int(costs.argmin())])
    lowest = float(item.cost(least).mean())
    of = "what the department bears, not discounted" if whose == "department" else "present values"
    return (
        f"{item.run.name} costs {pounds(now)} as figures stand, and {pounds(lowest)} with every figure at "
        f"the cheapest end of its range at once ({of})."
    )


def value(item: Switch) -> str:
    """Where a figure makes two choices equal, with any interval it has, or how far outside its range."""
    if item.value is not None and np.isnan(item.low):
        return quantity(item.value, item.unit)
    if item.value is not None:
        interval = f"{quantity(item.low, item.unit)} to {quantity(item.high, item.unit)}"
        return f"{quantity(item.value, item.unit)} [{interval}]"
    if item.beyond is not None:
        return f"none in range; {quantity(item.beyond, item.unit)} would do"
    return "none"


def intervals(switches: Sequence[Switch]) -> str:
    """What the intervals hold, or why there are none; nothing where no figure has a value in its range."""
    within = [item for item in switches if item.value is not None]
    if not within:
        return ""
    return ALONE if all(np.isnan(item.low) for item in within) else INTERVALS


def also(item: Switch) -> str:
    """Where else in its range a figure makes two choices equal; nothing where it does not."""
    return " and ".join(quantity(value, item.unit) for value in item.also)


def certainty(item: Switch) -> str:
    """What resamples of the replications say of one switching value; nothing when all agree on none."""
    if np.isnan(item.found):
        return ALONE
    if item.value is None:
        return f"{item.found:.0%} of resamples of the replications have one." if item.found else ""
    held = "The interval holds 80% of the resamples of the replications that have a value in range"
    return f"{held}, which {item.found:.0%} of them have."


def span(item: Switch) -> str:
    """The range of a figure."""
    return f"{quantity(item.range_low, item.unit)} to {quantity(item.range_high, item.unit)}"


def known(switches: Sequence[Switch]) -> list[Switch]:
    """Those that have a value, in their range or beyond it."""
    return [item for item in switches if item.value is not None or item.beyond is not None]


def never(switches: Sequence[Switch]) -> str:
    """How many figures have no value anywhere; nothing when all have one."""
    found = without(switches)
    if not found:
        return ""
    if len(found) == len(switches):
        return NEVER
    others = "figure has" if len(found) == 1 else "figures have"
    where = "not in the range, nor at 0, nor at twenty times the highest value"
    return f"{len(found)} other {others} none: {where}."


def without(switches: Sequence[Switch]) -> list[Switch]:
    """Those that have no value anywhere."""
    return [item for item in switches if item.value is None and item.beyond is None]


def switching_table(switches: Sequence[Switch], case: CostCase, question: str) -> Table:
    """The figures that have a switching value, the nearest first."""
    rows = [
        (
            Cell(text=case.figures[item.key].label, value=case.figures[item.key].label),
            _figure(item.value if item.value is not None else item.beyond, item.unit, value(item)),
            _figure(item.now, item.unit),
            _figure(item.range_low, item.unit, span(item)),
        )
        for item in known(switches)
    ]
    columns = (
        Column(id="figure", label="Figure", number=False),
        Column(id="value", label="Switching value", number=False),
        Column(id="now", label="Now"),
        Column(id="range", label="Range", number=False),
    )
    said = [never(switches), intervals(switches)]
    return Table(
        id="switching",
        title=f"The value of one figure alone at which {question}",
        columns=columns,
        rows=tuple(rows),
        keys=tuple(item.key for item in known(switches)),
        note=" ".join(text for text in said if text),
    )


def both_totals(found: Challenged, scenario: str, mine: CostCase, theirs: CostCase) -> str:
    """What a scenario costs by two cases; figures typed over a case still have its title."""
    by = f"“{mine.title}”" if mine.title != theirs.title else "your figures"
    return (
        f"{scenario}: £ million {in_millions(found.total)} by {by}, {in_millions(found.against)} by "
        f"“{theirs.title}” (present value): {in_millions(found.change, signed=True)} by the challenge. "
        f"{CHANCE_ALONE}"
    )


def together(found: Challenged) -> str:
    """What the differences do beyond the sum of what each does."""
    more = in_millions(found.together, signed=True)
    if round(found.together.mean / 1e6, 2) == 0:
        return "Together they move it by as much as one by one."
    return f"Together they move it by £ million {more} more than one by one."


def challenge_table(found: Challenged) -> Table:
    """The figures on which two cases differ, the one that moves the total most first."""
    rows = [
        (
            Cell(text=row.mine.label, value=row.mine.label),
            _figure(row.mine.mode, row.mine.unit).model_copy(update={"mark": "*"}),
            _figure(row.theirs.mode, row.theirs.unit),
            money(row.moved, signed=True),
            Cell(text=f"{row.mine.owner or OURS}: {row.mine.evidence}", value=row.mine.evidence),
        )
        for row in found.rows
    ]
    columns = (
        Column(id="figure", label="Figure", number=False),
        Column(id="mine", label="Yours"),
        Column(id="theirs", label="Instead of"),
        Column(id="moved", label="Moves the total", unit=MILLION),
        Column(id="evidence", label="Whose, and why", number=False),
    )
    return Table(
        id="challenge",
        title="What your figures do to the total",
        columns=columns,
        rows=tuple(rows),
        keys=tuple(row.key for row in found.rows),
        note=together(found) if found.rows else "The two cases do not differ.",
    )


def _figure(value: float | None, unit: str, text: str = "") -> Cell:
    """A figure of a cost case in its own unit, told as `quantity` tells it where nothing else is said."""
    told = text or ("" if value is None else quantity(value, unit))
    return Cell(text=told, value=value, unit=unit_words(unit))
