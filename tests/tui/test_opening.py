"""Opening a workplace answers at once, works nothing out twice, and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import DataTable, Input

from tests.tui.driving import FixedDesk, InProcessDesk, opened, played, press, settled, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.frame.top_bar import TopBar
from tui.screens.workplace import Workplace
from tui.theme import THEMES
from tui.widgets.figure_list import FigureList
from tui.workplaces import WORKPLACES

pytestmark = pytest.mark.pilot

NUMBERS = tuple(str(number) for number in range(1, len(WORKPLACES) + 1))


def test_the_tab_is_painted_before_the_workplace_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    display, switch = NaasApp._display, NaasApp.switch_mode

    def displayed(app: NaasApp, screen: Any, update: Any) -> None:
        seen.append(update.render_segments(app.console) if update is not None else "")
        display(app, screen, update)

    def switched(app: NaasApp, name: str) -> Any:
        seen.append(f"made {name}")
        return switch(app, name)

    async def test() -> None:
        async with opened(desk=FixedDesk({})) as (app, pilot):
            monkeypatch.setattr(NaasApp, "_display", displayed)
            monkeypatch.setattr(NaasApp, "switch_mode", switched)
            await press(app, pilot, "2")
            assert "[2 Levers]" in seen[seen.index("made levers") - 1]
            assert app.workplace is not None
            assert app.workplace.query_one(TopBar).opening == ""

    played(test)


def test_a_workplace_that_was_open_before_is_shown_without_working_styles_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def test() -> None:
        async with opened(desk=FixedDesk({})) as (app, pilot):
            await press(app, pilot, *NUMBERS)
            done: list[str] = []
            monkeypatch.setattr(app.stylesheet, "reparse", lambda: done.append("read"))
            restyle = Workplace.update_node_styles

            def restyled(screen: Workplace, animate: bool = True) -> None:
                done.append(str(screen.id))
                restyle(screen, animate)

            monkeypatch.setattr(Workplace, "update_node_styles", restyled)
            await press(app, pilot, *NUMBERS)
            assert done == []

    played(test)


def test_nothing_holds_back_the_first_frame() -> None:
    async def test() -> None:
        async with opened(desk=FixedDesk({})) as (app, pilot):
            app.go("levers")
            assert app._batch_count == 0
            await until(lambda: settled(app), pilot)

    played(test)


def test_every_workplace_wears_another_theme_and_other_signs_when_it_comes_back() -> None:
    async def test() -> None:
        async with opened(desk=FixedDesk({})) as (app, pilot):
            await press(app, pilot, *NUMBERS)
            await press(app, pilot, "f7")
            app.state.glyphs = "block"
            await app.act("app.glyphs", None)
            assert app.state.glyphs == "ascii"
            ground = THEMES[app.theme].panel
            for number in NUMBERS:
                await press(app, pilot, number)
                assert app.workplace is not None
                assert app.workplace.query_one(TopBar).styles.background.hex == ground
            await press(app, pilot, "1")
            assert app.screen.query_one("#card").styles.border_top[0] == "ascii"

    played(test)


def test_a_page_is_asked_for_once_when_a_workplace_opens() -> None:
    async def test() -> None:
        desk = FixedDesk({})
        async with opened(desk=desk) as (app, pilot):
            for name, number in zip(WORKPLACES, NUMBERS, strict=True):
                desk.questions.clear()
                await press(app, pilot, number)
                if name != "library":  # it was asked for at the start
                    assert [asked for asked, _ in desk.questions] == [name]

    played(test)


def test_the_cursor_stays_where_it_was(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "down", "down")
            rows = app.screen.query_one(DataTable)
            here = rows.cursor_row
            assert here
            await press(app, pilot, "2", "1")
            assert app.screen.query_one(DataTable) is rows
            assert rows.cursor_row == here
            assert rows.has_focus

    played(test)


def test_a_figure_that_was_gone_to_takes_a_number_and_no_other_does(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            assert app.workplace is not None
            costs = app.workplace
            figures, value = costs.query_one(FigureList), costs.query_one("#figure-mode", Input)
            await until(lambda: figures.has_focus, pilot)
            assert "7 Capacity" in tabs(app)
            await press(app, pilot, "7")  # whoever looks through the workplaces changes no figure
            assert app.workplace.WORKPLACE == "capacity"
            await press(app, pilot, "6", "down")
            assert "Capacity" in tabs(app)
            assert "7 Capacity" not in tabs(app)
            here = figures.key_here
            await pilot.press("2", "5", ".", "5")
            await until(lambda: value.value == "25.5", pilot)
            assert figures.key_here == here
            assert app.workplace is costs
            await until(lambda: settled(app), pilot)
            await press(app, pilot, "escape")
            assert "7 Capacity" in tabs(app)
            figures.focus()
            await press(app, pilot, "up", "escape", "1")
            assert app.workplace.WORKPLACE == "library"

    played(test)


def tabs(app: NaasApp) -> str:
    """The second line of the header."""
    assert app.workplace is not None
    return str(app.workplace.query_one(TopBar).render().plain.splitlines()[1])  # type: ignore[union-attr]
