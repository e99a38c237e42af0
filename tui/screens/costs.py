"""The workplace Costs: a director's own figures, the totals that follow them, and one council."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from analysis.cost_lines import MODES, VALUATIONS
from reports.page import Page
from tui.cost_draft import CostDraft
from tui.desk.client import DeskProblem
from tui.dialogs.notices import Ask
from tui.frame.lines import TextLine
from tui.screens.cost_actions import ACTIONS, FUNDING
from tui.screens.cost_dialogs import ask_terms, choose_council, open_case, save_case, source_of
from tui.screens.cost_panels import BESIDE, FIGURES, PANELS, nothing, panel_of
from tui.screens.workplace import Question, Workplace
from tui.state import discard_draft, load_draft, save_draft
from tui.widgets.blocks import Blocks
from tui.widgets.figure_form import FigureForm
from tui.widgets.figure_list import FigureList
from tui.widgets.panel_tabs import PanelTabs
from tui.widgets.pointed import Pointed

USUAL: Final = {"valuation": "pay", "mode": "contract", "grants": "lever"}
"""How costs are looked at where nobody says."""

PAUSE: Final = 0.25
"""Seconds without a key before what takes longer than the totals is asked for."""


class Costs(Workplace):
    """Figures at the left, what follows from them at the right; below 100 columns one at a time."""

    WORKPLACE = "costs"
    HELP_TEXT = (
        "Your own figures over stored runs: nothing is simulated again. Choose a figure with up and down, "
        "press enter and type; the totals follow every key. * is a figure that differs from the default "
        "case, # one with a source, ~ an assumption. Brackets hold the 10th to 90th percentile. Figures are "
        "in the order of how far they move the total. A case is saved as a file of its own, which naas cost "
        "--case reads."
    )
    DEFAULT_CSS = """
    Costs #costs { height: 1fr; }
    Costs #figures { width: 50; height: 1fr; border-right: solid $border; }
    Costs.-wide #figures { width: 66; }
    Costs.-narrow #figures { width: 1fr; border-right: none; }
    Costs #case { height: 1; padding: 0 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    Costs .panel { width: 1fr; }
    """
    ACTIONS = ACTIONS

    def __init__(self) -> None:
        super().__init__()
        self.draft = CostDraft()
        self.of = "total"
        self._parts: dict[str, Page] = {}
        self._later: Timer | None = None
        self._plainly = False
        """Whether the next question leaves the edits out, because they cannot be reckoned with."""

    # -- what it shows -------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The tabs, the figures with their form, and the panels."""
        yield PanelTabs(PANELS)
        with Horizontal(id="costs"):
            with Vertical(id="figures"):
                yield TextLine(id="case")
                yield FigureList()
                yield FigureForm()
            for name, _ in PANELS[1:]:
                yield Blocks(id=f"panel-{name}", classes="panel")

    def on_mount(self) -> None:
        """Begin where one left off."""
        kept = self._kept
        self._open(str(kept.get("case", "")))
        panel = str(kept.get("panel", "total"))
        self.query_one(PanelTabs).now = panel if panel in dict(PANELS) else "total"
        self._arrange()

    def on_resize(self) -> None:
        """One thing at a time where there is no room for two."""
        self._arrange()

    def question(self) -> Question | None:
        """The totals for the figures as they are typed."""
        return Question("costs", self._with(of=self.of, part="totals"), "totals")

    def show_page(self, page: Page) -> None:
        """Totals at once; the rest when no key is pressed for a moment."""
        self._parts["totals"] = page
        figures = page.block("inputs")
        assert figures.kind == "table"
        shown = self.query_one(FigureList)
        first = shown.figures is None
        shown.show(figures)
        if first and self.query_one("#figures").display:
            shown.focus()  # so that up, down, enter and a number do what the help says
        self.query_one(FigureForm).say_wrong("")
        self._show_form()
        self.query_one("#case", TextLine).text = self._case_line(page)
        if self._plainly:
            self._plainly = False
            self.refresh_page()
            return
        if "rest" in self._parts and page.provenance.used is None:
            self._parts = {"totals": page}
        self._show_panels()
        self._soon()

    def _problem(self, problem: DeskProblem) -> None:
        """What cannot be reckoned with is said under the fields; the figures shown stay as they were."""
        if problem.own or (self.page is None and not self.draft.edits):
            super()._problem(problem)
            return
        if self.page is None:  # edits of an earlier day that do not fit: show the case without them first
            self._plainly = True
            self.refresh_page()
            return
        said = problem.lines[0].splitlines()[0] if problem.lines else problem.text
        self.query_one(FigureForm).say_wrong(said)
        self.say(f"Not reckoned anew: {problem.text}")

    @property
    def figure(self) -> str:
        """The key of the figure in hand."""
        return self.query_one(FigureList).key_here if self.is_mounted else ""

    # -- figures -------------------------------------------------------------------------------------

    @on(FigureList.Chosen)
    def _chosen(self, _: FigureList.Chosen) -> None:
        self._show_form()
        self._say_figure()

    @on(FigureList.Wanted)
    def _wanted(self, _: FigureList.Wanted) -> None:
        self.query_one(FigureForm).begin()

    @on(FigureForm.Step)
    def _stepped(self, event: FigureForm.Step) -> None:
        self.query_one(FigureList).step(event.by)

    @on(FigureForm.Typed)
    def _typed(self, event: FigureForm.Typed) -> None:
        if self.draft.typed(event.key, event.field, event.text):
            self.changed()

    def do_undo(self) -> None:
        """Take the last change back."""
        self.changed(self.draft.undo())

    def do_redo(self) -> None:
        """Do again what was taken back."""
        self.changed(self.draft.redo())

    def do_as_it_was(self) -> None:
        """Give the figure back to the case."""
        self.changed(self.draft.as_it_was(self.figure))

    # -- cases ---------------------------------------------------------------------------------------

    async def do_save(self) -> None:
        """Write a new file."""
        await save_case(self)

    def do_open(self) -> None:
        """Choose another case."""
        open_case(self)

    def open_case(self, case: str) -> None:
        """Show another case, with what was typed over it before."""
        self._open(case)
        self.keep(case=case)
        self.page = None
        self.refresh_page()

    async def do_source(self) -> None:
        """The evidence of the figure in hand, in full."""
        shown = self.query_one(FigureList)
        if shown.figures is not None:
            row = shown.figures.rows[shown.cursor_row]
            await self.naas.push_screen(Ask(row[0].text, source_of(row), (("close", "Close"),)))

    # -- how it is looked at -------------------------------------------------------------------------

    def do_panel(self) -> None:
        """The next panel."""
        self.query_one(PanelTabs).action_step(1)

    def do_difference(self) -> None:
        """The chart of the total, or of the difference."""
        self.of = "total" if self.of == "difference" else "difference"
        self.refresh_page()

    def do_funding(self) -> None:
        """The next way of funding, said in words."""
        self._next("grants", FUNDING, "Funding")

    def do_valuation(self) -> None:
        """The next way to value time."""
        self._next("valuation", tuple(VALUATIONS.items()), "Time is valued in")

    def do_delivery(self) -> None:
        """The other way to price delivery."""
        self._next("mode", tuple(MODES.items()), "Now")

    async def do_terms(self) -> None:
        """The year of prices, the rate, a budget."""
        await ask_terms(self)

    def do_council(self) -> None:
        """Choose a council."""
        choose_council(self)

    @property
    def council(self) -> str:
        """The council that was chosen, "" for none."""
        return str(self._kept.get("council", ""))

    def show_council(self, name: str) -> None:
        """Show what it means for one council."""
        self.keep(council=name)
        self.query_one(PanelTabs).choose("council")
        self._ask_rest()

    async def do_run(self) -> None:
        """Run what is missing; the world without a scheme as well."""
        await self.naas.run_client.start(self.state.marks, self.asked, costs=True)
        self.say("Running; the totals come when it has ended. You can leave this screen meanwhile.")

    def run_went_on(self) -> None:
        """How far the run is, where there is nothing else to say yet."""
        if self.page is not None and self.page.provenance.used in (None, 0) and self.naas.run_going:
            self.say(self.naas.run_now.words())

    # -- how it works --------------------------------------------------------------------------------

    @on(PanelTabs.Chosen)
    def _panel(self, event: PanelTabs.Chosen) -> None:
        self.keep(panel=event.name)
        self._arrange()

    def on_pointed(self, event: Pointed) -> None:
        """Say what the cursor is on."""
        self.say(event.sentence)

    def _arrange(self) -> None:
        """Show the panel that is chosen; the figures beside it where there is room."""
        tabs = self.query_one(PanelTabs)
        width = self.size.width
        beside = BESIDE if width >= 130 else BESIDE[:1] if width >= 100 else ()
        tabs.hidden = frozenset({FIGURES}) if beside else frozenset()
        if beside and tabs.now == FIGURES:
            tabs.now = "total"
        room = 64 if width >= 130 else 48 if beside else width - 2
        self.query_one(FigureList).widen(width >= 130 or not beside, room)
        self.query_one("#figures").display = tabs.now in (FIGURES, *beside)
        for name, _ in PANELS[1:]:
            self.query_one(f"#panel-{name}").display = name == tabs.now
        self._show_panel()

    def changed(self, really: bool = True) -> None:
        """After an edit: keep the draft, and reckon."""
        if not really:
            return
        try:
            if self.draft.edits or self.draft.view:
                save_draft("costs", self.draft.case, self.draft.model_dump(exclude={"past", "future"}))
            else:
                discard_draft("costs", self.draft.case)
        except OSError as wrong:
            self.naas.notify(f"The draft cannot be kept: {wrong}", severity="warning", markup=False)
        self.refresh_page()

    def _open(self, case: str) -> None:
        found = load_draft("costs", case)
        self.draft = CostDraft.model_validate({**(found or {}), "case": case})
        self._parts = {}

    def _with(self, **more: Any) -> dict[str, Any]:
        """What every question about costs is asked with."""
        asked: dict[str, Any] = {"scenarios": list(self.state.marks), "settings": self.asked.plain()}
        edits = {} if self._plainly else self.draft.edits
        return asked | {"case": self.draft.case, "edits": edits, "view": self.draft.view} | more

    def _soon(self) -> None:
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(PAUSE, self._ask_rest)

    def _ask_rest(self) -> None:
        """Switching values, lines, burdens; and the council, where one is chosen."""
        if self.page is None or not self.page.provenance.used:
            return
        self.ask(Question("costs", self._with(part="rest"), "rest"), self._take("rest"), "rest")
        if self.council:
            asked = self._with(council=self.council)
            self.ask(Question("council", asked, "council"), self._take("council"), "council")

    def _take(self, name: str) -> Callable[[Page | dict[str, Any]], None]:
        def take(answer: Page | dict[str, Any]) -> None:
            assert isinstance(answer, Page)
            self._parts[name] = answer
            self._show_panels()

        return take

    def _show_panels(self) -> None:
        """Every panel from the parts that have come; together they are what an export holds."""
        blocks = [block for part in self._parts.values() for block in part.blocks]
        self._show_panel()
        totals = self._parts["totals"]
        order = {name: place for place, (name, _) in enumerate([*PANELS[1:], ("", ""), PANELS[0]])}
        blocks.sort(key=lambda block: order.get(panel_of(block), 0))
        self.page = totals.model_copy(update={"blocks": tuple(blocks)})

    def _show_panel(self) -> None:
        """The panel in sight; the others wait until they are, so that typing is not held up by them."""
        name = self.query_one(PanelTabs).now
        if name == FIGURES or not self._parts:
            return
        blocks = [block for part in self._parts.values() for block in part.blocks]
        found = [block for block in blocks if panel_of(block) == name]
        self.query_one(f"#panel-{name}", Blocks).show(found or [nothing(name, self._empty())])

    def _empty(self) -> bool:
        return any(block.id == "empty" for block in self._parts["totals"].blocks)

    def _show_form(self) -> None:
        shown = self.query_one(FigureList)
        if shown.figures is not None:
            form = self.query_one(FigureForm)
            form.show(shown.figures, shown.key_here, self.draft.edits.get(shown.key_here, {}))

    def _say_figure(self) -> None:
        shown = self.query_one(FigureList)
        if shown.figures is None or not (shown.has_focus or self.query_one(FigureForm).has_focus_within):
            return
        row = shown.figures.rows[shown.cursor_row]
        self.say(f"{row[0].text}: {' '.join(source_of(row).split())}")

    def _case_line(self, page: Page) -> str:
        figures = page.block("inputs")
        assert figures.kind == "table"
        unsaved = len(self.draft.edits)
        said = f" · {unsaved} unsaved" if unsaved else ""
        return f"{Path(self.draft.case).stem or 'default case'}{said}"

    def _next(self, name: str, choices: Sequence[tuple[str, str]], said: str) -> None:
        values = [value for value, _ in choices]
        now = self.draft.view.get(name, USUAL[name])
        value = values[(values.index(now) + 1) % len(values)] if now in values else USUAL[name]
        self.look(name, None if value == USUAL[name] else value)
        self.naas.notify(f"{said}: {dict(choices)[value]}", markup=False)
        self.changed()

    def look(self, name: str, value: Any) -> None:
        """Look at costs another way; None is the usual one."""
        view = {key: found for key, found in self.draft.view.items() if key != name}
        self.draft.view = view if value is None else view | {name: value}

    @property
    def _kept(self) -> dict[str, Any]:
        found = self.state.kept.get("costs")
        return found if isinstance(found, dict) else {}

    def keep(self, **what: Any) -> None:
        """Remember what was chosen here."""
        self.state.kept["costs"] = self._kept | what
        self.naas.keep_state()
