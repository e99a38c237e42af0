"""Lines and their intervals laid into cells: what stands in each cell of a plot, without any colour."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from reports.page import Band
from reports.scale import Scale
from tui.widgets.glyphs import Glyphs

_DASHES: Final = ("1", "111100", "1100", "11110010")
"""Which columns of dots a line fills: solid, dashed, dotted, dash and dot."""

_BLOCK: Final = (("━", "┃"), ("╍", "╏"), ("┅", "┇"), ("┉", "┋"))
_ASCII: Final = (("*", "*"), ("o", "o"), ("+", "+"), ("x", "x"))
_SAMPLE: Final = ("━━━", "╍╍╍", "┅┅┅", "┉┉┉")
_FILL: Final = "░▒░▒"
_ASCII_FILL: Final = ".:.:"
_DOTS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def kind_of(number: int, count: int) -> int:
    """The kind of line of a series: of several, the first is dashed and the second solid."""
    return number if count == 1 or number > 1 else 1 - number


def sample(kind: int, glyphs: Glyphs) -> str:
    """A piece of a line for the legend."""
    return _ASCII[kind % 4][0] * 3 if glyphs == "ascii" else _SAMPLE[kind % 4]


def fill(kinds: Sequence[int], glyphs: Glyphs) -> str:
    """The sign of a place in the intervals of lines of these kinds, where colour cannot say it."""
    if glyphs == "ascii":
        return "%" if len(kinds) > 1 else _ASCII_FILL[kinds[0] % 4]
    return "▓" if len(kinds) > 1 else _FILL[kinds[0] % 4]


@dataclass
class Plot:
    """Cells of a plot by (row, column): the sign of a line with its series, and whose intervals hold it.

    `halves` tells the latter for the upper and lower half of each cell: (2 * row + half, column).
    """

    width: int
    height: int
    signs: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)
    halves: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    through: set[tuple[int, int]] = field(default_factory=set)
    """Cells that a line goes through, also between its dashes."""

    ends: dict[int, int] = field(default_factory=dict)
    """The row in which each series ends."""

    def inside(self, row: int, column: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The series whose intervals hold the upper and the lower half of a cell."""
        return self.halves.get((2 * row, column), ()), self.halves.get((2 * row + 1, column), ())


def lay(
    bands: Sequence[Band], at: Sequence[float], scale: Scale, width: int, height: int, glyphs: Glyphs
) -> Plot:
    """Lines and intervals in a plot. `at` says where each value lies, from 0 to 1."""
    plot = Plot(width, height)
    for number, band in enumerate(bands):
        _lay_interval(plot, number, band, at, scale)
    for number, band in enumerate(bands):
        kind = kind_of(number, len(bands))
        if glyphs == "braille":
            _lay_dots(plot, number, kind, band, at, scale)
        else:
            _lay_signs(plot, number, (_ASCII if glyphs == "ascii" else _BLOCK)[kind % 4], band, at, scale)
        last = next((value for value in reversed(band.value) if math.isfinite(value)), math.nan)
        if math.isfinite(last):
            plot.ends[number] = _row(scale, last, height)
    return plot


def column_of(at: float, width: int) -> int:
    """The column of a place."""
    return round(at * (width - 1))


def _lay_interval(plot: Plot, number: int, band: Band, at: Sequence[float], scale: Scale) -> None:
    lows = _along(band.low, at, plot.width)
    highs = _along(band.high, at, plot.width)
    for column, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if not (math.isfinite(low) and math.isfinite(high)):
            continue
        top, bottom = _row(scale, high, plot.height * 2), _row(scale, low, plot.height * 2)
        for half in range(top, bottom + 1):
            plot.halves[half, column] = (*plot.halves.get((half, column), ()), number)


def _lay_dots(plot: Plot, number: int, kind: int, band: Band, at: Sequence[float], scale: Scale) -> None:
    dashes = _DASHES[kind % len(_DASHES)]
    cells: dict[tuple[int, int], int] = {}
    for column, top, bottom in _steps(band, at, scale, plot.width * 2, plot.height * 4):
        drawn = dashes[column % len(dashes)] == "1"
        for row in range(top, bottom + 1):
            place = row // 4, column // 2
            plot.through.add(place)
            if not drawn:
                continue
            cells[place] = cells.get(place, 0) | _DOTS[column % 2][row % 4]
    for place, dots in cells.items():
        before = plot.signs.get(place)
        dots |= ord(before[0]) - 0x2800 if before else 0  # noqa: PLW2901
        plot.signs[place] = chr(0x2800 + dots), number


def _lay_signs(
    plot: Plot, number: int, signs: tuple[str, str], band: Band, at: Sequence[float], scale: Scale
) -> None:
    for column, top, bottom in _steps(band, at, scale, plot.width, plot.height):
        for row in range(top, bottom + 1):
            plot.through.add((row, column))
            plot.signs[row, column] = signs[0] if top == bottom else signs[1], number


def _steps(
    band: Band, at: Sequence[float], scale: Scale, width: int, height: int
) -> Iterator[tuple[int, int, int]]:
    """For each column the rows that a line goes through, joined to the column before."""
    before: int | None = None
    for column, value in enumerate(_along(band.value, at, width)):
        if not math.isfinite(value):
            before = None
            continue
        row = _row(scale, value, height)
        if before is None or abs(row - before) <= 1:
            yield column, row, row
        elif row < before:
            yield column, row, before - 1
        else:
            yield column, before + 1, row
        before = row


def _row(scale: Scale, value: float, height: int) -> int:
    return min(max(round((1 - scale.part(value)) * (height - 1)), 0), height - 1)


def _along(values: Sequence[float], at: Sequence[float], width: int) -> list[float]:
    """Values at every column, straight between the places where they are known."""
    if len(at) == 1:
        return [values[0], *[math.nan] * (width - 1)]
    found = []
    for column in range(width):
        where = column / (width - 1) if width > 1 else 0.0
        left = min(max(bisect_right(at, where) - 1, 0), len(at) - 2)
        share = (where - at[left]) / (at[left + 1] - at[left])
        before, after = values[left], values[left + 1]
        if share <= 0 or not math.isfinite(after):
            # A last known value is shown in the columns nearest to it, not stretched to the unknown.
            found.append(before if share <= 0.5 else math.nan)
        elif share >= 1 or not math.isfinite(before):
            found.append(after if share >= 0.5 else math.nan)
        else:
            found.append(before + (after - before) * share)
    return found
