"""The staffing gap of every authority: its worst month, who is short, who covers, what is left to carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure, over
from analysis.capacity.stored import Stored
from rules.errors import problem
from simulation.calendar import date_of
from simulation.codes import REGIONS, STATUSES
from simulation.prepared import Prepared
from simulation.replicate import prepare
from simulation.staffing import posts_in_scope

Ints = NDArray[np.int64]

HELD: Final = STATUSES[1:]
SORTS: Final = ("uncovered", "gap", "covered", "caseload", "authority", "region")

_HUNDREDTHS: Final = 100


@dataclass(frozen=True)
class Gap:
    """One authority in its worst month: the one with most FTE uncovered on average, or the widest gap.

    `by_status` is the gap of each status, in FTE; `caseload` what those who are there carry more, as a share
    of their own work, for the practitioners' posts that nobody covers.
    """

    authority: str
    region: str
    month: str
    gap: Figure
    by_status: dict[str, Figure]
    covered: Figure
    uncovered: Figure
    share: Figure
    caseload: Figure

    def to_dict(self) -> dict[str, object]:
        """The row as plain data."""
        return {
            "authority": self.authority,
            "region": self.region,
            "worst_month": self.month,
            "gap_fte": self.gap.to_dict(),
            **{f"gap_{status}_fte": found.to_dict() for status, found in self.by_status.items()},
            "covered_fte": self.covered.to_dict(),
            "uncovered_fte": self.uncovered.to_dict(),
            "uncovered_share_of_posts": self.share.to_dict(),
            "extra_caseload": self.caseload.to_dict(),
        }

    def sort_key(self, by: str) -> tuple[float, str]:
        """Where the row stands when sorted: the largest first, names from A."""
        sizes = {
            "uncovered": self.uncovered,
            "gap": self.gap,
            "covered": self.covered,
            "caseload": self.caseload,
        }
        return (-np.nan_to_num(sizes[by].mean), self.authority) if by in sizes else (0.0, self._name(by))

    def _name(self, by: str) -> str:
        return f"{REGIONS.index(self.region)} {self.authority}" if by == "region" else self.authority


def gaps(stored: Stored, sort: str = "uncovered") -> tuple[Gap, ...]:
    """Every authority, sorted. Raises `InputError` Q009 for a scheme from scratch, Q010 for another order."""
    prepared = prepare(stored.inputs)
    if not isinstance(prepared, Prepared):
        raise problem("Q009", "a scheme from scratch has no authorities, and so no staffing gap")
    if sort not in SORTS:
        raise problem("Q010", f"rows are not sorted by '{sort}'", hint=f"one of: {', '.join(SORTS)}")
    posts = posts_in_scope(prepared.workforce, prepared.filled, stored.inputs, stored.month_ends)
    open_, covered = stored.gaps[:, 0], stored.gaps[:, 1]
    months = [f"{date_of(day):%Y-%m}" for day in stored.month_ends]
    rows = np.flatnonzero(stored.employers.kind == 0)
    found = [
        _row(stored, int(row), open_[:, :, row], covered[:, :, row], posts[:, row], months) for row in rows
    ]
    return tuple(sorted(found, key=lambda item: item.sort_key(sort)))


def _row(stored: Stored, row: int, open_: Ints, covered: Ints, posts: Ints, months: list[str]) -> Gap:
    left = open_ - covered
    average = left.sum(axis=2).mean(axis=0), open_.sum(axis=2).mean(axis=0)
    month = int(np.lexsort(average[::-1])[-1])
    practitioners = left[:, month, 0]
    return Gap(
        authority=stored.employers.name[row],
        region=REGIONS[int(stored.employers.region[row])],
        month=months[month],
        gap=figure(open_[:, month].sum(axis=1) / _HUNDREDTHS),
        by_status={status: figure(open_[:, month, place] / _HUNDREDTHS) for place, status in enumerate(HELD)},
        covered=figure(covered[:, month].sum(axis=1) / _HUNDREDTHS),
        uncovered=figure(left[:, month].sum(axis=1) / _HUNDREDTHS),
        share=figure(over(left[:, month].sum(axis=1), posts[month].sum())),
        caseload=figure(over(practitioners, posts[month, 0] - practitioners)),
    )
