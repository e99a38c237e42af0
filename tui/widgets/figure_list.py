"""The figures of a cost case as rows to choose from; an edit changes its own row and draws no other anew."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable

from reports.legible import legible, shortened
from reports.page import Cell, Table
from tui.widgets.glyphs import glyphs_of, plain_signs

SHOWN: Final = ("low", "mode", "high")
LEAST_NAME: Final = 20
NUMBER: Final = 9
"""Cells that a column of numbers takes, the space around it included."""
MILLION: Final = 1_000_000
MOVES: Final = frozenset({"up", "down", "pageup", "pagedown", "home", "end", "j", "k", "g", "G"})
NUMBERS: Final = frozenset("0123456789.")


class FigureList(DataTable[Text]):
    """Sends `Chosen` with the key of the row that the cursor is on, and `Wanted` on enter.

    A figure that was gone to is in hand, and the first digit of a number is `Wanted` as well. Escape lets it
    go. Before that, and afterwards, digits open workplaces: whoever looks through them changes no figure.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "scroll_top", show=False),
        Binding("G", "scroll_bottom", show=False),
    ]
    DEFAULT_CSS = """
    FigureList { height: 1fr; background: $background; }
    FigureList > .datatable--header { background: $background; text-style: bold underline; }
    FigureList > .datatable--fixed { background: $background; color: $foreground; }
    """

    class Chosen(Message):
        """The cursor is on a figure."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Wanted(Message):
        """A figure is to be edited, beginning with a sign where one was typed already."""

        def __init__(self, sign: str = "") -> None:
            super().__init__()
            self.sign = sign

    class Held(Message):
        """A figure is in hand, or no longer."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(cursor_type="row", cell_padding=1, fixed_columns=1, id=id)
        self.figures: Table | None = None
        self.full = False
        """Whether the ends of the range are shown too."""
        self._name_cells = 34
        self._texts: list[list[str]] = []
        self._moved_once = False
        self.held = False
        """Whether the figure under the cursor is in hand, so that a digit begins to type it."""

    @property
    def key_here(self) -> str:
        """The key of the figure under the cursor; empty before there is one."""
        if self.figures is None or not 0 <= self.cursor_row < len(self.figures.keys):
            return ""
        return self.figures.keys[self.cursor_row]

    def widen(self, full: bool, room: int) -> None:
        """Show the ends of the range, or leave them to the form; names get what is left of the room."""
        numbers = len(SHOWN) if full else 1
        name = max(LEAST_NAME, room - numbers * NUMBER - 4)
        if (full, name) != (self.full, self._name_cells):
            self.full, self._name_cells = full, name
            figures, self.figures = self.figures, None
            if figures is not None:
                key = figures.keys[self.cursor_row]
                self.show(figures)
                self.go_to(key)

    def show(self, figures: Table) -> None:
        """Show figures. The cursor stays on its figure."""
        before, key = self.figures, self.key_here
        self.figures = figures
        texts = [self._row(row) for row in range(len(figures.rows))]
        if before is not None and before.keys == figures.keys:
            for row, (old, new) in enumerate(zip(self._texts, texts, strict=True)):
                for column, (was, now) in enumerate(zip(old, new, strict=True)):
                    if was != now:
                        self.update_cell_at(Coordinate(row, column), _text(now, column > 0))
            self._texts = texts
            return
        self._texts = texts
        self.clear(columns=True)
        ids = [column.id for column in figures.columns]
        self.add_column("Assumption", key="figure", width=self._name_cells)
        for name in self._columns:
            label = figures.columns[ids.index(name)].label
            widest = max([len(label), *(len(row[1 + self._columns.index(name)]) for row in texts)])
            self.add_column(Text(label, justify="right"), key=name, width=widest)
        for line in texts:
            self.add_row(*(_text(text, place > 0) for place, text in enumerate(line)))
        if key in figures.keys and before is not None and self._moved_once:
            self.move_cursor(row=figures.keys.index(key))

    def go_to(self, key: str) -> None:
        """Put the cursor on a figure."""
        if self.figures is not None and key in self.figures.keys:
            self.move_cursor(row=self.figures.keys.index(key))

    def step(self, by: int) -> None:
        """Put the cursor on the figure above or below."""
        self.move_cursor(row=max(0, min(self.row_count - 1, self.cursor_row + by)))

    def on_focus(self) -> None:
        """Tell at once which figure the cursor is on."""
        if self.key_here:
            self.post_message(self.Chosen(self.key_here))

    def on_key(self, event: events.Key) -> None:
        """Take a figure in hand, begin to type it, let it go."""
        if event.key in MOVES:
            self._hold(True)
        elif self.held and event.character in NUMBERS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Wanted(event.character or ""))
        elif self.held and event.key == "escape":
            event.stop()
            event.prevent_default()
            self._hold(False)

    def on_click(self) -> None:
        """A figure that was clicked is in hand."""
        self._hold(True)

    def on_blur(self) -> None:
        """Nothing is in hand where the focus is elsewhere."""
        self._hold(False)

    def _hold(self, held: bool) -> None:
        if held != self.held:
            self.held = held
            self.post_message(self.Held())

    @property
    def _columns(self) -> tuple[str, ...]:
        return SHOWN if self.full else SHOWN[1:2]

    def _row(self, row: int) -> list[str]:
        assert self.figures is not None
        ids = [column.id for column in self.figures.columns]
        cells = self.figures.rows[row]
        evidence = cells[ids.index("evidence")].mark
        name = shortened(legible(cells[0].text), self._name_cells - 4)
        glyphs = glyphs_of(self.app)
        first = plain_signs(f"{cells[0].mark or ' '}{evidence or ' '} {name}", glyphs)
        return [first, *(_short(cells[ids.index(column)]) for column in self._columns)]

    @on(DataTable.RowHighlighted)
    def _moved(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        self._moved_once = self._moved_once or self.cursor_row > 0
        if self.key_here:
            self.post_message(self.Chosen(self.key_here))

    @on(DataTable.RowSelected)
    def _wanted(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.post_message(self.Wanted())


def _short(cell: Cell) -> str:
    """A figure of millions in a few signs; the form has all its digits."""
    value = cell.value
    if isinstance(value, float) and abs(value) >= MILLION:
        return f"{value / MILLION:.3g}m"
    return cell.text


def _text(text: str, right: bool) -> Text:
    return Text(text, justify="right" if right else "left", no_wrap=True, end="")
