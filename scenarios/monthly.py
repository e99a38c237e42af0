"""Numbers month by month from what is recorded of each replication: running totals for England.

A measure is read once a year; what is counted by month shows when in the year it came about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from scenarios.comparison import Comparison, compare
from scenarios.experiment import Results
from scenarios.record import month_beginnings
from simulation.calendar import LAST, date_of, day_of
from simulation.measures import MEASURES, Measure, MeasureKey

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


def series(results: Results, name: str, level: float = 0.8, spread: bool = False) -> Comparison:
    """The running total of an array by month, compared as any measure: a row for the end of each month.

    Raises KeyError for a name that is not counted by month.
    """
    measure = MONTHLY[name]
    inputs = results.arms[0].inputs
    first, last = max(day_of(inputs.start), 1), day_of(min(inputs.until, LAST))
    begins = month_beginnings(first, last)
    days = (*(begin - 1 for begin in begins[1:]), last)
    keys = tuple(MeasureKey(name, at=date_of(day).isoformat()) for day in days)
    values = np.full((len(results.arms), results.values.shape[1], len(keys)), np.nan)
    for arm in range(len(results.arms)):
        counted = results.recorded(name, arm).sum(axis=2)
        values[arm, results.whole] = np.cumsum(counted, axis=1)
    return compare(replace(results, keys=keys, values=values), {name: measure}, level, spread)
