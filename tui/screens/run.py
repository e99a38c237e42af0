"""The workplace Run: how much to run, what is going on, how sure it makes the answer; a run can be left."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from pydantic import ValidationError
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Log, Static

from reports.page import Page, Table
from tui.actions import Action
from tui.asked import Asked
from tui.frame.progress import ProgressLine
from tui.runs.client import RunNow, duration
from tui.screens.workplace import Workplace
from tui.widgets.page_table import TableView
from tui.widgets.page_view import BlockView, PageView

FIELDS: tuple[tuple[str, str, int, str], ...] = (
    ("replications", "Replications", 7, "random futures for each scenario, 1 to 100,000"),
    ("scale", "Scale", 6, "size of the workforce: 1 is England, 0.1 is quick and only shows how things work"),
    ("seed", "Seed", 10, "root of all random draws; the same seed gives the same result"),
    ("interval", "Interval %", 4, "80 or 95"),
    ("until", "Last day", 12, "such as 2021-12-31; empty for the scenario's own"),
    ("precision", "Run until", 18, "a half-width, such as accredited=1%; empty for a fixed number"),
)
"""Name, label, width in cells and what is allowed."""

IDLE: Final = "ctrl+r runs what is missing; f6 sets England and 20 replications."
GOING: Final = "You can leave this screen. f8 stops: what is finished is kept, and r goes on from there."
SEARCHING: Final = (
    "You can leave this screen. f8 stops: what is finished is kept; 7, then z, goes on from there."
)
AFTER: Final = {
    "done": "Press c to compare.",
    "stopped": "Press r to go on from there.",
    "failed": "Press r to go on from there.",
    "lost": "Press r to go on from there.",
}
"""What to press after a run, by how it ended."""

SEARCHED: Final = {
    "done": "Press 7 for the seats of every region.",
    **dict.fromkeys(("stopped", "failed", "lost"), "Press 7, then z, to go on from there."),
}
"""What to press after a search for the least seats, by how it ended."""


def _cannot_start(screen: Any) -> str:
    if screen.app.run_going:
        return "a run is going already"
    return "" if screen.app.state.marks else "mark a scenario in the library first"


class Run(Workplace):
    """Starts runs and follows them."""

    WORKPLACE = "run"
    AUTO_FOCUS = ""
    HELP_TEXT: ClassVar[str] = (
        "Runs the marked scenarios on the same random draws. Only what is missing is run, and everything\n"
        "that is finished is kept, also when you stop, quit or lose power. You can leave this screen: the\n"
        "header shows on every screen how far the run has come. More replications make intervals narrower;\n"
        "scale 1 is England, a smaller scale is quick and only shows how things work."
    )
    ACTIONS = (
        Action("run.start", "Run: what is missing of the marked scenarios",
               "Finished replications are kept and never run again.", ("ctrl+r", "r"), 2, "Run",
               _cannot_start),
        Action("run.stop", "Run: stop, and keep what is finished", "Asks first; running again goes on.",
               ("f8",), 3, "Stop", lambda screen: "" if screen.app.run_going else "no run is going"),
        Action("run.full", "Run: set England and 20 replications", "Scale 1: for figures to be used.",
               ("f6",), 4, "Full size"),
        Action("run.compare", "Compare: what is there", "Also while the run is going: n of N.", ("c",), 5,
               "Compare"),
    )  # fmt: skip
    DEFAULT_CSS = """
    Run #scroll { height: 1fr; padding: 0 1; }
    Run #fields { height: auto; layout: grid; grid-size: 6; grid-columns: 12 8 9 11 12 1fr; }
    Run #fields { grid-gutter: 0 1; }
    Run #fields Vertical { height: auto; }
    Run #fields Static { color: $text-muted; height: 1; }
    Run #fields Input { height: 1; border: none; background: $panel; padding: 0; }
    Run #fields Input:focus { background: $boost; text-style: underline; }
    Run #fields Input.wrong { color: $error; text-style: bold; }
    Run.-narrow #fields { grid-size: 6; grid-columns: 12 6 9 10 11 1fr; }
    Run #about { height: auto; color: $text-muted; margin-bottom: 1; }
    Run #about.wrong { color: $error; }
    Run #going { height: auto; display: none; margin-bottom: 1; }
    Run #going.shown { display: block; }
    Run #searched { height: auto; color: $text-muted; }
    Run #sofar { height: auto; text-style: bold; }
    Run #lower { height: auto; }
    Run #precision { width: 1fr; height: auto; }
    Run #messages { height: 8; width: 1fr; background: $background; border-top: solid $border-blurred; }
    Run.-wide #messages { width: 50%; }
    Run #stop { width: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._logged: RunNow | None = None
        """The run whose messages are shown, and how many of them were."""
        self._said = 0

    def come_back(self) -> None:
        """A run may have gone on, or ended, while another screen was shown."""
        self.run_went_on()
        super().come_back()

    def compose_body(self) -> ComposeResult:
        """What is asked for, what is going on, what is there."""
        asked = self.asked.plain()
        with VerticalScroll(id="scroll", can_focus=False):
            with Horizontal(id="fields"):
                for name, label, _, _ in FIELDS:
                    with Vertical():
                        yield Static(Content(label))
                        yield Input(_typed(asked[name]), id=f"field-{name}", compact=True)
            yield Static(id="about", markup=False)
            with Vertical(id="going"):
                yield Static(id="searched", markup=False)
                yield ProgressLine(id="bar")
                yield Static(id="sofar", markup=False)
                yield Button("Stop, and keep what is finished", id="stop", compact=True)
                yield TableView(_NO_WIDTHS, id="precision")
                yield Log(id="messages", max_lines=500)
            yield PageView(Page(screen="run", title="", summary="", blocks=()), id="there")

    def on_mount(self) -> None:
        """Begin with what is there, and with the run that is going."""
        self._about("")
        self.run_went_on()

    def show_page(self, page: Page) -> None:
        """What is there."""
        told = {"title": "", "summary": page.on_screen}
        self.query_one("#there", PageView).show(page.model_copy(update=told))
        self.call_after_refresh(self._once)
        self._write_fields()

    # -- what is asked for ---------------------------------------------------------------------------

    def on_input_changed(self, _: Input.Changed) -> None:
        """Check as it is typed, and say what is allowed."""
        self._read()

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Enter takes what was typed over: what is there is shown for it."""
        self._take()

    def on_descendant_focus(self) -> None:
        """Say what a field is for."""
        name = (getattr(self.focused, "id", None) or "").removeprefix("field-")
        self._about(next((f"{label}: {about}" for known, label, _, about in FIELDS if known == name), ""))

    def on_descendant_blur(self) -> None:
        """A field that is left is taken over."""
        self._take()

    def _read(self) -> Asked | None:
        """What the fields ask for; None while one of them cannot be used, which is said."""
        typed = {name: self.query_one(f"#field-{name}", Input).value.strip() for name, *_ in FIELDS}
        given: dict[str, Any] = {**self.asked.plain(), **typed}
        found, wrong = None, {}
        try:
            found = Asked.model_validate(given)
        except ValidationError as error:
            wrong = {str(item["loc"][0]): item["msg"] for item in error.errors()}
        for name, label, *_ in FIELDS:
            self.query_one(f"#field-{name}").set_class(name in wrong, "wrong")
            if name in wrong:
                self._about(f"! {label} {wrong[name]}", wrong=True)
        if found is not None:
            self.query_one("#about").remove_class("wrong")
        return found

    def _take(self) -> None:
        found = self._read()
        if found is not None and found != self.asked:
            self.naas.change(asked=found)

    def _about(self, text: str, wrong: bool = False) -> None:
        about = self.query_one("#about", Static)
        about.set_class(wrong, "wrong")
        now = self.naas.run_now
        usual = (SEARCHING if now.searched else GOING) if now.going else IDLE
        about.update(Content(text or usual))

    def _write_fields(self) -> None:
        asked = self.asked.plain()
        for name, *_ in FIELDS:
            field = self.query_one(f"#field-{name}", Input)
            if not field.has_focus and field.value != _typed(asked[name]):
                field.value = _typed(asked[name])

    # -- what is going on ----------------------------------------------------------------------------

    def run_went_on(self) -> None:
        """Show how far the run has come."""
        now = self.naas.run_now
        self.query_one("#going").set_class(now.stage != "idle", "shown")
        self.query_one("#stop").display = now.going
        self._once()
        if not self.query_one("#about").has_class("wrong") and not self._in_a_field:
            self._about("")
        self.query_one(ProgressLine).show(now.done, now.of, _pace(now))
        page = now.page
        searched = self.query_one("#searched", Static)
        searched.display = bool(now.searched)
        if str(searched.content) != now.searched:
            searched.update(Content(now.searched))
        text = _ended(now) if now.said else page.summary if page else ""
        said, sofar = "\n".join([text, *now.problem]) if text else "", self.query_one("#sofar", Static)
        if str(sofar.content) != said:  # each writing lays the screen out anew
            sofar.update(Content(said))
        table = self.query_one("#precision", TableView)
        table.display = bool(page and page.blocks)
        if page and page.blocks and isinstance(page.blocks[0], Table):
            table.show(page.blocks[0])
        log = self.query_one(Log)
        if now is not self._logged:
            log.clear()
            self._logged, self._said = now, 0
        log.write_lines(now.messages[max(self._said - now.gone, 0) :])
        self._said = now.gone + len(now.messages)
        if now.going:
            self.say(now.words())

    @property
    def _in_a_field(self) -> bool:
        return isinstance(self.focused, Input)

    def _once(self) -> None:
        """What a run tells above does not stand below as well, as it was before the run."""
        now = self.naas.run_now
        hidden = {"precision"} if now.stage != "idle" else set()
        searched = bool(now.searched) and (now.going or now.asked == self.asked)
        hidden |= {"stored"} if now.going else set()
        hidden |= {"asked"} if searched else set()  # that of the marked scenarios is not what was run
        for view in self.query(BlockView):
            view.display = view.block.id not in hidden
        for line in self.query("#there > .summary"):  # none before the page view is made
            line.display = not (now.going or searched)
        if searched and now.said:
            self.say(_ended(now))

    async def on_button_pressed(self, _: Button.Pressed) -> None:
        """The only button."""
        await self.do_stop()

    async def do_start(self) -> None:
        """Start with what the fields ask for."""
        found = self._read()
        if found is None:
            self.notify("A field cannot be used; it says what is allowed", markup=False)
            return
        if found != self.asked:
            self.naas.change(asked=found)
        self.set_focus(None)
        self.naas.demonstrating = False
        await self.naas.run_client.start(self.state.marks, found)

    async def do_stop(self) -> None:
        """Ask, and stop."""
        await self.naas.act("app.stop_run", self)

    def do_full(self) -> None:
        """England, 20 replications."""
        usual = Asked()
        self.naas.change(
            asked=self.asked.model_copy(update={"scale": usual.scale, "replications": usual.replications})
        )
        self._write_fields()

    def do_compare(self) -> None:
        """What is there, side by side."""
        self.naas.results_stamp += 1
        self.naas.go("compare")


_NO_WIDTHS = Table(id="precision", title="Precision", columns=(), rows=())


def _typed(value: Any) -> str:
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _ended(now: RunNow) -> str:
    """How a run ended, and what to press."""
    return f"{now.said} {(SEARCHED if now.searched else AFTER).get(now.outcome, '')}"


def _pace(now: RunNow) -> str:
    """Rate and time left."""
    if not now.going:
        return now.outcome
    parts = [f"{now.rate:.1f} a second"] if now.rate else []
    parts += [f"about {duration(now.left)} left"] if now.left is not None else []
    return " · ".join(parts) or ("" if now.done and not now.of else "getting ready")
