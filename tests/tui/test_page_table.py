"""Tables: sorted by value, filtered by words, opened with enter; names are never read as markup."""

from __future__ import annotations

import asyncio
import math

import pytest
from textual.widgets import DataTable, Input, Static

from reports.page import Cell, Column, Table
from tests.reports.pages import HOSTILE, cell, measures
from tests.tui.showing import showing
from tui.widgets.page_table import FIXED, PageTable, TableView

pytestmark = pytest.mark.pilot

COLUMNS = (
    Column(id="name", label="Authority", number=False),
    Column(id="gap", label="Gap", unit="FTE"),
    Column(id="rate", label="Pass rate", unit="share"),
)


def row(name: str, gap: float, rate: float | None, mark: str = "") -> tuple[Cell, Cell, Cell]:
    shown = "not defined" if rate is None else f"{rate:.0%}"
    return cell(name, name), cell(f"{gap:,.0f}", gap, mark), cell(shown, rate)


def gaps(note: str = "") -> Table:
    rows = (
        row("Leeds", 1200.0, 0.09),
        row("Kingston [upon] Thames", 90.0, None),
        row("[/foo] x", -3.0, 0.10, "!"),
        row("dudley", 700.0, math.nan),
        row("Barnet", 700.0, 0.85),
    )
    return Table(
        id="gaps",
        title="Gaps",
        columns=COLUMNS,
        rows=rows,
        keys=("E1", "E2", "E3", "E4", "E5"),
        of=152,
        note=note,
    )


def names(table: PageTable) -> list[str]:
    return [table.get_row_at(place)[0].plain for place in range(table.row_count)]


def view() -> TableView:
    return TableView(gaps())


@pytest.mark.parametrize(
    ("title", "shown"), [("Paid", "Paid, £ million"), ("Paid, £ million, mean", "Paid, £ million, mean")]
)
def test_a_unit_that_all_figures_share_is_said_once(title: str, shown: str) -> None:
    columns = (COLUMNS[0], *(Column(id=name, label=name, unit="£ million") for name in ("a", "b")))
    paid = Table(id="paid", title=title, columns=columns, rows=(row("Leeds", 3.7, 0.1),))

    async def check() -> None:
        async with showing(lambda: TableView(paid)) as (app, _):
            assert str(app.shown.query_one(".title", Static).content) == shown
            heads = [column.label.plain.strip() for column in app.shown.query_one(PageTable).columns.values()]
            assert heads == ["Authority", "a", "b"]

    asyncio.run(check())


def test_rows_are_sorted_by_value_and_what_is_unknown_comes_last() -> None:
    async def check() -> None:
        async with showing(view) as (app, _):
            shown = app.shown
            assert isinstance(shown, TableView)
            rows = shown.rows
            rows.sort_by("rate")
            assert names(rows)[:3] == ["Leeds", "[/foo] x", "Barnet"]
            rows.sort_by("rate", down=True)
            assert names(rows)[:3] == ["Barnet", "[/foo] x", "Leeds"]
            assert set(names(rows)[3:]) == {"Kingston [upon] Thames", "dudley"}
            rows.sort_by("gap", down=True)
            assert names(rows) == ["Leeds", "dudley", "Barnet", "Kingston [upon] Thames", "[/foo] x"]
            rows.sort_by("name")
            assert names(rows)[:3] == ["[/foo] x", "Barnet", "dudley"]
            rows.sort_by("no such column")
            assert names(rows) == [item[0].text for item in gaps().rows]

    asyncio.run(check())


