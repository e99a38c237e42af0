"""What every workplace shares: asking the desk, showing the page, saying a line, and its actions.

A workplace sets `WORKPLACE`, `ACTIONS` and `HELP_TEXT`, and says four things:

    question()      what to ask the desk for, from the state; None when there is nothing to ask for yet
    empty()         the sentences shown then: what is missing, and which key to press
    compose_body()  its widgets
    show_page(page) put an answer into them

`self.page` is the page that is shown, `self.command` the command for the same at the prompt. An action
`compare.table` is carried out by `do_table`, which may be a coroutine. `say(text)` sets the line in words.
The page is asked for again when the screen comes back and its question has changed, or when a run has ended.

Textual calls a handler of every class in the line, the workplace's own first: `on_mount` of a workplace must
not call `super().on_mount()`, or its page is asked for twice. What a workplace does besides when it is come
back to goes into `come_back`, an ordinary method, which calls `super().come_back()`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker, WorkerState

from reports.page import Page
from tui.actions import Action, bindings
from tui.asked import Asked
from tui.desk.client import DeskLostError, DeskProblem, SupersededError
from tui.draft import Draft
from tui.frame.action_footer import ActionFooter
from tui.frame.lines import CommandLine, StatusLine
from tui.frame.top_bar import TopBar
from tui.kept import keep
from tui.messages import RunEnded, RunProgress, StateChanged
from tui.state import AppState
from tui.widgets.glyphs import drawable
from tui.widgets.panel_tabs import PanelTabs

if TYPE_CHECKING:
    from tui.app import NaasApp


WORKING: Final = "Reckoning."
"""Said while the first page of a workplace is made."""


NOT_MADE: Final = (
    "This page could not be made: {}\n\n"
    "The other screens work. The palette (ctrl+p) can start the desk again."
)


@dataclass(frozen=True)
class Question:
    """What to ask the desk: the name of a handler and what it is given; `slot` as in `DeskClient.ask`."""

    name: str
    asked: dict[str, Any] = field(default_factory=dict)
    slot: str = ""


class Workplace(Screen[None]):
    """One of the seven. See the head of this file."""

    WORKPLACE: ClassVar[str] = ""
    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    HELP_TEXT: ClassVar[str] = ""

    def __init_subclass__(cls, **given: Any) -> None:
        """The keys of a workplace follow from its actions."""
        cls.BINDINGS = [*bindings(cls.ACTIONS)]
        super().__init_subclass__(**given)

    def __init__(self) -> None:
        super().__init__(id=self.WORKPLACE)
        self.page: Page | None = None
        self.command = ""
        self._look: frozenset[str] = frozenset()
        """The classes of the application for which its styles were last worked out."""
        self._answered: tuple[Question, int] | None = None

    # -- for the workplace to say --------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Its widgets."""
        yield from ()

    def question(self) -> Question | None:
        """What to ask for now. Usual: the page of this workplace for the marked scenarios and settings."""
        if not self.state.marks:
            return None
        asked = {"scenarios": list(self.state.marks), "settings": self.asked.plain()}
        return Question(self.WORKPLACE, asked)

    def empty(self) -> str:
        """What is said where there is nothing to ask for yet."""
        return "No scenario is marked. Press 1 for the library, and space on each scenario to compare."

    def show_page(self, page: Page) -> None:
        """Put an answer into the widgets."""

    def show_working(self) -> None:
        """Say that the first page is being made."""
        self.show_notice(WORKING)

    def leave_panel(self) -> bool:
        """Escape: close what lies over the body, if anything does; whether something was closed."""
        return False

    def run_went_on(self) -> None:
        """Called, at most ten times a second, while a run is going and this screen is shown."""

    def forget_scenario(self, name: str) -> None:
        """A scenario was deleted: let go of what is typed over it."""

    # -- for the workplace to use --------------------------------------------------------------------

    @property
    def naas(self) -> NaasApp:
        """The application."""
        return cast("NaasApp", self.app)

    @property
    def state(self) -> AppState:
        """What the interface remembers; change it with `self.naas.change(name=value)`."""
        return self.naas.state

    @property
    def asked(self) -> Asked:
        """The settings of results: replications, seed, scale, interval."""
        return self.naas.state.asked

    def keep(self, **what: Any) -> None:
        """Remember what was chosen here."""
        keep(self.state, self.WORKPLACE, **what)
        self.naas.keep_state()

    @property
    def digits_type(self) -> bool:
        """Whether a digit is typed just now, and opens no workplace."""
        return isinstance(self.focused, Input | TextArea)

    def keep_draft(self, draft: Draft[Any]) -> None:
        """Keep what was typed; a disk that refuses is said and stops nothing."""
        try:
            draft.keep()
        except OSError as wrong:
            self.naas.notify(f"The draft cannot be kept: {wrong}", severity="warning", markup=False)

    def say(self, text: str) -> None:
        """Set the line in words."""
        self.query_one(StatusLine).text = text

    def show_command(self, command: str) -> None:
        """Set the command that shows the same."""
        self.command = command
        self.query_one(CommandLine).text = command

    def refresh_page(self) -> None:
        """Ask again, whatever was answered before; an older question is given up."""
        asked = self.question()
        if asked is None:
            self.page = None
            self._answered = None
            self.show_notice(self.empty())
            return
        self._answered = (asked, self.naas.results_stamp)
        if self.page is None:
            self.show_working()
        self._work(partial(self._ask, asked), "page")

    def ask(
        self,
        question: Question,
        then: Callable[[Page | dict[str, Any]], None],
        group: str = "more",
        refused: Callable[[str], None] | None = None,
    ) -> None:
        """Ask the desk something besides the page, and call `then` with the answer.

        A later question of the same `group` takes the place of this one. What is wrong with what was asked
        goes to `refused`, or else to the line in words.
        """
        self._work(partial(self._ask_more, question, then, refused or self.say), group)

    def show_notice(self, text: str) -> None:
        """Show sentences in place of the body: what is missing, what is wrong, what to do."""
        self.query_one("#notice-text", Static).update(drawable(text, self.app))
        self.query_one("#notice").display = True
        self.query_one("#body").display = False
        self.say(text.splitlines()[0] if text else "")

    def show_body(self) -> None:
        """Show the widgets of the workplace."""
        self.query_one("#notice").display = False
        self.query_one("#body").display = True

    def do_panel(self) -> None:
        """The next panel; for a workplace with panels and an action for it."""
        self.query_one(PanelTabs).action_step(1)

    # -- how it works --------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The frame around the body, in the size that it will have, so that it is styled only once."""
        self.add_class(*self._sized(), update=False)
        yield TopBar()
        with Container(id="body"):
            yield from self.compose_body()
        with VerticalScroll(id="notice"):
            yield Static(id="notice-text", markup=False)
        yield CommandLine()
        yield StatusLine()
        yield ActionFooter()

    def show_opening(self, name: str) -> None:
        """Mark the tab of another workplace at once, since making one for the first time takes a while."""
        bar = self.query_one(TopBar)
        bar.opening = name
        bar.refresh()
        if self.is_current:
            self._compositor.update_widgets({bar})
            self._compositor_refresh()
        bar.opening = ""

    def on_mount(self) -> None:
        """Begin with what is remembered."""
        self._look = frozenset(self.app.classes)
        self.refresh_page()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Come back: ask again where the question is another one by now.

        Styles are worked out anew only where the look has changed meanwhile.
        """
        look = frozenset(self.app.classes)
        event.refresh_styles = look != self._look
        self._look = look
        self.come_back()

    def come_back(self) -> None:
        """Ask again where the question is another one by now."""
        self.query_one(TopBar).refresh()
        asked = self.question()
        now = None if asked is None else (asked, self.naas.results_stamp)
        if now != self._answered:
            self.refresh_page()

    def on_state_changed(self, _: StateChanged) -> None:
        """The marks or the settings changed while this screen is shown."""
        self.come_back()
        self.query_one(ActionFooter).refresh()

    def on_run_progress(self, _: RunProgress) -> None:
        """The run went on."""
        self.query_one(TopBar).refresh()
        self.run_went_on()

    def on_run_ended(self, _: RunEnded) -> None:
        """Results may be new."""
        self.query_one(ActionFooter).refresh()
        self.run_went_on()
        self.come_back()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What goes wrong in a worker is said; the application sees to those that would end it."""
        worker = event.worker
        if event.state is WorkerState.ERROR and worker.error is not None and not worker.exit_on_error:
            self.naas.show_exception(worker.error)
            if self.page is None:
                self.show_notice(NOT_MADE.format(worker.error))

    def _sized(self) -> list[str]:
        """The classes that the first resize will ask for."""
        ranges = (self.app.HORIZONTAL_BREAKPOINTS or [], self.app.VERTICAL_BREAKPOINTS or [])
        return [
            max((least, name) for least, name in steps if cells >= least)[1]
            for cells, steps in zip(self.app.size, ranges, strict=True)
        ]

    async def action_act(self, name: str) -> None:
        """Do the action with this id, or say why it cannot be done."""
        await self.naas.act(name, self)

    def _work(self, asking: Callable[[], Coroutine[None, None, None]], group: str) -> Worker[None]:
        """Wait for an answer without stopping anything; what goes wrong is the application's to say."""
        return self.run_worker(asking, group=group, exclusive=True, exit_on_error=False)

    async def _ask(self, asked: Question) -> None:
        try:
            page = await self.naas.desk.page(asked.name, asked.slot, **asked.asked)
        except SupersededError:
            return
        except DeskProblem as problem:
            self._problem(problem)
            return
        except DeskLostError as lost:
            self.naas.desk_lost(lost, self)
            return
        self.page = page
        self.show_body()
        self.show_command(page.provenance.command)
        self.say(page.on_screen)
        self.show_page(page)
        self.query_one(ActionFooter).refresh()

    async def _ask_more(
        self,
        asked: Question,
        then: Callable[[Page | dict[str, Any]], None],
        refused: Callable[[str], None],
    ) -> None:
        try:
            answered = await self.naas.desk.ask(asked.name, asked.slot, **asked.asked)
        except SupersededError:
            return
        except DeskProblem as problem:
            if problem.own:
                self.naas.show_error(problem.text, problem.lines)
            else:
                refused(problem.text)
            return
        except DeskLostError as lost:
            self.naas.desk_lost(lost, self)
            return
        then(answered)

    def _problem(self, problem: DeskProblem) -> None:
        if problem.own:
            self.naas.show_error(problem.text, problem.lines)
            self.show_notice(NOT_MADE.format(problem.text))
            return
        self.page = None
        self.show_notice("\n".join(problem.lines or (problem.text,)))
