"""Sentences of a page."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reports.legible import legible
from reports.page import Prose
from tui.widgets.glyphs import glyphs_of, plain_signs


class ProseView(Static):
    """Sentences, each on a line of its own that may fold. Nothing in them is read as markup."""

    DEFAULT_CSS = """
    ProseView { height: auto; background: $background; color: $foreground; }
    """

    def __init__(self, block: Prose, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(markup=False, id=id, classes=classes)
        self.block = block

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

    def _write(self) -> None:
        """A line over one that is set in by two spaces is its heading, and stands out."""
        glyphs, lines = glyphs_of(self.app), self.block.lines
        parts = []
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            inner = line.startswith("  ")
            text = plain_signs(legible(line), glyphs)
            heading = below.startswith("  ") and not inner
            parts.append(Content.styled(text, "bold") if heading else Content(f"  {text}" if inner else text))
        self.update(Content("\n").join(parts))
