"""The workplace Costs: a director's own figures, the totals that follow them, and one council."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer

from analysis.cost_lines import GRANTS, MODES, PAYERS, VALUATIONS
from reports.page import Page
from tui.cost_draft import CostDraft, Edits
from tui.dialogs.notices import Ask
from tui.frame.top_bar import TopBar
from tui.screens.cost_actions import ACTIONS
from tui.screens.cost_dialogs import ask_terms, choose_council, open_case, save_case, source_of
from tui.screens.cost_figures import Figures
from tui.screens.cost_panels import BESIDE, FIGURES, PANELS, KeptCosts, Parts, nothing
from tui.screens.workplace import Question, Workplace
from tui.state import discard_draft
from tui.views.cost_inputs import PAID_BY
from tui.widgets.blocks import Blocks
from tui.widgets.figure_form import FigureForm
from tui.widgets.figure_list import FigureList
from tui.widgets.panel_tabs import PanelTabs
from tui.widgets.pointed import Pointed

LOOKS: Final[dict[str, tuple[str, ...]]] = {
    "grants": tuple(GRANTS),
    "valuation": ("pay", "full", "cash"),
    "mode": tuple(MODES),
}
"""Ways to look at costs, from one to the next; the first is how they are looked at where nobody says."""

PAUSE: Final = 0.25
"""Seconds without a key before what takes longer than the totals is asked for."""


class Costs(Workplace):
    """Figures at the left, what follows from them at the right; below 100 columns one at a time."""

    WORKPLACE = "costs"
    HELP_TEXT = (
        "Your own figures over stored runs: nothing is simulated again. Choose a figure with up and down, "
        "or with a click, and type a number: the totals follow every key. Enter goes into its field as it "
        "stands, and esc lets the figure go, so that numbers open workplaces again. p changes who pays a "
        "line, which moves no total; what councils and others spend is told before any grant, and what they "
        "bear after it. * is a figure that differs from the default case, # one with a source, ~ an "
        "assumption, ! one that was typed and cannot be used: it is left out, and the figure stands as it "
        "was. Brackets hold the 10th to 90th percentile. Figures are in the order of how far they move the "
        "total. A case is saved as a file of its own, which naas cost --case reads."
    )
    DEFAULT_CSS = """
    Costs #costs { height: 1fr; }
    Costs.-wide Figures { width: 66; }
    Costs.-narrow Figures { width: 1fr; border-right: none; }
    Costs .panel { width: 1fr; }
    """
    ACTIONS = ACTIONS

    def __init__(self) -> None:
        super().__init__()
        self.draft = CostDraft()
        self.of = "total"
        self.parts = Parts()
        self._later: Timer | None = None

    # -- what it shows -------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The tabs, the figures with their form, and the panels."""
        yield PanelTabs(PANELS)
        with Horizontal(id="costs"):
            yield Figures(lambda: self.draft.edits, id="figures")
            for name, _ in PANELS[1:]:
                yield Blocks(id=f"panel-{name}", classes="panel")

    def on_mount(self) -> None:
        """Begin where one left off."""
        self._open(self._kept.case)
        self.query_one(PanelTabs).now = self._kept.panel
        self._arrange()

    def on_resize(self) -> None:
        """One thing at a time where there is no room for two."""
        self._arrange()

    def question(self) -> Question | None:
        """The totals for the figures as they are typed."""
        return Question("costs", self._with(of=self.of, part="totals"), "totals")

    def show_page(self, page: Page) -> None:
        """Totals at once; the rest when no key is pressed for a moment."""
        assert self._answered is not None
        question, stamp = self._answered
        self.parts.take("totals", page, _about(question.asked, stamp))
        case = Path(self.draft.of).stem or "default case"
        self.query_one(Figures).show(self.parts, case)
        self._show_panels()
        if self.parts.wrong:
            self.say(f"Left out: {self.parts.wrong}")
        self._soon()

    @property
    def figure(self) -> str:
        """The key of the figure in hand; "" while none is in sight."""
        shown = self.query_one(Figures) if self.is_mounted else None
        return shown.figure if shown is not None and shown.display else ""

    @property
    def payer(self) -> str:
        """Who pays the line of the figure in hand; "" where nobody else can."""
        return self.query_one(Figures).payer if self.is_mounted else ""

    # -- figures -------------------------------------------------------------------------------------

    @on(FigureForm.Typed)
    def _typed(self, event: FigureForm.Typed) -> None:
        if self.draft.typed(event.key, event.field, event.text):
            self.changed()

    @on(FigureForm.Left)
    def _left(self) -> None:
        self.draft.left()

    def do_payer(self) -> None:
        """The next payer pays the line."""
        payer = PAYERS[(PAYERS.index(self.payer) + 1) % len(PAYERS)]
        self.naas.notify(f"Paid by {PAID_BY[payer]}", markup=False)
        self.changed(self.draft.typed(self.figure, "payer", payer))

    @property
    def digits_type(self) -> bool:
        """Also where a figure is in hand."""
        return super().digits_type or (self.is_mounted and self.query_one(Figures).held)

    @on(FigureList.Held)
    def _held(self) -> None:
        self.query_one(TopBar).refresh()

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

    def do_save(self) -> None:
        """Write a new file."""
        save_case(self, {"case": self.draft.of, "edits": self.draft.edits, "view": self.draft.view})

    def saved_as(self, path: str, case: str, edits: Edits) -> None:
        """Edits of a case are in a new file; where the case is still in hand, the file is from here on."""
        in_hand = self.draft.of == case
        draft = (self.draft if in_hand else CostDraft.kept(case)).saved(edits, path)
        discard_draft("costs", case)
        self.keep_draft(draft)
        if in_hand:
            self.draft = draft
            self.keep(case=path)
            self.refresh_page()

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
        row = self.query_one(Figures).row
        if row:
            await self.naas.push_screen(Ask(row[0].text, source_of(row), (("close", "Close"),)))

    # -- how it is looked at -------------------------------------------------------------------------

    def do_difference(self) -> None:
        """The chart of the total, or of the difference."""
        self.of = "total" if self.of == "difference" else "difference"
        self.refresh_page()

    def do_funding(self) -> None:
        """The next way of funding, said in words."""
        self._next("grants", GRANTS, "Funding")

    def do_valuation(self) -> None:
        """The next way to value time."""
        self._next("valuation", VALUATIONS, "Time is valued in")

    def do_delivery(self) -> None:
        """The other way to price delivery."""
        self._next("mode", MODES, "Now")

    def do_terms(self) -> None:
        """The year of prices, the rate, a budget."""
        ask_terms(self)

    def do_council(self) -> None:
        """Choose a council."""
        choose_council(self)

    @property
    def council(self) -> str:
        """The council that was chosen, "" for none."""
        return self._kept.council

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
        self.query_one(Figures).display = tabs.now in (FIGURES, *beside)
        for name, _ in PANELS[1:]:
            self.query_one(f"#panel-{name}").display = name == tabs.now
        self._show_panel()

    def changed(self, really: bool = True) -> None:
        """After an edit: keep the draft, and reckon."""
        if not really:
            return
        self.keep_draft(self.draft)
        self.refresh_page()

    def _open(self, case: str) -> None:
        self.draft = CostDraft.kept(case)
        self.parts = Parts()

    def _with(self, **more: Any) -> dict[str, Any]:
        """What every question about costs is asked with."""
        asked: dict[str, Any] = {"scenarios": list(self.state.marks), "settings": self.asked.plain()}
        typed: dict[str, Any] = {"edits": self.draft.edits}
        if self.draft.edits:
            typed["before"] = self.draft.before()
        return asked | {"case": self.draft.of, **typed, "view": self.draft.view} | more

    def _soon(self) -> None:
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(PAUSE, self._ask_rest)

    def _ask_rest(self) -> None:
        """Switching values, lines, burdens; and the council, where one is chosen."""
        if self.page is None or not self.page.provenance.used:
            return
        self._ask_part("rest", Question("costs", self._with(part="rest"), "rest"))
        if self.council:
            self._ask_part("council", Question("council", self._with(council=self.council), "council"))

    def _ask_part(self, name: str, question: Question) -> None:
        stamp = self.naas.results_stamp

        def take(answer: Page | dict[str, Any]) -> None:
            assert isinstance(answer, Page)
            self.parts.take(name, answer, _about(question.asked, stamp))
            self._show_panels()

        self.ask(question, take, name)

    def _show_panels(self) -> None:
        """Every panel from the parts that have come; together they are what an export holds."""
        self._show_panel()
        self.page = self.parts.whole()

    def _show_panel(self) -> None:
        """The panel in sight; the others wait until they are, so that typing is not held up by them."""
        name = self.query_one(PanelTabs).now
        if name != FIGURES and self.parts:
            found = self.parts.panel(name) or [nothing(name, self.parts.empty, self.council)]
            self.query_one(f"#panel-{name}", Blocks).show(found)
        if self.parts:
            self.show_command(self.parts.command(name))

    def _next(self, name: str, words: Mapping[str, str], said: str) -> None:
        value = self.draft.next_look(name, LOOKS[name])
        self.naas.notify(f"{said}: {words[value]}", markup=False)
        self.changed()

    @property
    def _kept(self) -> KeptCosts:
        return KeptCosts.of(self.state)


def _about(asked: Mapping[str, Any], stamp: int) -> dict[str, Any]:
    """What a question about costs is about, whichever part it asks for."""
    part = ("of", "part", "council")
    return {name: value for name, value in asked.items() if name not in part} | {"results": stamp}
