"""The workplace Levers."""

from __future__ import annotations

from textual.app import ComposeResult

from reports.page import Page
from tui.screens.workplace import Workplace
from tui.widgets.page_view import PageView


class Levers(Workplace):
    """Shows its page."""

    WORKPLACE = "levers"

    def compose_body(self) -> ComposeResult:
        """The page."""
        yield PageView(Page(screen=self.WORKPLACE, title="", summary="", blocks=()))

    def show_page(self, page: Page) -> None:
        """The page."""
        self.query_one(PageView).show(page)
