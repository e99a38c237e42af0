"""A page as plain text: headings, sentences and aligned tables, for a person or a screen reader.

No lines are drawn and nothing is said by shape or colour alone: marks beside figures become words, and a
chart is its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reports.legible import fit, folded, legible, spoken, width
from reports.page import Column, HeatChart, Page, Prose, Table
from reports.provenance import facts
from reports.sentences import sentences

_GAP: Final = "  "
_SILENT_UNITS: Final = frozenset({"share", "count"})
_LEAST_NAME: Final = 26
_LEAST_WORDS: Final = 16
_LEAST_HEAD: Final = 8
"""Names of rows, other words, and heads of figures are not folded below so many cells."""


def plain(page: Page, cells: int = 100) -> str:
    """The page in lines of at most `cells`, ending with a new line."""
    return "\n".join(_lines(page, max(cells, 40))) + "\n"


def _lines(page: Page, cells: int) -> Iterator[str]:
    yield from folded(legible(page.title), cells)
    if page.summary:
        yield from folded(legible(page.summary), cells)
    if page.next and page.next.command:
        yield from folded(f"Next: {legible(page.next.command)}", cells, indent="  ")
    for number, block in enumerate(page.blocks, start=1):
        yield ""
        if isinstance(block, Prose):
            if block.title:
                yield from folded(f"{number}. {legible(block.title)}", cells)
            for place, line in sentences(block.lines):
                if place == "under":
                    yield from (f"  {piece}" for piece in folded(line, cells - 2, indent="  "))
                else:
                    yield from folded(line, cells, indent="  ")
            continue
        table = block if isinstance(block, Table) else block.table()
        yield from folded(f"{number}. {heading(table)}", cells)
        over = ""
        if isinstance(block, HeatChart) and over_words(block):
            over = "over"
            yield from folded(f"Over: {over_words(block)}.", cells)
        yield from table_lines(table, cells, over)
        if table.note:
            yield from folded(legible(table.note), cells)
    found = facts(page)
    if found:
        yield ""
        yield "Where this comes from"
        for label, text in found:
            yield from folded(f"{label}: {text}", cells, indent="  ")


def over_words(chart: HeatChart) -> str:
    """When a figure is too much, in words; nothing where none is."""
    if chart.over or chart.limit is None:
        return legible(chart.over)
    unit = legible(chart.unit)
    if unit == "share":
        return f"above {chart.limit * 100:g}%"
    return f"above {chart.limit:g}%" if unit == "%" else f"above {chart.limit:g} {unit}".rstrip()


def heading(table: Table) -> str:
    """A table's title with how many rows it has, and of how many when not all are here."""
    count = len(table.rows)
    rows = "1 row" if count == 1 else f"{count} rows"
    shown = f"{count} of {table.of} rows" if table.of is not None and table.of != count else rows
    return f"{titled(table)} ({shown})" if table.title else f"Table ({shown})"


def titled(table: Table) -> str:
    """A table's title with the unit that its figures share, unless it says so already."""
    unit = one_unit(table)
    return legible(table.title) + (f", {unit}" if unit and unit not in table.title else "")


def row_sentence(table: Table, row: int) -> str:
    """A row in words, for a status line: its first cell, then each column's label with its figure."""
    cells = table.rows[row]
    first, *others = (spoken(cell) for cell in cells)
    said = one_unit(table)
    told = [
        f"{column_head(column, said)} {text}".strip()
        for column, text in zip(table.columns[1:], others, strict=True)
        if text
    ]
    return f"{first}: {'; '.join(told)}" if told else first


def one_unit(table: Table) -> str:
    """The unit that every figure of a table shares, to be said once; empty when there is none."""
    units = {column.unit for column in table.columns if column.number}
    if len(units) != 1 or units & _SILENT_UNITS:
        return ""
    unit = units.pop()
    several = sum(column.number for column in table.columns) > 1
    return legible(unit) if several or unit in table.title else ""


def table_lines(table: Table, cells: int, attention: str = "") -> Iterator[str]:
    """A table's lines. One too wide for the page is told in parts, each with the first column again."""
    if not table.rows:
        yield "None."
        return
    texts = [[spoken(cell, attention) for cell in row] for row in table.rows]
    said = one_unit(table)
    heads = [column_head(column, said) for column in table.columns]
    sizes = [
        _Size.of(place, head, [row[place] for row in texts], table.columns[place], cells)
        for place, head in enumerate(heads)
    ]
    for number, places in enumerate(_parts(sizes, cells)):
        if number:
            yield ""
        yield from _part(table.columns, heads, texts, places, _squeezed(sizes, places, cells))


def column_head(column: Column, said: str = "") -> str:
    """A column's label with its unit, unless the unit is `said` already or goes without saying."""
    unit = legible(column.unit)
    label = legible(column.label)
    if not unit or unit == said or unit in _SILENT_UNITS or unit in label:
        return label
    return f"{label} ({unit})".lstrip()


@dataclass(frozen=True)
class _Size:
    """How wide a column would like to be, and how narrow it can be: words fold, figures do not."""

    wanted: int
    least: int

    @classmethod
    def of(cls, place: int, head: str, texts: Sequence[str], column: Column, cells: int) -> _Size:
        body = max(width(text) for text in texts)
        if column.number:
            return cls(
                min(max(body, width(head)), cells // 2),
                min(max(body, min(width(head), _LEAST_HEAD)), cells // 2),
            )
        wanted = max(body, width(head))
        return cls(wanted, min(wanted, _LEAST_NAME if place == 0 else _LEAST_WORDS))


def _parts(sizes: Sequence[_Size], cells: int) -> list[list[int]]:
    """Columns in groups that fit the page, each beginning with the first column."""
    groups: list[list[int]] = [[0]]
    used = sizes[0].least
    for place in range(1, len(sizes)):
        step = sizes[place].least + len(_GAP)
        if used + step > cells and len(groups[-1]) > 1:
            groups.append([0])
            used = sizes[0].least
        groups[-1].append(place)
        used += step
    return groups


def _squeezed(sizes: Sequence[_Size], places: Sequence[int], cells: int) -> dict[int, int]:
    """Widths that fit the page: the column that is widest for its need gives way first."""
    found = {place: sizes[place].wanted for place in places}
    over = sum(found.values()) + len(_GAP) * (len(places) - 1) - cells
    while over > 0:
        place = max(places, key=lambda item: found[item] - sizes[item].least)
        if found[place] <= sizes[place].least:
            break
        found[place] -= 1
        over -= 1
    return found


def _part(
    columns: Sequence[Column],
    heads: Sequence[str],
    texts: Sequence[Sequence[str]],
    places: Sequence[int],
    sizes: dict[int, int],
) -> Iterator[str]:
    for row in [heads, *texts]:
        stacks = [folded(row[place], sizes[place]) for place in places]
        for line in range(max(len(stack) for stack in stacks)):
            yield _GAP.join(
                fit(stack[line] if line < len(stack) else "", sizes[place], right=columns[place].number)
                for place, stack in zip(places, stacks, strict=True)
            ).rstrip()
