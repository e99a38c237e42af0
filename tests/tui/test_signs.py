"""Other signs are drawn at once, everywhere."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import Static

from scenarios.names import own_folder
from tests.reports.pages import sample
from tests.tui.driving import InProcessDesk, opened, played, press, until
from tests.tui.showing import showing
from tui.desk.desk import Desk
from tui.dialogs.choose import Choose
from tui.dialogs.entry import Entry, Field
from tui.dialogs.help import Help
from tui.dialogs.notices import confirm, error
from tui.state import load_state, save_state
from tui.widgets.glyphs import change_signs, draw_scroll_bars, glyphs_of, plain_signs
from tui.widgets.page_table import PageTable
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
                assert not odd_lines(app)

    try:
        played(test)
    finally:
        draw_scroll_bars("braille")


def test_a_file_that_cannot_be_read_and_dialogs_are_ascii_too(costed_desk: Desk) -> None:
    state = load_state()[0]
    state.glyphs = "ascii"
    save_state(state)
    folder = own_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a-broken.yaml").write_text("id: a-broken\ntitle: A\nwhy: B\nlevers: {q1…: x}\n", "utf-8")

    async def test() -> None:
        async with opened("library", InProcessDesk(costed_desk), (140, 45)) as (app, pilot):
            table = app.screen.query_one(PageTable)
            table.focus()
            table.go_to("a-broken")
            card = app.screen.query_one("#card-text", Static)
            await until(lambda: "unknown lever" in str(card.render()), pilot)
            assert not odd_lines(app)
            field = Field("cost", "£ each", "", "from £1 to £2 · or nothing")
            said = ("£5–7 · ±2", "is × 3…")
            dialogs: tuple[ModalScreen[Any], ...] = (
                confirm(*said, "Do → it", "‹ Back"),
                error(said[0], said),
                Entry(*said, (field,), "Pay £5", "not £5"),
                Choose(said[0], [("one", said[1])], "enter → chooses"),
                Help(said[0], lambda _: said),
            )
            for dialog in dialogs:
                await app.push_screen(dialog)
                await pilot.pause()
                await pilot.pause()
                assert not odd_lines(app)
                app.pop_screen()
                await pilot.pause()

    try:
        played(test)
    finally:
        draw_scroll_bars("braille")


def odd_lines(app: App[Any]) -> list[str]:
    """What is shown that is not ASCII."""
    strips = app.screen._compositor.render_strips()
    return [line.text for line in strips if not line.text.isascii()]
