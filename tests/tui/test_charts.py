"""The tornado, the heat map and the split: every figure in sight, at any size, with keys and mouse."""

from __future__ import annotations

import asyncio
import math
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Offset

from reports.colours import contrast
from reports.page import Bar, HeatChart, Part, SplitChart, TornadoChart
from reports.scale import MONTHS as TOLD
from reports.scale import as_date
from tests.reports.pages import MONTHS, cell, heat, split, tornado
from tests.tui.showing import lines, showing
from tui.widgets.heat_map import HeatMap
from tui.widgets.split_bar import SplitBar, split_cells
from tui.widgets.tornado import Tornado

pytestmark = pytest.mark.pilot

GLYPHS = ("braille", "block", "ascii")


def heat_map(chart: HeatChart | None = None) -> HeatMap:
    chosen = HeatMap(chart or heat())
    chosen.styles.height = "1fr"
    return chosen


# -- tornado ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glyphs", GLYPHS)
def test_every_figure_of_a_tornado_is_in_sight_at_any_width(glyphs: str) -> None:
    async def check() -> None:
        async with showing(lambda: Tornado(tornado()), (140, 20), glyphs=glyphs) as (app, pilot):  # type: ignore[arg-type]
            for width in (140, 100, 80, 60, 48, 40, 30):
                await pilot.resize_terminal(width, 20)
                await pilot.pause()
                text = "\n".join(lines(app.shown))
                for figure in ("44.7", "80.6", "77.8", "47.1", "59.0", "66.2", "red", "amber", "green"):
                    assert figure in text
                assert "59.0m" in text
                for y in range(app.shown.size.height):
                    assert app.shown.render_line(y).cell_length == app.shown.size.width  # type: ignore[attr-defined]
                assert text.isascii() or glyphs != "ascii"

    asyncio.run(check())


def test_bars_go_from_the_middle_to_their_ends_in_proportion() -> None:
    async def check() -> None:
        async with showing(lambda: Tornado(tornado()), (120, 10)) as (app, _):
            first, second, third = lines(app.shown)[1:4]
            middle = first.index("│")
            assert second.index("│") == third.index("│") == middle
            assert first.count("█") / first.count("▒") == pytest.approx(21.6 / 14.3, rel=0.06)
            assert second.index("█") < middle < second.index("▒")  # a low end may raise the result
            assert "▒" not in third

    asyncio.run(check())


def test_both_ends_on_one_side_show_both() -> None:
    bars = (
        Bar(name="a", low=2.0, high=9.0, low_text="2", high_text="9"),
        Bar(name="b", low=9.0, high=2.0, low_text="9", high_text="2"),
        Bar(name="c", low=math.nan, high=5.0, low_text="not defined", high_text="5"),
    )
    chart = TornadoChart(id="t", title="T", unit="", centre=0.0, centre_text="0", bars=bars)

    async def check() -> None:
        async with showing(lambda: Tornado(chart), (80, 10)) as (app, _):
            _, one, other, odd = lines(app.shown)[:4]
            assert one.index("▒") < one.index("█")
            assert other.index("█") < other.index("▒")
            assert "not defined" in odd
            assert "▒" not in odd

    asyncio.run(check())


def test_the_cursor_of_a_tornado_tells_its_input() -> None:
    async def check() -> None:
        async with showing(lambda: Tornado(tornado()), (80, 10)) as (app, pilot):
            chart = app.shown
            assert isinstance(chart, Tornado)
            chart.focus()
            await pilot.press("down", "enter")
            await pilot.pause()
            assert chart.key_here == "input-1"
            assert app.pointed[-1].sentence == (
                "Fee for an assessment: 77.8 at its low end, 47.1 at its high end; now £59.0m; evidence amber"
            )
            assert [event.key for event in app.opened] == ["input-1"]
            assert lines(chart)[2].startswith("▸Fee")
            chart.show(tornado(("Preparation days", "Travel", "Fee for an assessment", "Rooms")))
            await pilot.pause()
            assert chart.key_here == "input-1"
            await pilot.press("end")
            assert chart.key_here == "input-3"
            await pilot.click(Tornado, offset=(4, 1))
            assert chart.key_here == "input-0"

    asyncio.run(check())


# -- heat map -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glyphs", GLYPHS)
def test_every_number_of_a_heat_map_is_printed_and_over_is_marked(glyphs: str) -> None:
    async def check() -> None:
        async with showing(lambda: heat_map(heat(columns=MONTHS[:14])), (120, 20), glyphs=glyphs) as (app, _):  # type: ignore[arg-type]
            text = lines(app.shown)
            chart = heat(columns=MONTHS[:14])
            for row, cells in enumerate(chart.cells):
                line = text[2 + row].replace("[", " ").replace("]", " ")
                shown = line.split()[-14:]
                assert shown == [f"{item.text}{'!' if item.mark else ''}" for item in cells]
            assert text[0].split() == ["2017", "2018"]
            assert text[1].split()[:2] == ["Jan", "Feb"]

    asyncio.run(check())


