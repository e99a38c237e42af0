"""The workplace Compare: one measure over time, paired differences in words, and all measures to sort."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from reports.legible import legible
from reports.page import BandChart, Block, Page, Prose, Table
from tui.actions import Action
from tui.desk.client import DeskProblem
from tui.dialogs.choose import Choose
from tui.kept import Kept, keep, one_of
from tui.screens.workplace import Question, Workplace
from tui.widgets.blocks import Blocks
from tui.widgets.page_view import BlockView
from tui.widgets.panel_tabs import PanelTabs
from tui.widgets.pointed import Opened, Pointed

PANELS: Final = (
    ("chart", "Over time"),
    ("words", "Differences"),
    ("measures", "All measures"),
    ("cut", "Cut up"),
    ("about", "What is compared"),
)
_UPPER: Final = ("chart", "words")
"""Panels that have a place of their own from 100 columns on."""

_WORDS: Final = ("differences", "held-back")
_ABOUT: Final = ("red-flags", "compared", "about")
_NO_CHART: Final = BandChart(id="chart", title="", unit="", axis=(), bands=(), texts=())
_NO_ROWS: Final = Table(id="measures", title="", columns=(), rows=())
_NO_CUT: Final = _NO_ROWS.model_copy(update={"id": "cut"})


class KeptCompare(Kept):
    """The panel, the measure that is charted ("" for the usual one), and how it is cut."""

    OF = "compare"
    panel: Annotated[str, one_of(dict(PANELS))] = "measures"
    measure: str = ""
    by: Literal["region", "status"] = "region"


def _nothing(screen: Any) -> str:
    return "" if screen.page is not None and screen.has_results else "nothing is there to compare yet"


def _cannot_run(screen: Any) -> str:
    return "a run is going already" if screen.app.run_going else ""


class Compare(Workplace):
    """The marked scenarios side by side."""

    WORKPLACE = "compare"
    AUTO_FOCUS = ""
    HELP_TEXT: ClassVar[str] = (
        "The marked scenarios on the same random draws; A is the baseline. Every figure is a mean with its\n"
        "interval; differences are taken replication by replication, and a word says what they come to:\n"
        "unclear where the interval holds zero. Left and right move along the chart; enter on a measure\n"
        "charts it and cuts it by region. Intervals hold chance only, not what nobody knows."
    )
    ACTIONS = (
        Action("compare.measure", "Chart: choose a measure", "Any measure over time.", ("m",), 2, "Measure",
               _nothing),
        Action("compare.interval", "Intervals: 80% or 95%", "How sure every interval on the screen is.",
               ("i",), 3, "80/95", _nothing),
        Action("compare.cut", "Cut: by region or by status", "The charted measure at the end, cut up.",
               ("b",), 4, "Region/status", _nothing),
        Action("compare.panel", "View: next panel", "All measures, the cut, what is compared.", ("f4",), 7,
               "Panel", _nothing),
        Action("compare.why", "Why: the rules that differ", "Opens Why with the rules that differ.",
               ("w",), 5, "Why"),
        Action("compare.run", "Run: what is missing", "Runs what is not stored yet, and watches it.",
               ("r", "ctrl+r"), 6, "Run", _cannot_run),
    )  # fmt: skip
    DEFAULT_CSS = """
    Compare .first-line { height: auto; padding: 0 1; text-style: bold; color: $primary; display: none; }
    Compare #upper { height: 1fr; min-height: 9; }
    Compare #lower { height: 1fr; padding: 0 1; }
    Compare #chart { width: 2fr; padding: 0 1; }
    Compare #words { width: 1fr; min-width: 34; border-left: solid $border; }
    Compare.-wide #words { min-width: 50; }
    Compare #lower > * { height: 1fr; padding: 0; }
    Compare.-narrow #words { border-left: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._known = ""
        """The measure of the last page that could be made."""

    # -- what it shows -------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The chart with the words beside it, and one of the other panels below."""
        yield Static(id="so-far", classes="first-line", markup=False)
        yield Static(id="left-out", classes="first-line", markup=False)
        yield Static(id="red-flags", classes="first-line", markup=False)
        with Horizontal(id="upper"):
            yield BlockView(_NO_CHART, id="chart", classes="fill")
            yield Blocks(id="words")
        yield PanelTabs(PANELS)
        with Vertical(id="lower"):
            yield BlockView(_NO_ROWS, id="measures", classes="fill")
            yield BlockView(_NO_CUT, id="cut", classes="fill")
            yield Blocks(id="about")

    def on_mount(self) -> None:
        """Begin with the measures under the chart."""
        self.query_one(PanelTabs).now = self._kept.panel

    def on_resize(self) -> None:
        """Another size, another arrangement."""
        self._arrange()

    def question(self) -> Question | None:
        """The page of the marked scenarios, for the measure and the cut that were chosen."""
        asked = super().question()
        if asked is None:
            return None
        chosen = {"measure": self._kept.measure} if self._kept.measure else {}
        return Question(asked.name, asked.asked | chosen | {"by": self._kept.by})

    def show_page(self, page: Page) -> None:
        """Put the blocks in their places; where nothing is run yet, say what to press."""
        self._known = self._kept.measure
        blocks = {block.id: block for block in page.blocks}
        if "empty" in blocks:
            empty = page.block("empty")
            assert isinstance(empty, Prose)
            self.show_notice("\n".join([page.on_screen, "", *empty.lines]))
            return
        self._show_so_far(blocks.get("so-far"))
        self._show_left_out(blocks.get("left-out"))
        self._show_red_flags(blocks.get("red-flags"))
        self._arrange()
        if self.focused is None:
            self.call_after_refresh(self._begin)

    def _show_so_far(self, block: Block | None) -> None:
        """One line where a part of the replications is finished, as long as it is a part."""
        line = self.query_one("#so-far", Static)
        line.display = isinstance(block, Prose)
        if isinstance(block, Prose):
            line.update(Content(legible(" ".join(block.lines))))

    def _show_left_out(self, block: Block | None) -> None:
        """One line about scenarios that are marked and have not been run, with the key that runs them."""
        line = self.query_one("#left-out", Static)
        line.display = isinstance(block, Prose)
        if isinstance(block, Prose) and self.page is not None and self.page.next is not None:
            line.update(Content(legible(f"{block.lines[0]} {self.page.next.keys}")))

    def _show_red_flags(self, block: Block | None) -> None:
        """One line that names the scenarios with red flags, and the panel that says which."""
        line = self.query_one("#red-flags", Static)
        line.display = isinstance(block, Prose)
        if isinstance(block, Prose):
            names = dict.fromkeys(said.partition(":")[0] for said in block.lines)
            told = f"! Red flags on {', '.join(names)}, of seats and queues"
            line.update(Content(legible(f"{told}: see {dict(PANELS)['about']}.")))

    def _no_cut(self) -> Block:
        said = f"This measure is not cut by {self._kept.by}; b changes the cut."
        return Prose(id="cut", title="Cut up", lines=(said,))

    def _begin(self) -> None:
        if self.focused is not None:
            return  # something was typed meanwhile
        panel = self.query_one(PanelTabs).now
        shown = self.query_one(f"#{panel}")
        if isinstance(shown, BlockView):
            shown.focus_body()
        else:
            shown.focus()

    def _arrange(self) -> None:
        """Side by side where there is room; one panel at a time where there is not."""
        tabs = self.query_one(PanelTabs)
        beside = self.size.width >= 100 and self.size.height >= 20
        tabs.hidden = frozenset(_UPPER) if beside else frozenset()
        if beside and tabs.now in _UPPER:
            tabs.now = "measures"
        tabs.styles.dock = "none" if beside else "top"
        shown = {*_UPPER, tabs.now} if beside else {tabs.now}
        for name, _ in PANELS:
            self.query_one(f"#{name}").display = name in shown
        self.query_one("#upper").display = bool(shown.intersection(_UPPER))
        self.query_one("#lower").display = bool(shown.difference(_UPPER))
        if self.has_results:
            for name in shown:
                self._fill(name)

    def _fill(self, panel: str) -> None:
        """Put the blocks of the page into a panel that is shown; the others wait until they are."""
        assert self.page is not None
        blocks = {block.id: block for block in self.page.blocks}
        if panel in ("words", "about"):
            names = _WORDS if panel == "words" else _ABOUT
            self.query_one(f"#{panel}", Blocks).show([blocks[name] for name in names if name in blocks])
        else:
            self.query_one(f"#{panel}", BlockView).show(blocks.get(panel) or self._no_cut())

    # -- what can be done ----------------------------------------------------------------------------

    @property
    def has_results(self) -> bool:
        """Whether there is something to compare."""
        return self.page is not None and any(block.id == "chart" for block in self.page.blocks)

    def do_measure(self) -> None:
        """Choose what is charted."""
        measures = self._table("measures")
        choices = [(key, row[0].text) for key, row in zip(measures.keys, measures.rows, strict=True)]

        def chosen(name: str | None) -> None:
            if name:
                self._choose(measure=name)

        self.naas.push_screen(Choose("Chart a measure", choices, now=self._kept.measure), chosen)

    def do_interval(self) -> None:
        """80 or 95 percent, everywhere."""
        other = 95 if self.asked.interval == 80 else 80
        self.naas.change(asked=self.asked.model_copy(update={"interval": other}))
        self.notify(f"Intervals: {other}%", markup=False)

    def do_cut(self) -> None:
        """The other cut, and show it."""
        tabs = self.query_one(PanelTabs)
        if tabs.now == "cut":
            self._choose(by="status" if self._kept.by == "region" else "region")
        tabs.choose("cut")

    def do_why(self) -> None:
        """The rules that differ."""
        keep(self.state, "why", panel="differ")
        self.naas.go("why")

    async def do_run(self) -> None:
        """Run what is missing, and watch it."""
        self.naas.go("run")
        self.naas.call_later(self.naas.act, "run.start", None)

    # -- what it hears -------------------------------------------------------------------------------

    @on(PanelTabs.Chosen)
    def _panel(self, event: PanelTabs.Chosen) -> None:
        self.keep(panel=event.name)
        self._arrange()

    def on_pointed(self, pointed: Pointed) -> None:
        """Say what the cursor is on."""
        self.say(pointed.sentence)

    def on_opened(self, opened: Opened) -> None:
        """Enter on a measure charts it."""
        if opened.block == "measures" and opened.key:
            self._choose(measure=opened.key)
            if self.query_one(PanelTabs).hidden == frozenset():
                self.query_one(PanelTabs).choose("chart")

    def run_went_on(self) -> None:
        """How far the run is, where there is nothing to show yet."""
        if self.naas.run_going and not self.has_results:
            self.say(self.naas.run_now.words())

    def _table(self, name: str) -> Table:
        assert self.page is not None
        block = self.page.block(name)
        assert isinstance(block, Table)
        return block

    def _problem(self, problem: DeskProblem) -> None:
        """A measure that this version does not know is let go of; the one before it is charted."""
        if not problem.own and self._kept.measure != self._known:
            self._choose(measure=self._known)
            return
        super()._problem(problem)

    @property
    def _kept(self) -> KeptCompare:
        return KeptCompare.of(self.state)

    def _choose(self, **what: str) -> None:
        self.keep(**what)
        self.refresh_page()
