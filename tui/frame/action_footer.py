"""The footer: the most useful actions of this screen that fit its width, with the keys that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.actions import Action, key_name, typed

if TYPE_CHECKING:
    from tui.app import NaasApp

ALWAYS = "app.palette"
"""The last entry, for which room is always left: it lists everything else."""


class ActionFooter(Widget):
    """One line, made from the registry. What cannot be done now is dim; a click does what the key does."""

    DEFAULT_CSS = """
    ActionFooter { height: 1; width: 1fr; dock: bottom; background: $panel; color: $foreground; }
    """

    def on_mount(self) -> None:
        """Follow the focus: while text is typed, other keys work."""
        self.watch(self.screen, "focused", self._again, init=False)

    def _again(self) -> None:
        self.refresh()

    def render(self) -> Content:
        """The entries in their order, as many as there is room for."""
        app = cast("NaasApp", self.app)
        typing = isinstance(self.screen.focused, Input | TextArea)
        parts = []
        for action, key in fitting(self.entries(app, typing), self.size.width):
            reason = action.unavailable(self.screen)
            click = Style.from_meta({"@click": f"screen.act('{action.id}')"})
            shown = Style(dim=bool(reason)) + click
            parts.append(Content.assemble((key, Style(bold=not reason) + click), (f" {action.short}", shown)))
        return Content.assemble(" ", Content("  ").join(parts))

    def entries(self, app: NaasApp, typing: bool) -> list[tuple[Action, str]]:
        """The actions of the footer with the key that works now, the most useful first."""
        found: list[tuple[Action, str]] = []
        for action in sorted(app.actions_here(), key=lambda action: action.footer):
            keys = [key for key in app.keys_of(action) if not (typing and typed(key))]
            if action.footer and keys:
                found.append((action, key_name(keys[0])))
        return found


def fitting(entries: list[tuple[Action, str]], width: int) -> list[tuple[Action, str]]:
    """The entries that fit a line of this width; the palette keeps its place at the end."""
    last = [entry for entry in entries if entry[0].id == ALWAYS]
    room = width - 1 - sum(_long(entry) for entry in last)
    shown: list[tuple[Action, str]] = []
    for entry in entries:
        if entry in last:
            continue
        room -= _long(entry)
        if room < 0:
            break
        shown.append(entry)
    return shown + last


def _long(entry: tuple[Action, Any]) -> int:
    action, key = entry
    return len(key) + 1 + len(action.short) + 2
