"""A page to read over a screen."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reports.page import Page
from tui.widgets.page_view import PageView


class Reading(ModalScreen[None]):
    """The whole of a page, which scrolls; escape closes it."""

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q,enter", "leave", "Close", show=False),
        Binding("ctrl+q", "app.leave_now", show=False),
    ]

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def compose(self) -> ComposeResult:
        """The page."""
        with Vertical(classes="dialog tall"):
            yield PageView(self.page)
            yield Static(Content("esc closes"), classes="foot")

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        view = self.query_one(PageView)
        view.can_focus = True
        view.focus()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
