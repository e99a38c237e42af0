"""What a scenario means for one council, beside its region and councils that are as deprived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.appraisal import Spread, spread
from analysis.cost_case import CostCase
from analysis.cost_drivers import Run
from analysis.costs import View, by_employer
from analysis.councils import NATIONAL_CASELOAD, QUINTILES, Council, councils, find

Floats = NDArray[np.float64]

POST: Final = "pay.social_worker_year"
WEEKS: Final = 7 * 12 / 365.25
"""A week as a part of a month."""


@dataclass(frozen=True)
class Group:
    """A council, or several together: means over the replications, but for what is a `Spread`.

    Money is in pounds over the whole run, in the prices of the case, valued as the view says. `share_away` is
    the share of working days that release takes in the worst month and `share_away_week` in the worst week,
    for a group the mean of its councils by headcount; `more_cases` is what the worst month adds to the cases
    of each colleague who remains. Posts are social workers' posts for the whole run that the money would pay.
    """

    name: str
    councils: int
    social_workers: float
    days_released: Spread
    gross: Spread
    funded: Spread
    granted: Spread
    per_social_worker: float
    unfunded_per_social_worker: float
    ungranted_per_social_worker: float
    posts: float
    unfunded_posts: float
    ungranted_posts: float
    share_away_week: float
    share_away: float
    more_cases: float


@dataclass(frozen=True)
class MyCouncil:
    """The council, then its region, councils of its quintile of deprivation, England, and every quintile.

    `share` is what the department pays of everything, `scale` the size of the workforce as run. `grants` is
    the way of funding that was asked for; what is called granted is a grant for each first sitting where that
    was asked for, and otherwise a grant for each council.
    """

    council: Council
    region: str
    headcount: int
    lines: tuple[tuple[str, str, float], ...]
    groups: tuple[Group, ...]
    quintiles: tuple[Group, ...]
    years: float
    peak_month: str
    share: float
    scale: float
    grants: str = "lever"


def my_council(
    run: Run,
    case: CostCase,
    view: View,
    released: Floats,
    busiest: Floats,
    months: Sequence[str],
    days: float,
    asked: str,
) -> MyCouncil:
    """What a run means for the council called `asked`.

    `released` is [replication, month, employer] days as run, `months` their names, `busiest` the days of the
    worst week [replication, employer], and `days` the working days that a full-time post gives in a month.
    Raises `InputError` K012 for a council that is not known.
    """
    employers = run.employers
    place = find(asked, employers.name, employers.code)
    known = councils()
    council = known.get(employers.code[place]) or Council(
        "", employers.name[place], np.nan, 0, NATIONAL_CASELOAD, "England"
    )
    told = _Told(run, case, view, released / run.scale, busiest / run.scale, days)
    quintile = np.array([known[code].quintile if code in known else 0 for code in employers.code])
    real = employers.kind == 0
    region = run.regions[int(employers.region[place])]
    alike = real & (quintile == council.quintile)
    groups = [
        told.group(council.name, np.arange(len(real)) == place),
        told.group(region, real & (employers.region == employers.region[place])),
        told.group(f"deprivation quintile {council.quintile}", alike),
        told.group("England", real),
    ]
    rows = [
        told.group(_quintile_name(number), real & (quintile == number))
        for number in range(1, QUINTILES + 1)
        if (real & (quintile == number)).any()
    ]
    peak = int(released[:, :, place].mean(axis=0).argmax())
    return MyCouncil(
        council,
        region,
        round(employers.headcount[place] / run.scale),
        told.lines(place),
        tuple(groups),
        tuple(rows),
        float(run.shares.sum()),
        months[peak],
        run.department_share,
        run.scale,
        view.grants,
    )


def _quintile_name(number: int) -> str:
    ends = {1: "1, most deprived", QUINTILES: f"{QUINTILES}, least deprived"}
    return ends.get(number, str(number))


class _Told:
    """Amounts by employer, reckoned once under each way of funding."""

    def __init__(
        self, run: Run, case: CostCase, view: View, released: Floats, busiest: Floats, days: float
    ) -> None:
        self._run, self._released, self._busiest, self._days = run, released, busiest, days
        self._lines, gross = by_employer(run, case, replace(view, grants="none"))
        self._own = [line.payer == "employer" for line in self._lines]
        self._pence = gross
        self._gross = gross[self._own].sum(axis=(0, 2)) / 100
        self._funded = self._received(case, replace(view, grants="lever"))
        grant = "per-assessment" if view.grants == "per-assessment" else "per-council"
        self._granted = self._received(case, replace(view, grants=grant))
        overhead = case.value("pay.overhead") if view.valuation == "full" else 1.0
        self._post = case.value(POST) * overhead
        known = councils()
        self._caseload = np.array(
            [known[code].caseload if code in known else np.nan for code in run.employers.code]
        )

    def _received(self, case: CostCase, view: View) -> Floats:
        """Pounds from the department, less what is charged, by replication and employer."""
        lines, pence = by_employer(self._run, case, view)
        total: Floats = np.zeros_like(self._gross)
        for line, amounts in zip(lines, pence, strict=True):
            if line.paid_to == "employer":
                total += amounts.sum(axis=1) / 100
            elif line.paid_to == "department":
                total -= amounts.sum(axis=1) / 100
        return total

    def lines(self, place: int) -> tuple[tuple[str, str, float], ...]:
        """Key, label and mean pounds of each line of one employer."""
        means = self._pence[:, :, :, place].sum(axis=2).mean(axis=1) / 100
        return tuple(
            (line.key, line.label, float(mean))
            for line, mean, own in zip(self._lines, means, self._own, strict=True)
            if own
        )

    def group(self, name: str, chosen: NDArray[np.bool_]) -> Group:
        """Some employers together."""
        run = self._run
        people = float(run.employers.headcount[chosen].sum()) / run.scale
        gross, funded, granted = (
            part[:, chosen].sum(axis=1) for part in (self._gross, self._funded, self._granted)
        )
        per = max(people, 1.0)
        week, away, cases = self._peak(chosen)
        post = self._post * float(run.shares.sum())
        return Group(
            name=name,
            councils=int(chosen.sum()),
            social_workers=people,
            days_released=spread(self._released[:, :, chosen].sum(axis=(1, 2))),
            gross=spread(gross),
            funded=spread(funded),
            granted=spread(granted),
            per_social_worker=float(gross.mean()) / per,
            unfunded_per_social_worker=float((gross - funded).mean()) / per,
            ungranted_per_social_worker=float((gross - granted).mean()) / per,
            posts=float(gross.mean()) / post,
            unfunded_posts=float((gross - funded).mean()) / post,
            ungranted_posts=float((gross - granted).mean()) / post,
            share_away_week=week,
            share_away=away,
            more_cases=cases,
        )

    def _peak(self, chosen: NDArray[np.bool_]) -> tuple[float, float, float]:
        """Means over replications: the worst week's and month's share of days away, and the cases it adds."""
        fte = np.maximum(self._run.employers.fte[chosen] / 100 / self._run.scale, 1e-9)
        months = self._released[:, :, chosen] / (fte * self._days)
        worst = np.minimum(months.max(axis=1), 1.0).mean(axis=0)
        worst = np.where(self._run.employers.fte[chosen] > 0, worst, 0.0)
        in_week = self._busiest[:, chosen] / (fte * self._days * WEEKS)
        week = np.where(self._run.employers.fte[chosen] > 0, np.minimum(in_week, 1.0).mean(axis=0), 0.0)
        cases = self._caseload[chosen] * worst / np.maximum(1 - worst, 0.01)
        weight = self._run.employers.headcount[chosen].astype(np.float64)
        return _weighted(week, weight), _weighted(worst, weight), _weighted(cases, weight)


def _weighted(values: Floats, weight: Floats) -> float:
    """A mean by headcount, of what is known."""
    known = ~np.isnan(values)
    total = float(weight[known].sum())
    return float((values[known] * weight[known]).sum()) / total if total else float("nan")
