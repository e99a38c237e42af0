"""The workplaces Library and Run, by the keys of a policy officer: mark, run, stop, make one's own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Input, Log, Static

from reports.page import Page, Prose, Table
from rules.errors import InputError
from scenarios.names import own_scenarios
from tests.tui.conftest import SMALL
from tests.tui.driving import FixedDesk, InProcessDesk, opened, played, press, until
from tui.app import NaasApp
from tui.asked import Asked
from tui.desk.desk import Desk
from tui.dialogs.entry import Entry
from tui.dialogs.notices import Ask
from tui.frame.lines import StatusLine
from tui.runs.client import RunClient
from tui.screens.library import Library
from tui.start import Wanted, printed
from tui.state import AppState, discard_draft, load_state, save_draft, save_state
from tui.views.library import card, library, names_of
from tui.widgets.page_table import TableView

pilot_test = pytest.mark.pilot
unit = pytest.mark.unit


def at(app: NaasApp, name: str) -> None:
    """Put the cursor on a scenario."""
    assert isinstance(app.workplace, Library)
    rows = app.workplace.query_one(TableView).rows
    rows.move_cursor(row=list(rows.table.keys).index(name))


def text_of(app: NaasApp, where: str) -> str:
    return str(app.screen.query_one(where, Static).render())


@unit
def test_the_library_shows_the_figure_that_a_run_prints(desk: Desk) -> None:
    from reports.numbers import amount, interval
    from scenarios.comparison import compare
    from simulation.measures import MEASURES

    table = library(desk, ["voluntary"], SMALL.plain()).block("scenarios")
    assert isinstance(table, Table)
    row = table.rows[table.keys.index("mandatory")]
    arms = [arm for _, arm in desk.line_up(["mandatory"], SMALL.plain())]
    found = compare(desk.results(arms, SMALL), MEASURES, 0.8)
    last = max(
        (item for item in found.rows if item.key.id == "accredited" and not item.key.by),
        key=lambda item: item.key.at,
    )
    estimate = last.arms["mandatory"]
    assert (
        row[3].text == f"{amount(estimate.mean, 'people')} {interval(estimate.low, estimate.high, 'people')}"
    )
    assert row[2].text == "4 of 4"
    assert [cells[1].text for cells in table.rows].count("A") == 1


@unit
def test_the_library_says_what_to_press_next(desk: Desk) -> None:
    settings = SMALL.plain()
    assert "Press space on the two" in library(desk, [], settings).on_screen
    assert "Press space on another" in library(desk, ["voluntary"], settings).on_screen
    assert "Press c to compare" in library(desk, ["voluntary", "mandatory"], settings).on_screen
    assert "Press r to run" in library(desk, ["voluntary", "adcs"], settings).on_screen


@unit
def test_the_command_of_the_library_prints_the_same_page(desk: Desk) -> None:
    from reports.plain import plain

    settings = SMALL.model_copy(update={"precision": "accredited=1%", "jobs": 1}).plain()
    page = library(desk, ["voluntary"], settings)
    words = page.provenance.command.split()
    assert words[:4] == ["naas", "tui", "--plain", "library"]
    given = {"replications": SMALL.replications, "scale": SMALL.scale}
    assert words[4:] == ["voluntary", "--replications", "4", "--scale", "0.02"]
    told = "\n".join(printed(Wanted("library", ("voluntary",), given)))
    table = Page(screen="library", title="", summary="", blocks=(page.block("scenarios"),))
    assert plain(table, 80).strip() in told


@unit
def test_what_differs_is_named_in_the_table_and_all_of_it_on_the_card(desk: Desk) -> None:
    table = library(desk, [], SMALL.plain()).block("scenarios")
    assert isinstance(table, Table)
    said = {key: row[4].text for key, row in zip(table.keys, table.rows, strict=True)}
    assert said["deadline-rush"] == "mandatory: take_up.delay, deadline_lead"
    assert said["mandatory-unfunded"] == "mandatory: funding, support, release"
    assert not [text for text in said.values() if "parameter" in text]
    differs = card(desk, "as-delivered", SMALL.plain()).block("differs")
    assert isinstance(differs, Prose)
    for name in ("q2.leader_post", "take_up.voluntary", "take_up.delay", "closures", "sites"):
        assert name in differs.lines[0]
    assert "Against mandatory: 1 difference" in {
        getattr(block, "title", "") for block in card(desk, "centres-closed", SMALL.plain()).blocks
    }


@unit
def test_a_file_that_cannot_be_read_is_a_row_and_the_rest_still_loads(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "[bad] name.yaml"
    bad.write_text("id: x\ntitle: y\nwhy: z\nparent: nobody\n")
    table = library(desk, [], SMALL.plain(), files=[str(bad)]).block("scenarios")
    assert isinstance(table, Table)
    assert len(table.rows) == len(names_of()) + 1
    row = table.rows[table.keys.index(str(bad))]
    assert row[0].mark == "!"
    assert "S004" in row[-1].text


@pilot_test
def test_space_marks_a_then_b_and_b_can_become_the_baseline(desk: Desk) -> None:
    save_state(AppState(asked=SMALL, greeted=True))

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            at(app, "voluntary")
            await press(app, pilot, "space")
            at(app, "adcs")
            await press(app, pilot, "space")
            assert app.state.marks == ["voluntary", "adcs"]
            await press(app, pilot, "b")
            assert app.state.marks == ["adcs", "voluntary"]
            assert load_state()[0].marks == ["adcs", "voluntary"]
            assert "A adcs, B voluntary are marked" in text_of(app, "#guide")
            await press(app, pilot, "u")
            assert app.state.marks == []

    played(test)


@pilot_test
def test_the_line_in_words_says_the_row_under_the_cursor(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            at(app, "fixed-retakes")
            await until(lambda: app.screen.query_one(StatusLine).text.startswith("fixed-retakes: "), pilot)
            assert "Differs from consultation: Q8" in app.screen.query_one(StatusLine).text

    played(test)


@pilot_test
def test_what_is_typed_and_not_saved_is_said_in_the_library(desk: Desk) -> None:
    save_draft("levers", "mandatory", {"edits": {"q1.leader": "voluntary", "q8.support": "1"}})
    save_draft("levers", "adcs", {"edits": {"q1.leader": "voluntary"}})
    save_draft("levers", "voluntary", {"past": [{}]})  # taken back

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            assert isinstance(app.workplace, Library)
            rows = app.workplace.query_one(TableView).rows
            names = dict(zip(rows.table.keys, (row[0].text for row in rows.table.rows), strict=True))
            assert names["mandatory"] == "mandatory (2 edits, unsaved)"
            assert names["adcs"] == "adcs (1 edit, unsaved)"
            assert names["voluntary"] == "voluntary"
            discard_draft("levers", "adcs")
            await press(app, pilot, "2", "1")
            names = dict(zip(rows.table.keys, (row[0].text for row in rows.table.rows), strict=True))
            assert names["adcs"] == "adcs"

    played(test)


@unit
def test_a_scenario_named_twice_is_refused_before_anything_opens() -> None:
    with pytest.raises(InputError, match=r"C004.*more than once: mandatory"):
        Wanted.read(["levers", "mandatory", "voluntary", "mandatory"], {}, None, None, None)


@pilot_test
def test_a_copy_is_named_checked_and_written_once(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            at(app, "mandatory")
            await press(app, pilot, "d")
            assert isinstance(app.screen, Entry)
            app.screen.query_one("#name", Input).value = "No Such Name!"
            await press(app, pilot, "ctrl+s")
            assert isinstance(app.screen, Entry)
            assert "cannot be the name" in str(app.screen.query_one(".wrong", Static).render())
            app.screen.query_one("#name", Input).value = "my-mandate"
            await press(app, pilot, "ctrl+s")
            await until(lambda: "my-mandate" in own_scenarios(), pilot)
            assert app.state.current == "my-mandate"
            assert app.workplace is not None
            assert app.workplace.WORKPLACE == "levers"
            await app.act("app.go_library", None)
            await until(lambda: isinstance(app.workplace, Library), pilot)
            await until(lambda: "my-mandate" in app.workplace.query_one(TableView).rows.table.keys, pilot)

    played(test)
    found = Desk().scenario("my-mandate")
    assert found.levers == Desk().scenario("mandatory").levers


@pilot_test
def test_only_ones_own_scenario_is_deleted_and_only_when_sure(desk: Desk) -> None:
    from tui.views.library import create

    create(desk, "voluntary", "mine", "Mine")

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            at(app, "mandatory")
            await press(app, pilot, "delete")
            await press(app, pilot, "right", "enter")
            assert "not one of your own" in app.screen.query_one(StatusLine).text
            at(app, "mine")
            await press(app, pilot, "delete")
            await press(app, pilot, "enter")
            assert "mine" in own_scenarios()
            await press(app, pilot, "delete")
            await press(app, pilot, "right", "enter")
            await until(lambda: "mine" not in own_scenarios(), pilot)

    played(test)


@pilot_test
def test_the_first_start_runs_a_demonstration_and_says_what_to_press(
    demo_store: Path, monkeypatch: pytest.MonkeyPatch, state_elsewhere: Path
) -> None:
    (state_elsewhere / "state.json").unlink()
    begun: list[Any] = []

    async def start(self: RunClient, scenarios: Any, asked: Asked) -> None:
        begun.append((list(scenarios), asked))
        self.now.stage, self.now.done, self.now.of, self.now.left = "running", 3, 16, 20.0
        self._told(False)

    monkeypatch.setattr(RunClient, "start", start)

    async def test() -> None:
        async with opened(desk=InProcessDesk(Desk())) as (app, pilot):
            await until(lambda: begun, pilot)
            assert begun == [(["voluntary", "mandatory", "no-scheme"], Asked(replications=8, scale=0.1))]
            await until(lambda: "3 of 16" in text_of(app, "#guide"), pilot)
            assert "A small demonstration is being run" in text_of(app, "#guide")
            app.run_now.stage, app.run_now.outcome = "ended", "done"
            app._run_told(True)
            await until(lambda: "press c to compare" in text_of(app, "#guide"), pilot)
            assert load_state()[0].greeted

    played(test)


@pilot_test
def test_a_run_is_started_left_come_back_to_and_stopped(own_store: Path) -> None:
    asked = Asked(replications=400, scale=SMALL.scale, jobs=1)
    save_state(AppState(marks=["voluntary", "mandatory"], asked=asked, greeted=True))

    async def test() -> None:
        async with opened(desk=InProcessDesk(Desk())) as (app, pilot):
            await press(app, pilot, "r")
            await until(lambda: app.run_now.done > 8, pilot)
            assert app.workplace is not None
            assert app.workplace.WORKPLACE == "run"
            await press(app, pilot, "1")
            assert f" of {app.run_now.of}" in app.screen.query("TopBar").first().render().plain  # type: ignore[union-attr]
            await press(app, pilot, "3")
            assert app.run_going
            assert "started" in "\n".join(app.screen.query_one(Log).lines)
            await press(app, pilot, "q")
            assert isinstance(app.screen, Ask)
            await press(app, pilot, "enter")
            assert app.is_running
            await press(app, pilot, "full_stop")
            await press(app, pilot, "right", "enter")
            await until(lambda: app.run_now.stage == "ended", pilot)
            assert app.run_now.outcome == "stopped"
            await until(lambda: "replications are kept" in text_of(app, "#sofar"), pilot)
            used = app.run_now.used
            await until(lambda: app.workplace.page.provenance.used == used, pilot)  # type: ignore[union-attr]

    played(test)


@pilot_test
def test_what_is_typed_is_checked_and_changes_what_is_asked(desk: Desk) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            field = app.screen.query_one("#field-replications", Input)
            field.focus()
            await pilot.pause()
            field.value = "0"
            await pilot.pause()
            assert "Replications is a whole number from 1 to 100,000, not 0" in text_of(app, "#about")
            await press(app, pilot, "ctrl+r")
            assert not app.run_going
            field.value = "3"
            await press(app, pilot, "enter")
            await until(lambda: app.state.asked.replications == 3, pilot)
            await until(lambda: "3 of 3" in app.workplace.page.summary, pilot)  # type: ignore[union-attr]
            assert load_state()[0].asked.replications == 3

    played(test)


class LateDesk(InProcessDesk):
    """Answers once it is let."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.let = asyncio.Event()

    async def ask(self, name: str, slot: str = "", /, **asked: Any) -> Page | dict[str, Any]:
        await self.let.wait()
        return await super().ask(name, slot, **asked)


