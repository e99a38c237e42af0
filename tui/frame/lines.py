"""Single lines of text under a screen, never read as markup."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from reports.legible import legible
from tui.widgets.glyphs import glyphs_of, plain_signs


class TextLine(Widget):
    """One line, cut with an ellipsis where it does not fit."""

    DEFAULT_CSS = """
    TextLine { height: 1; width: 1fr; color: $foreground; padding: 0 1; }
    TextLine { text-wrap: nowrap; text-overflow: ellipsis; }
    """
    text: reactive[str] = reactive("")

    def render(self) -> Content:
        """The text as it is."""
        return Content(plain_signs(legible(self.text), glyphs_of(self.app)))


class StatusLine(TextLine):
    """Says in words what the cursor is on: for those who listen, and for copying."""

    DEFAULT_CSS = "StatusLine { text-style: bold; }"


class CommandLine(TextLine):
    """The command that shows the same at the prompt. Hidden where lines are few; `y` copies it anyway."""

    DEFAULT_CSS = "CommandLine { color: $text-muted; }"

    def render(self) -> Content:
        """The command after a dollar sign."""
        return Content(f"$ {self.text}   (y copies)" if self.text else "")
