"""Numbers month by month from what is recorded of each replication: running totals for England.

A measure is read once a year; what is counted by month shows when in the year it came about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from scenarios.comparison import Difference, Estimate, estimates, spreads, verdict
from scenarios.experiment import Results
from scenarios.record import month_beginnings
from simulation.calendar import LAST, date_of, day_of
from simulation.measures import MEASURES, Measure

MONTHLY: Final[Mapping[str, Measure]] = {
    "accreditations": Measure(
        "accreditations",
        "Accreditations gained, to date",
        "First accreditations by the date, whether or not their holders are still in post",
        "people",
        "",
        "higher",
        "at",
        False,
        (),
    ),
    "sittings": MEASURES["sittings"],
}
"""What is counted by month, under the name of the array that records it."""


@dataclass(frozen=True)
class Series:
    """A running total for each arm; `estimates` go with `days`, the ISO dates on which months end."""

    measure: Measure
    days: tuple[str, ...]
    estimates: Mapping[str, tuple[Estimate, ...]]
    differences: Mapping[str, tuple[Difference, ...]]


def series(results: Results, name: str, level: float = 0.8, spread: bool = False) -> Series:
    """The running total of an array by month. Raises KeyError for a name that is not counted by month."""
    measure = MONTHLY[name]
    inputs = results.arms[0].inputs
    first, last = max(day_of(inputs.start), 1), day_of(min(inputs.until, LAST))
    begins = month_beginnings(first, last)
    days = tuple(date_of(day).isoformat() for day in (*(begin - 1 for begin in begins[1:]), last))
    totals = [
        np.cumsum(results.recorded(name, arm).sum(axis=2), axis=1, dtype=np.float64)
        for arm in range(len(results.arms))
    ]
    reckon = spreads if spread else estimates
    means = [tuple(reckon(total, level)) for total in totals]
    names = [arm.name for arm in results.arms]
    differences = {
        other: tuple(
            Difference(gap, verdict(gap, measure.better, abs(base.mean)))
            for gap, base in zip(reckon(total - totals[0], level), means[0], strict=True)
        )
        for other, total in list(zip(names, totals, strict=True))[1:]
    }
    return Series(measure, days, dict(zip(names, means, strict=True)), differences)