def test_the_key_s_and_a_click_on_a_head_sort_and_the_foot_says_so() -> None:
    async def check() -> None:
        async with showing(view) as (app, pilot):
            shown = app.shown
            assert isinstance(shown, TableView)
            rows = shown.rows
            rows.focus()
            await pilot.press("s", "s", "s")
            assert rows.sorting == ("gap", True)
            await pilot.pause()
            foot = shown.query_one(".foot").render_line(0).text
            assert "5 of 152 rows · sorted by Gap, largest first" in foot
            rows.post_message(
                DataTable.HeaderSelected(rows, rows.ordered_columns[2].key, 2, rows.ordered_columns[2].label)
            )
            await pilot.pause()
            assert rows.sorting == ("rate", False)
            for _ in range(7):
                rows.action_sort_next()
            assert rows.sorting in {("name", False), ("gap", True), ("rate", True), ("rate", False), None}

    asyncio.run(check())


def test_words_filter_and_escape_leaves_without_losing_them() -> None:
    async def check() -> None:
        async with showing(view) as (app, pilot):
            shown = app.shown
            assert isinstance(shown, TableView)
            shown.rows.focus()
            await pilot.press("slash", *"upon [", "enter")
            await pilot.pause()
            assert names(shown.rows) == ["Kingston [upon] Thames"]
            assert shown.rows.has_focus
            assert "1 of 152 rows · filter: upon [" in shown.query_one(".foot").render_line(0).text
            await pilot.press("slash")
            assert shown.query_one(Input).has_focus
            await pilot.press("escape")
            assert shown.rows.has_focus
            assert shown.rows.words == "upon ["
            shown.rows.filter_by("nobody")
            assert shown.rows.row_count == 0
            assert shown.rows.key_here == ""
            shown.rows.filter_by("")
            assert shown.rows.row_count == 5

    asyncio.run(check())


def test_the_cursor_tells_its_row_in_words_and_enter_opens_it() -> None:
    async def check() -> None:
        async with showing(view) as (app, pilot):
            shown = app.shown
            assert isinstance(shown, TableView)
            shown.rows.focus()
            await pilot.press("down", "down", "enter")
            await pilot.pause()
            assert app.pointed[-1].key == "E3"
            assert app.pointed[-1].sentence == "[/foo] x: Gap (FTE) -3 (needs attention); Pass rate 10%"
            assert [(event.block, event.key) for event in app.opened] == [("gaps", "E3")]
            await pilot.press("G")
            assert shown.rows.key_here == "E5"

    asyncio.run(check())


def test_other_figures_keep_order_filter_and_row() -> None:
    async def check() -> None:
        async with showing(view) as (app, pilot):
            shown = app.shown
            assert isinstance(shown, TableView)
            rows = shown.rows
            rows.sort_by("gap", down=True)
            rows.filter_by("e")
            rows.go_to("E4")
            before = gaps("Changed.")
            changed = before.model_copy(
                update={"rows": (row("Leeds", 1.0, 0.5), *before.rows[1:]), "keys": before.keys}
            )
            shown.show(changed)
            await pilot.pause()
            assert rows.key_here == "E4"
            assert names(rows) == ["dudley", "Barnet", "Leeds"] or names(rows)[-1] == "Leeds"
            assert rows.sorting == ("gap", True)
            assert "Changed." in shown.query_one(".foot").render_line(0).text
            filled: list[str] = []
            rows._fill = lambda key="": filled.append(key)  # type: ignore[method-assign]
            shown.show(changed)
            assert filled == []  # the same figures are not drawn again

    asyncio.run(check())


def test_names_are_shown_as_they_are_and_long_ones_are_cut() -> None:
    async def check() -> None:
        async with showing(lambda: TableView(measures(HOSTILE))) as (app, _):
            shown = app.shown
            assert isinstance(shown, TableView)
            found = names(shown.rows)
            assert "Kingston [upon] Thames" in found
            assert "[/foo] x" in found
            assert "[bold red]Leeds[/]" in found
            cut = next(name for name in found if name.startswith("xxx"))
            assert len(cut) == 44
            assert cut.endswith("…")

    asyncio.run(check())


