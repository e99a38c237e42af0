"""Comparisons as tables: as much as fits beside each other, the rest below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from cli.output import columns, emphasis, width
from reports.comparing import Labelled, give_or_take, in_brackets, word_for

_STYLES: Final = {
    "better": "good",
    "worse": "bad",
    "no difference": "quiet",
    "unclear": "quiet",
    "no verdict": "quiet",
}


def blocks(
    titled: Sequence[tuple[str, Sequence[Labelled]]],
    names: Sequence[str],
    level: float,
    lopsided: bool = False,
) -> dict[str, list[str]]:
    """Rows under each title, beside each other, or one below the other where there is no room.

    One arm has its intervals in brackets, several have plus or minus, whatever the width. `lopsided`
    intervals lie further to one side of their mean than to the other, so that plus or minus would not be
    true of them.
    """
    note = f"difference ({level:.0%})" if len(names) > 1 else ""
    found: dict[str, list[str]] = {}
    bracketed = lopsided or len(names) == 1
    for layout in (_brackets, _stacked_brackets) if bracketed else (_plus_minus, _stacked):
        found = {title: layout(rows, names, [title, note]) for title, rows in titled if rows}
        if all(len(line) <= width() for lines in found.values() for line in lines):
            break
    return {
        title: [emphasis(lines[0], "strong"), *map(_coloured, lines[1:])] for title, lines in found.items()
    }


def _brackets(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _beside(rows, names, heads, in_brackets)


def _plus_minus(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _beside(rows, names, heads, give_or_take)


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
            line += [cell(gap.estimate, unit, signed=True), word_for(gap, unit)]
        table.append(line)
    return columns(table, right=range(1, len(names) + 1))


def _stacked(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _below(rows, names, heads, give_or_take)


def _stacked_brackets(rows: Sequence[Labelled], names: Sequence[str], heads: Sequence[str]) -> list[str]:
    return _below(rows, names, heads, in_brackets)


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
                line[2:] = [cell(gap.estimate, unit, signed=True), word_for(gap, unit)]
            table.append(line)
    head, *lines = columns(table, right=[1])
    stacked = [heads[0], *([head] if head else [])]
    for index, (label, _) in enumerate(rows):
        stacked += [label, *lines[index * len(names) : (index + 1) * len(names)]]
    return stacked


def _coloured(line: str) -> str:
    for word, style in _STYLES.items():
        if line.endswith(f" {word}"):
            return f"{line[: -len(word)]}{emphasis(word, style)}"
    return line
