"""A comparison in rows and sentences: which measures are shown where, and what is said of them.

The table at the prompt and the page on a screen take their rows, figures and words from here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reports.dates import day
from reports.numbers import amount, change, half_width, interval, reads_as_zero

if TYPE_CHECKING:
    from scenarios.comparison import Comparison, Difference, Estimate, Row
    from scenarios.experiment import Arm
    from scenarios.pairing import Sides
    from scenarios.scenario import Scenario
    from simulation.measures import Measure

Labelled = tuple[str, "Row"]

PEOPLE: Final = "people"
"""The unit that no label says: other units are part of their label, or stand with the figure."""

EVEN: Final = 1e-6
"""By how little of its width an interval may lie to one side and still be told as plus or minus."""


LEAST_TOLD: Final = 0.005
"""A cause of delay below this share of delayed days is not told."""


def headline_rows(
    comparison: Comparison, at: str, period: str, wanted: frozenset[str] | None = None
) -> list[Labelled]:
    """The national headline measures, or the wanted ones, of one December and of the year that it ends."""
    return [
        (in_its_year(with_unit(row.measure), row), row)
        for row in ordered(comparison, wanted)
        if not row.key.by and ((at and row.key.at == at) or (period and row.key.period == period))
    ]


def with_unit(measure: Measure) -> str:
    """The label of a measure with the word for what it counts, where neither it nor its figures say so."""
    return f"{measure.label}, {PEOPLE}" if measure.unit == PEOPLE else measure.label


def in_its_year(label: str, row: Row) -> str:
    """The label of a measure that counts what happens in a year, with that year: "Leavers in 2021"."""
    year = row.key.period
    if not year.isdigit():  # read at a date, or over all of the time
        return label
    within = "in the year"
    return label.replace(within, f"in {year}") if within in label else f"{label}, in {year}"


def cut_rows(
    comparison: Comparison, at: str, period: str, cut: str, wanted: frozenset[str] | None = None
) -> Iterable[tuple[str, list[Labelled]]]:
    """Each headline measure with its rows by region or by status."""
    groups: dict[str, list[Labelled]] = {}
    for row in ordered(comparison, wanted):
        if row.key.at != at and row.key.period != period:
            continue
        if len(row.key.by) == 1 and row.key.by[0][0] == cut:
            groups.setdefault(in_its_year(with_unit(row.measure), row), []).append(
                (f"  {row.key.by[0][1]}", row)
            )
    return groups.items()


def ends(comparison: Comparison) -> list[str]:
    """The dates at which measures are read, in order."""
    return sorted({row.key.at for row in comparison.rows if row.key.at})


def ordered(comparison: Comparison, wanted: frozenset[str] | None) -> list[Row]:
    """The rows to show in the order in which measures are declared: the wanted ones, or the headlines."""
    from simulation.measures import MEASURES

    order = {name: index for index, name in enumerate(MEASURES)}
    chosen = (row for row in comparison.rows if _is_shown(row, wanted))
    return sorted(chosen, key=lambda row: order[row.key.id])


def _is_shown(row: Row, wanted: frozenset[str] | None) -> bool:
    return row.measure.headline if wanted is None else row.key.id in wanted


def in_brackets(estimate: Estimate, unit: str, *, signed: bool = False) -> str:
    """A mean with the ends of its interval; `signed` for a difference."""
    middle = change(estimate.mean, unit) if signed else amount(estimate.mean, unit)
    return f"{middle} {interval(estimate.low, estimate.high, unit, signed=signed)}".rstrip()


def give_or_take(estimate: Estimate, unit: str, *, signed: bool = False) -> str:
    """A mean with its interval as plus or minus; `signed` for a difference.

    An interval that is cut at what is possible is not even about its mean, and has its ends in brackets.
    """
    above, below = estimate.high - estimate.mean, estimate.mean - estimate.low
    if abs(above - below) > EVEN * (above + below):
        return in_brackets(estimate, unit, signed=signed)
    middle = change(estimate.mean, unit) if signed else amount(estimate.mean, unit)
    return f"{middle} {half_width(estimate.low, estimate.high, unit)}".rstrip()


def what_differs(other: Scenario, first: Scenario) -> str:
    """What one scenario changes against another, in a sentence without an end."""
    from scenarios.differences import differences

    found = differences(other, first)
    levers = [item.id for item in found if item.kind == "lever"]
    rest = [item.id or item.kind for item in found if item.kind != "lever"]
    parts = [f"{len(levers)} lever{'s' if len(levers) != 1 else ''}: {', '.join(levers)}"] if levers else []
    parts += [f"{'also in ' if levers else ''}{', '.join(rest)}"] if rest else []
    return f"{other.id} differs from {first.id} in {'; '.join(parts) or 'nothing'}"


def settings_line(settings: Mapping[str, object], several: bool) -> str:
    """What was set in every scenario besides its file; empty for nothing."""
    from scenarios.differences import shown

    if not settings:
        return ""
    made = "; ".join(f"{name} = {shown(value)}" for name, value in settings.items())
    return f"{'set in every scenario' if several else 'set in this scenario'}: {made}"


def how_many(comparison: Comparison) -> str:
    """The replications behind the figures, "n of N" when some are missing."""
    several = len(comparison.names) > 1
    noun = ("paired " if several else "") + "replication" + ("s" if comparison.used != 1 else "")
    if comparison.used < comparison.results.requested:
        return f"{comparison.used} of {comparison.results.requested} {noun}"
    return f"{comparison.used} {noun}"


def span_of(arm: Arm) -> str:
    """The time that is simulated."""
    return f"{day(arm.inputs.start.isoformat())} to {day(arm.inputs.until.isoformat())}"


def whole_period(arm: Arm) -> str:
    """The key of the period that covers all of the time."""
    return f"{arm.inputs.start.isoformat()}/{arm.inputs.until.isoformat()}"


def worst_authorities(comparison: Comparison) -> str:
    """The authority with the most uncovered posts in its worst month, for each arm; empty for none."""
    from reports.worst_month import worst_authority

    told = [(name, worst_authority(comparison, arm)) for arm, name in enumerate(comparison.names)]
    found = [f"{name}: {said}" for name, said in told if said]
    return f"largest of any authority (no ranking)   {' · '.join(found)}" if found else ""


def holding_back(comparison: Comparison) -> Iterator[str]:
    """What holds people back, as shares of delayed days with intervals, a sentence for each arm with any."""
    from scenarios.comparison import held_back

    for name, causes in held_back(comparison).items():
        shares = " · ".join(
            f"{cause} {give_or_take(share, 'share')}" for cause, share in causes if share.mean >= LEAST_TOLD
        )
        if shares:
            yield f"{name}: {shares}"


def caveat(arms: Sequence[Arm]) -> str:
    """What a staff list does to the levels of a table; a scheme from scratch has no posts to leave open."""
    if not any(arm.inputs.workforce_file and arm.inputs.plain is None for arm in arms):
        return ""
    return (
        "On a staff list: nobody joins the people listed, and an authority's published vacancies are added "
        "to its posts, so the gap grows by construction. Compare differences between scenarios, not levels."
    )


def word_for(difference: Difference, unit: str) -> str:
    """The word for a difference beside its figures: unclear also where the written interval touches zero."""
    gap, verdict = difference.estimate, difference.verdict
    decided = verdict in ("better", "worse", "higher", "lower")
    near = min(gap.low, gap.high, key=abs)
    return "unclear" if decided and reads_as_zero(near, unit) else verdict


def mark_of(difference: Difference, unit: str) -> str:
    """The sign of a difference: up or down as the figure goes, whatever the word. Colour is never needed."""
    verdict = word_for(difference, unit)
    if verdict in ("better", "worse", "higher", "lower"):
        return "^" if difference.estimate.mean > 0 else "v"
    return {"no difference": "=", "unclear": "?"}.get(verdict, "")


def difference_words(
    label: str, unit: str, name: str, first: str, difference: Difference, level: float
) -> str:
    """A paired difference as a sentence."""
    gap, verdict = difference.estimate, word_for(difference, unit)
    if verdict == "no difference":
        return f"{label}: no difference between {name} and {first}."
    if math.isnan(gap.mean):
        return f"{label}: not defined in both scenarios."
    if math.isnan(gap.low):
        return f"{label}: {name} less {first} {change(gap.mean, unit)}; one replication has no interval."
    if verdict == "unclear":
        ends = interval(gap.low, gap.high, unit, signed=True)
        return (
            f"{label}: no clear difference; {name} less {first} {change(gap.mean, unit)} {ends} "
            f"({level:.0%} interval)."
        )
    way, low, high = ("higher", gap.low, gap.high) if gap.mean > 0 else ("lower", -gap.high, -gap.low)
    word = "" if verdict in ("higher", "lower") else f", which is {verdict}"
    size = change(abs(gap.mean), unit).lstrip("+")
    return f"{label}: {name} is {way} by {size} {interval(low, high, unit)}{word} ({level:.0%} interval)."


def sides_words(found: Sides, name: str, first: str) -> str:
    """Which way the paired replications went."""
    if found.n == 0:
        return ""
    way, count = ("above", found.above) if found.above >= found.below else ("below", found.below)
    return f"{name} is {way} {first} in {count} of {found.n} paired replications."
