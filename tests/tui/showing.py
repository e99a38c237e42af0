"""A small application that shows one widget, for tests of widgets alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from tui.theme import THEMES
from tui.widgets.glyphs import Glyphs, draw_scroll_bars
from tui.widgets.pointed import Opened, Pointed


class Showing(App[None]):
    """Shows one widget in one of the interface's themes, and keeps what the widget tells."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, make: Callable[[], Widget], theme: str = "naas-light", glyphs: Glyphs = "braille"
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self.glyphs = glyphs
        draw_scroll_bars(glyphs)
        self._make = make
        self.pointed: list[Pointed] = []
        self.opened: list[Opened] = []
        for item in THEMES.values():
            self.register_theme(item)
        self.theme = theme

    def compose(self) -> ComposeResult:
        self.shown = self._make()
        yield self.shown

    def on_pointed(self, event: Pointed) -> None:
        self.pointed.append(event)

    def on_opened(self, event: Opened) -> None:
        self.opened.append(event)


@asynccontextmanager
async def showing(
    make: Callable[[], Widget],
    size: tuple[int, int] = (100, 30),
    theme: str = "naas-light",
    glyphs: Glyphs = "braille",
) -> AsyncIterator[tuple[Showing, Pilot[None]]]:
    """The application with the widget in it, settled."""
    app = Showing(make, theme, glyphs)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def lines(widget: Any) -> list[str]:
    """What stands on each line of a widget that draws by lines."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]
