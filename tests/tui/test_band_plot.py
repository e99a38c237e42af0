"""Lines with intervals: where they lie, what the cursor reads out, in every size and set of signs."""

from __future__ import annotations

import asyncio
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.page import Band, BandChart
from reports.scale import positions, scale
from tests.reports.pages import MONTHS, band_chart
from tests.tui.showing import lines, showing
from tui.widgets.band_cells import kind_of, lay
from tui.widgets.band_plot import BandPlot

pytestmark = pytest.mark.pilot

GLYPHS = ("braille", "block", "ascii")


def plot_of(chart: BandChart | None = None) -> BandPlot:
    plot = BandPlot(chart or band_chart())
    plot.styles.height = "1fr"
    return plot


def single(*values: float) -> BandChart:
    axis = MONTHS[: len(values)]
    band = Band(name="A", value=values, low=values, high=values)
    texts = (tuple("not defined" if math.isnan(value) else f"{value:g}" for value in values),)
    return BandChart(id="c", title="T", unit="days", axis=axis, bands=(band,), texts=texts)


# -- geometry, without a terminal ---------------------------------------------------------------------------

NUMBERS = st.one_of(st.floats(-1e6, 1e6), st.just(math.nan))


@st.composite
def a_band(draw: st.DrawFn) -> Band:
    size = draw(st.integers(1, 12))
    value = draw(st.lists(NUMBERS, min_size=size, max_size=size))
    wide = draw(st.lists(st.floats(0, 1e5), min_size=size, max_size=size))
    return Band(
        name="A",
        value=tuple(value),
        low=tuple(item - half for item, half in zip(value, wide, strict=True)),
        high=tuple(item + half for item, half in zip(value, wide, strict=True)),
    )


