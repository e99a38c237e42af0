"""How many arrive where and when: yearly totals kept exactly, spread over employers and days."""

from __future__ import annotations

from datetime import date

import numpy as np

from simulation.calendar import BASELINE, day_of
from simulation.ipf import Floats, Integers, largest_remainder
from simulation.sampling import draw


def arrivals(stream: str, first: Floats, later: Floats, days: int) -> tuple[Integers, Integers]:
    """The day and the employer of each arrival up to day `days`, in order of day, then employer.

    `first` and `later` are arrivals by employer in the first year (to 30 September 2017) and in each later
    one. A year's total is their sum rounded, with what rounding left over carried to the next year, and so
    for each employer. A longer horizon only adds arrivals at the end.
    """
    owed, owed_total = np.zeros(len(first)), 0.0
    found_days, found_employers = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    year = 0
    while (start := day_of(date(BASELINE.year + year, 9, 30))) < days:
        length = day_of(date(BASELINE.year + year + 1, 9, 30)) - start
        rate = first if year == 0 else later
        owed, owed_total = owed + rate, owed_total + float(rate.sum())
        total = round(owed_total)
        counts = largest_remainder(np.maximum(owed, 0.0), total)
        owed, owed_total = owed - counts, owed_total - total
        employer = np.repeat(np.arange(len(first)), counts)
        position = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
        phase = draw(f"{stream}.phase.{year}", len(first))
        within = (position + phase[employer]) / np.maximum(counts[employer], 1)
        day = start + 1 + np.floor(within * length).astype(np.int64)
        order = np.lexsort((employer, day))
        found_days.append(day[order])
        found_employers.append(employer[order])
        year += 1
    day, employer = np.concatenate(found_days), np.concatenate(found_employers)
    return day[day <= days], employer[day <= days]
