"""Sentences of a page."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reports.legible import folded
from reports.page import Prose
from reports.sentences import sentences
from tui.widgets.glyphs import glyphs_of, plain_signs


class ProseView(Static):
    """Sentences, each on a line of its own that may fold. Nothing in them is read as markup."""

    DEFAULT_CSS = """
    ProseView { height: auto; background: $background; color: $foreground; }
    """

    def __init__(self, block: Prose, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(markup=False, id=id, classes=classes)
        self.block = block
        self._folded_at = 0

    def on_mount(self) -> None:
        """Write the sentences."""
        self._write()

    def show(self, block: Prose) -> None:
        """Show other sentences."""
        self.block = block
        if self.is_mounted:
            self._write()

    def refresh_look(self) -> None:
        """Be written anew, in other signs."""
        self._write()

    def on_resize(self) -> None:
        """Fold to the new width."""
        if self.content_size.width != self._folded_at:
            self._write()

    def _write(self) -> None:
        """A line that others hang under is their heading; those keep their place when they fold."""
        glyphs = glyphs_of(self.app)
        width = self._folded_at = self.content_size.width
        parts = []
        press = (self.block.press,) if self.block.press else ()
        for place, line in sentences((*self.block.lines, *press)):
            text = plain_signs(line, glyphs)
            inset = "  " if place == "under" else ""
            # Before the first layout there is no width to fold to.
            for piece in folded(text, width - len(inset), indent=inset) if width > len("a word") else [text]:
                shown = Content(inset + piece)
                parts.append(shown.stylize("bold") if place == "head" else shown)
        self.update(Content("\n").join(parts))
