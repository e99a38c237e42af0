"""Bills split one way: by year, payer, line, region or council, in whole pence that add up to the total."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.cost_drivers import ENGLAND
from analysis.costs import PAYERS, Bill, Pence, View, by_employer, reckon

SPLITS: Final = ("year", "payer", "line", "region", "council")
WORKING_DAYS: Final = 211
"""Working days of a full-time post in a year: 260 weekdays less 8 bank holidays, 28 of leave, 7.9 of sickness
and 5 of training (2017, derived from the DfE's returns and two assumptions)."""

ELSEWHERE: Final = "not borne by councils"


def split(bill: Bill, by: str) -> dict[str, Pence]:
    """The social cost of a bill by one of `SPLITS`: category -> pence by replication, undiscounted.

    By payer it is what each bears after transfers; by line the transfers are left out. Every split adds up to
    the social cost, exactly.
    """
    if by == "year":
        return {str(year): bill.social()[:, index] for index, year in enumerate(bill.years)}
    if by == "payer":
        return {payer: amounts.sum(axis=1) for payer, amounts in zip(PAYERS, bill.borne(), strict=True)}
    if by == "line":
        kept = {line.key: index for index, line in enumerate(bill.lines) if not line.transfer}
        return {key: bill.pence[index].sum(axis=(1, 2)) for key, index in kept.items()}
    if by == "region":
        return _by_region(bill)
    return _by_council(bill)


def delivery(bill: Bill) -> Mapping[str, tuple[float, float]]:
    """Delivery by contract and built up from its parts: mean pounds, and pounds for each attempt delivered.

    The difference is management, content, technology and empty seats, or a price that is too low.
    """
    found = {}
    attempts = float((bill.run.total("sittings") + bill.run.total("no_shows")).mean())
    for mode in ("contract", "bottom-up"):
        one = reckon(bill.run, bill.case, View(bill.view.valuation, mode, "none"))
        lines = [index for index, line in enumerate(one.lines) if line.mode == mode]
        total = float(one.pence[lines].sum(axis=(0, 2, 3)).mean()) / 100
        found[mode] = total, total / attempts if attempts else np.nan
    return found


def unpriced(bill: Bill) -> float:
    """Mean days of posts in scope that nobody covers, beyond those without a scheme; no line prices them."""
    return float(bill.run.total("uncovered_days").mean())


def restricted_years(bill: Bill) -> float:
    """Mean working years that people spend in post without their functions; no line prices what they lose."""
    return float(bill.run.total("restricted_days").mean()) / WORKING_DAYS


def _by_region(bill: Bill) -> dict[str, Pence]:
    totals = bill.resources().sum(axis=1)
    names = [*bill.run.regions, ENGLAND]
    found: dict[str, Pence] = {}
    for name in names:
        chosen: NDArray[np.bool_] = np.array([place.region == name for place in bill.places])
        found[name] = totals[:, chosen].sum(axis=1)
    return found


def _by_council(bill: Bill) -> dict[str, Pence]:
    lines, pence = by_employer(bill.run, bill.case, bill.view)
    own = [index for index, line in enumerate(lines) if not line.transfer and line.payer == "employer"]
    totals = pence[own].sum(axis=(0, 2))
    employers = bill.run.employers
    found = {
        employers.name[place]: totals[:, place] for place in np.flatnonzero(employers.kind == 0).tolist()
    }
    found[ELSEWHERE] = bill.social().sum(axis=1) - sum(found.values(), np.zeros(len(totals), dtype=np.int64))
    return found
