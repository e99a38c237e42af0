"""A table that may be wider than its place: it marks the edge, counts what is beyond, and goes by columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.text import Text
from textual.events import Resize
from textual.message import Message
from textual.strip import Strip
from textual.widgets import DataTable

from tui.widgets.glyphs import glyphs_of, plain_signs


def columns_beyond(widths: Sequence[int], fixed: int, x: int, room: int) -> tuple[int, int]:
    """How many columns are not wholly shown at the left and at the right of what is.

    `widths` are cells, the `fixed` first ones stay; the others are scrolled by `x` in `room` cells. The space
    after the text of a column need not be seen.
    """
    at = start = sum(widths[:fixed])
    left = right = 0
    for cells in widths[fixed:]:
        cut = at + cells - 1 - x > room
        right += cut
        left += not cut and at - x < start
        at += cells
    return left, right


def next_column(widths: Sequence[int], fixed: int, x: int, room: int) -> int:
    """How far to scroll so that the next column at the right is shown, wholly where it fits."""
    at = start = sum(widths[:fixed])
    for cells in widths[fixed:]:
        if at + cells - 1 - x > room:
            there = min(at + cells - room, at - start)
            return there if there > x else x + max((room - start) // 2, 1)
        at += cells
    return x


def column_before(widths: Sequence[int], fixed: int, x: int) -> int:
    """How far to scroll so that the column before the first that is wholly shown begins at the left."""
    at, found = 0, 0
    for cells in widths[fixed:]:
        if at >= x:
            break
        found = at
        at += cells
    return found


class WideTable(DataTable[Text]):
    """Sends `Beyond` when another number of columns lies beyond its edges."""

    class Beyond(Message):
        """Columns came into sight or went out of it."""

    _beyond: tuple[int, int] = (0, 0)

    @property
    def beyond(self) -> tuple[int, int]:
        """How many columns are not wholly shown at the left and at the right; none before there is room."""
        if not self._room:
            return 0, 0
        return columns_beyond(self._widths, self.fixed_columns, round(self.scroll_x), self._room)

    @property
    def beyond_words(self) -> str:
        """What lies beyond the edges, with the keys that show it; nothing where all is shown."""
        left, right = self.beyond
        told = [f"‹ {_columns(left)} (←)"] if left else []
        told += [f"› {_columns(right)} (→)"] if right else []
        return "  ".join(told)

    def action_cursor_right(self) -> None:
        """The next column."""
        x = next_column(self._widths, self.fixed_columns, round(self.scroll_x), self._room)
        self.scroll_to(x=x, animate=False)

    def action_cursor_left(self) -> None:
        """The column before."""
        x = column_before(self._widths, self.fixed_columns, round(self.scroll_x))
        self.scroll_to(x=x, animate=False)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Other columns are in sight."""
        super().watch_scroll_x(old_value, new_value)
        self.look_beyond()

    def on_resize(self, _: Resize) -> None:
        """There is more room, or less."""
        self.look_beyond()

    def look_beyond(self) -> None:
        """Tell when another number of columns lies beyond the edges."""
        now = self.beyond
        if now != self._beyond:
            self._beyond = now
            self.post_message(self.Beyond())

    def render_line(self, y: int) -> Strip:
        """The head has a mark at an edge beyond which there is more."""
        strip = super().render_line(y)
        if y or not self.show_header:
            return strip
        left, right = self.beyond
        if left:
            strip = self._marked(strip, sum(self._widths[: self.fixed_columns]), "‹")
        return self._marked(strip, self._room - 1, "›") if right else strip

    def _marked(self, strip: Strip, at: int, sign: str) -> Strip:
        here = strip.crop(at, at + 1)
        style = next(iter(here), Segment(" ")).style
        mark = Strip([Segment(plain_signs(sign, glyphs_of(self.app)), style)])
        return Strip.join([strip.crop(0, at), mark, strip.crop(at + 1, strip.cell_length)])

    @property
    def _widths(self) -> list[int]:
        return [column.get_render_width(self) for column in self.ordered_columns]

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width


def _columns(count: int) -> str:
    return f"{count} more column{'s' if count > 1 else ''}"
