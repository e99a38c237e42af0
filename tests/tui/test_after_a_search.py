"""A search for the least seats: its answer is shown when it ends, in words; where it cannot be, why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, Static

from reports.page import Page, Prose, Table
from scenarios.identity import address
from scenarios.stopping import Stop
from tests.tui.conftest import SMALL
from tests.tui.driving import InProcessDesk, opened, played, press, settled, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.dialogs.entry import Entry
from tui.frame.lines import StatusLine
from tui.frame.progress import ProgressLine
from tui.runs import sizing
from tui.runs.client import RunClient, RunNow
from tui.screens.capacity import Capacity
from tui.state import AppState, save_state
from tui.views import capacity as views
from tui.views.capacity import capacity
from tui.views.costs import costs
from tui.widgets.blocks import Blocks

SHORT = SMALL.model_copy(update={"replications": 1, "until": "2018-03-31"})
AIM: dict[str, Any] = {"target": "p80 wait <= 300 days", "confidence": 0.5}
FEW = 2


@pytest.fixture
def searchable(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One replication of mandatory to show, and searches of two futures."""
    from scenarios.experiment import run
    from scenarios.store import Store

    monkeypatch.setattr(views, "FUTURES", FEW)
    [(_, arm)] = Desk().line_up(["mandatory"], SHORT.plain())
    run([arm], 1, 1, store=Store(own_store))
    kept = {"capacity": {"aim": AIM | {"futures": FEW}, "panel": "sizing"}}
    save_state(AppState(marks=["mandatory"], asked=SHORT, greeted=True, kept=kept, glyphs="braille"))
    return own_store


def searched() -> list[dict[str, Any]]:
    """What a search tells that is run now."""
    told: list[dict[str, Any]] = []
    with Stop(at_once=False) as stop:
        sizing.search("mandatory", SHORT.plain(), AIM | {"futures": FEW}, told.append, stop)
    return told


def sized(page: Page | None) -> Table | Prose:
    assert page is not None
    block = page.block("sizing")
    assert isinstance(block, Table | Prose)
    return block


@pytest.mark.unit
def test_a_search_counts_what_is_done_and_knows_of_how_many_at_its_end(searchable: Path) -> None:
    for again in (False, True):  # the second time nothing is run, and everything counts all the same
        told = searched()
        counts = [(item["done"], item["of"]) for item in told if "done" in item]
        done = counts[-1][0]
        assert counts == sorted(counts, key=lambda pair: pair[0])
        assert done >= 2 * FEW
        assert {of for _, of in counts[:-1]} == {0}
        assert counts[-2:] == [(done, 0), (done, done)]
        assert told[-1]["outcome"] == "done", again


@pytest.mark.unit
def test_a_run_of_unknown_length_says_so_far() -> None:
    aim = {"target": "p80 wait <= 90 days", "confidence": 0.9, "futures": 40}
    now = RunNow(("mandatory",), SMALL, "running", done=89, sizing=aim)
    assert now.words() == "run: 89 so far"
    assert now.searched == (
        "The search for the least seats of mandatory: p80 wait <= 90 days in 90% of 40 futures, scale 0.02, "
        "seed 2017."
    )
    now.stage = "stopping"
    assert now.words() == "run: stopping, 89 kept"
    assert not RunNow(("mandatory",), SMALL, "running", done=1, of=2).searched


@pytest.mark.pilot
@pytest.mark.parametrize("dialog", [False, True])
def test_the_answer_appears_when_the_search_ends(
    searchable: Path, monkeypatch: pytest.MonkeyPatch, dialog: bool
) -> None:
    """Also under the dialog of another search, which is left afterwards."""

    async def start(self: RunClient, scenarios: Any, asked: Any, sizing: Any = None) -> None:
        self.now = RunNow(tuple(scenarios), asked, "running", sizing=sizing)
        self._told(False)

    async def test() -> None:
        async with opened("capacity", InProcessDesk(Desk())) as (app, pilot):
            screen = app.workplace
            assert isinstance(screen, Capacity)
            assert isinstance(sized(screen.page), Prose)
            await pilot.press("z")
            await until(lambda: isinstance(app.screen, Entry), pilot)
            monkeypatch.setattr(RunClient, "start", start)
            await pilot.press("ctrl+s")
            await until(lambda: app.run_going and settled(app), pilot)
            await press(app, pilot, "z")  # refused: one is going
            assert not isinstance(app.screen, Entry)
            if dialog:
                screen.do_size()
                await until(lambda: isinstance(app.screen, Entry), pilot)
            assert isinstance(sized(screen.page), Prose)
            now, told = app.run_now, searched()
            now.stage, now.outcome, now.said = "ended", "done", told[-1]["said"]
            app._run_told(True)
            await until(lambda: isinstance(sized(screen.page), Table), pilot)
            assert any(now.said in note.message for note in app._notifications)
            if dialog:
                await press(app, pilot, "escape")
            table = screen.query_one("#panel-sizing", Blocks)
            assert table.display
            assert "All regions" in [row[0].text for row in sized(screen.page).rows]  # type: ignore[union-attr]

    played(test)


