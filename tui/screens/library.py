"""The workplace Library: choose scenarios, mark those to compare, look at one, make one of your own."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from reports.page import Page, Prose, Table
from tui.actions import Action
from tui.asked import DEMO_SCENARIOS
from tui.dialogs.entry import Entry, Field
from tui.dialogs.notices import confirm
from tui.dialogs.reading import Reading
from tui.lever_draft import LeverDraft
from tui.screens.workplace import WORKING, Question, Workplace
from tui.state import drafts
from tui.views.letters import LETTERS
from tui.widgets.glyphs import drawable
from tui.widgets.page_table import TableView
from tui.widgets.pointed import Opened, Pointed

EMPTY = Table(id="scenarios", title="Scenarios", columns=(), rows=())
NEW_FROM = "consultation"
"""What a new scenario begins as: the plan that was consulted on."""


def _no_pair(screen: Any) -> str:
    return "" if len(screen.app.state.marks) > 1 else "mark two scenarios first, with space"


def _none_marked(screen: Any) -> str:
    return "" if screen.app.state.marks else "mark a scenario first, with space"


def _nowhere(screen: Any) -> str:
    return "" if getattr(screen, "here", "") else "the cursor is on no scenario"


def _not_marked(screen: Any) -> str:
    marks = screen.app.state.marks
    return "" if getattr(screen, "here", "") in marks[1:] else "the cursor is on none of the marked B, C, ..."


class Library(Workplace):
    """All scenarios."""

    WORKPLACE = "library"
    HELP_TEXT: ClassVar[str] = (
        "Every scenario that is shipped, and your own. Space marks those to compare: A is the baseline,\n"
        "and the others are compared with it. Enter opens the answers that one gives to the questions.\n"
        "Ready says how many replications are there of those asked for; r runs what is missing, and u takes\n"
        "every mark off."
    )
    ACTIONS = (
        Action("library.mark", "Compare: mark or unmark this scenario", "The first mark is the baseline, A.",
               ("space",), 2, "Mark", _nowhere),
        Action("library.run", "Run: the marked scenarios", "Runs what is missing; you can leave a run alone.",
               ("r", "ctrl+r"), 3, "Run", _none_marked),
        Action("library.compare", "Compare: the marked scenarios", "Side by side, with their differences.",
               ("c",), 4, "Compare", _no_pair),
        Action("library.open", "Levers: open this scenario", "Its answer to each consultation question.",
               ("e",), 5, "Levers", _nowhere),
        Action("library.look", "Look: this scenario in words", "What it is for and what it changes.",
               ("v",), 6, "Look", _nowhere),
        Action("library.duplicate", "Duplicate: a scenario of your own from this one",
               "A new file that begins as this one; enter its levers to change it.", ("d",), 8, "Copy",
               _nowhere),
        Action("library.new", "New: a scenario of your own", "Begins as the plan that was consulted on.",
               ("n",), 61, "New"),
        Action("library.baseline", "Compare: make this marked scenario the baseline, A",
               "Differences are told against it.", ("b",), 0, "", _not_marked),
        Action("library.clear", "Compare: remove every mark", "Nothing is deleted.", ("u",), 7, "Unmark",
               _none_marked),
        Action("library.delete", "Delete: this scenario of your own", "Asks first; stored results stay.",
               ("delete",), 0, "", _nowhere),
    )  # fmt: skip
    DEFAULT_CSS = """
    Library #guide { height: auto; max-height: 2; padding: 0 1; text-style: bold; color: $primary; }
    Library #scenarios { height: auto; max-height: 1fr; padding: 0 1; }
    Library #scenarios PageTable { max-height: 17; }
    Library.-short #scenarios PageTable { max-height: 15; }
    Library #card { height: 1fr; padding: 0 1; border-top: solid $border-blurred; display: none; }
    Library.-tall #card { display: block; }
    """

    def compose_body(self) -> ComposeResult:
        """What to press next, the table, and the scenario that the cursor is on."""
        yield Static(id="guide", markup=False)
        yield TableView(EMPTY, titled=False, id="scenarios")
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="card-text", markup=False)

    def question(self) -> Question | None:
        """Always the whole library."""
        marks, files = list(self.state.marks), list(self.state.files)
        asked: dict[str, Any] = {"scenarios": marks, "settings": self.asked.plain(), "files": files}
        kept = {name: len(LeverDraft.kept(name).edits) for _, name in drafts(LeverDraft.KIND)}
        asked["unsaved"] = {name: count for name, count in kept.items() if count}
        return Question("library", asked)

    def show_working(self) -> None:
        """The table is there before its rows: what is looked for can be typed at once."""
        self.show_body()
        self._guide()

    def show_page(self, page: Page) -> None:
        """Fill the table; the cursor begins on the scenario in hand."""
        block = page.block("scenarios")
        assert isinstance(block, Table)
        view = self.query_one(TableView)
        first = not view.rows.table.rows
        view.show(block)
        if first:
            if not isinstance(self.focused, Input):
                view.rows.focus()
            if self.state.current in block.keys:
                view.rows.move_cursor(row=block.keys.index(self.state.current))
        self._guide()

    def run_went_on(self) -> None:
        """The guide follows a run."""
        self._guide()

    def _guide(self) -> None:
        """One line that says what to press next."""
        text = self.page.on_screen if self.page else WORKING
        now = self.naas.run_now
        if now.going:
            demo = "A small demonstration is being run" if self.naas.demonstrating else "Running"
            text = f"{demo}: {now.words().removeprefix('run: ')}. You can look around meanwhile."
        elif self.naas.demonstrating and now.outcome == "done" and self.state.marks == list(DEMO_SCENARIOS):
            text = "The demonstration is ready: press c to compare voluntary (A) with mandatory (B)."
        self.query_one("#guide", Static).update(drawable(text, self.app))

    @property
    def here(self) -> str:
        """The scenario that the cursor is on."""
        return self.query_one(TableView).rows.key_here if self.is_mounted else ""

    def on_pointed(self, pointed: Pointed) -> None:
        """Say the row in words, and show the scenario where there is room."""
        self.say(pointed.sentence)
        if self.is_current:
            self.state.current = pointed.key or self.state.current
        if self.has_class("-tall") and pointed.key:
            self.ask(self._card(pointed.key), self._show_card, group="card", refused=self._no_card)

    def on_opened(self, opened: Opened) -> None:
        """Enter opens the levers."""
        self._open(opened.key)

    def _card(self, name: str) -> Question:
        return Question("library.card", {"scenario": name, "settings": self.asked.plain()})

    def _show_card(self, answer: Page | dict[str, Any]) -> None:
        if isinstance(answer, Page):
            blocks = [block for block in answer.blocks if isinstance(block, Prose)]
            lines = [answer.title, answer.summary]
            for block in blocks:
                lines += ["", *([block.title] if block.title else []), *(f"  {line}" for line in block.lines)]
            self.query_one("#card-text", Static).update(drawable("\n".join(lines), self.app))

    def _no_card(self, text: str) -> None:
        """A scenario that cannot be read has what is wrong with it in place of its card."""
        self.query_one("#card-text", Static).update(drawable(text, self.app))
        self.say(text)

    def _open(self, name: str) -> None:
        if name:
            self.naas.change(current=name)
            self.naas.go("levers")

    def do_mark(self) -> None:
        """Mark or unmark."""
        name, marks = self.here, list(self.state.marks)
        if name in marks:
            marks.remove(name)
        elif len(marks) < len(LETTERS):
            marks.append(name)
        else:
            self.notify(f"{len(LETTERS)} scenarios are as many as can be compared at once", markup=False)
        self.naas.change(marks=marks)

    def do_baseline(self) -> None:
        """This one first."""
        others = [name for name in self.state.marks if name != self.here]
        self.naas.change(marks=[self.here, *others])

    def do_clear(self) -> None:
        """No marks."""
        self.naas.change(marks=[])

    def do_open(self) -> None:
        """The levers."""
        self._open(self.here)

    async def do_run(self) -> None:
        """Run what is marked, and watch it."""
        self.naas.go("run")
        self.naas.call_later(self.naas.act, "run.start", None)

    def do_compare(self) -> None:
        """Compare what is marked."""
        self.naas.go("compare")

    def do_look(self) -> None:
        """The scenario in words."""

        def shown(answer: Page | dict[str, Any]) -> None:
            if isinstance(answer, Page):
                self.naas.push_screen(Reading(answer))

        self.ask(self._card(self.here), shown, group="look")

    def do_duplicate(self) -> None:
        """A copy of one's own."""
        name = self.here

        def proposed(answer: Page | dict[str, Any]) -> None:
            if isinstance(answer, dict):
                self._name_it(name, answer["name"], answer["title"])

        self.ask(Question("library.copied", {"scenario": name}), proposed, group="copy")

    def do_new(self) -> None:
        """A new one from the plan consulted on."""
        self._name_it(NEW_FROM, "my-option", "My option")

    def _name_it(self, of: str, name: str, title: str, wrong: str = "") -> None:
        fields = (
            Field("name", "Name", name, "small letters and digits, with hyphens between"),
            Field("title", "Title", title, "what it is, in a few words"),
        )

        def named(typed: dict[str, str] | None) -> None:
            if typed is None:
                return
            asked = Question("library.create", {"scenario": of, **typed})

            def refused(text: str) -> None:
                self._name_it(of, typed["name"], typed["title"], text)

            self.ask(asked, self._created, group="create", refused=refused)

        text = f"It begins as {of}. Then change its answers on the screen Levers."
        self.naas.push_screen(Entry("A scenario of your own", text, fields, "Make it", wrong), named)

    def _created(self, answer: Page | dict[str, Any]) -> None:
        if isinstance(answer, dict):
            self.notify(f"Written: {answer['path']}", markup=False)
            self._open(str(answer["name"]))
            self._answered = None  # the library has one more

    def do_delete(self) -> None:
        """Delete, when sure."""
        name = self.here

        def removed(_: Page | dict[str, Any]) -> None:
            self.naas.forget_scenario(name)
            self.refresh_page()

        def answered(answer: str | None) -> None:
            if answer == "do":
                self.ask(Question("library.remove", {"scenario": name}), removed, group="remove")

        text = f"The file of '{name}' goes. Results that are stored stay."
        self.naas.push_screen(confirm("Delete this scenario?", text, "Delete", "Keep it"), answered)
