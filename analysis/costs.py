"""Quantities times prices: what a run costs, line by line, to the penny, and who pays.

Every amount is rounded to whole pence once, for each line, replication, year and employer (or region, or
England as a whole), and only whole pence are added after that. Sums over lines, years, regions and payers
therefore agree exactly, and payments less transfers are the social cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.cost_case import CostCase
from analysis.cost_drivers import Drivers, Place, Run, drivers
from analysis.cost_lines import Line

Floats = NDArray[np.float64]
Pence = NDArray[np.int64]

PAYERS: Final = ("department", "councils", "other employers", "individuals")

TO_EMPLOYERS: Final = Line(
    "funding.to_employers",
    "Department's share of what employers spend",
    payer="department",
    behaviour="variable",
    timing="annual",
    paid_to="employer",
)
FROM_EMPLOYERS: Final = Line(
    "funding.from_employers",
    "Employers' share of what the department spends",
    payer="employer",
    behaviour="variable",
    timing="annual",
    paid_to="department",
)
_INDIVIDUALS: Final = PAYERS.index("individuals")


@dataclass(frozen=True)
class View:
    """How costs are looked at: the valuation of time, the mode of delivery, and how councils are funded."""

    valuation: str = "pay"
    mode: str = "contract"
    grants: str = "lever"


@dataclass(frozen=True, eq=False)
class Bill:
    """What a run costs: whole pence [line, replication, year, place], in prices of the case."""

    run: Run
    case: CostCase
    view: View
    lines: tuple[Line, ...]
    pence: Pence

    @property
    def places(self) -> tuple[Place, ...]:
        """Where costs fall, in order."""
        return self.run.places

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years of the run."""
        return self.run.years

    def resources(self) -> Pence:
        """Social cost [replication, year, place]: every line but the transfers."""
        kept = [index for index, line in enumerate(self.lines) if not line.transfer]
        return np.asarray(self.pence[kept].sum(axis=0))

    def social(self) -> Pence:
        """Social cost by replication and year."""
        return np.asarray(self.resources().sum(axis=2))

    def transfers(self) -> Pence:
        """What changes hands without anything being used up, by replication and year."""
        kept = [index for index, line in enumerate(self.lines) if line.transfer]
        return np.asarray(self.pence[kept].sum(axis=(0, 3)))

    def line(self, key: str) -> Pence:
        """One line by replication and year; zero for a line that does not count here."""
        for index, line in enumerate(self.lines):
            if line.key == key:
                return np.asarray(self.pence[index].sum(axis=2))
        return np.zeros(self.pence.shape[1:3], dtype=np.int64)

    def paid(self) -> Pence:
        """What each of `PAYERS` pays out, transfers included [payer, replication, year]."""
        return self._flows(lambda line: line.payer)

    def spent(self, timing: str = "") -> Pence:
        """What each of `PAYERS` spends, transfers apart [payer, replication, year]; of one timing, or all."""
        return self._flows(
            lambda line: line.payer if not line.transfer and timing in ("", line.timing) else ""
        )

    def received(self) -> Pence:
        """What each of `PAYERS` receives in transfers [payer, replication, year]."""
        return self._flows(lambda line: line.paid_to)

    def borne(self) -> Pence:
        """What each of `PAYERS` bears in the end: paid less received [payer, replication, year]."""
        return self.paid() - self.received()

    def _flows(self, side: Callable[[Line], str]) -> Pence:
        found = np.zeros((len(PAYERS), *self.pence.shape[1:3]), dtype=np.int64)
        for index, line in enumerate(self.lines):
            party = side(line)
            if not party:
                continue
            for payer, chosen in self._parties(party):
                found[payer] += self.pence[index][:, :, chosen].sum(axis=2)
        return found

    def _parties(self, party: str) -> Iterator[tuple[int, NDArray[np.bool_]]]:
        """Which payers a party of a line stands for, and in which places."""
        everywhere = np.ones(len(self.places), dtype=np.bool_)
        if party == "department":
            yield PAYERS.index("department"), everywhere
        elif party == "individual":
            yield _INDIVIDUALS, everywhere
        else:
            others = np.array([place.kind == "other employer" for place in self.places])
            yield PAYERS.index("councils"), ~others
            yield PAYERS.index("other employers"), others


