"""What every drawn chart shares: its look, when it is drawn again, and lines put together from pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reports.legible import fit
from tui.widgets.glyphs import Glyphs, glyphs_of, plain_signs
from tui.widgets.palette import Palette, palette_of
from tui.widgets.pointed import Opened, Pointed


@dataclass(frozen=True)
class Look:
    """How charts are drawn now: colours, signs, and whether there is any colour at all."""

    palette: Palette
    glyphs: Glyphs
    colour: bool

    def says(self, text: str) -> str:
        """Words in signs that can be shown."""
        return plain_signs(text, self.glyphs)

    def fit(self, text: str, cells: int, *, right: bool = False) -> str:
        """Words in exactly so many cells, in signs that can be shown."""
        return self.says(fit(self.says(text), cells, right=right))


Piece = tuple[str, Style | None]
"""A run of text on a line with its style; None for that of the widget."""


@lru_cache(maxsize=4096)
def style(colour: str = "", background: str = "", bold: bool = False) -> Style:
    """A style; parts left empty are those of the widget."""
    return Style(color=colour or None, bgcolor=background or None, bold=bold or None)


def strip(pieces: Iterable[Piece]) -> Strip:
    """A line from its pieces."""
    return Strip([Segment(text, look) for text, look in pieces if text])


class Drawn(ScrollView, can_focus=True):
    """A chart that is drawn line by line, and anew only when its size, its figures or its look change.

    A subclass draws with `draw` (every line, in full width), tells what its cursor is on with `place` and
    `sentence`, and lays its cursor over the lines in `overlay`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Open", show=False)]

    DEFAULT_CSS = """
    Drawn { background: $background; color: $foreground; height: auto; scrollbar-size-horizontal: 1; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._look: Look | None = None
        self._lines: list[Strip] | None = None
        self._drawn_at = (0, 0)

    @property
    def look(self) -> Look:
        """The colours and signs to draw with."""
        if self._look is not None and self._look.glyphs != glyphs_of(self.app):
            self._look, self._lines = None, None
        if self._look is None:
            self._look = Look(palette_of(self.app), glyphs_of(self.app), not self.app.no_color)
        return self._look

    def on_mount(self) -> None:
        """Be drawn anew when the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _: Any) -> None:
        self.refresh_look()

    def refresh_look(self) -> None:
        """Be drawn anew, in other colours or signs."""
        self._look = None
        self.redraw(layout=True)

    def redraw(self, *, layout: bool = False) -> None:
        """Be drawn anew, with other figures."""
        self._lines = None
        self.refresh(layout=layout)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Every line of the chart at a size."""
        raise NotImplementedError

    def overlay(self, y: int, line: Strip) -> Strip:
        """A line with the cursor laid over it."""
        del y
        return line

    def place(self) -> tuple[str, str] | None:
        """The key and the column that the cursor is on; None when there is nothing."""
        raise NotImplementedError

    def sentence(self) -> str:
        """What the cursor is on, in words."""
        raise NotImplementedError

    @property
    def block_id(self) -> str:
        """The id of the block of the page."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """One line, with the background of the widget under it."""
        width, height = self.scrollable_content_region.size
        if self._lines is None or self._drawn_at != (width, height):
            self._lines, self._drawn_at = self.draw(width, height), (width, height)
        row = y + self.scroll_offset.y
        line = self._lines[row] if row < len(self._lines) else Strip.blank(width)
        return self.overlay(row, line).adjust_cell_length(width).apply_style(self.rich_style)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as there is room."""
        del viewport
        return container.width

    def point(self) -> None:
        """Tell the screen what the cursor is on."""
        place = self.place()
        if place is not None and self.has_focus:
            self.post_message(Pointed(self, self.block_id, place[0], self.sentence(), place[1]))

    def action_open(self) -> None:
        """Tell the screen to open what the cursor is on."""
        place = self.place()
        if place is not None:
            self.post_message(Opened(self, self.block_id, place[0], self.sentence(), place[1]))

    def on_focus(self) -> None:
        """Tell at once."""
        self.point()
