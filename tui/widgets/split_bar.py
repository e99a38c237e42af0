"""A whole in its parts: one bar, and a line for each part with its figure."""

from __future__ import annotations

import math
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from reports.legible import legible
from reports.legible import width as cells_of
from reports.page import SplitChart
from tui.widgets.drawn import Drawn, Piece, strip, style

_FILLS: Final = ("█", "▒", "▓", "░")
_ASCII_FILLS: Final = ("#", "=", "+", ".")


class SplitBar(Drawn):
    """A split. Parts differ by fill as well as by colour, and are named below in the order of the bar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k,left", "move(-1)", "Up", show=False),
        Binding("down,j,right", "move(1)", "Down", show=False),
    ]

    cursor: reactive[int] = reactive(0, init=False)
    """The part that the cursor is on."""

    def __init__(self, chart: SplitChart, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.chart = chart

    def show(self, chart: SplitChart) -> None:
        """Show other parts."""
        if chart == self.chart:
            return
        taller = len(chart.parts) != len(self.chart.parts)
        self.chart = chart
        self.set_reactive(SplitBar.cursor, min(self.cursor, max(len(chart.parts) - 1, 0)))
        self.redraw(layout=taller)
        self.point()

    @property
    def block_id(self) -> str:
        """The id of the chart."""
        return self.chart.id

    def place(self) -> tuple[str, str] | None:
        """The part under the cursor."""
        return (self.chart.parts[self.cursor].name, "") if self.chart.parts else None

    def sentence(self) -> str:
        """The part under the cursor, in words."""
        part = self.chart.parts[self.cursor]
        return f"{legible(self.chart.title)}: {legible(part.name)} {legible(part.text)}"

    def action_move(self, steps: int) -> None:
        """Move the cursor by so many parts."""
        self.cursor = self.cursor + steps

    def validate_cursor(self, place: int) -> int:
        """The cursor stays on the parts."""
        return min(max(place, 0), max(len(self.chart.parts) - 1, 0))

    def watch_cursor(self) -> None:
        """Show and tell where the cursor is."""
        self.refresh()
        self.point()

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse was clicked."""
        row = event.get_content_offset_capture(self).y + self.scroll_offset.y - 1
        if 0 <= row < len(self.chart.parts):
            self.cursor = row

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The bar, and a line for each part."""
        del container, viewport, width
        return 1 + max(len(self.chart.parts), 1)

    def draw(self, width: int, height: int) -> list[Strip]:
        """The bar and its parts."""
        del height
        look = self.look
        text = style(look.palette.text)
        if not self.chart.parts:
            return [strip([("Nothing to draw yet.", text)])]
        sizes = split_cells([part.value for part in self.chart.parts], width)
        bar: list[Piece] = [
            (self._sign(number) * cells, style(self._colour(number))) for number, cells in enumerate(sizes)
        ]
        names = max(cells_of(legible(part.name)) for part in self.chart.parts)
        figures = max(cells_of(look.says(legible(part.text))) for part in self.chart.parts)
        room = max(min(names, width - figures - 6), 4)
        lines = [strip(bar)]
        for number, part in enumerate(self.chart.parts):
            sample = (f" {self._sign(number) * 2} ", style(self._colour(number)))
            name = look.fit(legible(part.name), room)
            lines.append(
                strip([sample, (f"{name} ", text), (look.says(legible(part.text)).rjust(figures), text)])
            )
        self.virtual_size = Size(width, len(lines))
        return lines

    def overlay(self, y: int, line: Strip) -> Strip:
        """A mark before the part under the cursor, while the chart has the focus."""
        if not self.has_focus or not self.chart.parts or y != 1 + self.cursor:
            return line
        mark = ">" if self.look.glyphs == "ascii" else "▸"
        return Strip.join([strip([(mark, style(self.look.palette.text, bold=True))]), line.crop(1)])

    def on_blur(self) -> None:
        """The mark goes with the focus."""
        self.refresh()

    def _colour(self, number: int) -> str:
        return self.look.palette.series[number % len(self.look.palette.series)]

    def _sign(self, number: int) -> str:
        # Past the fourth part, colours come again but with another fill.
        fills = _ASCII_FILLS if self.look.glyphs == "ascii" else _FILLS
        return fills[(number + number // len(fills)) % len(fills)]


def split_cells(values: list[float], cells: int) -> list[int]:
    """So many cells shared out by size, to the last cell; parts below zero and unknown ones get none.

    A part that is there at all gets a cell, as long as there are enough.
    """
    sizes = [value if math.isfinite(value) and value > 0 else 0.0 for value in values]
    total = sum(sizes)
    if not total or cells < 1:
        return [0] * len(values)
    found = [math.floor(size / total * cells) for size in sizes]
    rest = sorted(range(len(sizes)), key=lambda place: found[place] - sizes[place] / total * cells)
    for place in rest[: cells - sum(found)]:
        found[place] += 1
    for place, size in enumerate(sizes):
        if size and not found[place] and max(found) > 1:
            found[found.index(max(found))] -= 1
            found[place] = 1
    return found
