"""Many scenarios in one line each, before the details: one measure, and its difference from the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cli.output import columns, emphasis, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.comparison import Comparison

MANY: Final = 4
"""Scenarios from which on a summary comes first."""

SHOWN: Final = "accredited"
"""The measure of the summary; the first one shown, where this is not."""


def summary(comparison: Comparison, wanted: frozenset[str] | None, dates: Sequence[str]) -> list[str]:
    """Every scenario by one measure on the last of the dates shown; nothing for fewer than `MANY`."""
    from reports.comparing import give_or_take, headline_rows, in_brackets, with_unit, word_for
    from reports.dates import day

    if len(comparison.names) < MANY or not dates:
        return []
    at = dates[-1]
    rows = headline_rows(comparison, at, at[:4], wanted)
    chosen = next((row for _, row in rows if row.key.id == SHOWN), rows[0][1] if rows else None)
    if chosen is None:
        return []
    cell = in_brackets if comparison.spread else give_or_take
    unit, first = chosen.measure.unit, comparison.names[0]
    table = [["", "", f"less {first} ({comparison.level:.0%})", ""]]
    for name in comparison.names:
        line = [f"  {name}", cell(chosen.arms[name], unit), "", ""]
        if gap := chosen.differences.get(name):
            line[2:] = [cell(gap.estimate, unit, signed=True), word_for(gap, unit)]
        table.append(line)
    when = f"by {day(chosen.key.at)}" if chosen.key.at else f"in {chosen.key.period}"
    title = f"In one line each: {with_unit(chosen.measure)}, {when}"
    return [emphasis(paragraph(title), "strong"), *columns(table, right=(1,)), ""]
