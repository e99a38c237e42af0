"""The left of the workplace Costs: the case, its figures, and the form of the one in hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from reports.page import Cell, Table
from tui.cost_draft import Edits
from tui.frame.lines import TextLine
from tui.screens.cost_dialogs import source_of
from tui.screens.cost_panels import Parts
from tui.views.cost_inputs import far_id, stretched_words, wrong_id
from tui.widgets.figure_form import FigureForm
from tui.widgets.figure_list import FigureList
from tui.widgets.pointed import Pointed


class Figures(Vertical):
    """Figures to choose from and their form. Sends `FigureForm.Typed`, and `Pointed` as the cursor moves."""

    DEFAULT_CSS = """
    Figures { width: 50; height: 1fr; border-right: solid $border; }
    Figures #case { height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, edits: Callable[[], Edits], **about: Any) -> None:
        """`edits` says what is typed over the figures by now, also what cannot be reckoned with yet."""
        super().__init__(**about)
        self._parts, self._edits = Parts(), edits

    def compose(self) -> ComposeResult:
        """The case, the figures, the form."""
        yield TextLine(id="case")
        yield FigureList()
        yield FigureForm()

    def show(self, parts: Parts, case: str) -> None:
        """Show the figures of the answers, with what was typed over them. `case` names whose they are."""
        figures = parts.figures("inputs")
        assert figures is not None
        self._parts = parts
        listed = self.query_one(FigureList)
        first = listed.figures is None
        listed.show(figures)
        if first and self.display and not isinstance(self.screen.focused, Input):
            listed.focus()  # so that up, down, enter and a number do what the help says
        self._show_form()
        count = len(self._edits())
        unsaved = f" · {count} unsaved" if count else ""
        self.query_one("#case", TextLine).text = f"{case}{unsaved}"

    @property
    def figure(self) -> str:
        """The key of the figure in hand; "" before there is one."""
        return self.query_one(FigureList).key_here if self.is_mounted else ""

    @property
    def held(self) -> bool:
        """Whether a digit begins to type the figure in hand."""
        listed = self.query_one(FigureList)
        return listed.has_focus and listed.held

    @property
    def row(self) -> Sequence[Cell]:
        """What is known of the figure in hand; nothing before there is one."""
        figures = self._figures
        return figures.rows[figures.keys.index(self.figure)] if figures is not None and self.figure else ()

    @property
    def payer(self) -> str:
        """Who pays the line of the figure in hand; "" where nobody else can."""
        figures = self._figures
        if figures is None or not self.row:
            return ""
        place = [column.id for column in figures.columns].index("payer")
        return str(self.row[place].value or "")

    @property
    def _figures(self) -> Table | None:
        return self.query_one(FigureList).figures if self.is_mounted else None

    def _show_form(self) -> None:
        figures, key = self._figures, self.figure
        if figures is not None:
            form = self.query_one(FigureForm)
            form.show(figures, key, self._edits().get(key, {}))
            moved = self._parts.figures("stretched")
            form.say_moved(stretched_words(moved, key) if moved is not None else "")
            form.say_far(self._said(far_id(key)))
            form.say_wrong(self._said(wrong_id(key)))

    def _said(self, name: str) -> str:
        found = self._parts.prose(name)
        return " ".join(found.lines) if found is not None else ""

    @on(FigureList.Chosen)
    def _chosen(self, event: FigureList.Chosen) -> None:
        event.stop()
        if self.query_one(FigureForm).key != event.key:
            self.post_message(FigureForm.Left())
        self._show_form()
        if self.row and self.has_focus_within:
            said = f"{self.row[0].text}: {' '.join(source_of(self.row).split())}"
            self.post_message(Pointed(self, "inputs", event.key, said))

    @on(FigureList.Wanted)
    def _wanted(self, event: FigureList.Wanted) -> None:
        event.stop()
        self.query_one(FigureForm).begin(event.sign)

    @on(FigureForm.Step)
    def _stepped(self, event: FigureForm.Step) -> None:
        event.stop()
        self.query_one(FigureList).step(event.by)
