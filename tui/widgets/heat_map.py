"""A figure for each row and column, on colours from least to most, with a cursor from cell to cell."""

from __future__ import annotations

import math
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.strip import Strip

from reports.colours import step
from reports.legible import fit, legible, shortened
from reports.legible import width as cells_of
from reports.page import Cell, HeatChart
from reports.scale import MONTHS, as_date
from tui.widgets.drawn import Drawn, style

_WIDEST_NAME: Final = 28
_WIDEST_CELL: Final = 9
_NOTHING: Final = "·"
"""What stands for a figure that does not exist."""

_HERE: Final = style("#000000", "#ffffff", bold=True)
"""The cell under the cursor: white, which is no colour of the scale, on every theme."""

_CACHED_ROWS: Final = 600


class HeatMap(Drawn):
    """A heat map. The number of every cell is printed; a mark beside it says that it is too much.

    Names of rows and heads of columns stay in sight. The cursor stands in brackets.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1,0)", "Up", show=False),
        Binding("down,j", "move(1,0)", "Down", show=False),
        Binding("left", "move(0,-1)", "Left", show=False),
        Binding("right", "move(0,1)", "Right", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "move(0,-100000)", "First column", show=False),
        Binding("end", "move(0,100000)", "Last column", show=False),
        Binding("g,ctrl+home", "move(-10000000,0)", "First row", show=False),
        Binding("G,ctrl+end", "move(10000000,0)", "Last row", show=False),
    ]

    DEFAULT_CSS = """
    HeatMap { max-height: 100%; }
    """

    cursor: reactive[Offset] = reactive(Offset(0, 0), init=False)
    """The cell that the cursor is on: x the column, y the row."""

    def __init__(self, chart: HeatChart, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.chart = chart
        self._rows: dict[int, Strip] = {}
        self._measure()

    def show(self, chart: HeatChart) -> None:
        """Show other figures; the cursor stays on its row and column where those exist."""
        if chart == self.chart:
            return
        row, column = self.key_here, self.column_here
        self.chart = chart
        self._measure()
        keys = [self._key(place) for place in range(len(chart.rows))]
        self.set_reactive(
            HeatMap.cursor,
            Offset(
                chart.columns.index(column) if column in chart.columns else self._within(self.cursor).x,
                keys.index(row) if row in keys else self._within(self.cursor).y,
            ),
        )
        self.redraw(layout=True)
        self.call_after_refresh(self._in_sight)
        self.point()

    @property
    def key_here(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self._key(self.cursor.y) if self._any else ""

    @property
    def column_here(self) -> str:
        """The column under the cursor; empty where there is none."""
        return self.chart.columns[self.cursor.x] if self._any else ""

    @property
    def block_id(self) -> str:
        """The id of the chart."""
        return self.chart.id

    def place(self) -> tuple[str, str] | None:
        """The row and the column under the cursor."""
        return (self.key_here, self.column_here) if self._any else None

    def sentence(self) -> str:
        """What the chart says about the cell under the cursor."""
        return legible(self.chart.about[self.cursor.y][self.cursor.x])

    def go_to(self, key: str, column: str = "") -> None:
        """Put the cursor on the row with a key and, where one is named, on a column."""
        keys = [self._key(place) for place in range(len(self.chart.rows))]
        if key in keys:
            x = self.chart.columns.index(column) if column in self.chart.columns else self.cursor.x
            self.cursor = Offset(x, keys.index(key))

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor by so many rows and columns."""
        self.cursor = self.cursor + Offset(columns, rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by as many rows as are in sight."""
        self.action_move(pages * max(self.scrollable_content_region.height - self._head - 1, 1), 0)

    def validate_cursor(self, place: Offset) -> Offset:
        """The cursor stays on the chart."""
        return self._within(place)

    def watch_cursor(self) -> None:
        """Bring the cursor into sight, and tell where it is."""
        self._in_sight()
        self.refresh()
        self.point()

    def _in_sight(self) -> None:
        """Scroll to where the cursor is."""
        region = self.scrollable_content_region
        x, y = self.scroll_offset
        wide, high = region.width - self._first, region.height - self._head
        left, top = self.cursor.x * self._cell, self.cursor.y
        beyond = left + self._cell - wide
        x = left if left < x else max(x, math.ceil(beyond / self._cell) * self._cell)
        y = top if top < y else max(y, top + 1 - high)
        self.scroll_to(x=max(x, 0), y=max(y, 0), animate=False)

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse was clicked."""
        at = event.get_content_offset_capture(self)
        column = (at.x - self._first + self._left) // self._cell
        row = at.y - self._head + self.scroll_offset.y
        if at.x >= self._first and at.y >= self._head and column < len(self.chart.columns):
            self.cursor = Offset(column, row)

    def redraw(self, *, layout: bool = False) -> None:
        """Be drawn anew."""
        self._rows.clear()
        self._measure()
        super().redraw(layout=layout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The heads and every row."""
        del container, viewport, width
        return self._head + max(len(self.chart.rows), 1)

    def render_line(self, y: int) -> Strip:
        """A line of the part that is in sight."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        if not self._any:
            text = "Nothing to draw yet." if y == 0 else ""
            return Strip([Segment(text)]).adjust_cell_length(width).apply_style(base)
        left, room = self._left, max(width - self._first, 0) // self._cell * self._cell
        if y < self._head:
            name, cells = Strip.blank(self._first), self._heads[y]
            if y == 0 and self._head > 1:
                return Strip.join([name, self._years(cells, left, room)]).apply_style(base)
        else:
            row = y - self._head + self.scroll_offset.y
            if row >= len(self.chart.rows):
                return Strip.blank(width, base)
            name, cells = self._row_name(row), self._row(row)
        line = Strip.join([name, cells.crop(left, left + room)])
        return line.adjust_cell_length(width).apply_style(base)

    def _years(self, heads: Strip, left: int, room: int) -> Strip:
        """The line of years, with that of the first column in sight even where its January is not."""
        seen = heads.crop(left, left + room)
        first = as_date(self.chart.columns[min(left // self._cell, len(self.chart.columns) - 1)])
        year = f" {first.year} " if first else ""
        if seen.text[: len(year)].strip():
            return seen.adjust_cell_length(room)
        stuck = Strip([Segment(year, Style(bold=True))])
        return Strip.join([stuck, seen.crop(len(year))]).adjust_cell_length(room)

    def on_resize(self) -> None:
        """Let the last column scroll into sight whole, and the cursor stay in sight."""
        self._extend()
        self.call_after_refresh(self._in_sight)

    def _extend(self) -> None:
        wide = self.scrollable_content_region.width - self._first
        every = self._cell * len(self.chart.columns)
        spare = wide % self._cell if every > wide > 0 else 0
        self.virtual_size = Size(self._first + every + spare, self._head + max(len(self.chart.rows), 1))

    @property
    def _left(self) -> int:
        """Where the first cell in sight begins: whole cells only, a number cut off is another."""
        return self.scroll_offset.x // self._cell * self._cell

    @property
    def _any(self) -> bool:
        return bool(self.chart.rows and self.chart.columns)

    def _within(self, place: Offset) -> Offset:
        return Offset(
            min(max(place.x, 0), max(len(self.chart.columns) - 1, 0)),
            min(max(place.y, 0), max(len(self.chart.rows) - 1, 0)),
        )

    def _key(self, row: int) -> str:
        return self.chart.keys[row] if row < len(self.chart.keys) else self.chart.rows[row]

    def _measure(self) -> None:
        """Widths, heads and the range of values, which change with the figures only."""
        chart = self.chart
        self._first = min(max([4, *(cells_of(legible(name)) for name in chart.rows)]), _WIDEST_NAME) + 2
        texts = (cell for row in chart.cells for cell in row if _value(cell) is not None)
        widest = max((cells_of(legible(cell.text)) + bool(cell.mark) for cell in texts), default=1)
        dates = [as_date(name) for name in chart.columns]
        known = [found for found in dates if found is not None]
        self._head = 2 if known and len(known) == len(dates) else 1
        least = (
            3 if self._head > 1 else min(max(cells_of(legible(name)) for name in chart.columns or ("",)), 7)
        )
        self._cell = min(max(widest, least), _WIDEST_CELL) + 2
        values = [value for row in chart.cells for cell in row if (value := _value(cell)) is not None]
        if chart.limit is not None and values:
            values.append(chart.limit)
        self._low, self._high = (min(values), max(values)) if values else (0.0, 1.0)
        if self._head > 1:
            years, months = "", ""
            for place, found in enumerate(known):
                new = place == 0 or known[place - 1].year != found.year
                years += fit(f" {found.year}" if new else "", self._cell)
                months += fit(f"{MONTHS[found.month - 1]} ", self._cell, right=True)
            heads = [years, months]
        else:
            heads = ["".join(fit(legible(name), self._cell - 1, right=True) + " " for name in chart.columns)]
        self._heads = [Strip([Segment(head, Style(bold=True))]) for head in heads]
        self._extend()

    def _row_name(self, row: int) -> Strip:
        look = self.look
        here = row == self.cursor.y
        name = look.fit(legible(self.chart.rows[row]), self._first - 2)
        mark = (">" if look.glyphs == "ascii" else "▸") if here else " "
        return Strip([Segment(f"{mark}{name} ", style(look.palette.text, bold=here))])

    def _row(self, row: int) -> Strip:
        """The cells of a row, with the cursor where it stands on it."""
        line = self._rows.get(row)
        if line is None:
            if len(self._rows) >= _CACHED_ROWS:
                self._rows.clear()
            line = self._rows[row] = Strip([self._segment(cell, False) for cell in self.chart.cells[row]])
        if row != self.cursor.y:
            return line
        start = self.cursor.x * self._cell
        here = Strip([self._segment(self.chart.cells[row][self.cursor.x], True)])
        return Strip.join([line.crop(0, start), here, line.crop(start + self._cell)])

    def _segment(self, cell: Cell, here: bool) -> Segment:
        look = self.look
        value = _value(cell)
        nothing = "-" if look.glyphs == "ascii" else _NOTHING
        inner = self._cell - 2
        known = value is not None or bool(cell.mark)  # what has no number may still need attention
        text = look.says(shortened(f"{legible(cell.text)}{cell.mark}", inner)) if known else nothing
        if here:
            brackets = fit(f"[{text}]", self._cell, right=True)
            return Segment(brackets, _HERE)
        body = fit(text, inner, right=True)
        if value is None:
            return Segment(f" {body} ", style(look.palette.text))
        span = self._high - self._low
        background, colour = step((value - self._low) / span if span else 0.5)
        return Segment(f" {body} ", style(colour, background, bold=cell.mark == "!"))


def _value(cell: Cell) -> float | None:
    """The number of a cell; None where it has none."""
    if isinstance(cell.value, int | float) and math.isfinite(cell.value):
        return float(cell.value)
    return None
