"""The workplace Library: choose scenarios, mark those to compare, open one."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult

from reports.page import Page, Table
from tui.actions import Action
from tui.screens.workplace import Question, Workplace
from tui.views.letters import LETTERS
from tui.widgets.page_table import TableView
from tui.widgets.pointed import Opened, Pointed


def _no_pair(screen: Any) -> str:
    return "" if len(screen.app.state.marks) > 1 else "mark two scenarios first, with space"


def _none_marked(screen: Any) -> str:
    return "" if screen.app.state.marks else "mark a scenario first, with space"


class Library(Workplace):
    """All scenarios."""

    WORKPLACE = "library"
    HELP_TEXT: ClassVar[str] = (
        "Every scenario that is shipped, and your own. Space marks the scenarios to compare: A is the\n"
        "baseline, the others are compared with it. Enter opens the answers to the questions of one."
    )
    ACTIONS = (
        Action("library.mark", "Compare: mark or unmark this scenario", "The first mark is the baseline, A.",
               ("space",), 2, "Mark"),
        Action("library.open", "Levers: open this scenario", "Its answer to each consultation question.",
               ("e",), 3, "Levers"),
        Action("library.run", "Run: the marked scenarios", "Runs what is missing; a run can be left alone.",
               ("r", "ctrl+r"), 4, "Run", _none_marked),
        Action("library.compare", "Compare: the marked scenarios", "Side by side, with differences.",
               ("c",), 5, "Compare", _no_pair),
        Action("library.clear", "Compare: remove every mark", "Nothing is deleted.", ("u",), 0, "",
               _none_marked),
    )  # fmt: skip

    def compose_body(self) -> ComposeResult:
        """The table."""
        yield TableView(Table(id="scenarios", title="Scenarios", columns=(), rows=()), id="scenarios")

    def question(self) -> Question | None:
        """Always the whole library."""
        marks, files = list(self.state.marks), list(self.state.files)
        return Question("library", {"scenarios": marks, "settings": self.asked.plain(), "files": files})

    def show_page(self, page: Page) -> None:
        """Fill the table."""
        block = page.block("scenarios")
        assert isinstance(block, Table)
        self.query_one(TableView).show(block)

    @property
    def here(self) -> str:
        """The scenario that the cursor is on."""
        return self.query_one(TableView).rows.key_here

    def on_pointed(self, pointed: Pointed) -> None:
        """Say the row in words."""
        self.say(pointed.sentence)

    def on_opened(self, opened: Opened) -> None:
        """Enter opens the levers."""
        self.naas.change(current=opened.key)
        self.naas.go("levers")

    def do_mark(self) -> None:
        """Mark or unmark."""
        name, marks = self.here, list(self.state.marks)
        if not name:
            return
        if name in marks:
            marks.remove(name)
        elif len(marks) < len(LETTERS):
            marks.append(name)
        self.naas.change(marks=marks, current=name)

    def do_open(self) -> None:
        """Open the levers."""
        self.naas.change(current=self.here)
        self.naas.go("levers")

    async def do_run(self) -> None:
        """Run what is marked."""
        self.naas.go("run")

    def do_compare(self) -> None:
        """Compare what is marked."""
        self.naas.go("compare")

    def do_clear(self) -> None:
        """No marks."""
        self.naas.change(marks=[])
