"""Other signs are drawn at once, everywhere."""

from __future__ import annotations

import asyncio

import pytest

from tests.reports.pages import sample
from tests.tui.driving import InProcessDesk, opened, played, press
from tests.tui.showing import showing
from tui.desk.desk import Desk
from tui.state import load_state, save_state
from tui.widgets.glyphs import change_signs, draw_scroll_bars, glyphs_of, plain_signs
from tui.widgets.page_view import PageView
from tui.workplaces import WORKPLACES

pytestmark = pytest.mark.pilot


def test_a_change_of_signs_is_drawn_at_once() -> None:
    async def check() -> None:
        async with showing(lambda: PageView(sample()), (100, 100)) as (app, pilot):
            before = app.export_screenshot()
            app.glyphs = "ascii"
            change_signs(app)
            await pilot.pause()
            after = app.export_screenshot()
            assert "┤" in before
            assert "┤" not in after
            assert "GBP" in after
            app.glyphs = "braille"
            change_signs(app)
            await pilot.pause()
            assert app.export_screenshot() == before

    asyncio.run(check())


def test_signs_come_from_the_application_or_its_state() -> None:
    class State:
        glyphs = "ascii"

    class WithState:
        state = State()

    class Own(WithState):
        glyphs = "block"

    assert glyphs_of(WithState()) == "ascii"
    assert glyphs_of(Own()) == "block"
    State.glyphs = "auto"
    assert glyphs_of(WithState()) in ("braille", "block")


def test_words_in_ascii_say_the_same() -> None:
    assert plain_signs("£5–7 · ±2 × 3…", "ascii") == "GBP 5-7 - +-2 x 3~"
    assert plain_signs("£ million; Each, £", "ascii") == "GBP million; Each, GBP "
    assert plain_signs("Ynys Môn", "ascii") == "Ynys Môn"  # a name is not ours to change
    assert plain_signs("£5", "block") == "£5"


@pytest.mark.parametrize("screen", WORKPLACES)
def test_a_screen_in_ascii_is_ascii(costed_desk: Desk, screen: str) -> None:
    state = load_state()[0]
    state.glyphs = "ascii"
    save_state(state)

    async def test() -> None:
        async with opened(screen, InProcessDesk(costed_desk)) as (app, pilot):
            await press(app, pilot, "down")
            for size in ((100, 30), (80, 24), (140, 45)):
                await pilot.resize_terminal(*size)
                await pilot.pause()
                strips = app.screen._compositor.render_strips()
                odd = [line.text for line in strips if not line.text.isascii()]
                assert not odd

    try:
        played(test)
    finally:
        draw_scroll_bars("braille")
