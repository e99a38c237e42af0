"""A planner's path: the map, a cell in words, the authorities of a region, another map."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from reports.page import HeatChart
from tests.tui.driving import InProcessDesk, opened, played, press, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.frame.lines import StatusLine
from tui.screens.capacity import Capacity
from tui.widgets.blocks import Blocks
from tui.widgets.heat_map import HeatMap
from tui.widgets.page_table import PageTable

pytestmark = pytest.mark.pilot


def capacity_of(app: NaasApp) -> Capacity:
    assert isinstance(app.workplace, Capacity)
    return app.workplace


def test_from_the_worst_cell_to_its_authorities_and_to_another_map(desk: Desk) -> None:
    async def test() -> None:
        async with opened("capacity", InProcessDesk(desk)) as (app, pilot):
            screen = capacity_of(app)
            await until(lambda: screen.query(HeatMap) and screen.query(HeatMap).first().has_focus, pilot)
            found = screen.query(HeatMap).first()
            chart = found.chart
            highest = max(
                float(cell.value)
                for row in chart.cells
                for cell in row
                if isinstance(cell.value, int | float)
            )
            assert chart.cells[found.cursor.y][found.cursor.x].value == highest
            assert screen.query_one(StatusLine).text == found.sentence()
            await press(app, pilot, "up", "left")
            assert screen.query_one(StatusLine).text == found.sentence()
            card = screen.query_one("#panel-cell", Blocks)
            assert found.key_here in " ".join(str(line.render()) for line in card.query(Static))
            await press(app, pilot, "home", "down", "enter")
            assert screen.query_one("#panel-gap").display
            table = screen.query_one("#panel-gap").query_one(PageTable)
            region = found.key_here
            place = [column.id for column in table.table.columns].index("region")
            assert {row[place].text for row in table.table.rows} == {region}
            assert f"{region} only, {table.shown} of 152 authorities" in table.table.title
            assert region in screen.query_one(StatusLine).text
            assert screen.page is not None
            assert screen.page.block("gap") == table.table
            assert region in screen.page.provenance.filter
            await press(app, pilot, "f4", "f4")  # binds, notes
            assert "alone" not in screen.query_one(StatusLine).text  # what was said of another panel
            await press(app, pilot, "v")
            assert screen.page is not None
            shown = screen.page.block("heat")
            assert isinstance(shown, HeatChart)
            assert shown.unit == "%"
            await press(app, pilot, "b", "m")
            assert screen.page is not None
            assert "voluntary" in screen.page.title
            assert "--by quarter" in screen.command
            assert region in screen.page.provenance.filter  # another map, the same region
            await press(app, pilot, "a")
            assert screen.query_one("#panel-gap").query_one(PageTable).shown == 152
            assert not screen.page.provenance.filter

    played(test)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 45)])
def test_every_panel_is_reached_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with opened("capacity", InProcessDesk(desk), size) as (app, pilot):
            screen = capacity_of(app)
            seen = set()
            for _ in range(9):
                await press(app, pilot, "f4")
                panels = {panel.id for panel in screen.query(Blocks) if panel.display}
                map_ = screen.query_one("#map").display
                assert panels or map_
                assert map_ == (size[1] >= 28 or not panels)
                seen |= panels
            assert len(seen) == 8

    played(test)


def test_nothing_run_yet_is_said_with_the_key_to_press(results_elsewhere: object) -> None:
    async def test() -> None:
        async with opened("capacity", InProcessDesk(Desk())) as (app, pilot):
            screen = capacity_of(app)
            await press(app, pilot, "v")  # nothing to show: says so, and goes on
            assert "not run yet" in screen.query_one(StatusLine).text
            assert not screen.query_one("#map").display
            assert screen.query_one("#panel-cell").display or screen.query(Blocks)

    played(test)
