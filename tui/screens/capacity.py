"""The workplace Capacity: where and when people outnumber seats, how many would do, and who is short."""

from __future__ import annotations

from typing import Any, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input
from textual.worker import Worker

from reports.page import Block, HeatChart, Page, Table
from reports.scale import date_text
from tui.desk.client import DeskProblem
from tui.dialogs.entry import Entry, Field
from tui.messages import RunEnded
from tui.screens.capacity_actions import ACTIONS
from tui.screens.capacity_panels import MAP, PANELS, Aim, KeptCapacity, card, nothing, of_region
from tui.screens.workplace import Question, Workplace
from tui.widgets.blocks import Blocks
from tui.widgets.heat_map import HeatMap
from tui.widgets.page_view import BlockView
from tui.widgets.panel_tabs import PanelTabs
from tui.widgets.pointed import Opened, Pointed

MEASURES: Final = ("load", "use", "waiting")
UNITS: Final = ("month", "quarter")
TALL: Final = 28
"""Lines from which the map and a panel stand one above the other."""


class Capacity(Workplace):
    """The map above, a panel below; in a small terminal one at a time."""

    WORKPLACE = "capacity"
    HELP_TEXT = (
        "People for each seat, by region and month: everyone who could have used a seat, for the seats that "
        "were open. 24! means 24 people for every seat; the mark ! is over capacity, more people than seats; "
        "x is a queue with nothing open, and a dot that nobody wants a seat. The line at the foot says the "
        "cell with its range, which eight in ten random futures lie in. Enter on a cell shows the staffing "
        "gap of the region's authorities, a that of all."
    )
    ACTIONS = ACTIONS
    DEFAULT_CSS = """
    Capacity #map { height: auto; max-height: 60%; padding: 0 1; }
    Capacity #map BlockView { height: auto; }
    Capacity.-short #map { height: 1fr; max-height: 100%; }
    Capacity Blocks { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.unit = UNITS[0]
        self._aimed = Aim()
        """What was aimed at in the last page that could be made."""
        self.gap_of = ""
        """The region whose authorities the staffing gap is shown of; "" for every one."""
        self._gap: Block | None = None

    # -- what it shows -------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The map, the tabs, the panels."""
        yield Vertical(id="map")
        yield PanelTabs(PANELS)
        for name, _ in PANELS[1:]:
            yield Blocks(id=f"panel-{name}")

    def on_mount(self) -> None:
        """Begin where one left off."""
        self.query_one(PanelTabs).now = self._kept.panel
        self._arrange()

    def on_resize(self) -> None:
        """One thing at a time where there is no room for two."""
        self._arrange()

    def question(self) -> Question | None:
        """The seats of the scenario that is chosen among those marked."""
        if not self.state.marks:
            return None
        kept = self._kept
        asked = {"scenarios": list(self.state.marks), "settings": self.asked.plain()}
        shown = {"scenario": self.scenario, "measure": kept.measure, "unit": self.unit}
        return Question("capacity", asked | shown | kept.aim.model_dump(include={"target", "confidence"}))

    def empty(self) -> str:
        """Nothing is marked."""
        return "No scenario is marked. Press 1 for the library, and space on one."

    @property
    def drawn(self) -> bool:
        """Whether there is a map."""
        return self.page is not None and any(isinstance(block, HeatChart) for block in self.page.blocks)

    @property
    def scenario(self) -> str:
        """The scenario that is shown and sized: the one chosen while it is marked, else the last marked."""
        chosen = self._kept.scenario
        return chosen if chosen in self.state.marks else self.state.marks[-1]

    def show_page(self, page: Page) -> None:
        """The map with its cursor, and every panel."""
        self._aimed = self._kept.aim
        heat = next((block for block in page.blocks if isinstance(block, HeatChart)), None)
        room = self.query_one("#map", Vertical)
        if heat is None:
            room.remove_children()
            self.query_one("#panel-cell", Blocks).show(page.blocks)
        elif not room.query(BlockView):
            _worker: Worker[None] = self.run_worker(self._drawn_first, group="map", exclusive=True)
        else:
            room.query_one(BlockView).show(heat)
        for name, _ in PANELS[2:]:
            found = [block for block in page.blocks if block.id == name]
            self.query_one(f"#panel-{name}", Blocks).show(found or [nothing(name)])
        self._gap = next((block for block in page.blocks if block.id == "gap"), None)
        self.show_region(self.gap_of)
        self._show_cell()
        self._arrange()

    async def _drawn_first(self) -> None:
        """Draw the map, and once it has its size put the cursor where it is highest."""
        assert self.page is not None
        heat = self.page.block("heat")
        assert isinstance(heat, HeatChart)
        await self.query_one("#map", Vertical).mount(BlockView(heat))
        self.call_after_refresh(self._to_the_worst, heat)

    def _to_the_worst(self, heat: HeatChart) -> None:
        places = [
            (float(cell.value), row, column)
            for row, cells in enumerate(heat.cells)
            for column, cell in enumerate(cells)
            if isinstance(cell.value, int | float)
        ]
        maps = self.query(HeatMap)
        if places and maps:
            _, row, column = max(places)
            maps.first().go_to(heat.keys[row], heat.columns[column])
            if not isinstance(self.focused, Input):
                maps.first().focus()
            self.say(maps.first().sentence())
        self._show_cell()

    def _show_cell(self) -> None:
        """The card of the cell under the cursor: the cell, then its region over the whole time."""
        maps = self.query(HeatMap)
        if self.page is None or not maps or maps.first().place() is None:
            return
        found = maps.first()
        shown = card(self.page, found.key_here, date_text(found.column_here), found.sentence())
        self.query_one("#panel-cell", Blocks).show([shown])

    def show_region(self, region: str) -> None:
        """The staffing gap of one region's authorities, or of all: in the panel, and in what is exported."""
        if self.page is None or not isinstance(self._gap, Table):
            return
        shown = of_region(self._gap, region) if region else self._gap
        self.gap_of = region if shown is not self._gap else ""
        blocks = tuple(shown if block.id == "gap" else block for block in self.page.blocks)
        where = self.page.provenance.model_copy(
            update={"filter": f"staffing gap of {region}" if region else ""}
        )
        self.page = self.page.model_copy(update={"blocks": blocks, "provenance": where})
        panel = self.query_one("#panel-gap", Blocks)
        panel.show([shown])
        panel.scroll_home(animate=False)

    # -- what can be done ----------------------------------------------------------------------------

    async def do_run(self) -> None:
        """Run what is missing."""
        await self.naas.run_client.start(self.state.marks, self.asked)
        self.say("Running; the map comes when it has ended. You can leave this screen meanwhile.")

    def do_measure(self) -> None:
        """The next thing that the map can show."""
        place = MEASURES.index(self._kept.measure)
        self.keep(measure=MEASURES[(place + 1) % len(MEASURES)])
        self.refresh_page()

    def do_unit(self) -> None:
        """Cut time the other way."""
        self.unit = UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)]
        self.refresh_page()

    def do_authorities(self) -> None:
        """The staffing gap of every authority again."""
        self.show_region("")
        self.query_one(PanelTabs).choose("gap")

    def do_scenario(self) -> None:
        """The next of the marked scenarios."""
        marks = self.state.marks
        self.keep(scenario=marks[(marks.index(self.scenario) + 1) % len(marks)])
        self.refresh_page()

    def do_size(self) -> None:
        """Ask for the target, and search."""
        aim = self._kept.aim
        self._ask_aim(aim.target, f"{aim.confidence:g}", self.scenario)

    def _ask_aim(self, target: str, confidence: str, scenario: str, wrong: str = "") -> None:
        """Ask, until it can be searched for or is left; `scenario` is the one shown when it was begun."""
        fields = (
            Field("target", "Target", target, "such as: median wait <= 6 weeks"),
            Field("confidence", "In what share of futures", confidence, "0.5 to 0.999"),
        )
        text = "The search runs many futures and keeps each; it can be stopped, and gone on with."

        def typed(answer: dict[str, str] | None) -> None:
            if answer is None:
                return

            def refused(said: str) -> None:
                self._ask_aim(answer["target"], answer["confidence"], scenario, said)

            def taken(aim: Page | dict[str, Any]) -> None:
                assert isinstance(aim, dict)
                self.keep(aim=aim)
                self.query_one(PanelTabs).choose("sizing")
                self.run_worker(self._search(scenario), group="search")

            self.ask(Question("capacity.aimed", answer), taken, "aimed", refused)

        self.naas.push_screen(Entry("Seats for a target wait", text, fields, "Search", wrong), typed)

    async def _search(self, scenario: str) -> None:
        await self.naas.run_client.start([scenario], self.asked, sizing=self._kept.aim.model_dump())
        self.refresh_page()

    def run_went_on(self) -> None:
        """How far the run is, while there is nothing else to say."""
        if self.naas.run_going and not self.drawn:
            self.say(self.naas.run_now.words())

    # -- how it works --------------------------------------------------------------------------------

    def on_run_ended(self, _: RunEnded) -> None:
        """Say how a search ended, whatever panel is shown."""
        now = self.naas.run_now
        if now.searched:
            self.naas.notify(now.said, timeout=10, markup=False)

    def on_pointed(self, event: Pointed) -> None:
        """Say what the cursor is on; a cell has its card."""
        self.say(event.sentence)
        if event.block == "heat":
            self._show_cell()

    def on_opened(self, event: Opened) -> None:
        """Enter on a cell or on what binds: the authorities of the region."""
        if event.block in ("heat", "binds"):
            self.show_region(event.key)
            self.query_one(PanelTabs).choose("gap")
            if not self.gap_of:
                self.naas.notify(f"{event.key} has no authorities of its own", markup=False)

    def _words_of(self, panel: str, page: Page) -> str:
        """What the line at the foot says of a panel: its cell, whose gap it is, or where it chokes."""
        maps = self.query(HeatMap)
        if panel in (MAP, "cell") and maps:
            return maps.first().sentence()
        if panel == "gap" and self.gap_of:
            return f"The staffing gap of the authorities of {self.gap_of} alone; a shows every authority."
        return page.on_screen

    @on(PanelTabs.Chosen)
    def _panel(self, event: PanelTabs.Chosen) -> None:
        self.keep(panel=event.name)
        self._arrange()
        if self.page is not None:
            self.say(self._words_of(event.name, self.page))

    def _arrange(self) -> None:
        tabs = self.query_one(PanelTabs)
        tall = self.size.height >= TALL
        tabs.hidden = frozenset({MAP}) if tall or not self.drawn else frozenset()
        if (tall or not self.drawn) and tabs.now == MAP:
            tabs.now = "cell"
        self.query_one("#map").display = self.drawn and (tall or tabs.now == MAP)
        for name, _ in PANELS[1:]:
            self.query_one(f"#panel-{name}").display = name == tabs.now

    def _problem(self, problem: DeskProblem) -> None:
        """A target that this version cannot aim at is let go of."""
        if not problem.own and self._kept.aim != self._aimed:
            self.keep(aim=self._aimed.model_dump())
            self.refresh_page()
            return
        super()._problem(problem)

    @property
    def _kept(self) -> KeptCapacity:
        return KeptCapacity.of(self.state)
