"""The measures, each declared once: what it counts, in what unit, of whom, and which direction is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Better = Literal["higher", "lower", "neither"]
Kind = Literal["at", "period"]


@dataclass(frozen=True)
class Measure:
    """A measure. `kind` says whether it is read at a date or over a period; `cuts` what it is split by."""

    id: str
    label: str
    definition: str
    unit: str
    denominator: str
    better: Better
    kind: Kind
    headline: bool
    cuts: tuple[str, ...] = ("region", "status")


@dataclass(frozen=True, order=True)
class MeasureKey:
    """One number: a measure, its date or period ("2018", or two ISO dates with a slash), and its cut."""

    id: str
    at: str = ""
    period: str = ""
    by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MeasureTable:
    """The numbers of one replication; NaN where a measure is not defined, such as a rate of nobody."""

    keys: tuple[MeasureKey, ...]
    values: NDArray[np.float64]

    def value(self, key: MeasureKey) -> float:
        """One number. Raises KeyError when there is no such key."""
        try:
            return float(self.values[self.keys.index(key)])
        except ValueError:
            raise KeyError(key) from None


_DECLARED: Final = (
    Measure(
        "in_scope",
        "In scope",
        "People in post whose functions call for accreditation under the rules (Q2), called yet or not",
        "people",
        "",
        "neither",
        "at",
        True,
    ),
    Measure(
        "put_forward",
        "Put forward at least once, to date",
        "People who have come or been put forward for assessment by the date, whether or not still in post",
        "people",
        "",
        "neither",
        "at",
        False,
    ),
    Measure(
        "endorsed",
        "Endorsed at least once, to date",
        "People endorsed for assessment at least once by the date, whether or not still in post",
        "people",
        "",
        "neither",
        "at",
        False,
    ),
    Measure(
        "assessed",
        "Sat at least once, to date",
        "People who have sat an assessment by the date, whether or not still in post",
        "people",
        "",
        "neither",
        "at",
        True,
    ),
    Measure(
        "sittings",
        "Sittings held, to date",
        "Assessments sat by the date, first attempts and retakes",
        "sittings",
        "",
        "neither",
        "at",
        False,
    ),
    Measure(
        "retakes",
        "Retakes held, to date",
        "Sittings by the date that followed an earlier result below the standard, of one element or of all",
        "sittings",
        "",
        "lower",
        "at",
        False,
    ),
    Measure(
        "accredited",
        "Accredited and in post",
        "People in post on the date who hold the accreditation their functions call for",
        "people",
        "",
        "higher",
        "at",
        True,
    ),
    Measure(
        "accredited_share",
        "Accredited, share of in scope",
        "Accredited and in post, over people in scope, on the same date",
        "share",
        "in_scope",
        "higher",
        "at",
        True,
    ),
    Measure(
        "first_attempt_pass_rate",
        "First-attempt pass rate",
        "Share of results of first attempts by the date in which every element met the standard",
        "share",
        "results of first attempts",
        "higher",
        "at",
        True,
    ),
    Measure(
        "fail_rate",
        "Results below the standard",
        "Share of all results by the date, first attempts and retakes, with an element below the standard",
        "share",
        "results",
        "lower",
        "at",
        False,
    ),
    Measure(
        "waiting",
        "Endorsed and waiting for a seat",
        "People endorsed who have not sat since, on the date",
        "people",
        "",
        "lower",
        "at",
        True,
    ),
    Measure(
        "restricted",
        "Not holding their functions",
        "People in post past their latest date without accreditation who have stopped holding the functions",
        "people",
        "",
        "lower",
        "at",
        True,
    ),
    Measure(
        "headcount",
        "Directly employed",
        "People directly employed in post on the date, agency and self-employed workers not counted",
        "people",
        "",
        "neither",
        "at",
        False,
        ("region",),
    ),
    Measure(
        "staffing_gap_fte",
        "Staffing gap, FTE",
        "Posts in scope less directly employed people able to hold them (in post, not restricted, not "
        "released), FTE, by employer and status, shortages only, at the end of the month",
        "FTE",
        "",
        "lower",
        "at",
        False,
    ),
    Measure(
        "staffing_gap_uncovered_fte",
        "Posts uncovered, FTE",
        "The staffing gap less agency workers able to cover it with the same employer and status, FTE",
        "FTE",
        "",
        "lower",
        "at",
        True,
    ),
    Measure(
        "wait_median_days",
        "Waited for a seat, median days",
        "Days from endorsement to sitting, median of sittings in the year",
        "days",
        "sittings in the year",
        "lower",
        "period",
        True,
    ),
    Measure(
        "wait_p95_days",
        "Waited for a seat, 95th percentile days",
        "Days from endorsement to sitting, which 95% of sittings in the year did not exceed",
        "days",
        "sittings in the year",
        "lower",
        "period",
        False,
    ),
    Measure(
        "seat_utilisation",
        "Seats used in the year",
        "Sittings in the year over seats offered at the centres",
        "share",
        "seats offered in the year",
        "neither",
        "period",
        True,
        ("region",),
    ),
    Measure(
        "seats_offered",
        "Seats offered in the year",
        "Seats planned at open centres in the year, those lost to absent assessors included",
        "seats",
        "",
        "neither",
        "period",
        False,
        ("region",),
    ),
    Measure(
        "release_days",
        "Days of release in the year",
        "Days away from cases in the year: preparation when put forward, and one sitting at a time",
        "days",
        "",
        "lower",
        "period",
        False,
    ),
    Measure(
        "leavers",
        "Leavers in the year",
        "Directly employed people who left their employer in the year, moves between authorities included",
        "people",
        "",
        "lower",
        "period",
        True,
        ("region",),
    ),
    Measure(
        "joiners",
        "Joiners in the year",
        "People who became directly employed in the year, moves between authorities included",
        "people",
        "",
        "neither",
        "period",
        False,
        ("region",),
    ),
    Measure(
        "staffing_gap_peak_fte",
        "Staffing gap in the worst month, FTE",
        "The largest staffing gap at the end of any month of the period",
        "FTE",
        "",
        "lower",
        "period",
        False,
        ("authority",),
    ),
    Measure(
        "staffing_gap_uncovered_peak_fte",
        "Posts uncovered in the worst month, FTE",
        "The largest uncovered staffing gap at the end of any month of the period",
        "FTE",
        "",
        "lower",
        "period",
        True,
        ("authority",),
    ),
    Measure(
        "delay_days",
        "Days in scope without accreditation",
        "Days that people in scope spent without accreditation in the period, each with exactly one cause",
        "days",
        "",
        "lower",
        "period",
        False,
        ("cause",),
    ),
)

MEASURES: Final[Mapping[str, Measure]] = {measure.id: measure for measure in _DECLARED}
"""Every measure by id, in the order in which they are shown."""