@pilot_test
def test_words_to_look_for_can_be_typed_before_the_rows_are_there(desk: Desk) -> None:
    async def test() -> None:
        late = LateDesk(desk)
        app = NaasApp("library", late)
        for key in "/stress":  # in one go, before there is a screen
            app.post_message(Key("slash" if key == "/" else key, key))
        async with app.run_test(size=(100, 30)) as pilot:
            await until(lambda: isinstance(app.focused, Input), pilot)
            assert isinstance(app.focused, Input)
            assert app.focused.value == "stress"
            assert isinstance(app.workplace, Library)
            assert not app.run_going
            late.let.set()
            rows = app.workplace.query_one(TableView).rows
            await until(lambda: rows.shown, pilot)
            assert isinstance(app.focused, Input)
            titles = [row[-1].text for row in rows.as_shown().rows]
            assert titles
            assert all("stress" in title.lower() for title in titles)
            assert rows.sorting is None

    played(test)


@pilot_test
def test_what_is_typed_in_one_go_after_the_key_of_the_filter_goes_into_it(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            for key in "/mand/n":
                app.post_message(Key("slash" if key == "/" else key, key))
            await until(lambda: isinstance(app.focused, Input) and app.focused.value == "mand/n", pilot)
            assert isinstance(app.screen, Library)  # no dialog of a new scenario
            assert app.state.asked == SMALL

    played(test)


@pilot_test
def test_letters_are_typed_in_a_field_and_escape_leaves_it(desk: Desk) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            field = app.screen.query_one("#field-precision", Input)
            field.focus()
            await press(app, pilot, "q", "1")
            assert field.value == "q1"
            assert app.is_running
            footer = app.screen.query("ActionFooter").first().render().plain  # type: ignore[union-attr]
            assert "^r Run" in footer
            assert "f9 Export" in footer
            assert " c Compare" not in footer
            await press(app, pilot, "escape")
            assert app.screen.focused is not field
            assert app.workplace is not None
            assert app.workplace.WORKPLACE == "run"

    played(test)


@pilot_test
def test_a_problem_and_an_error_are_written_on_the_screen() -> None:
    async def test() -> None:
        async with opened("run", desk=FixedDesk({})) as (app, _):
            assert "no page 'run'" in text_of(app, "#notice-text")
        save_state(AppState(greeted=True, asked=SMALL))
        async with opened("run", desk=FixedDesk({})) as (app, _):
            assert "No scenario is marked. Press 1" in text_of(app, "#notice-text")

    played(test)
