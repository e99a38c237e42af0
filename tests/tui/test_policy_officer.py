"""The policy officer's path by keys: mark two, change an answer, save, run, compare, ask why, export."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from scenarios.loader import load_scenario
from scenarios.names import own_scenarios
from tests.tui.conftest import SMALL
from tests.tui.driving import InProcessDesk, opened, played, press, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.dialogs.choose import Choose
from tui.dialogs.entry import Entry
from tui.dialogs.export import Export
from tui.dialogs.person import PersonDialog
from tui.frame.lines import StatusLine
from tui.screens.compare import Compare
from tui.screens.levers import Levers
from tui.screens.library import Library
from tui.screens.run import Run
from tui.screens.why import Why
from tui.state import AppState, drafts, load_draft, save_state
from tui.widgets.band_plot import BandPlot
from tui.widgets.blocks import Blocks
from tui.widgets.lever_field import ChoiceField, LeverForm
from tui.widgets.page_table import PageTable, TableView
from tui.widgets.page_view import BlockView
from tui.widgets.panel_tabs import PanelTabs
from tui.widgets.prose import ProseView
from tui.widgets.rule_tree import RuleTree

pytestmark = pytest.mark.pilot


def levers_of(app: NaasApp) -> Levers:
    assert isinstance(app.workplace, Levers)
    return app.workplace


def words(app: NaasApp, where: str) -> str:
    """What stands in a panel."""
    return "\n".join(str(view.render()) for view in app.screen.query_one(where).query(Static))


def status(app: NaasApp) -> str:
    assert app.workplace is not None
    return app.workplace.query_one(StatusLine).text


async def choose(app: NaasApp, pilot: object, lever: str, option: str) -> None:
    """Choose an option of a lever by keys."""
    form = next(form for form in app.screen.query(LeverForm) if lever in form.fields)
    field = form.fields[lever]
    assert isinstance(field, ChoiceField)
    field.focus()
    await until(lambda: field.has_focus)
    steps = field.names.index(option) - field.at
    await press(app, pilot, *(["down"] * steps if steps > 0 else ["up"] * -steps), "space")  # type: ignore[arg-type]


def test_from_the_library_to_a_brief(own_store: Path, tmp_path: Path) -> None:
    save_state(AppState(asked=SMALL, greeted=True, current="voluntary"))
    brief = tmp_path / "brief.csv"

    async def test() -> None:
        async with opened(desk=InProcessDesk(Desk())) as (app, pilot):
            rows = app.screen.query_one(TableView).rows
            for name in ("voluntary", "mandatory"):
                rows.move_cursor(row=list(rows.table.keys).index(name))
                await press(app, pilot, "space")
            assert app.state.marks == ["voluntary", "mandatory"]
            await press(app, pilot, "enter")
            screen = levers_of(app)
            assert screen.draft.of == "mandatory"
            await press(app, pilot, "enter")
            await choose(app, pilot, "q1.leader", "voluntary")
            await until(lambda: "1 edit, not saved" in status(app) or "q1.leader" in status(app), pilot)
            assert "People who must be accredited" in words(app, "#effect")
            await press(app, pilot, "ctrl+r")
            assert isinstance(app.screen, Entry)
            app.screen.query_one("#title", Input).value = "Leaders [may] choose"
            await press(app, pilot, "ctrl+s")
            await until(lambda: isinstance(app.workplace, Run), pilot)
            assert app.state.marks == ["voluntary", "mandatory-v2"]
            await until(lambda: app.run_now.stage == "ended", pilot)
            assert app.run_now.outcome == "done"
            await press(app, pilot, "4")
            assert isinstance(app.workplace, Compare)
            assert app.workplace.has_results
            assert "mandatory-v2 is higher by" in words(app, "#words")
            await press(app, pilot, "w")
            assert isinstance(app.workplace, Why)
            assert "Leaders" not in words(app, "#differ")
            assert "mandatory-v2 differs from voluntary in 3 levers" in words(app, "#differ")
            await press(app, pilot, "x")
            assert isinstance(app.screen, Export)
            app.screen.query_one("#path", Input).value = str(brief)
            await press(app, pilot, "ctrl+s")
            await until(brief.exists, pilot)

    played(test)
    assert load_scenario("mandatory-v2").title == "Leaders [may] choose"
    assert "mandatory-v2" in brief.read_text(encoding="utf-8")
    assert drafts("levers") == []


def test_undo_and_redo_go_to_the_lever_and_the_draft_outlives_the_program(desk: Desk) -> None:
    async def first() -> None:
        async with opened("levers", desk=InProcessDesk(desk)) as (app, pilot):
            await choose(app, pilot, "q1.leader", "expected")
            questions = app.screen.query_one("#questions", OptionList)
            questions.focus()
            questions.highlighted = 2
            await until(lambda: levers_of(app).draft.section == "q3" and questions.has_focus, pilot)
            await press(app, pilot, "enter")
            field = app.screen.query_one("#form-q3").query_one(Input)
            await until(lambda: field.has_focus, pilot)
            field.value = "6"
            await until(lambda: levers_of(app).draft.edits == {"q1.leader": "expected", "q3": "6"}, pilot)
            await press(app, pilot, "ctrl+z")
            assert levers_of(app).draft.edits == {"q1.leader": "expected"}
            assert field.value == "12"
            await press(app, pilot, "ctrl+z")
            assert levers_of(app).draft.section == "q1"
            assert levers_of(app).draft.edits == {}
            await press(app, pilot, "ctrl+y", "ctrl+y")
            assert levers_of(app).draft.edits == {"q1.leader": "expected", "q3": "6"}

    async def again() -> None:
        async with opened("levers", desk=InProcessDesk(desk)) as (app, pilot):
            assert levers_of(app).draft.edits == {"q1.leader": "expected", "q3": "6"}
            await press(app, pilot, "ctrl+z")
            assert levers_of(app).draft.edits == {"q1.leader": "expected"}

    played(first)
    played(again)


KILLED = """
import asyncio, os, signal
from tests.tui.driving import opened, press, until
from tui.widgets.lever_field import LeverForm