def reckon(run: Run, case: CostCase, view: View = View()) -> Bill:
    """What a run costs under a case. Nothing is simulated."""
    amounts = list(_amounts(drivers(run, case, view.mode), case, view))
    pence = np.zeros((len(amounts), run.replications, len(run.years), len(run.places)), dtype=np.int64)
    for index, amount in enumerate(amounts):
        amount.into(pence[index], run)
    return Bill(run, case, view, tuple(amount.line for amount in amounts), pence)


def by_employer(run: Run, case: CostCase, view: View) -> tuple[tuple[Line, ...], Pence]:
    """The lines that fall on employers, in whole pence [line, replication, year, employer].

    Employers are in the order of the workforce. Summed over places these are the amounts of `reckon`.
    """
    kept = [
        amount for amount in _amounts(drivers(run, case, view.mode), case, view) if amount.falls_on_employers
    ]
    back = np.argsort(run.order)
    pence = np.array([amount.employer for amount in kept], dtype=np.int64)[..., back]
    return tuple(amount.line for amount in kept), pence


@dataclass(eq=False)
class _Amount:
    """Whole pence of one line, as floats, which hold them exactly: by employer, by region, for England."""

    line: Line
    employer: Floats | None = None
    region: Floats | None = None
    national: Floats | None = None

    @property
    def falls_on_employers(self) -> bool:
        return self.employer is not None and "employer" in (self.line.payer, self.line.paid_to)

    def into(self, pence: Pence, run: Run) -> None:
        """Add up by place into [replication, year, place]."""
        if self.employer is not None:
            pence[:, :, : len(run.begins)] = np.add.reduceat(self.employer, run.begins, axis=2)
        if self.region is not None:
            pence[:, :, len(run.begins) : -1] = self.region
        if self.national is not None:
            pence[:, :, -1] = self.national

    def plus(self, other: _Amount) -> _Amount:
        return replace(
            self,
            employer=_sum(self.employer, other.employer),
            region=_sum(self.region, other.region),
            national=_sum(self.national, other.national),
        )

    def times(self, share: float, line: Line) -> _Amount:
        return _Amount(line, *(_share(part, share) for part in (self.employer, self.region, self.national)))


def _amounts(found: Drivers, case: CostCase, view: View) -> Iterator[_Amount]:
    """Every line that counts, in order, with its amounts."""
    prices = {key: case.value(key) for key in case.figures}
    known: dict[str, _Amount] = {}
    for line in case.lines:
        if not line.counts(view.valuation, view.mode) or line.grants not in ("", view.grants):
            continue
        if line.share_of:
            base = _Amount(line)
            for key in line.share_of:
                base = base.plus(known[key]) if key in known else base
            known[line.key] = base.times(prices[line.key], line)
        else:
            known[line.key] = _product(line, found, prices, view)
        yield known[line.key]
    if view.grants == "lever":
        yield from _funding(found.run, list(known.values()))


def _product(line: Line, found: Drivers, prices: Mapping[str, float], view: View) -> _Amount:
    amount = _Amount(line)
    for term in line.terms(view.valuation):
        price = 100.0 * float(np.prod([prices[key] for key in term.figures]))
        if term.driver in found.national:
            amount.national = _sum(amount.national, found.national[term.driver] * price)
        elif term.driver in found.by_region:
            amount.region = _sum(amount.region, found.by_region[term.driver] * price)
        else:
            amount.employer = _sum(amount.employer, found.by_employer[term.driver] * price)
    return _Amount(line, *(_rounded(part) for part in (amount.employer, amount.region, amount.national)))


def _funding(run: Run, amounts: list[_Amount]) -> Iterator[_Amount]:
    """Transfers by which the department and employers come to bear the shares that the scenario says."""
    for line, payer, share in (
        (TO_EMPLOYERS, "employer", run.department_share),
        (FROM_EMPLOYERS, "department", 1.0 - run.department_share),
    ):
        base = _Amount(line)
        for amount in amounts:
            if amount.line.payer == payer and not amount.line.transfer:
                base = base.plus(amount)
        yield base.times(share, line)


def _sum(one: Floats | None, other: Floats | None) -> Floats | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _share(part: Floats | None, share: float) -> Floats | None:
    return None if part is None else _rounded(part * share)


def _rounded(part: Floats | None) -> Floats | None:
    return None if part is None else np.rint(part, out=part)