def test_names_heads_and_year_stay_in_sight() -> None:
    async def check() -> None:
        async with showing(heat_map, (80, 8)) as (app, pilot):
            chart = app.shown
            assert isinstance(chart, HeatMap)
            chart.focus()
            await pilot.press("end", "G")
            await pilot.pause()
            text = lines(chart)
            assert chart.column_here == "2020-12"
            assert text[0].split()[0] == "2020"
            assert text[1].split()[-1] == "Dec"
            assert any(line.startswith("▸South West") and "[182!]" in line for line in text)
            await pilot.press("home", "g")
            await pilot.pause()
            assert lines(chart)[0].split()[0] == "2017"
            assert "[48]" in lines(chart)[2]

    asyncio.run(check())


def wider(places: int) -> HeatChart:
    """The same map with figures of so many more signs."""
    chart = heat()
    rows = tuple(
        tuple(cell(f"{item.text}.{'5' * places}", item.value, item.mark) for item in row)  # type: ignore[arg-type]
        for row in chart.cells
    )
    return chart.model_copy(update={"cells": rows})


def whole_cells(chart: HeatMap) -> None:
    """Every figure in sight is a figure of the chart, under its own month."""
    first, month, *rows = lines(chart)
    begin = as_date(f"{first.split()[0]}-01")
    assert begin is not None
    names = month.split()
    place = next(
        at
        for at, column in enumerate(chart.chart.columns)
        if column == f"{begin.year}-{TOLD.index(names[0]) + 1:02}"
    )
    for row, line in enumerate(rows[: len(chart.chart.rows)]):
        shown = line[-(len(line) - 2) :].replace("[", " ").replace("]", " ").split()[-len(names) :]
        said = [f"{item.text}{item.mark}" for item in chart.chart.cells[row][place : place + len(names)]]
        assert shown == said


@pytest.mark.parametrize("width", [80, 97, 100])
def test_no_number_is_cut_wherever_the_map_was_left_when_its_figures_changed(width: int) -> None:
    async def check() -> None:
        async with showing(heat_map, (width, 14)) as (app, pilot):
            chart = app.shown
            assert isinstance(chart, HeatMap)
            chart.focus()
            await pilot.press("end")
            for places in (1, 3, 2, 0):
                chart.show(wider(places) if places else heat())
                await pilot.pause()
                whole_cells(chart)
                assert chart.column_here == "2020-12"
                assert "[" in lines(chart)[2]  # the cursor is in sight
            for x in range(30):  # as a wheel leaves it
                chart.scroll_to(x=x, animate=False)
                await pilot.pause()
                whole_cells(chart)

    asyncio.run(check())


def test_a_click_means_the_cell_in_sight_between_two_steps_of_a_wheel() -> None:
    async def check() -> None:
        async with showing(heat_map, (80, 14)) as (app, pilot):
            chart = app.shown
            assert isinstance(chart, HeatMap)
            chart.scroll_to(x=8, animate=False)
            await pilot.pause()
            line = lines(chart)[2]
            figure = heat().cells[0][2].text
            await pilot.click(HeatMap, offset=(line.index(figure), 2))
            await pilot.pause()
            assert chart.sentence().endswith(f"{figure}% of seats")

    asyncio.run(check())


def test_the_cursor_of_a_heat_map_tells_its_cell() -> None:
    async def check() -> None:
        async with showing(heat_map, (100, 20)) as (app, pilot):
            chart = app.shown
            assert isinstance(chart, HeatMap)
            chart.focus()
            await pilot.press("down", "right", "right", "enter")
            await pilot.pause()
            told = app.pointed[-1]
            assert (told.key, told.column) == ("row-1", "2017-03")
            assert told.sentence == "North West, 2017-03: 57% of seats"
            assert [(event.key, event.column) for event in app.opened] == [("row-1", "2017-03")]
            assert lines(chart)[3].count("[") == 1
            chart.show(heat(columns=MONTHS[1:]))
            await pilot.pause()
            assert chart.column_here == "2017-03"
            await pilot.click(HeatMap, offset=(28, 2))
            assert chart.cursor == Offset(0, 0)
            chart.go_to("row-8", "2020-12")
            await pilot.pause()
            assert any("[180!]" in line for line in lines(chart))

    asyncio.run(check())


