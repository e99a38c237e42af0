"""Which constraint binds, where and when: days of delay by cause, from the accounting of every worker-day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.capacity.figures import Figure, figure, over
from analysis.capacity.stored import Stored
from scenarios.experiment import Results
from simulation.calendar import date_of
from simulation.stages import CAUSE_LABELS, Cause

CONSTRAINTS: Final[dict[str, tuple[Cause, ...]]] = {
    "take-up": (Cause.NOT_WILLING,),
    "preparation": (Cause.PREPARING,),
    "endorsement": (Cause.AWAITING_ENDORSEMENT,),
    "release": (Cause.AWAITING_RELEASE,),
    "seats": (Cause.AWAITING_SEAT,),
    "centre closed": (Cause.CENTRE_CLOSED,),
    "results": (Cause.AWAITING_RESULT,),
    "retake waits": (Cause.DEVELOPING,),
}
"""What can hold up people who may be assessed, by the causes of delay that show it."""


@dataclass(frozen=True)
class Binding:
    """One region in one quarter: the constraint with most days of delay, and the share of each."""

    region: str
    quarter: str
    constraint: str
    days: Figure
    shares: dict[str, Figure]

    def to_dict(self) -> dict[str, object]:
        """The binding as plain data."""
        return {
            "region": self.region,
            "quarter": self.quarter,
            "constraint": self.constraint,
            "worker_days": self.days.to_dict(),
            "shares": {name: found.to_dict() for name, found in self.shares.items()},
        }


def binding(stored: Stored) -> tuple[Binding, ...]:
    """What binds in every region and quarter; nothing ("") where nobody is delayed."""
    quarters = [date_of(int(day)) for day in stored.quarters]
    found = []
    for place, region in enumerate(stored.regions):
        for at, quarter in enumerate(quarters):
            days = {
                name: stored.delays[:, list(causes), at, place].sum(axis=1)
                for name, causes in CONSTRAINTS.items()
            }
            total = np.sum(list(days.values()), axis=0)
            shares = {name: figure(over(part, total)) for name, part in days.items()}
            most = max(days, key=lambda name: float(days[name].mean())) if total.any() else ""
            named = f"{quarter.year}-Q{(quarter.month - 1) // 3 + 1}"
            found.append(Binding(region, named, most, figure(total), shares))
    return tuple(found)


def waiting_because(results: Results, region: int) -> str:
    """What keeps endorsed people of a region from a seat, in words, where seats are not the reason."""
    causes = Cause.AWAITING_RELEASE, Cause.CENTRE_CLOSED, Cause.AWAITING_SEAT
    delays = results.recorded("delays", 0)[..., region].sum(axis=(0, 2))
    found = {cause: int(delays[cause]) for cause in causes}
    total = sum(found.values())
    worst = max(found, key=lambda cause: found[cause])
    if not total:
        return "nobody waits for a seat"
    share = found[worst] / total
    if worst == Cause.AWAITING_SEAT:
        return "people miss or wait for bookings made week by week, and more seats do not shorten that"
    reasons = {
        Cause.AWAITING_RELEASE: "employers cannot release people sooner (release.weekly_share)",
        Cause.CENTRE_CLOSED: "centres are closed for longer than the target",
    }
    return f"{reasons[worst]}; {share:.0%} of the days waited for a seat are days {CAUSE_LABELS[worst]}"
