"""The application: seven workplaces, the run, the desk, what is remembered, and how actions are done."""

from __future__ import annotations

import asyncio
import inspect
import traceback
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Event, InputEvent, Key
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from tui.actions import FIND, GLOBAL, Action, bindings, unpressed
from tui.asked import DEMO_RUN, DEMO_SCENARIOS
from tui.desk.client import DeskClient
from tui.dialogs.notices import Ask, error
from tui.doing import Doing
from tui.keymap import read_keymap
from tui.messages import RunEnded, RunProgress, StateChanged
from tui.palette import Actions
from tui.runs.client import RunClient, RunNow
from tui.screens.registry import SCREENS, every_action
from tui.screens.workplace import NOT_MADE, Workplace
from tui.state import discard_draft, load_state, save_state
from tui.theme import THEMES
from tui.tidy import EVERY, Tidy
from tui.widgets.glyphs import change_signs, glyphs_of
from tui.workplaces import WORKPLACES

AT_ONCE = 1.0
"""Seconds within which a second fault is one that a dialog about the first brings about again."""


class NaasApp(App[None], inherit_bindings=False):
    """`naas tui`. What screens share is here: `state`, `desk`, `run_now`, `results_stamp`."""

    TITLE = "NAAS policy simulator"
    CSS_PATH = "app.tcss"
    MODES = SCREENS  # type: ignore[assignment]
    COMMANDS = {Actions}  # noqa: RUF012
    BINDINGS: ClassVar[list[Any]] = [*bindings(GLOBAL), Binding("ctrl+c", "how_to_quit", show=False)]
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-roomy"), (130, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (28, "-tall")]  # noqa: RUF012
    COMMAND_PALETTE_BINDING = "f24"  # the registry opens it
    ALLOW_IN_MAXIMIZED_VIEW = ""

    def __init__(self, screen: str = "", desk: DeskClient | None = None) -> None:
        super().__init__()
        self.animation_level = "none"
        self.state, self._unread = load_state()
        self.desk = desk or DeskClient()
        self.doing = Doing(self)
        self.run_client = RunClient(self._run_told)
        self.results_stamp = 0
        self.demonstrating = False
        """Whether the run is the small one of the first start."""
        self.tidy: Tidy | None = None
        """Looks after memory where there is a person; set before the start."""
        self._came_from: list[str] = []
        self._opened: set[str] = set()
        self._styled: frozenset[str] = frozenset()
        """The classes of the application, which hold the theme, for which styles were last read."""
        self._wrong_at = -AT_ONCE
        self._deskless: list[Workplace] = []
        """The workplaces that waited for a desk that ended, while a dialog tells of it."""
        self._begin = screen or "library"
        self._early: list[Key] | None = []
        """Keys that came before the first workplace was there; None once it is."""
        self._keys, self._bad_keys = read_keymap(every_action())
        for name in list(self.available_themes):
            self.unregister_theme(name)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = self.state.theme if self.state.theme in THEMES else "naas-light"

    # -- what screens ask ----------------------------------------------------------------------------

    @property
    def workplace(self) -> Workplace | None:
        """The workplace that is shown, also under a dialog."""
        return next((item for item in reversed(self.screen_stack) if isinstance(item, Workplace)), None)

    @property
    def run_now(self) -> RunNow:
        """The run that is going, or the last one."""
        return self.run_client.now

    @property
    def run_going(self) -> bool:
        """Whether a run is going."""
        return self.run_client.now.going

    def going_on(self, width: int) -> str:
        """What the header says at its right: the run that is going, or the scenarios in hand."""
        if self.run_going:
            return self.run_now.words()
        marks = [f"{letter} {name}" for letter, name in zip("ABCDEF", self.state.marks, strict=False)]
        text = " · ".join(marks) or "no scenario marked"
        return text if len(text) <= width else f"{len(marks)} scenarios marked"

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, as the person's key map has them."""
        return self._keys.get(action.id, action.keys)

    def actions_here(self) -> list[Action]:
        """The actions of the workplace shown, then those of every screen."""
        here = self.workplace
        return [*(here.ACTIONS if here else ()), *GLOBAL]

    def actions_all(self) -> list[Action]:
        """Every action there is: those of this screen, then of all screens, then of the others."""
        here = self.actions_here()
        return [*here, *(action for action in every_action() if action not in here)]

    def change(self, **what: Any) -> None:
        """Change what is remembered, keep it, and tell the screen."""
        for name, value in what.items():
            setattr(self.state, name, value)
        self.keep_state()
        if self.workplace is not None:
            self.workplace.post_message(StateChanged())

    def forget_scenario(self, name: str) -> None:
        """A scenario is deleted: its mark goes, and what was typed over it, so that none after it has it."""
        discard_draft("levers", name)
        for screen in [screen for stack in self._screen_stacks.values() for screen in stack]:
            if isinstance(screen, Workplace):
                screen.forget_scenario(name)
        current = "" if self.state.current == name else self.state.current
        self.change(marks=[mark for mark in self.state.marks if mark != name], current=current)

    def keep_state(self) -> None:
        """Write what is remembered; a disk that refuses is said once and stops nothing."""
        try:
            save_state(self.state)
        except OSError as wrong:
            self.notify(f"The state cannot be kept: {wrong}", severity="warning", markup=False)

    def can_go_back(self, screen: Screen[Any]) -> bool:
        """Whether escape leads anywhere."""
        return bool(self._came_from) or screen.focused is not None

    # -- how it begins and ends ----------------------------------------------------------------------

    def get_default_screen(self) -> Screen[Any]:
        """A blank screen under the modes."""
        return Screen(id="_blank")

    def on_mount(self) -> None:
        """Open the first workplace and say what could not be read."""
        self.set_keymap({name: ",".join(keys) or unpressed(name) for name, keys in self._keys.items()})
        self.follow_signs()
        if self.tidy is not None:
            self.call_after_refresh(self.tidy.begin)
            self.set_interval(EVERY, self.tidy.look)
        if not self.state.greeted:
            self._greet()
        self._opened.add(self._begin)
        self.switch_mode(self._begin)
        self.screen.call_after_refresh(self.call_later, self._listen)
        for text in [self._unread, *self._bad_keys]:
            if text:
                self.notify(text, severity="warning", timeout=15, markup=False)

    def follow_signs(self) -> None:
        """Draw with the signs that are chosen, lines of dialogs too."""
        self.set_class(glyphs_of(self) == "ascii", "-ascii")
        change_signs(self)

    def _greet(self) -> None:
        """The first start: a small demonstration is run, so that there is something to look at."""
        self.state.greeted = True
        if not self.state.marks:
            self.state.marks = list(DEMO_SCENARIOS)
        self.keep_state()
        self.demonstrating = True
        scenarios = DEMO_RUN if self.state.marks == list(DEMO_SCENARIOS) else self.state.marks
        self.call_later(self.run_client.start, scenarios, self.state.asked)

    async def on_unmount(self) -> None:
        """Keep where the cursor was, and end the desk and the run at once."""
        self.keep_state()
        await asyncio.gather(self.desk.close(), self.run_client.close())

    def _register(self, parent: DOMNode, *widgets: Widget, **where: Any) -> list[Widget]:
        """Every widget and screen begins here; from here on it outlives what its handlers raise."""
        for widget in (begun := super()._register(parent, *widgets, **where)):
            heard = partial(self._guarded, widget._dispatch_message)
            widget._dispatch_message = heard  # type: ignore[method-assign]
        return begun

    async def _dispatch_message(self, message: Message) -> None:
        """The application outlives what its own handlers raise, too."""
        await self._guarded(super()._dispatch_message, message)

    async def _guarded(self, heard: Callable[[Message], Awaitable[None]], message: Message) -> None:
        """Hand a message on. Textual would let whoever hears it hear nothing more after an exception."""
        try:
            await heard(message)
        except Exception as wrong:
            self._handle_exception(wrong)

    def _handle_exception(self, error: Exception) -> None:
        """What goes wrong is said in a dialog and is no end, unless no dialog can be shown for it."""
        if isinstance(error, WorkerFailed):
            self.show_exception(error.error)
            return
        before, self._wrong_at = self._wrong_at, monotonic()
        if self.workplace is None or self._exit or self._wrong_at - before < AT_ONCE:
            super()._handle_exception(error)
        else:
            self.call_later(self.show_exception, error)

    def delay_update(self, delay: float = 0.05) -> None:
        """No pause when a workplace is opened: Textual would hide its first frames for 50 ms."""

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew where the look has changed; Textual would whenever a screen is new."""
        if self._styled != (now := frozenset(self.classes)):
            self._styled = now
            super().refresh_css(animate)

    async def on_event(self, event: Event) -> None:
        """Every event of the program comes by; keys and the mouse say that somebody is there."""
        if self.tidy is not None and isinstance(event, InputEvent):
            self.tidy.typed()
        if self._early is not None and isinstance(event, Key) and not isinstance(self.screen, ModalScreen):
            self._early.append(event)
            return
        await super().on_event(event)

    async def _listen(self) -> None:
        """The first workplace is there: hear the keys that came before it, in their order."""
        early, self._early = self._early or [], None
        for key in early:
            await super().on_event(key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key of the filter is a sign like any other where something is typed, and none in a dialog."""
        if (action, parameters) != ("act", (FIND,)):
            return super().check_action(action, parameters)
        return isinstance(self.screen, Workplace) and not isinstance(self.focused, Input | TextArea)

    # -- actions -------------------------------------------------------------------------------------

    async def action_act(self, name: str) -> None:
        """Do an action of every screen."""
        await self.act(name, self.workplace)

    def action_go(self, name: str) -> None:
        """Open a workplace."""
        self.go(name)

    def action_how_to_quit(self) -> None:
        """Ctrl+C does not end the program."""
        self.notify("Press q or ctrl+q to quit", title="Still here", markup=False)

    def action_leave_now(self) -> None:
        """End without a further question."""
        self.exit()

    async def act_anywhere(self, name: str) -> None:
        """Do an action, going to its workplace first."""
        where = name.partition(".")[0]
        if where in WORKPLACES and getattr(self.workplace, "WORKPLACE", "") != where:
            self.go(where)
        self.call_later(self.act, name, None)

    async def act(self, name: str, screen: Workplace | None) -> None:
        """Do an action on a workplace, or say why not now. Nothing that it raises ends the program."""
        screen = screen or self.workplace
        action = next((action for action in every_action() if action.id == name), None)
        if action is None:
            return
        if action.where != "app" and screen is not None and not screen.is_mounted:
            screen.call_later(self.act, name, screen)  # its widgets are not there yet
            return
        reason = action.unavailable(screen)
        if reason:
            if name != "app.back":
                self.notify(f"Not now: {reason}", markup=False)
            return
        if name.startswith("app.go_"):
            self.go(name.removeprefix("app.go_"))
            return
        owner: Any = self.doing if action.where == "app" else screen
        try:
            done = getattr(owner, action.method)()
            if inspect.isawaitable(done):
                await done
        except Exception as wrong:
            self.show_exception(wrong)

    def go(self, name: str, back: bool = False) -> None:
        """Open a workplace; `back` when it is where one came from."""
        here = self.workplace
        if here is not None and name == here.WORKPLACE:
            return
        if here is not None and not back:
            self._came_from = [*self._came_from[-20:], here.WORKPLACE]
        if here is not None and name not in self._opened:
            here.show_opening(name)
        self._opened.add(name)
        self.switch_mode(name)

    def go_back(self) -> None:
        """Open the workplace one came from; at the first one, nothing."""
        if self._came_from:
            self.go(self._came_from.pop(), back=True)

    # -- what goes wrong -----------------------------------------------------------------------------

    def show_error(self, text: str, lines: Sequence[str] = ()) -> None:
        """An error of the program itself, in a dialog."""

        def answered(answer: str | None) -> None:
            if answer == "copy":
                self.copy_to_clipboard("\n".join([text, *lines]))

        self.push_screen(error(text, lines), answered)

    def desk_lost(self, lost: Exception, screen: Workplace) -> None:
        """The desk ended by itself: say so once, whatever waited for it, and offer a new one."""
        told = bool(self._deskless)
        if screen not in self._deskless:
            self._deskless.append(screen)
        if told:
            return

        def answered(answer: str | None) -> None:
            waited, self._deskless = self._deskless, []
            for one in waited:
                if answer == "again":
                    one.refresh_page()
                elif one.page is None:
                    one.show_notice(NOT_MADE.format(lost))

        text = f"The process that makes the pages has ended ({lost}). Drafts and results are kept."
        choices = (("again", "Start it again"), ("leave", "Leave it"))
        self.push_screen(Ask("No page can be made at the moment", text, choices, self.desk.said), answered)

    def show_exception(self, wrong: BaseException) -> None:
        """An error of the program itself with where it came from."""
        lines = "".join(traceback.format_exception(wrong)).splitlines()
        self.show_error(f"{type(wrong).__name__}: {wrong}", lines)

    def _run_told(self, ended: bool) -> None:
        if ended:
            self.results_stamp += 1
        if self.workplace is not None:
            self.workplace.post_message(RunEnded() if ended else RunProgress())
