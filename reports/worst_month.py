"""The authority with most uncovered posts in its worst month, and when that was. It ranks nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from reports.numbers import amount, interval
from scenarios.record import month_beginnings
from simulation.calendar import LAST, date_of, day_of

if TYPE_CHECKING:
    from scenarios.comparison import Comparison

MEASURE: Final = "staffing_gap_uncovered_peak_fte"


def worst_authority(comparison: Comparison, arm: int) -> str:
    """One arm's authority, its posts with their interval, and the month; empty where nothing is uncovered."""
    name = comparison.names[arm]
    peaks = [
        (row.arms[name].mean, row.key.by[0][1], row.arms[name])
        for row in comparison.rows
        if row.key.id == MEASURE and row.key.by and row.arms[name].mean > 0
    ]
    if not peaks:
        return ""
    peak, authority, found = max(peaks, key=lambda item: item[:2])
    span = interval(found.low, found.high, "FTE")
    posts = f"{amount(peak, 'FTE')} {span}".rstrip()
    return f"{authority} {posts} FTE{_when(comparison, arm, peak)}"


def _when(comparison: Comparison, arm: int, peak: float) -> str:
    """The month in which the authority with this mean peak is at its worst in most replications."""
    records = comparison.results.records
    if not records or "gaps" not in next(iter(records.values())).arrays:
        return ""
    gap, covered = np.moveaxis(comparison.results.recorded("gaps", arm), 1, 0)
    posts = (gap - covered).sum(axis=3) / 100
    worst = posts.max(axis=1).mean(axis=0)
    place = int(np.abs(worst - peak).argmin())
    inputs = comparison.results.arms[arm].inputs
    begins = month_beginnings(max(day_of(inputs.start), 1), day_of(min(inputs.until, LAST)))
    often = int(np.bincount(posts[:, :, place].argmax(axis=1)).argmax())
    if abs(worst[place] - peak) > 1e-6 * max(1.0, peak) or often >= len(begins):
        return ""
    return f", most often in {date_of(begins[often]):%B %Y}"