def test_an_empty_table_says_so() -> None:
    async def check() -> None:
        async with showing(lambda: TableView(Table(id="t", title="T", columns=COLUMNS, rows=()))) as (
            app,
            pilot,
        ):
            await pilot.press("tab", "enter", "s", "down")
            assert "Nothing here yet." in app.shown.query_one(".foot").render_line(0).text
            assert app.opened == []

    asyncio.run(check())


def test_new_figures_go_into_the_rows_that_are_there() -> None:
    """The same table as one that was filled anew, sorted and filtered as before."""

    async def test() -> None:
        rows = tuple(
            (name, cell(f"{number + 5}", float(number + 5)), rate)
            for number, (name, _, rate) in enumerate(gaps().rows)
        )
        after = gaps().model_copy(update={"rows": rows})
        async with showing(lambda: PageTable(gaps())) as (app, _):
            table = app.query_one(PageTable)
            table.filter_by("e")
            fill, filled = table._fill, []
            table._fill = lambda *given: (filled.append(given), fill(*given))[0]  # type: ignore[method-assign, assignment, func-returns-value]
            table.show(after)
            assert filled == []
            shown = [[str(part) for part in table.get_row_at(place)] for place in range(table.row_count)]
            table.sort_by("gap", True)
            table.show(gaps())  # in another order now: filled anew
            assert len(filled) == 2
        async with showing(lambda: PageTable(after)) as (app, _):
            table = app.query_one(PageTable)
            table.filter_by("e")
            assert shown == [
                [str(part) for part in table.get_row_at(place)] for place in range(table.row_count)
            ]

    asyncio.run(test())


def wide(first: str) -> Table:
    columns = tuple(Column(id=str(place), label=f"c{place}", number=place > 0) for place in range(41))
    rows = (tuple(cell(f"{first} {place}", float(place)) for place in range(41)),)
    return Table(id="wide", title="Wide", columns=columns, rows=rows)


def test_other_figures_leave_the_columns_in_sight_where_they_are() -> None:
    async def check() -> None:
        async with showing(lambda: TableView(wide("a")), (60, 10)) as (app, pilot):
            shown = app.shown
            assert isinstance(shown, TableView)
            shown.rows.scroll_to(x=50, animate=False)
            await pilot.pause()
            for first in ("b", "much longer"):
                shown.show(wide(first))
                await pilot.pause()
                await pilot.pause()
                assert shown.rows.scroll_x == 50

    asyncio.run(check())


def test_fewer_rows_in_another_order_keep_the_cursor_on_its_row() -> None:
    fewer = gaps().model_copy(update={"rows": gaps().rows[:0:-2], "keys": gaps().keys[:0:-2]})

    async def check() -> None:
        async with showing(view) as (app, pilot):
            shown = app.shown
            assert isinstance(shown, TableView)
            shown.rows.focus()
            await pilot.press("G")
            assert shown.rows.key_here == "E5"
            shown.show(fewer)
            await pilot.pause()
            assert names(shown.rows) == ["Barnet", "[/foo] x"]
            assert shown.rows.key_here == "E5"
            changed = (row("Barnet", 5.0, 0.2), fewer.rows[1])
            shown.show(fewer.model_copy(update={"rows": changed}))
            await pilot.pause()
            assert app.pointed[-1].sentence == "Barnet: Gap (FTE) 5; Pass rate 20%"

    asyncio.run(check())


def test_rows_that_belong_together_are_not_sorted_and_it_is_said() -> None:
    fixed = gaps().model_copy(update={"fixed": True})

    async def test() -> None:
        async with showing(lambda: TableView(fixed)) as (app, pilot):
            table = app.query_one(PageTable)
            table.focus()
            before = names(table)
            table.sort_by("gap")  # as an earlier session left it
            await pilot.press("s")
            await pilot.click(PageTable, offset=(3, 0))
            await pilot.pause()
            assert names(table) == before
            assert table.sorting is None
            assert [said.message for said in app._notifications] == [FIXED, FIXED]

    asyncio.run(test())
