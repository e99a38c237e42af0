"""Lines over time with filled intervals, and a cursor that reads them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.reactive import reactive
from textual.strip import Strip

from reports.legible import legible, shortened
from reports.legible import width as cells_of
from reports.page import BandChart
from reports.scale import Scale, axis_labels, date_text, positions, scale
from tui.widgets.band_cells import Plot, column_of, fill, kind_of, lay, sample
from tui.widgets.drawn import Drawn, Piece, strip, style

_EMPTY: Final = frozenset(" ┈.:%░▒▓▀▄")
"""Signs that the cursor's line may cover: no line goes through them."""

_NARROWEST: Final = 12
"""A plot with fewer columns says nothing that its read-out does not say."""


class BandPlot(Drawn):
    """A band chart. Arrow keys move the cursor from date to date; the figures there stand under the plot.

    Lines differ by dashes as well as by colour, and end with their name where there is room. Intervals are
    filled; where two overlap, so do their colours (without colour: their fills).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Earlier", show=False),
        Binding("right", "move(1)", "Later", show=False),
        Binding("pageup", "move(-12)", "Much earlier", show=False),
        Binding("pagedown", "move(12)", "Much later", show=False),
        Binding("home", "move(-100000)", "First date", show=False),
        Binding("end", "move(100000)", "Last date", show=False),
    ]

    DEFAULT_CSS = """
    BandPlot { height: 18; min-height: 4; overflow: hidden hidden; }
    """

    cursor: reactive[int] = reactive(0, init=False)
    """The place on the axis that the cursor is on."""

    def __init__(self, chart: BandChart, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.chart = chart
        self.set_reactive(BandPlot.cursor, max(len(chart.axis) - 1, 0))
        self._columns: list[int] = []
        self._gutter = 0
        self._plot_lines = 0

    def show(self, chart: BandChart) -> None:
        """Show other lines; the cursor stays at its date where that exists."""
        if chart == self.chart:
            return
        at = self.date
        self.chart = chart
        last = max(len(chart.axis) - 1, 0)
        place = chart.axis.index(at) if at in chart.axis else last
        self.set_reactive(BandPlot.cursor, place)
        self.redraw()
        self.point()

    @property
    def date(self) -> str:
        """The date that the cursor is on, as the chart has it; empty where there is none."""
        return self.chart.axis[self.cursor] if self.chart.axis else ""

    @property
    def block_id(self) -> str:
        """The id of the chart."""
        return self.chart.id

    def place(self) -> tuple[str, str] | None:
        """The date under the cursor."""
        return (self.date, "") if self.chart.axis else None

    def sentence(self) -> str:
        """Every line's figure at the cursor, in words."""
        told = "; ".join(f"{legible(name)} {text}" for name, text in self._read_out())
        return f"{legible(self.chart.title)}, {date_text(self.date)}: {told}"

    def go_to(self, at: str) -> None:
        """Put the cursor on a date of the axis."""
        if at in self.chart.axis:
            self.cursor = self.chart.axis.index(at)

    def action_move(self, steps: int) -> None:
        """Move the cursor by so many dates."""
        self.cursor = self.cursor + steps

    def validate_cursor(self, place: int) -> int:
        """The cursor stays on the axis."""
        return min(max(place, 0), max(len(self.chart.axis) - 1, 0))

    def watch_cursor(self) -> None:
        """Show and tell where the cursor is."""
        self.refresh()
        self.point()

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse was clicked."""
        x = event.get_content_offset_capture(self).x - self._gutter
        if self._columns:
            near = min(range(len(self._columns)), key=lambda place: abs(self._columns[place] - x))
            self.cursor = near

    def _read_out(self) -> list[tuple[str, str]]:
        """Each line's name with its figure at the cursor."""
        if not self.chart.axis:
            return []
        return [
            (band.name, legible(texts[self.cursor]))
            for band, texts in zip(self.chart.bands, self.chart.texts, strict=True)
        ]

    def draw(self, width: int, height: int) -> list[Strip]:
        """The plot and its axes; the read-out under them is laid over blank lines."""
        legend = self._legend_lines(width)
        rows = height - legend - 2
        self._columns = []
        self._plot_lines = 0
        if rows < 2 or not self.chart.axis or not self.chart.bands:
            return [Strip.blank(width)] * height
        values = [number for band in self.chart.bands for number in (*band.value, *band.low, *band.high)]
        axis = scale(values, self.chart.unit, most=max(min(rows // 2 + 1, 7), 2))
        texts = {tick: axis.text(tick) for tick in axis.ticks}
        self._gutter = max(cells_of(text) for text in texts.values()) + 1
        names = self._names(width)
        aside = max((cells_of(name) for name in names), default=-1) + 1
        columns = width - self._gutter - aside
        if columns < _NARROWEST:
            return [Strip.blank(width)] * height
        self._plot_lines = rows
        at = positions(self.chart.axis)
        self._columns = [column_of(part, columns) for part in at]
        plot = lay(self.chart.bands, at, axis, columns, rows, self.look.glyphs)
        ticks = {round((1 - axis.part(tick)) * (rows - 1)): text for tick, text in texts.items()}
        ends = _apart(plot.ends, rows) if names else {}
        lines = [self._plot_line(plot, row, ticks, names, ends) for row in range(rows)]
        return [*lines, *self._axis_lines(axis, columns), *[Strip.blank(width)] * legend]

    def overlay(self, y: int, line: Strip) -> Strip:
        """The cursor over the plot, and the read-out under it."""
        look = self.look
        if y < self._plot_lines:
            if not self._columns:
                return line
            x = self._gutter + self._columns[self.cursor]
            here = next(iter(line.crop(x, x + 1)))
            empty = here.text in _EMPTY
            sign = ("|" if look.glyphs == "ascii" else "│") if empty else here.text
            behind = here.style.bgcolor if here.style else None
            colours = Style(color=look.palette.text, bgcolor=behind, bold=True)
            if not empty:
                colours = style(look.palette.cursor[1], look.palette.cursor[0])
            return Strip.join([line.crop(0, x), strip([(sign, colours)]), line.crop(x + 1)])
        first = self._plot_lines + 2 if self._plot_lines else 0
        read = self._legend(self._width_now)
        return strip(read[y - first]) if 0 <= y - first < len(read) else line

    @property
    def _width_now(self) -> int:
        return self.size.width

    def _names(self, width: int) -> list[str]:
        """Names to end the lines with; none where there is no room or only one line."""
        if len(self.chart.bands) < 2 or width < 60:
            return []
        return [self.look.says(shortened(legible(band.name), 14)) for band in self.chart.bands]

    def _plot_line(
        self, plot: Plot, row: int, ticks: dict[int, str], names: list[str], ends: dict[int, int]
    ) -> Strip:
        look = self.look
        faint, text = style(look.palette.faint), style(look.palette.text)
        tick = ticks.get(row)
        wall = ("+" if look.glyphs == "ascii" else "┤") if tick else ("|" if look.glyphs == "ascii" else "│")
        pieces: list[Piece] = [
            ((tick or "").rjust(self._gutter - 1), text),
            (wall, faint),
        ]
        pieces.extend(_joined(self._cell(plot, row, column, bool(tick)) for column in range(plot.width)))
        number = next((number for number, end in ends.items() if end == row), None)
        if number is not None:
            pieces.append((f" {names[number]}", style(self._colour(number), bold=True)))
        return strip(pieces)

    def _cell(self, plot: Plot, row: int, column: int, ticked: bool) -> Piece:
        look, palette = self.look, self.look.palette
        upper, lower = plot.inside(row, column)
        inside = tuple(dict.fromkeys((*upper, *lower)))
        filled = look.glyphs == "ascii" or not look.colour
        behind = palette.band(*inside) if inside and not filled else ""
        if (row, column) in plot.signs:
            sign, number = plot.signs[row, column]
            return sign, style(self._colour(number), behind, bold=True)
        if inside and filled:
            kinds = [kind_of(number, len(self.chart.bands)) for number in inside]
            return fill(kinds, look.glyphs), style(
                self._colour(inside[0]) if len(inside) == 1 else palette.text
            )
        if ticked and not inside:
            return " " if look.glyphs == "ascii" else "┈", style(palette.faint)
        if upper == lower or (row, column) in plot.through:
            return " ", style("", behind)
        if not upper:
            return "▄", style(palette.band(*lower))
        return "▀", style(palette.band(*upper), palette.band(*lower) if lower else "")

    def _colour(self, number: int) -> str:
        return self.look.palette.series[number % len(self.look.palette.series)]

    def _axis_lines(self, axis: Scale, columns: int) -> list[Strip]:
        look = self.look
        del axis
        corner, floor = ("+", "-") if look.glyphs == "ascii" else ("└", "─")
        labels = axis_labels(self.chart.axis, self._columns, columns)
        line = ""
        for start, text in labels:
            line = line.ljust(start) + legible(text)
        return [
            strip([(" " * (self._gutter - 1), None), (corner + floor * columns, style(look.palette.faint))]),
            strip([(" " * self._gutter + line, style(look.palette.text))]),
        ]

    def _legend_lines(self, width: int) -> int:
        return 1 if self._in_one(width) else 1 + len(self.chart.bands)

    def _in_one(self, width: int) -> bool:
        """Whether the read-out fits on one line at every date."""
        date_cells = max((len(date_text(at)) for at in self.chart.axis), default=0)
        needed = date_cells + sum(
            7 + cells_of(legible(band.name)) + max((cells_of(legible(text)) for text in texts), default=0)
            for band, texts in zip(self.chart.bands, self.chart.texts, strict=True)
        )
        return needed <= width

    def _legend(self, width: int) -> list[list[Piece]]:
        look = self.look
        text = style(look.palette.text)
        if not self.chart.axis or not self.chart.bands:
            return [[("Nothing to draw yet.", text)]]
        date: list[Piece] = [(date_text(self.date), style(look.palette.text, bold=True))]
        parts: list[list[Piece]] = []
        for number, (name, figure) in enumerate(self._read_out()):
            line = sample(kind_of(number, len(self.chart.bands)), look.glyphs)
            room = max(width - cells_of(figure) - 6, 8)
            words = look.says(f" {shortened(legible(name), room)} {figure}")
            parts.append([(line, style(self._colour(number), bold=True)), (words, text)])
        if not self._in_one(width):
            return [date, *parts]
        return [[*date, *(piece for part in parts for piece in [("   ", text), *part])]]


def _joined(cells: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of the same style as one piece."""
    run, look = "", Style.null()
    held: Style | None = look
    for sign, own in cells:
        if own == held:
            run += sign
            continue
        if run:
            yield run, held
        run, held = sign, own
    if run:
        yield run, held


def _apart(ends: dict[int, int], rows: int) -> dict[int, int]:
    """Rows for the names of lines, moved so that no two share one."""
    placed: dict[int, int] = {}
    for number, row in sorted(ends.items(), key=lambda item: (item[1], item[0])):
        free = row
        while free in placed.values() and free < rows - 1:
            free += 1
        while free in placed.values() and free > 0:
            free -= 1
        placed[number] = free
    return placed
