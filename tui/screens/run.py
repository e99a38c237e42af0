"""The workplace Run."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from reports.page import Page
from tui.actions import Action
from tui.screens.workplace import Workplace
from tui.widgets.page_view import PageView


def _cannot_start(screen: Any) -> str:
    if screen.app.run_going:
        return "a run is going already"
    return "" if screen.app.state.marks else "mark a scenario in the library first"


class Run(Workplace):
    """Starts runs and follows them."""

    WORKPLACE = "run"
    ACTIONS = (
        Action("run.start", "Run: start", "Runs what is missing of the marked scenarios.", ("r", "ctrl+r"),
               2, "Run", _cannot_start),
    )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """The page."""
        yield PageView(Page(screen=self.WORKPLACE, title="", summary="", blocks=()))

    def show_page(self, page: Page) -> None:
        """The page."""
        self.query_one(PageView).show(page)

    async def do_start(self) -> None:
        """Start."""
        await self.naas.run_client.start(self.state.marks, self.asked)
