"""How far a run has come: a bar, the count, the pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from tui.app import NaasApp


class ProgressLine(Widget):
    """One line. The count stands beside the bar, so that nothing is said by the bar alone."""

    DEFAULT_CSS = "ProgressLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._done, self._of, self._pace = 0, 0, ""

    def show(self, done: int, of: int, pace: str) -> None:
        """So many of so many, and the pace in words."""
        if (done, of, pace) != (self._done, self._of, self._pace):
            self._done, self._of, self._pace = done, of, pace
            self.refresh()

    def render(self) -> Content:
        """The bar takes what room the words leave."""
        if not self._of:
            return Content(self._pace)
        ascii_only = cast("NaasApp", self.app).state.glyphs == "ascii"
        full, rest = ("#", "-") if ascii_only else ("█", "░")
        words = f" {self._done} of {self._of}  {self._done / self._of:.0%}  {self._pace}"
        cells = max(min(self.size.width - len(words) - 1, 60), 5)
        filled = round(cells * min(self._done / self._of, 1))
        return Content.assemble((full * filled, "$primary"), rest * (cells - filled), words)
