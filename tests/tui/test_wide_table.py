"""Columns beyond the edge of a table are marked, counted, and reached by a key."""

from __future__ import annotations

import asyncio

import pytest

from reports.page import Cell, Column, Table
from tests.tui.showing import showing
from tui.widgets.page_table import TableView
from tui.widgets.wide_table import column_before, columns_beyond, next_column

WIDTHS = (10, 8, 8, 8, 8)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("x", "room", "beyond"),
    [
        (0, 42, (0, 0)),
        (0, 41, (0, 0)),  # only space is cut
        (0, 40, (0, 1)),
        (0, 26, (0, 2)),
        (8, 26, (1, 1)),
        (16, 26, (2, 0)),
        (3, 26, (1, 2)),  # half a column is none
    ],
)
def test_columns_that_are_not_wholly_shown_are_counted(x: int, room: int, beyond: tuple[int, int]) -> None:
    assert columns_beyond(WIDTHS, 1, x, room) == beyond


@pytest.mark.unit
def test_keys_reach_every_column_and_come_back() -> None:
    x, seen = 0, [0]
    while columns_beyond(WIDTHS, 1, x, 26)[1]:
        x = next_column(WIDTHS, 1, x, 26)
        seen.append(x)
    assert seen == [0, 8, 16]
    assert next_column(WIDTHS, 1, 16, 26) == 16
    assert [column_before(WIDTHS, 1, at) for at in (16, 8, 3, 0)] == [8, 0, 0, 0]


@pytest.mark.unit
def test_a_column_wider_than_the_room_is_read_in_parts() -> None:
    x, steps = 0, 0
    while columns_beyond((10, 60), 1, x, 26)[1] and steps < 20:
        x, steps = next_column((10, 60), 1, x, 26), steps + 1
    assert x + 26 >= 69


def wide() -> Table:
    columns = tuple(Column(id=name, label=name.title(), number=False) for name in ("name", "first", "last"))
    row = tuple(Cell(text=sign * 30, value=sign) for sign in "abc")
    return Table(id="wide", title="Wide", columns=columns, rows=(row,))


@pytest.mark.pilot
def test_the_edge_and_the_foot_say_that_there_is_more_and_the_key_shows_it() -> None:
    async def check() -> None:
        async with showing(lambda: TableView(wide()), size=(80, 12)) as (app, pilot):
            view = app.shown
            assert isinstance(view, TableView)
            await pilot.pause()
            head = view.rows.render_line(0).text
            foot = view.query_one(".foot")
            assert head.rstrip().endswith("›")
            assert "› 1 more column (→)" in foot.render_line(0).text
            view.rows.focus()
            await pilot.press("right")
            await pilot.pause()
            assert "c" * 30 in view.rows.render_line(1).text
            assert "‹ 1 more column (←)" in foot.render_line(0).text
            await pilot.press("left")
            await pilot.pause()
            assert "b" * 30 in view.rows.render_line(1).text

    asyncio.run(check())
