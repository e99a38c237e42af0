"""Any page in the interface: charts and their tables, other pages in place, any name, any signs."""

from __future__ import annotations

import asyncio
import unicodedata

import pytest

from reports.page import Page
from tests.reports.pages import HOSTILE, PAGES, band_chart, empty, hostile, measures, sample, split
from tests.tui.showing import showing
from tui.widgets.band_plot import BandPlot
from tui.widgets.page_table import PageTable, TableView
from tui.widgets.page_view import CHARTS, BlockView, PageView

pytestmark = pytest.mark.pilot


def every_line(app: object) -> list[str]:
    """The whole screen as text, line by line."""
    return [strip.text for strip in app.screen._compositor.render_strips()]  # type: ignore[attr-defined]


def test_t_swaps_a_chart_for_its_table_and_back() -> None:
    async def check() -> None:
        async with showing(lambda: BlockView(band_chart())) as (app, pilot):
            view = app.shown
            assert isinstance(view, BlockView)
            view.body.focus()
            await pilot.press("t")
            await pilot.pause()
            assert isinstance(view.body, TableView)
            assert view.body.rows.has_focus
            assert view.body.rows.row_count == 48
            view.show(band_chart(("consultation", "mandatory")))
            await pilot.pause()
            assert "consultation" in str(view.body.rows.ordered_columns[1].label)
            await pilot.press("t")
            await pilot.pause()
            assert isinstance(view.body, BandPlot)
            assert view.body.has_focus

    asyncio.run(check())


def test_a_block_of_another_kind_takes_its_place() -> None:
    async def check() -> None:
        async with showing(lambda: BlockView(band_chart())) as (app, pilot):
            view = app.shown
            assert isinstance(view, BlockView)
            for block in (measures(), split(), sample().block("next"), sample().block("seats")):
                view.show(block)
                await pilot.pause()
                kind = CHARTS.get(block.kind)
                assert kind is None or isinstance(view.body, kind)  # type: ignore[arg-type]
                assert "\n".join(every_line(app)).strip()

    asyncio.run(check())


def test_a_page_with_the_same_blocks_is_shown_in_place() -> None:
    async def check() -> None:
        async with showing(lambda: PageView(sample()), (100, 60)) as (app, pilot):
            view = app.shown
            assert isinstance(view, PageView)
            before = list(view.query(BlockView))
            table = view.query(PageTable).first()
            table.sort_by("b")
            view.show(sample().model_copy(update={"title": "Another title"}))
            await pilot.pause()
            assert list(view.query(BlockView)) == before
            assert table.sorting == ("b", False)
            assert any("Another title" in line for line in every_line(app))
            view.show(empty())
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert [block.block.id for block in view.query(BlockView)] == ["b", "t", "o", "s", "h", "p"]

    asyncio.run(check())


@pytest.mark.parametrize(
    ("name", "glyphs"),
    [("sample", "block"), ("hostile", "braille"), ("hostile", "ascii"), ("empty", "ascii")],
)
def test_any_page_can_be_shown_and_walked_in_any_signs(name: str, glyphs: str) -> None:
    page: Page = PAGES[name]()

    async def check() -> None:
        async with showing(lambda: PageView(page), (80, 24), glyphs=glyphs) as (app, pilot):  # type: ignore[arg-type]
            for _ in range(5):
                await pilot.press("tab", "down", "end", "t", "t")
            await pilot.pause()
            for line in every_line(app):
                assert not any(unicodedata.category(letter) == "Cc" for letter in line)
                assert not set(line) & set("\u202e\u2066")

    asyncio.run(check())


def test_hostile_names_stand_on_the_screen_as_they_are() -> None:
    async def check() -> None:
        async with showing(lambda: PageView(hostile()), (140, 240)) as (app, _):
            text = "\n".join(every_line(app))
            for name in HOSTILE[:3]:
                assert text.count(name) >= 4  # in the table, the tornado, the heat map and the prose
            assert "漢字の名前を持つ役所" in text
            assert "alert(1)" in text

    asyncio.run(check())


def test_ascii_means_ascii() -> None:
    page = sample()

    async def check() -> None:
        async with showing(lambda: PageView(page), (100, 120), glyphs="ascii") as (app, _):
            for block in app.shown.query(BlockView):
                for line in every_line(app)[block.region.y : block.region.bottom]:
                    assert line.rstrip().isascii(), line

    asyncio.run(check())
