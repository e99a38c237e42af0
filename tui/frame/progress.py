"""How far a run has come: a bar, the count, the pace."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui.widgets.glyphs import glyphs_of, plain_signs


class ProgressLine(Widget):
    """One line. The count stands beside the bar, so that nothing is said by the bar alone."""

    DEFAULT_CSS = "ProgressLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._done, self._of, self._pace = 0, 0, ""

    def show(self, done: int, of: int, pace: str) -> None:
        """So many of so many, 0 where that is not known, and the pace in words."""
        if (done, of, pace) != (self._done, self._of, self._pace):
            self._done, self._of, self._pace = done, of, pace
            self.refresh()

    def render(self) -> Content:
        """The bar takes what room the words leave."""
        if not self._of:
            so_far = f"{self._done} so far" if self._done else ""
            return Content("  ".join(filter(None, (so_far, self._pace))))
        glyphs = glyphs_of(self.app)
        full, rest = ("#", "-") if glyphs == "ascii" else ("█", "░")
        pace = plain_signs(self._pace, glyphs)
        words = f" {self._done} of {self._of}  {self._done / self._of:.0%}  {pace}"
        cells = max(min(self.size.width - len(words) - 1, 60), 5)
        filled = round(cells * min(self._done / self._of, 1))
        return Content.assemble((full * filled, "$primary"), rest * (cells - filled), words)
