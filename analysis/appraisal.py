"""Costs as an appraisal: present values, cost for each accredited worker, and burdens on councils.

Amounts are in real terms, in the prices of the cost case, and increments over no scheme. Discounting counts
years from the first calendar year of the run, whose amounts are not discounted (Green Book practice).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.costs import PAYERS, Bill, Pence, by_employer
from analysis.deflator import discount

Floats = NDArray[np.float64]

RATE: Final = 0.035
"""The Green Book's real discount rate for the first 30 years."""

BURDEN_YEARS: Final = 3
"""Years that an assessment of new burdens covers at least."""

TAKING_PART: Final = "taking_part"
"""What drives the lines that a council pays because it takes part, whoever sits."""

COUNCILS: Final = PAYERS.index("councils")


@dataclass(frozen=True)
class Spread:
    """A mean with the values that 10%, 50% and 90% of the replications do not exceed."""

    mean: float
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Option:
    """One scenario in an appraisal, in pounds. `per_accredited` is NaN where nobody is accredited.

    `spent` is what each of `PAYERS` spends on lines that are no transfers, `borne` what it bears after them,
    both present values; over all payers either adds up to the whole.
    """

    name: str
    present_value: Spread
    undiscounted: Spread
    before_optimism: Spread
    spent: dict[str, Spread]
    borne: dict[str, Spread]
    accredited: Spread
    per_accredited: Spread


@dataclass(frozen=True)
class Step:
    """From one option to another: what more it costs, whom it accredits more, and the chance it is cheaper.

    `points` are (more accredited, more cost) by replication, for a cost-effectiveness plane. `per_extra` is
    the mean cost over the mean number of further accredited workers, NaN where there are none.
    """

    name: str
    against: str
    cost: Spread
    accredited: Spread
    per_extra: float
    cheaper: float
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Burden:
    """What councils bear in one year, in pounds: set-up, recurring, the department's part, and the rest."""

    year: int
    set_up: Spread
    recurring: Spread
    funded: Spread
    net: Spread


def factors(years: Sequence[int], rate: float = RATE) -> Floats:
    """Discount factors by calendar year; 1 for the first."""
    return np.array([discount(rate, year - years[0]) for year in years])


def present_value(amounts: Pence | Floats, years: Sequence[int], rate: float = RATE) -> Floats:
    """The present value of amounts [..., replication, year], by replication."""
    return np.asarray(amounts @ factors(years, rate))


def spread(values: Floats) -> Spread:
    """Mean and percentiles of values by replication; NaN values do not count."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Spread(np.nan, np.nan, np.nan, np.nan)
    low, middle, high = np.percentile(known, [10, 50, 90]).tolist()
    return Spread(float(known.mean()), low, middle, high)


def option(bill: Bill, rate: float = RATE) -> Option:
    """One scenario's costs and what they buy."""
    social = bill.social() / 100
    value = present_value(social, bill.years, rate)
    optimism = sum(
        (bill.line(line.key) for line in bill.lines if line.share_of), np.zeros_like(bill.social())
    )
    return Option(
        name=bill.run.name,
        present_value=spread(value),
        undiscounted=spread(social.sum(axis=1)),
        before_optimism=spread((bill.social() - optimism).sum(axis=1) / 100),
        spent=_by_payer(bill, bill.spent(), rate),
        borne=_by_payer(bill, bill.borne(), rate),
        accredited=spread(bill.run.accredited),
        per_accredited=spread(_over(value, bill.run.accredited)),
    )


def _by_payer(bill: Bill, amounts: Pence, rate: float) -> dict[str, Spread]:
    """Present values in pounds by payer, of pence [payer, replication, year]."""
    values = zip(PAYERS, amounts / 100, strict=True)
    return {payer: spread(present_value(each, bill.years, rate)) for payer, each in values}


def step(bill: Bill, against: Bill, rate: float = RATE) -> Step:
    """The difference between two bills of the same replications."""
    cost = present_value(bill.social() / 100, bill.years, rate)
    cost = cost - present_value(against.social() / 100, against.years, rate)
    more = bill.run.accredited - against.run.accredited
    gained = float(more.mean())
    return Step(
        name=bill.run.name,
        against=against.run.name,
        cost=spread(cost),
        accredited=spread(more),
        per_extra=float(cost.mean()) / gained if gained > 0 else np.nan,
        cheaper=float((cost < 0).mean()),
        points=tuple(zip(more.tolist(), cost.tolist(), strict=True)),
    )


def burdens(bill: Bill, first: int | None = None) -> list[Burden]:
    """What falls on councils in three years, year by year and not netted against later savings.

    Set-up is what a council spends once, and its coordination and governance in the calendar year in which
    it joins: nothing published tells more of it apart. All else recurs. `first` is the first of the years;
    the first of the run if not given.
    """
    begins = bill.years.index(first) if first is not None else 0
    paid = bill.paid()[COUNCILS]
    one_off = _set_up(bill)
    annual = paid - one_off
    received = bill.received()[COUNCILS]
    found = []
    for index in range(begins, min(begins + BURDEN_YEARS, len(bill.years))):
        parts = [amounts[:, index] / 100 for amounts in (one_off, annual, received)]
        net = parts[0] + parts[1] - parts[2]
        found.append(Burden(bill.years[index], *(spread(part) for part in (*parts, net))))
    return found


def _set_up(bill: Bill) -> Pence:
    """Pence [replication, year] that councils pay once, or for taking part in the year of joining."""
    lines, pence = by_employer(bill.run, bill.case, bill.view)
    employers = bill.run.employers
    joined = bill.run.of("joined")[..., np.argsort(bill.run.order)] > 0
    total = np.zeros(bill.pence.shape[1:3], dtype=np.int64)
    for line, amounts in zip(lines, pence, strict=True):
        if line.payer == "employer" and line.driver == TAKING_PART and line.timing != "one-off":
            total += np.where(joined, amounts, 0)[:, :, employers.kind == 0].sum(axis=2)
    return np.asarray(total + bill.spent("one-off")[COUNCILS])


def _over(top: Floats, bottom: Floats) -> Floats:
    ratio = np.full(len(top), np.nan)
    np.divide(top, bottom, out=ratio, where=bottom > 0)
    return ratio
