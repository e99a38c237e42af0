"""Comparisons as tables: as much as fits beside each other, the rest below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from cli.output import columns, emphasis, width
from reports.numbers import amount, change, half_width, interval

if TYPE_CHECKING:
    from scenarios.comparison import Comparison, Estimate, Row

Labelled = tuple[str, "Row"]

_STYLES: Final = {"better": "good", "worse": "bad", "no difference": "quiet", "unclear": "quiet"}


def blocks(
    titled: Sequence[tuple[str, Sequence[Labelled]]],
    names: Sequence[str],
    level: float,
    lopsided: bool = False,
) -> dict[str, list[str]]:
    """Rows under each title, all in the first layout that fits: brackets, plus or minus, or stacked.

    `lopsided` intervals lie further to one side of their mean than to the other, so that plus or minus
    would not be true of them.
    """
    note = f"difference ({level:.0%} interval)" if len(names) > 1 else ""
    found: dict[str, list[str]] = {}
    for layout in (_brackets, _stacked_brackets) if lopsided else (_brackets, _plus_minus, _stacked):
        found = {title: layout(rows, names, [title, note]) for title, rows in titled if rows}
        if all(len(line) <= width() for lines in found.values() for line in lines):
            break
    return {
        title: [emphasis(lines[0], "strong"), *map(_coloured, lines[1:])] for title, lines in found.items()
    }


def headline_rows(
    comparison: Comparison, at: str, period: str, wanted: frozenset[str] | None = None
) -> list[Labelled]:
    """The national headline measures, or the wanted ones, of one December and of the year that it ends."""
    return [
        (row.measure.label, row)
        for row in _ordered(comparison, wanted)
        if not row.key.by and ((at and row.key.at == at) or (period and row.key.period == period))
    ]


def cut_rows(
    comparison: Comparison, at: str, period: str, cut: str, wanted: frozenset[str] | None = None
) -> Iterable[tuple[str, list[Labelled]]]:
    """Each headline measure with its rows by region or by status."""
    groups: dict[str, list[Labelled]] = {}
    for row in _ordered(comparison, wanted):
        if row.key.at != at and row.key.period != period:
            continue
        if len(row.key.by) == 1 and row.key.by[0][0] == cut:
            groups.setdefault(row.measure.label, []).append((f"  {row.key.by[0][1]}", row))
    return groups.items()


def ends(comparison: Comparison) -> list[str]:
    """The dates at which measures are read, in order."""
    return sorted({row.key.at for row in comparison.rows if row.key.at})


def _ordered(comparison: Comparison, wanted: frozenset[str] | None) -> list[Row]:
    """The rows to show in the order in which measures are declared: the wanted ones, or the headlines."""
    from simulation.measures import MEASURES

    order = {name: index for index, name in enumerate(MEASURES)}
    chosen = (row for row in comparison.rows if _is_shown(row, wanted))
    return sorted(chosen, key=lambda row: order[row.key.id])


def _is_shown(row: Row, wanted: frozenset[str] | None) -> bool:
    return row.measure.headline if wanted is None else row.key.id in wanted


def _brackets(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _beside(rows, names, heads, _in_brackets)


def _plus_minus(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _beside(rows, names, heads, _give_or_take)


def _beside(
    rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str], cell: Callable[..., str]
) -> list[str]:
    """Every arm in a column, then each difference with its word."""
    title, note = heads
    others = names[1:]
    over = [note] if len(others) == 1 else [f"{name} less {names[0]}" for name in others]
    table = [[title, *names, *(text for head in over for text in (head, ""))]]
    for label, row in rows:
        unit = row.measure.unit
        line = [label, *(cell(row.arms[name], unit) for name in names)]
        for name in others:
            gap = row.differences[name]
            line += [cell(gap.estimate, unit, signed=True), gap.verdict]
        table.append(line)
    return columns(table, right=range(1, len(names) + 1))


def _stacked(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _below(rows, names, heads, _give_or_take)


def _stacked_brackets(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _below(rows, names, heads, _in_brackets)


def _below(
    rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str], cell: Callable[..., str]
) -> list[str]:
    """One line an arm below each label, for narrow terminals and many arms."""
    table = [["", "", heads[1], ""]]
    for _, row in rows:
        unit = row.measure.unit
        for name in names:
            line = [f"    {name}", cell(row.arms[name], unit), "", ""]
            if gap := row.differences.get(name):
                line[2:] = [cell(gap.estimate, unit, signed=True), gap.verdict]
            table.append(line)
    head, *lines = columns(table, right=[1])
    stacked = [heads[0], *([head] if head else [])]
    for index, (label, _) in enumerate(rows):
        stacked += [label, *lines[index * len(names) : (index + 1) * len(names)]]
    return stacked


def _in_brackets(estimate: Estimate, unit: str, *, signed: bool = False) -> str:
    middle = change(estimate.mean, unit) if signed else amount(estimate.mean, unit)
    return f"{middle} {interval(estimate.low, estimate.high, unit, signed=signed)}".rstrip()


def _give_or_take(estimate: Estimate, unit: str, *, signed: bool = False) -> str:
    middle = change(estimate.mean, unit) if signed else amount(estimate.mean, unit)
    return f"{middle} {half_width(estimate.low, estimate.high, unit)}".rstrip()


def _coloured(line: str) -> str:
    for word, style in _STYLES.items():
        if line.endswith(f" {word}"):
            return f"{line[: -len(word)]}{emphasis(word, style)}"
    return line
