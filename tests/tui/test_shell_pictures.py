"""How the library, a run and the dialogs look: three sizes, three themes, without colour, in ASCII."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from reports.page import Page
from tests.tui.conftest import PAIR
from tests.tui.driving import FixedDesk, opened, played, press, until
from tests.tui.pictures import matches
from tui.actions import GLOBAL
from tui.app import NaasApp
from tui.asked import DEMO
from tui.runs.client import RunNow
from tui.screens.library import Library
from tui.state import AppState, save_state
from tui.views.library import library
from tui.views.run import run

pytestmark = pytest.mark.snapshot

PAGES = Path(__file__).parent / "pages"
SIZES = {"narrow": (80, 24), "middle": (100, 30), "wide": (140, 45)}
Doing = Callable[[NaasApp, Any], Awaitable[None]]


def fixed() -> FixedDesk:
    """Pages that do not change with the simulation."""
    names = ("library", "library.card", "run")
    return FixedDesk(
        {name: Page.model_validate_json((PAGES / f"{name}.json").read_bytes()) for name in names}
    )


async def nothing(app: NaasApp, pilot: Any) -> None:
    """As it opens."""


def picture(
    name: str,
    screen: str = "library",
    size: str = "middle",
    do: Doing = nothing,
    **look: Any,
) -> None:
    save_state(AppState(marks=list(PAIR), asked=DEMO, greeted=True, current="mandatory", **look))

    async def test() -> None:
        async with opened(screen, fixed(), SIZES[size]) as (app, pilot):
            app.cursor_blink = False  # type: ignore[attr-defined]
            await do(app, pilot)
            for field in app.screen.query(Input):
                field.cursor_blink = False
            await pilot.pause()
            matches(app, name)

    played(test)


def keys(*names: str) -> Doing:
    async def do(app: NaasApp, pilot: Any) -> None:
        await press(app, pilot, *names)

    return do


@pytest.mark.parametrize("size", SIZES)
def test_the_library_at_three_sizes(size: str) -> None:
    picture(f"library-{size}", size=size)


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_the_library_in_other_themes(theme: str) -> None:
    picture(f"library-{theme}", theme=f"naas-{theme}")


def test_the_library_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    picture("library-no-colour")


def test_the_library_and_a_dialog_in_ascii() -> None:
    picture("library-ascii", do=keys("v"), glyphs="ascii")


@pytest.mark.parametrize("size", SIZES)
def test_a_run_on_its_way(size: str) -> None:
    async def going(app: NaasApp, pilot: Any) -> None:
        now = RunNow(PAIR, DEMO, "running", 9, 16, 1.2, 6.0, page=app.workplace and app.workplace.page)
        assert now.page is not None
        now.page = now.page.model_copy(update={"blocks": (now.page.block("precision"),)})
        now.messages = ["12:00:00 started", "12:00:01 0 of 16 replications are stored already; 1 at a time"]
        app.run_client.now = now
        app._run_told(False)
        await pilot.pause()

    picture(f"run-{size}", "run", size, going)


def test_help() -> None:
    picture("help-narrow", size="narrow", do=keys("f1"))


def test_the_palette(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.every_action", lambda: [*GLOBAL, *Library.ACTIONS])

    async def shown(app: NaasApp, pilot: Any) -> None:
        await press(app, pilot, "ctrl+p")
        await pilot.press("r", "u", "n")
        await until(lambda: isinstance(app.screen, CommandPalette), pilot)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await app.workers.wait_for_complete()
        await pilot.pause(0.3)

    picture("palette", do=shown)


def test_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    picture("export-narrow", "run", "narrow", keys("x"))


def test_an_error_of_the_program() -> None:
    async def wrong(app: NaasApp, pilot: Any) -> None:
        app.show_error("ZeroDivisionError: made up", ["Traceback (most recent call last):", "  ..."])
        await pilot.pause()

    picture("error", do=wrong)


def test_nothing_marked() -> None:
    async def unmark(app: NaasApp, pilot: Any) -> None:
        app.change(marks=[])
        await press(app, pilot, "3")

    picture("run-nothing-marked", do=unmark)


def write_pages() -> None:
    """Make the pages of these pictures anew, from results that are stored: run by hand."""
    from tui.desk.desk import Desk

    desk = Desk()
    PAGES.mkdir(exist_ok=True)
    from tui.views.library import card

    made = {
        "library": library(desk, PAIR, DEMO.plain()),
        "library.card": card(desk, "mandatory", DEMO.plain()),
        "run": run(desk, PAIR, DEMO.plain()),
    }
    for name, page in made.items():
        (PAGES / f"{name}.json").write_text(page.model_dump_json(indent=1) + "\n", encoding="utf-8")
