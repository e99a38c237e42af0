"""Sorts and filters stay when a screen is left, when its columns change, and when the program ends."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from tests.tui.driving import InProcessDesk, opened, played, press, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.screens.compare import Compare
from tui.screens.library import Library
from tui.state import load_state
from tui.widgets.page_table import PageTable, TableView

pytestmark = pytest.mark.pilot


def rows_of(app: NaasApp, where: str) -> PageTable:
    assert app.workplace is not None
    return app.workplace.query_one(f"{where} PageTable", PageTable)


def test_a_sort_stays_when_the_screen_is_left_and_when_the_program_ends(desk: Desk) -> None:
    async def first() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "s", "s")
            chosen = rows_of(app, "#scenarios").sorting
            assert chosen == ("scenario", True)
            await press(app, pilot, "3", "1")
            await until(lambda: isinstance(app.workplace, Library), pilot)
            assert rows_of(app, "#scenarios").sorting == chosen

    async def again() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            rows = rows_of(app, "#scenarios")
            assert rows.sorting == ("scenario", True)
            assert rows.key_of(rows._order[0]) == "voluntary"
            for _ in range(2 * len(rows.table.columns) - 1):
                await press(app, pilot, "s")
            assert rows.sorting is None
        assert "library.scenarios" not in load_state()[0].kept["tables"]

    played(first)
    played(again)


def test_a_filter_stays_and_says_so(desk: Desk) -> None:
    async def first() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "slash", *"acc", "enter")
            assert rows_of(app, "#scenarios").shown == 2

    async def again() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            assert rows_of(app, "#scenarios").shown == 2
            view = app.screen.query_one("#scenarios", TableView)
            assert view.query_one(Input).display
            assert view.query_one(Input).value == "acc"
            assert "2 of 14 rows · filter: acc" in view.query_one(".foot").render_line(0).text
            await press(app, pilot, "slash", "backspace", "backspace", "backspace", "enter")
            assert rows_of(app, "#scenarios").shown == 14
        assert "library.scenarios" not in load_state()[0].kept["tables"]

    played(first)
    played(again)


def test_a_sort_by_a_column_that_goes_comes_back_with_it(desk: Desk) -> None:
    async def test() -> None:
        async with opened("compare", desk=InProcessDesk(desk)) as (app, pilot):
            assert isinstance(app.workplace, Compare)
            rows = rows_of(app, "#measures")
            rows.focus()
            await press(app, pilot, "s", "s", "s")
            assert rows.sorting == ("gap:mandatory", True)
            app.change(marks=["voluntary"])
            await until(lambda: "gap:mandatory" not in [column.id for column in rows.table.columns], pilot)
            assert rows.sorting is None
            app.change(marks=["voluntary", "mandatory"])
            await until(lambda: rows.sorting == ("gap:mandatory", True), pilot)

    played(test)