async def main():
    async with opened("levers") as (app, pilot):
        await press(app, pilot, "enter")
        field = app.screen.query_one(LeverForm).fields["q1.practitioner"]
        await until(lambda: field.has_focus)
        await pilot.press("up", "space")
        await until(lambda: app.workplace.draft.edits)
        print(app.desk.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def test_a_draft_survives_kill_nine(demo_store: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert load_draft("levers", "mandatory")["edits"] == {"q1.practitioner": "voluntary"}  # type: ignore[index]
    desk = int(done.stdout.split()[-1])
    limit = time.monotonic() + 20
    while Path(f"/proc/{desk}").exists() and time.monotonic() < limit:  # it goes with its screens
        time.sleep(0.05)
    assert not Path(f"/proc/{desk}").exists()


def test_what_is_wrong_is_said_at_its_lever_and_cannot_be_saved(desk: Desk) -> None:
    async def test() -> None:
        async with opened("levers", desk=InProcessDesk(desk)) as (app, pilot):
            app.screen.query_one("#questions", OptionList).highlighted = 2
            await press(app, pilot, "enter")
            field = app.screen.query_one("#form-q3").query_one(Input)
            field.value = "99"
            await until(lambda: "q3" in levers_of(app).problems, pilot)
            assert "! 99 is out of range" in words(app, "#form-q3")
            assert "mandatory · Q3 Newly qualified" in words(app, "#answers")
            field.value = ""
            await until(lambda: levers_of(app).draft.edits == {"q3": ""}, pilot)
            assert field.value == ""
            await press(app, pilot, "ctrl+s")
            assert isinstance(app.screen, Levers)
            assert own_scenarios() == {}
            await press(app, pilot, "escape")
            assert app.focused is app.screen.query_one("#questions")
            await press(app, pilot, "escape", "escape")
            assert app.is_running

    played(test)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 45)])
def test_every_part_is_reached_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with opened("levers", desk=InProcessDesk(desk), size=size) as (app, pilot):
            seen = set()
            for _ in range(4):
                seen |= {
                    name
                    for name in ("questions", "answers", "effect")
                    if app.screen.query_one(f"#{name}").region.height > 2
                }
                await press(app, pilot, "f8")
            assert seen == {"questions", "answers", "effect"}
            await press(app, pilot, "4")
            tabs = app.screen.query_one(PanelTabs)
            for panel in ("measures", "cut", "about", *(("chart", "words") if size[0] < 100 else ())):
                tabs.choose(panel)
                await pilot.pause()
                assert app.screen.query_one(f"#{panel}").region.height > 2, panel
            await press(app, pilot, "5")
            tabs = app.screen.query_one(PanelTabs)
            for panel in ("worker", "rule", "differ", *(("rules",) if size[0] < 100 else ())):
                tabs.choose(panel)
                await pilot.pause()
                assert app.screen.query_one(f"#{panel}").region.height > 2, panel

    played(test)