def text_of(app: NaasApp, where: str) -> str:
    return str(app.screen.query_one(where, Static).render())


@pytest.mark.pilot
def test_run_describes_the_search_and_shows_its_end(desk: Desk) -> None:
    async def test() -> None:
        async with opened("run", InProcessDesk(desk)) as (app, pilot):
            aim = AIM | {"futures": 40}
            now = app.run_client.now = RunNow(("mandatory",), app.state.asked, "running", done=89, sizing=aim)
            app._run_told(False)
            await until(lambda: app.screen.query_one("#stop", Button).display, pilot)
            bar = app.screen.query_one(ProgressLine)
            assert str(bar.render()) == "89 so far"
            assert text_of(app, "#searched") == now.searched
            shown = [view.block.id for view in app.screen.query("BlockView") if view.display]  # type: ignore[attr-defined]
            assert "asked" not in shown
            assert text_of(app, "#about").endswith("7, then z, goes on from there.")
            now.stage, now.outcome, now.said, now.done, now.of = "ended", "done", "Sized: 13.", 90, 90
            app._run_told(True)
            said = "Sized: 13. Press 7 for the seats of every region."
            await until(lambda: settled(app) and app.screen.query_one(StatusLine).text == said, pilot)
            assert not app.screen.query_one("#stop", Button).display
            assert "90 of 90  100%  done" in str(bar.render())
            assert text_of(app, "#sofar") == said
            assert not any(line.display for line in app.screen.query("#there > .summary"))
            app.run_client.now = RunNow(("mandatory",), app.state.asked, "running", done=1, of=2)
            app._run_told(False)
            await until(lambda: not app.screen.query_one("#searched").display, pilot)

    played(test)


@pytest.mark.unit
def test_a_window_older_than_its_program_says_why_the_answer_is_not_there(
    searchable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search was run by the program that took the place of this one's."""
    with monkeypatch.context() as newer:
        newer.setattr("scenarios.identity.code_digest", lambda: "newer code")
        address.cache_clear()
        searched()
    address.cache_clear()
    [before] = [sized(capacity(Desk(), ["mandatory"], SHORT.plain(), **AIM))]
    assert isinstance(before, Prose)
    assert before.lines[0].startswith("Not sized yet")  # of an older version, it may be searched for anew
    monkeypatch.setattr("scenarios.identity.replaced", lambda: True)
    after = sized(capacity(Desk(), ["mandatory"], SHORT.plain(), **AIM))
    assert isinstance(after, Prose)
    assert "upgraded while this window was open" in after.lines[0]
    assert after.press == "Press q, then start naas tui again."
    assert "Not sized" not in " ".join(after.lines)


@pytest.mark.unit
def test_capacity_and_costs_say_which_version_has_run_it(
    searchable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = SHORT.plain()
    for where in ("identity", "versions"):
        monkeypatch.setattr(f"scenarios.{where}.code_digest", lambda: "newer code")
    address.cache_clear()
    try:
        for make in (capacity, costs):
            monkeypatch.setattr("scenarios.identity.replaced", lambda: False)
            page = make(Desk(), ["mandatory"], settings)
            assert "Another version of the simulator has run mandatory." in page.summary
            monkeypatch.setattr("scenarios.identity.replaced", lambda: True)
            page = make(Desk(), ["mandatory"], settings)
            assert "upgraded while this window was open" in page.summary
            assert page.on_screen.endswith("Press q, then start naas tui again.")
    finally:
        address.cache_clear()
