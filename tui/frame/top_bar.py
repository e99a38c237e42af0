"""The header of every screen: the program and what is going on, and the seven workplaces as tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tui.widgets.glyphs import glyphs_of, plain_signs
from tui.workplaces import WORKPLACES

if TYPE_CHECKING:
    from tui.app import NaasApp

NAME = "NAAS policy simulator"


class TopBar(Widget):
    """Two lines. A tab is opened by its number or by a click; numbers are left out while digits are typed."""

    DEFAULT_CSS = """
    TopBar { height: 2; width: 1fr; background: $panel; color: $foreground; }
    """

    opening = ""
    """The workplace that is about to be shown, marked already."""

    def on_mount(self) -> None:
        """Follow the focus: while text is typed, numbers open nothing."""
        self.watch(self.screen, "focused", self._again, init=False)

    def _again(self) -> None:
        self.refresh()

    def render(self) -> Content:
        """What is going on at the right of the first line, tabs in the second."""
        app = cast("NaasApp", self.app)
        width = max(self.size.width, 20)
        here = self.opening or getattr(self.screen, "WORKPLACE", "")
        going = plain_signs(app.going_on(width - len(NAME) - 4), glyphs_of(app))
        gap = max(width - len(NAME) - len(going) - 2, 1)
        first = Content.assemble((f" {NAME}", "bold"), " " * gap, going)
        return Content("\n").join([first, self._tabs(here, width)])

    def _tabs(self, here: str, width: int) -> Content:
        roomy, typing = width >= 96, getattr(self.screen, "digits_type", False)
        parts: list[Content] = []
        for number, (name, label) in enumerate(WORKPLACES.items(), start=1):
            key = " " if typing else number
            text = f"[{number} {label}]" if name == here else f" {key} {label} "
            style = Style(bold=name == here, reverse=name == here)
            style += Style.from_meta({"@click": f"app.go('{name}')"})
            parts.append(Content.assemble((text, style)))
        return Content("  " if roomy else "").join(parts)