@settings(max_examples=40)
@given(a_band(), st.integers(12, 60), st.integers(2, 20), st.sampled_from(GLYPHS))
def test_signs_lie_in_the_plot_and_in_their_interval(
    band: Band, width: int, height: int, glyphs: str
) -> None:
    at = positions(MONTHS[: len(band.value)])
    axis = scale([*band.value, *band.low, *band.high])
    plot = lay((band,), at, axis, width, height, glyphs)  # type: ignore[arg-type]
    assert all(0 <= row < height and 0 <= column < width for row, column in plot.signs)
    known = any(math.isfinite(value) for value in band.value)
    assert bool(plot.signs) == known
    if glyphs == "braille":
        return  # two columns of dots to a cell: a steep line may leave the interval of the cell
    for column in {column for _, column in plot.signs}:
        drawn = [row for row, other in plot.signs if other == column]
        inside = [half // 2 for half, other in plot.halves if other == column]
        assert any(min(inside) - 1 <= row <= max(inside) + 1 for row in drawn)


def test_a_gap_is_left_where_nothing_is_known() -> None:
    chart = single(1.0, 1.0, math.nan, math.nan, 1.0, 1.0)
    plot = lay(chart.bands, positions(chart.axis), scale([0.0, 1.0]), 61, 8, "block")
    columns = {column for _, column in plot.signs}
    assert {0, 60} <= columns
    assert not columns & set(range(28, 34))


def test_of_two_lines_the_baseline_is_dashed_and_a_lone_one_is_solid() -> None:
    assert [kind_of(number, 2) for number in range(2)] == [1, 0]
    assert kind_of(0, 1) == 0
    assert sorted(kind_of(number, 4) for number in range(4)) == [0, 1, 2, 3]


# -- on the screen ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glyphs", GLYPHS)
def test_every_size_is_filled_exactly_and_reads_out(glyphs: str) -> None:
    async def check() -> None:
        async with showing(plot_of, (100, 30), glyphs=glyphs) as (app, pilot):  # type: ignore[arg-type]
            for size in ((140, 45), (100, 30), (80, 24), (60, 12), (40, 9), (20, 6), (8, 3)):
                await pilot.resize_terminal(*size)
                await pilot.pause()
                plot = app.shown
                assert isinstance(plot, BandPlot)
                for y in range(plot.size.height):
                    assert plot.render_line(y).cell_length == plot.size.width
                if size[1] >= 6:
                    text = "\n".join(lines(plot))
                    assert "1 Dec 2020" in text
                if size[0] >= 60:
                    assert "22,000 [18,920, 25,080]" in text
                if glyphs == "ascii":
                    assert text.isascii()

    asyncio.run(check())


def test_keys_move_the_cursor_and_tell_what_it_is_on() -> None:
    async def check() -> None:
        async with showing(plot_of) as (app, pilot):
            plot = app.shown
            assert isinstance(plot, BandPlot)
            plot.focus()
            await pilot.press("left", "left")
            assert plot.date == "2020-10-01"
            await pilot.press("pageup")
            assert plot.date == "2019-10-01"
            await pilot.press("home", "left")
            assert plot.date == "2017-01-01"
            await pilot.press("right", "enter")
            await pilot.pause()
            assert plot.date == "2017-02-01"
            assert app.pointed[-1].key == "2017-02-01"
            assert app.pointed[-1].sentence == (
                "Accredited, 1 Feb 2017: voluntary 19 [14, 24]; mandatory 46 [40, 53]"
            )
            assert [event.key for event in app.opened] == ["2017-02-01"]
            assert "1 Feb 2017   ╍╍╍ voluntary 19 [14, 24]   ━━━ mandatory 46 [40, 53]" in lines(plot)[-1]
            await pilot.press("end")
            assert plot.date == "2020-12-01"

    asyncio.run(check())


def test_a_click_moves_the_cursor_to_the_nearest_date() -> None:
    async def check() -> None:
        async with showing(plot_of) as (app, pilot):
            plot = app.shown
            assert isinstance(plot, BandPlot)
            await pilot.click(BandPlot, offset=(5, 5))
            assert plot.date == "2017-01-01"

    asyncio.run(check())


def test_moving_the_cursor_draws_nothing_anew_and_other_figures_do() -> None:
    async def check() -> None:
        async with showing(plot_of) as (app, pilot):
            plot = app.shown
            assert isinstance(plot, BandPlot)
            drawn: list[tuple[int, int]] = []
            draw = plot.draw

            def count(width: int, height: int) -> object:
                drawn.append((width, height))
                return draw(width, height)

            plot.draw = count  # type: ignore[method-assign,assignment]
            plot.focus()
            await pilot.press("left", "left", "left")
            assert drawn == []
            plot.show(band_chart(("consultation", "mandatory")))
            await pilot.pause()
            assert len(drawn) == 1
            assert plot.date == "2020-09-01"  # where the cursor was
            plot.show(band_chart(("consultation", "mandatory")))
            await pilot.pause()
            assert len(drawn) == 1
            await pilot.resize_terminal(90, 20)
            await pilot.pause()
            assert len(drawn) == 2
            app.theme = "naas-dark"
            await pilot.pause()
            assert len(drawn) == 3

    asyncio.run(check())


@pytest.mark.parametrize("theme", ["naas-light", "naas-dark", "naas-contrast"])
def test_every_cell_has_a_background_of_the_theme(theme: str) -> None:
    async def check() -> None:
        async with showing(plot_of, theme=theme) as (app, _):
            plot = app.shown
            assert isinstance(plot, BandPlot)
            palette = plot.look.palette
            allowed = {
                palette.surface,
                palette.band(0),
                palette.band(1),
                palette.band(0, 1),
                palette.cursor[0],
            }
            seen = set()
            for y in range(plot.size.height):
                for segment in plot.render_line(y):
                    assert segment.style is not None
                    assert segment.style.bgcolor is not None
                    seen.add(segment.style.bgcolor.get_truecolor().hex)
            assert seen <= allowed
            assert {palette.band(0), palette.band(1), palette.band(0, 1)} <= seen

    asyncio.run(check())


def test_without_colour_intervals_are_filled_with_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def check() -> None:
        async with showing(plot_of) as (app, _):
            text = "\n".join(lines(app.shown))
            assert all(sign in text for sign in "░▒▓")

    asyncio.run(check())


@pytest.mark.parametrize(
    "chart",
    [
        single(3.0),
        single(math.nan, math.nan),
        single(0.0, 0.0, 0.0),
        band_chart(("a", "b", "c", "d")),
        BandChart(id="c", title="T", unit="days", axis=(), bands=(), texts=()),
    ],
    ids=["one date", "nothing known", "all nought", "four lines", "nothing at all"],
)
def test_odd_charts_are_drawn_too(chart: BandChart) -> None:
    async def check() -> None:
        async with showing(lambda: plot_of(chart)) as (app, pilot):
            app.shown.focus()
            await pilot.press("left", "right", "home", "end")
            text = "\n".join(lines(app.shown))
            assert text.strip()
            if len(chart.bands) == 4:
                assert all(f"━ {name} " in text or f"{name} " in text for name in "abcd")
            if not chart.axis:
                assert "Nothing to draw yet." in text

    asyncio.run(check())
