"""What moves a result: a bar for each input, from the result at its low end to that at its high end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from reports.legible import legible
from reports.legible import width as cells_of
from reports.page import Bar, TornadoChart
from tui.widgets.drawn import Drawn, Piece, strip, style

_SIGNS: Final = {"low": ("▒", "="), "high": ("█", "#")}
_LEAST_BAR: Final = 8
"""Bars get at least this many cells, or a line of their own."""

_LEAST_NAME: Final = 12
_WIDEST_NAME: Final = 36


class Tornado(Drawn):
    """A tornado. A bar is drawn in one fill towards its input's low end, in another towards its high end.

    Where figures and bars do not fit beside each other, each input takes two lines.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home,g", "move(-100000)", "First", show=False),
        Binding("end,G", "move(100000)", "Last", show=False),
    ]

    cursor: reactive[int] = reactive(0, init=False)
    """The bar that the cursor is on."""

    def __init__(self, chart: TornadoChart, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.chart = chart
        self._tall = 1

    def show(self, chart: TornadoChart) -> None:
        """Show other bars; the cursor stays on its input where that exists."""
        if chart == self.chart:
            return
        here = self.key_here
        self.chart = chart
        keys = [_key(bar) for bar in chart.bars]
        self.set_reactive(
            Tornado.cursor, keys.index(here) if here in keys else min(self.cursor, max(len(keys) - 1, 0))
        )
        self.redraw(layout=True)
        self.point()

    @property
    def key_here(self) -> str:
        """The key of the input under the cursor; empty where there is none."""
        return _key(self.chart.bars[self.cursor]) if self.chart.bars else ""

    @property
    def block_id(self) -> str:
        """The id of the chart."""
        return self.chart.id

    def place(self) -> tuple[str, str] | None:
        """The input under the cursor."""
        return (self.key_here, "") if self.chart.bars else None

    def sentence(self) -> str:
        """The input under the cursor, in words."""
        bar = self.chart.bars[self.cursor]
        rating = f"; evidence {legible(bar.rating)}" if bar.rating else ""
        return (
            f"{legible(bar.name)}: {legible(bar.low_text)} at its low end, {legible(bar.high_text)} at its "
            f"high end; now {legible(self.chart.centre_text)}{rating}"
        )

    def action_move(self, steps: int) -> None:
        """Move the cursor by so many bars."""
        self.cursor = self.cursor + steps

    def validate_cursor(self, place: int) -> int:
        """The cursor stays on the bars."""
        return min(max(place, 0), max(len(self.chart.bars) - 1, 0))

    def watch_cursor(self) -> None:
        """Show and tell where the cursor is."""
        first = 1 + self.cursor * self._tall
        height = self.scrollable_content_region.height
        if first + self._tall > self.scroll_offset.y + height:
            self.scroll_to(y=first + self._tall - height, animate=False)
        elif first - 1 < self.scroll_offset.y:
            self.scroll_to(y=first - 1, animate=False)
        self.refresh()
        self.point()

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse was clicked."""
        row = event.get_content_offset_capture(self).y + self.scroll_offset.y - 1
        if 0 <= row < len(self.chart.bars) * self._tall:
            self.cursor = row // self._tall

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for the head, and one or two for each bar."""
        del container, viewport
        return 1 + max(len(self.chart.bars), 1) * _layout(self.chart, width)[0]

    def draw(self, width: int, height: int) -> list[Strip]:
        """The head and the bars."""
        del height
        text = style(self.look.palette.text)
        if not self.chart.bars:
            return [strip([("Nothing to draw yet.", text)])]
        self._tall, names, low, high, bars = _layout(self.chart, width)
        ends = [value for bar in self.chart.bars for value in (bar.low, bar.high)]
        known = [value for value in (*ends, self.chart.centre) if math.isfinite(value)]
        span = (min(known), max(known)) if known else (0.0, 1.0)
        middle = _column(self.chart.centre, span, bars)
        lines = [self._head(names, low, bars, middle)]
        for bar in self.chart.bars:
            lines += self._bar(bar, names, (low, high), bars, span)
        self.virtual_size = Size(width, len(lines))
        return lines

    def overlay(self, y: int, line: Strip) -> Strip:
        """The name under the cursor in the cursor's colours, with a mark before it."""
        if not self.chart.bars or y != 1 + self.cursor * self._tall:
            return line
        look = self.look
        mark = ">" if look.glyphs == "ascii" else "▸"
        names = _layout(self.chart, self._drawn_at[0])[1]
        name = line.crop(1, names).text
        colours = style(look.palette.cursor[1], look.palette.cursor[0], bold=True)
        return Strip.join([strip([(mark, None), (name, colours)]), line.crop(names)])

    def _head(self, names: int, low: int, bars: int, middle: int) -> Strip:
        look = self.look
        text = style(look.palette.text)
        signs = [_SIGNS[end][look.glyphs == "ascii"] for end in ("low", "high")]
        centre = look.says(legible(self.chart.centre_text))
        place = min(max(middle - cells_of(centre) // 2, 0), max(bars - cells_of(centre), 0))
        now = look.fit(" " * place + centre, bars) if self._tall == 1 else f" now {centre}"
        key: list[Piece] = [
            (signs[0], style(look.palette.low)), (" low ", text),
            (signs[1], style(look.palette.high)), (" high", text),
        ]  # fmt: skip
        if self._tall > 1:
            return strip([*key, (now, style(look.palette.text, bold=True))])
        room = max(names + low + 1 - 12, 0)
        return strip([(" ", text), *key, (" " * room, text), (now, style(look.palette.text, bold=True))])

    def _bar(
        self, bar: Bar, names: int, ends: tuple[int, int], bars: int, span: tuple[float, float]
    ) -> list[Strip]:
        look = self.look
        text = style(look.palette.text)
        low = look.fit(legible(bar.low_text), ends[0], right=True)
        high = look.fit(legible(bar.high_text), ends[1])
        rating = look.says(legible(bar.rating))
        name: Piece = (" " + look.fit(legible(bar.name), names - 1), text)
        drawn = self._cells(bar, bars, span)
        if self._tall == 1:
            return [strip([name, (f"{low} ", text), *drawn, (f" {high}", text), (f" {rating}", text)])]
        return [
            strip([name, (f" {rating}", text)]),
            strip([(f" {low} ", text), *drawn, (f" {high}", text)]),
        ]

    def _cells(self, bar: Bar, bars: int, span: tuple[float, float]) -> list[Piece]:
        """The bar itself, cell by cell: towards low, towards high, and the line where things stand."""
        look = self.look
        middle = _column(self.chart.centre, span, bars)
        ends = {
            end: _column(value, span, bars) if math.isfinite(value) else middle
            for end, value in (("low", bar.low), ("high", bar.high))
        }
        # Where both ends lie on one side, the longer is drawn first and the shorter over it.
        order = sorted(ends, key=lambda end: -abs(ends[end] - middle))
        cells: list[Piece] = [(" ", None)] * bars
        for end in order:
            first, last = sorted((ends[end], middle))
            colour = style(getattr(look.palette, end))
            sign = _SIGNS[end][look.glyphs == "ascii"]
            for column in range(first, last + 1):
                if column != middle:
                    cells[column] = (sign, colour)
        if bars:
            cells[middle] = ("|" if look.glyphs == "ascii" else "│", style(look.palette.text, bold=True))
        return cells


def _key(bar: Bar) -> str:
    return bar.key or bar.name


def _column(value: float, span: tuple[float, float], bars: int) -> int:
    if bars < 1 or not math.isfinite(value) or span[1] <= span[0]:
        return max(bars, 1) // 2
    return round((value - span[0]) / (span[1] - span[0]) * (bars - 1))


def _layout(chart: TornadoChart, width: int) -> tuple[int, int, int, int, int]:
    """Lines an input, and the cells of its name, its low figure, its high figure and its bar."""
    low = _widest([bar.low_text for bar in chart.bars])
    high = _widest([bar.high_text for bar in chart.bars])
    rating = _widest([bar.rating for bar in chart.bars])
    wanted = min(_widest([bar.name for bar in chart.bars]) + 2, _WIDEST_NAME)
    others = low + high + rating + 3
    names = max(min(wanted, width - others - 2 * _LEAST_BAR), min(wanted, _LEAST_NAME))
    bars = width - others - names
    if bars >= _LEAST_BAR:
        return 1, names, low, high, bars
    names = max(width - rating - 1, 4)
    low, high = min(low, max(width // 3, 4)), min(high, max(width // 3, 4))
    return 2, names, low, high, max(width - low - high - 3, 0)


def _widest(texts: Sequence[str]) -> int:
    return max((cells_of(legible(text)) for text in texts), default=0)
