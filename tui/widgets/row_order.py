"""Which rows of a table are shown, and in which order."""

from __future__ import annotations

import math

from reports.legible import legible
from reports.page import Cell, Table


def ordered(table: Table, sorting: tuple[str, bool] | None, words: str) -> list[int]:
    """The places of the rows that hold every one of the words, in order; what has no value comes last."""
    wanted = legible(words).casefold().split()
    rows = [
        place
        for place, row in enumerate(table.rows)
        if all(word in " ".join(legible(cell.text) for cell in row).casefold() for word in wanted)
    ]
    if sorting is None:
        return rows
    place = next(number for number, column in enumerate(table.columns) if column.id == sorting[0])
    known = [row for row in rows if _known(table.rows[row][place])]
    unknown = [row for row in rows if not _known(table.rows[row][place])]
    known.sort(key=lambda row: _rank(table.rows[row][place]), reverse=sorting[1])
    return known + unknown


def _known(cell: Cell) -> bool:
    return not (cell.value is None or (isinstance(cell.value, float) and math.isnan(cell.value)))


def _rank(cell: Cell) -> tuple[int, float, str]:
    """Numbers before names, each among its own."""
    value = cell.value
    return (1, 0.0, value.casefold()) if isinstance(value, str) else (0, float(value or 0), "")
