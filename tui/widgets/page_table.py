"""A table of a page: rows sorted by value, filtered by words, opened with enter."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.coordinate import Coordinate
from textual.message import Message
from textual.widgets import DataTable, Input, Static
from textual.widgets.data_table import ColumnKey

from reports.legible import legible, marked, shortened, width
from reports.page import Column, Table
from reports.plain import column_head, one_unit, row_sentence, titled
from tui.widgets.glyphs import glyphs_of, plain_signs
from tui.widgets.pointed import Opened, Pointed
from tui.widgets.remembered import Sorting, recalled, remember
from tui.widgets.row_order import ordered
from tui.widgets.wide_table import WideTable

WIDEST: Final = 44
"""No column is wider than this many cells; what is longer is cut, and whole in the sentence of its row."""


FIXED: Final = "These rows belong together as they stand, and cannot be sorted."


class TableChanged(Message):
    """The order or the filter of a table changed."""


class PageTable(WideTable):
    """The rows of a table. Text from data is never read as markup, and sorting is by value.

    Sends `Pointed` as the cursor moves while it has the focus, and `Opened` on enter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "scroll_top", show=False),
        Binding("G", "scroll_bottom", show=False),
        Binding("s", "sort_next", "Sort", show=False),
    ]

    DEFAULT_CSS = """
    PageTable { height: auto; max-height: 100%; background: $background; }
    PageTable:focus { background-tint: $background 0%; }
    PageTable > .datatable--header { background: $background; text-style: bold underline; }
    PageTable > .datatable--fixed { background: $background; color: $foreground; text-style: none; }
    """

    def __init__(self, table: Table, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(
            cursor_type="row", zebra_stripes=False, cell_padding=1, fixed_columns=1, id=id, classes=classes
        )
        self.table = table
        self._chosen: Sorting = None
        self.words = ""
        """Only rows that hold these words are shown."""
        self._order: list[int] = []

    def on_mount(self) -> None:
        """Fill the table for the first time, as it was left."""
        self._chosen, self.words = recalled(self, self.table.id)
        self._fill()

    @property
    def sorting(self) -> Sorting:
        """The column that rows are sorted by; None for the page's order, or while there is no such column."""
        if self._chosen is None or self.table.fixed:
            return None
        known = any(column.id == self._chosen[0] for column in self.table.columns)
        return self._chosen if known else None

    def show(self, table: Table) -> None:
        """Show other figures. Sorting, filter and the row the cursor is on stay, where they still exist."""
        if table == self.table:
            return
        here = self.key_here
        before, self.table = self.table, table
        if not self.is_mounted:
            return
        if self._changed_in_place(before):
            self._point()
        else:
            self._fill(here)

    def refresh_look(self) -> None:
        """Be drawn anew, in other signs."""
        self._fill(self.key_here)

    def sort_by(self, column: str | None, down: bool = False) -> None:
        """Sort by the values of a column; by None, as the page has them. Nothing known comes last."""
        known = column is not None and any(item.id == column for item in self.table.columns)
        self._chosen = (column, down) if known and column is not None else None
        self._fill(self.key_here)

    def filter_by(self, words: str) -> None:
        """Show only rows that hold every one of the words."""
        if words != self.words:
            self.words = words
            self._fill(self.key_here)

    @property
    def key_here(self) -> str:
        """The key of the row under the cursor; empty when there is none."""
        row = self._row_here
        return "" if row is None else self.key_of(row)

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return len(self._order)

    def as_shown(self) -> Table:
        """The page's table with the rows that are shown, in the order in which they are shown."""
        rows = tuple(self.table.rows[row] for row in self._order)
        keys = tuple(self.table.keys[row] for row in self._order) if self.table.keys else ()
        of = self.table.of if self.table.of is not None else len(self.table.rows)
        return self.table.model_copy(update={"rows": rows, "keys": keys, "of": of})

    def key_of(self, row: int) -> str:
        """The key of a row of the page's table: its own, or the text of its first cell."""
        return self.table.keys[row] if row < len(self.table.keys) else self.table.rows[row][0].text

    def go_to(self, key: str) -> None:
        """Put the cursor on the row with a key, if it is shown."""
        for place, row in enumerate(self._order):
            if self.key_of(row) == key:
                self.move_cursor(row=place)
                return

    def action_sort_next(self) -> None:
        """Sort by the next column; after the last, as the page has them. Downwards first for numbers."""
        if self._stays():
            return
        ways: list[tuple[str, bool] | None] = [None]
        for column in self.table.columns:
            ways += [(column.id, column.number), (column.id, not column.number)]
        way = ways[(ways.index(self.sorting) + 1) % len(ways)] if self.sorting in ways else None
        self.sort_by(*(way or (None, False)))
        self.remember()
        self.post_message(TableChanged())

    def _stays(self) -> bool:
        """Whether the rows are not to be sorted, which is said."""
        if self.table.fixed:
            self.app.notify(FIXED, markup=False)
        return self.table.fixed

    def remember(self) -> None:
        """Keep the order and the filter for the next time."""
        remember(self, self.table.id, self._chosen, self.words)

    @property
    def _row_here(self) -> int | None:
        return self._order[self.cursor_row] if 0 <= self.cursor_row < len(self._order) else None

    def _fill(self, key: str = "") -> None:
        across = self.scroll_x
        self._order = ordered(self.table, self.sorting, self.words)
        self.clear(columns=True)
        said = one_unit(self.table)
        glyphs = glyphs_of(self.app)
        texts = [[plain_signs(marked(cell), glyphs) for cell in row] for row in self.table.rows]
        for place, column in enumerate(self.table.columns):
            head = plain_signs(column_head(column, said), glyphs)
            widest = max([width(head) + 2, *(width(row[place]) for row in texts)])
            cells = min(widest, WIDEST)
            label = Text(
                shortened(head, cells - 2) + self._arrow(column), justify="right" if column.number else "left"
            )
            self.add_column(label, key=column.id, width=cells)
        for row in self._order:
            self.add_row(
                *(_cell(texts[row][place], column) for place, column in enumerate(self.table.columns)),
                key=str(row),
            )
        if key:
            self.go_to(key)
        self.call_after_refresh(self.look_beyond)
        if across:
            self.call_after_refresh(self.scroll_to, x=across, animate=False)

    def _changed_in_place(self, before: Table) -> bool:
        """Put other texts into the cells that are there, where the rows and columns are the same and fit.

        Figures that follow every keystroke would otherwise lay the whole screen out anew each time.
        """
        now = self.table
        same = (before.columns, before.keys, len(before.rows)) == (now.columns, now.keys, len(now.rows))
        if not same or len(self.columns) != len(now.columns):
            return False
        if ordered(now, self.sorting, self.words) != self._order:
            return False
        glyphs = glyphs_of(self.app)
        wide = [column.width for column in self.columns.values()]
        changed = [
            (place, column, plain_signs(marked(now.rows[row][column]), glyphs))
            for place, row in enumerate(self._order)
            for column in range(len(now.columns))
            if now.rows[row][column] != before.rows[row][column]
        ]
        if any(width(text) > wide[column] for _, column, text in changed):
            return False
        for place, column, text in changed:
            self.update_cell_at(Coordinate(place, column), _cell(text, now.columns[column]))
        return True

    def _arrow(self, column: Column) -> str:
        if self.sorting is None or self.sorting[0] != column.id:
            return ""
        if glyphs_of(self.app) == "ascii":
            return " v" if self.sorting[1] else " ^"
        return " ↓" if self.sorting[1] else " ↑"

    @on(DataTable.HeaderSelected)
    def _sort_by_click(self, event: DataTable.HeaderSelected) -> None:
        event.stop()
        if self._stays():
            return
        column = _id(event.column_key)
        down = not self.sorting[1] if self.sorting and self.sorting[0] == column else False
        self.sort_by(column, down)
        self.remember()
        self.post_message(TableChanged())

    @on(DataTable.RowHighlighted)
    def _tell(self, event: DataTable.RowHighlighted) -> None:
        event.stop()
        self._point()

    def on_focus(self) -> None:
        """Tell at once where the cursor is."""
        self._point()

    def _point(self) -> None:
        row = self._row_here
        if row is not None and self.has_focus:
            self.post_message(Pointed(self, self.table.id, self.key_of(row), row_sentence(self.table, row)))

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        event.stop()
        row = self._row_here
        if row is not None:
            self.post_message(Opened(self, self.table.id, self.key_of(row), row_sentence(self.table, row)))


def _id(key: ColumnKey) -> str:
    return key.value or ""


def _cell(text: str, column: Column) -> Text:
    short = shortened(text, WIDEST)
    if not column.number:
        return Text(short, no_wrap=True, end="")
    return Text(short, justify="right", no_wrap=True, end="")


class TableView(Vertical):
    """A table under its title, with a line that says how many rows are shown, and a filter on `/`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Filter", show=False),
        Binding("escape", "leave", "Leave the filter", show=False),
    ]

    DEFAULT_CSS = """
    TableView { height: auto; background: $background; }
    TableView > .title { text-style: bold; height: auto; }
    TableView > .foot { color: $foreground; height: auto; }
    TableView > Input { display: none; height: 1; border: none; padding: 0; background: $panel; }
    TableView.finding > Input { display: block; }
    """

    def __init__(
        self, table: Table, *, titled: bool = True, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._table = table
        self._titled = titled

    def compose(self) -> ComposeResult:
        """A title, the rows, the filter, and a line about them."""
        if self._titled:
            yield Static(markup=False, classes="title")
        yield PageTable(self._table)
        yield Input(placeholder="words to look for", compact=True)
        yield Static(markup=False, classes="foot")

    def on_mount(self) -> None:
        """Write the lines around the table; a filter that was left is shown."""
        if self.rows.words:
            self.add_class("finding")
            with self.prevent(Input.Changed):
                self.query_one(Input).value = self.rows.words
        self._write()

    @property
    def rows(self) -> PageTable:
        """The table itself."""
        return self.query_one(PageTable)

    def show(self, table: Table) -> None:
        """Show other figures; as `PageTable.show`."""
        self._table = table
        if self.is_mounted:
            self.rows.show(table)
            self._write()

    def refresh_look(self) -> None:
        """Be written anew, in other signs."""
        self._write()

    def action_find(self) -> None:
        """Ask for the words to look for."""
        self.add_class("finding")
        self.screen.set_focus(self.query_one(Input))  # at once: the next key is typed into it

    def action_leave(self) -> None:
        """Leave the filter: back to the rows, and with nothing typed the line goes too."""
        if not self.query_one(Input).value:
            self.remove_class("finding")
        self.rows.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape belongs to the filter only while it is being typed."""
        del parameters
        return action != "leave" or self.query_one(Input).has_focus

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.rows.filter_by(event.value)
        self.rows.remember()
        self._write()

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_leave()

    def on_table_changed(self) -> None:
        """Another order or filter."""
        self._write()

    def on_wide_table_beyond(self) -> None:
        """Other columns are in sight."""
        self._write()

    def _write(self) -> None:
        glyphs = glyphs_of(self.app)
        if self._titled:
            self.query_one(".title", Static).update(plain_signs(titled(self._table), glyphs))
        foot = self.query_one(".foot", Static)
        text = plain_signs(foot_text(self.rows), glyphs)
        foot.update(text)
        foot.display = bool(text)


def foot_text(rows: PageTable) -> str:
    """What is shown, of how much, by what filter and in which order; and the table's own note."""
    table = rows.table
    if not table.columns:
        return ""  # nothing is known of it yet
    every = table.of if table.of is not None else len(table.rows)
    told = [rows.beyond_words] if table.rows and rows.beyond_words else []
    if not table.rows:
        told.append("Nothing here yet.")
    elif rows.shown != every:
        told.append(f"{rows.shown} of {every} rows")
    if rows.words:
        told.append(f"filter: {legible(rows.words)}")
    if rows.sorting:
        label = next(column.label for column in table.columns if column.id == rows.sorting[0])
        told.append(
            f"sorted by {legible(label) or 'name'}, {'largest' if rows.sorting[1] else 'smallest'} first"
        )
    if table.note:
        told.append(legible(table.note))
    return " · ".join(told)
