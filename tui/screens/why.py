"""The workplace Why."""

from __future__ import annotations

from textual.app import ComposeResult

from reports.page import Page
from tui.screens.workplace import Workplace
from tui.widgets.page_view import PageView


class Why(Workplace):
    """Shows its page."""

    WORKPLACE = "why"

    def compose_body(self) -> ComposeResult:
        """The page."""
        yield PageView(Page(screen=self.WORKPLACE, title="", summary="", blocks=()))

    def show_page(self, page: Page) -> None:
        """The page."""
        self.query_one(PageView).show(page)