@pytest.mark.parametrize("theme", ["naas-light", "naas-dark", "naas-contrast"])
def test_every_number_can_be_read_on_its_colour(theme: str) -> None:
    async def check() -> None:
        async with showing(heat_map, (140, 20), theme=theme) as (app, _):
            chart = app.shown
            assert isinstance(chart, HeatMap)
            backgrounds = set()
            for y in range(chart.size.height):
                line = chart.render_line(y)
                assert line.cell_length == chart.size.width
                for segment in line:
                    assert segment.style is not None
                    assert segment.style.color is not None
                    assert segment.style.bgcolor is not None
                    text = segment.style.color.get_truecolor().hex
                    behind = segment.style.bgcolor.get_truecolor().hex
                    assert contrast(text, behind) >= 4.5
                    backgrounds.add(behind)
            assert len(backgrounds) >= 6

    asyncio.run(check())


def test_a_figure_that_does_not_exist_has_no_colour_and_no_number() -> None:
    chart = HeatChart(
        id="h",
        title="T",
        unit="days",
        rows=("a", "b"),
        columns=("wait", "longest wait of all"),
        cells=((cell("not defined", math.nan), cell("3", 3.0)), (cell("2", 2.0), cell("", None))),
        about=(("", ""), ("", "")),
    )

    async def check() -> None:
        async with showing(lambda: heat_map(chart), (60, 6)) as (app, pilot):
            await pilot.press("tab", "right")
            text = lines(app.shown)
            assert text[0].split() == ["wait", "longest…"]
            assert text[1].split() == ["▸a", "·", "[3]"]
            assert text[2].split() == ["b", "2", "·"]

    asyncio.run(check())


def test_a_heat_map_of_many_rows_is_drawn_at_once() -> None:
    chart = heat([f"Authority {place}" for place in range(3000)], MONTHS[:12])

    async def check() -> None:
        async with showing(lambda: heat_map(chart), (100, 30)) as (app, pilot):
            app.shown.focus()
            await pilot.press("G")
            await pilot.pause()
            assert any("▸Authority 2999" in line for line in lines(app.shown))
            start = time.perf_counter()
            for _ in range(10):
                lines(app.shown)
            assert time.perf_counter() - start < 2  # ten times the screen; tens of milliseconds when idle

    asyncio.run(check())


def test_an_empty_heat_map_says_so() -> None:
    chart = HeatChart(id="h", title="T", unit="", rows=(), columns=(), cells=(), about=())

    async def check() -> None:
        async with showing(lambda: heat_map(chart), (60, 6)) as (app, pilot):
            await pilot.press("tab", "down", "right", "enter")
            assert lines(app.shown)[0] == "Nothing to draw yet."
            assert app.opened == []

    asyncio.run(check())


# -- split --------------------------------------------------------------------------------------------------

SIZES = st.lists(st.one_of(st.floats(0, 1e9), st.just(math.nan), st.floats(-5, 0)), max_size=8)


@given(SIZES, st.integers(1, 200))
def test_cells_are_shared_out_to_the_last(values: list[float], cells: int) -> None:
    found = split_cells(values, cells)
    known = [value for value in values if math.isfinite(value) and value > 0]
    assert sum(found) == (cells if known else 0)
    for value, share in zip(values, found, strict=True):
        assert share >= 0
        if not (math.isfinite(value) and value > 0):
            assert share == 0
        elif cells >= 2 * len(known):
            assert share >= 1


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=5), st.integers(20, 200))
def test_a_larger_part_never_gets_fewer_cells(values: list[float], cells: int) -> None:
    found = split_cells(values, cells)
    order = sorted(range(len(values)), key=lambda place: values[place])
    for smaller, larger in pairwise(order):
        assert found[smaller] <= found[larger] + 1


@pytest.mark.parametrize("glyphs", GLYPHS)
def test_parts_are_named_with_the_fill_of_their_bar(glyphs: str) -> None:
    chart = split(("DfE", "Councils", "Individuals"))

    async def check() -> None:
        async with showing(lambda: SplitBar(chart), (80, 8), glyphs=glyphs) as (app, pilot):  # type: ignore[arg-type]
            bar, *rows = lines(app.shown)
            assert len(bar) == 80
            for row, part, figure in zip(rows, chart.parts, ("22.2", "36.8", "51.4"), strict=False):
                assert part.name in row
                assert figure in row
                sign = row.lstrip("▸> ")[0]
                assert bar.count(sign) == pytest.approx(80 * part.value / 110.4, abs=1)
            await pilot.press("tab", "down", "enter")
            await pilot.pause()
            assert app.pointed[-1].sentence == "Who pays: Councils £36.8m"
            assert [event.key for event in app.opened] == ["Councils"]

    asyncio.run(check())


def test_a_whole_of_nothing_still_names_its_parts() -> None:
    chart = SplitChart(id="s", title="T", unit="£m", parts=(Part(name="DfE", value=0.0, text="£0"),))

    async def check() -> None:
        async with showing(lambda: SplitBar(chart), (40, 5)) as (app, _):
            assert lines(app.shown)[0] == ""
            assert lines(app.shown)[1].split()[-2:] == ["DfE", "£0"]

    asyncio.run(check())