def test_compare_charts_the_measure_that_is_opened_and_widens_its_intervals(desk: Desk) -> None:
    async def test() -> None:
        async with opened("compare", desk=InProcessDesk(desk)) as (app, pilot):
            chart = app.screen.query_one("#chart", BlockView)
            assert chart.block.title.startswith("Accreditations gained")
            rows = app.screen.query_one("#measures").query_one(PageTable)
            rows.focus()
            rows.go_to("seat_utilisation")
            await press(app, pilot, "enter")
            assert chart.block.title.startswith("Seats used in the year: mean and 80%")
            await press(app, pilot, "i")
            assert "mean and 95%" in chart.block.title
            assert app.state.asked.interval == 95
            await press(app, pilot, "b")
            assert "by region" in app.screen.query_one("#cut", BlockView).block.title
            await press(app, pilot, "b")
            assert "not cut by status" in words(app, "#cut")
            await press(app, pilot, "m")
            assert isinstance(app.screen, Choose)
            await press(app, pilot, *"fail", "enter")
            assert "Results below the standard" in chart.block.title
            await press(app, pilot, "t")
            assert chart.as_table
            await press(app, pilot, "t")
            chart.query_one(BandPlot).focus()
            await press(app, pilot, "left")
            assert "2020" in status(app)
            await press(app, pilot, "plus")
            assert app.screen.maximized is not None
            await press(app, pilot, "escape")
            assert app.screen.maximized is None

    played(test)


def test_why_explains_whoever_is_asked_for(desk: Desk) -> None:
    async def test() -> None:
        async with opened("why", desk=InProcessDesk(desk)) as (app, pilot):
            assert "Needs" in words(app, "#worker")
            assert "in post" in words(app, "#worker")
            tree = app.screen.query_one(RuleTree)
            tree.focus()
            await press(app, pilot, "down", "down", "enter")
            assert "Applies when:" in words(app, "#rule")
            await press(app, pilot, "e")
            assert app.screen.query_one(PanelTabs).now == "worker"
            await press(app, pilot, "n")
            assert isinstance(app.screen, PersonDialog)
            await press(app, pilot, *["down"] * 9, "space", "ctrl+s")
            assert "functions=iro" in app.workplace.command  # type: ignore[union-attr]
            assert "Needs practice supervisor accreditation" in words(app, "#worker")
            await press(app, pilot, "w")
            app.screen.query_one("#worker", Input).value = "no such [worker]"
            await press(app, pilot, "ctrl+s")
            assert "'no such [worker]' is none" in status(app)
            assert app.screen.query_one("#worker", Input).value == "no such [worker]"
            await press(app, pilot, "escape")
            assert "Needs practice supervisor accreditation" in words(app, "#worker")
            await press(app, pilot, "v")
            assert app.workplace.page.title == "Why: voluntary"  # type: ignore[union-attr]

    played(test)


HOSTILE = ("Kingston [upon] Thames", "[/foo] x", "مرحبا بالعالم", "x" * 200)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_read_as_markup(desk: Desk, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "staff"
    folder.mkdir()
    from scenarios.own import next_version, save

    base = load_scenario("mandatory")
    made = save(next_version(base, base.levers.patched({"q3": 6}), name, f"Because {name}"))
    save_state(AppState(marks=["voluntary", made.stem], asked=SMALL, greeted=True, current=made.stem))

    async def test() -> None:
        async with opened("levers", desk=InProcessDesk(desk)) as (app, pilot):
            for key in ("4", "5", "2", "ctrl+s"):
                await press(app, pilot, key)
            assert app.is_running
            assert levers_of(app).page is not None
            assert name.replace("\n", " ")[:100] in levers_of(app).page.title  # type: ignore[union-attr]

    played(test)


def test_a_library_row_leads_to_its_levers_and_back(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "2")
            assert levers_of(app).draft.of == "mandatory"
            app.change(current="adcs")
            await until(lambda: levers_of(app).draft.of == "adcs", pilot)
            await until(lambda: levers_of(app).page is not None, pilot)
            assert levers_of(app).page.title.startswith("Levers of adcs")  # type: ignore[union-attr]
            await press(app, pilot, "escape", "escape")
            assert isinstance(app.workplace, Library)
            assert app.query(Blocks) is not None
            assert app.query(ProseView) is not None

    played(test)
