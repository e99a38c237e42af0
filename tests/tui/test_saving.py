"""What is typed while something is saved stays, and belongs to what was saved; a deleted draft stays away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from analysis.cost_case import CostCase
from reports.page import Page
from scenarios.loader import load_scenario
from tests.tui.driving import InProcessDesk, opened, played, press, until
from tui.app import NaasApp
from tui.cost_draft import CostDraft
from tui.desk.desk import Desk
from tui.dialogs.entry import Entry
from tui.dialogs.notices import Ask
from tui.lever_draft import LeverDraft
from tui.screens.costs import Costs
from tui.screens.levers import Levers
from tui.state import drafts
from tui.widgets.page_table import TableView

pytestmark = pytest.mark.pilot


class SlowDesk(InProcessDesk):
    """Answers what `slow` names only when `go` is set, as a desk that is busy with something else."""

    def __init__(self, desk: Desk, slow: str) -> None:
        super().__init__(desk)
        self.slow, self.go, self.waits = slow, asyncio.Event(), False

    async def ask(self, name: str, slot: str = "", /, **asked: Any) -> Page | dict[str, Any]:
        """As the desk answers, in its own time."""
        if name == self.slow:
            self.waits = True
            await self.go.wait()
        return await super().ask(name, slot, **asked)


async def save(app: NaasApp, pilot: Any, desk: SlowDesk, **fields: str) -> None:
    """Save, and leave it under way."""
    await press(app, pilot, "ctrl+s")
    await until(lambda: isinstance(app.screen, Entry), pilot)
    for name, text in fields.items():
        app.screen.query_one(f"#{name}", Input).value = text
    await pilot.press("ctrl+s")
    await until(lambda: desk.waits, pilot)


def levers_of(app: NaasApp) -> Levers:
    assert isinstance(app.workplace, Levers)
    return app.workplace


def test_an_answer_given_while_a_version_is_saved_is_an_edit_of_the_new_version(desk: Desk) -> None:
    async def test() -> None:
        slow = SlowDesk(desk, "levers.save")
        async with opened("levers", slow) as (app, pilot):
            screen = levers_of(app)
            screen.put("q3", "18")
            await save(app, pilot, slow)
            screen.put("q4.leader", "6")
            slow.go.set()
            await until(lambda: screen.draft.of == "mandatory-v2", pilot)
            assert screen.draft.edits == {"q4.leader": "6"}
            assert LeverDraft.kept("mandatory-v2").edits == {"q4.leader": "6"}
            assert drafts("levers") == [("levers", "mandatory-v2")]
            assert app.state.current == "mandatory-v2"

    played(test)
    assert load_scenario("mandatory-v2").levers["q3"] == 18


def test_a_scenario_opened_while_another_is_saved_keeps_its_own_draft(desk: Desk) -> None:
    async def test() -> None:
        slow = SlowDesk(desk, "levers.save")
        async with opened("levers", slow) as (app, pilot):
            screen = levers_of(app)
            screen.put("q3", "18")
            await save(app, pilot, slow)
            app.change(current="voluntary")
            await until(lambda: screen.draft.of == "voluntary" and screen.page is not None, pilot)
            screen.put("q3", "24")
            slow.go.set()
            await until(lambda: "mandatory-v2" in app.state.marks, pilot)
            assert app.state.marks == ["voluntary", "mandatory-v2"]
            assert app.state.current == screen.draft.of == "voluntary"
            assert screen.draft.edits == LeverDraft.kept("voluntary").edits == {"q3": "24"}
            assert drafts("levers") == [("levers", "voluntary")]

    played(test)


def test_a_figure_typed_while_a_case_is_saved_is_an_edit_of_the_new_case(costed_desk: Desk) -> None:
    async def test() -> None:
        slow = SlowDesk(costed_desk, "costs.save")
        async with opened("costs", slow) as (app, pilot):
            screen = app.workplace
            assert isinstance(screen, Costs)
            screen.changed(screen.draft.typed("leavers", "mode", "9,000"))
            await save(app, pilot, slow, name="Mine")
            screen.changed(screen.draft.typed("leavers", "mode", "9,500"))
            slow.go.set()
            await until(lambda: screen.draft.of, pilot)
            assert (
                screen.draft.edits == CostDraft.kept(screen.draft.of).edits == {"leavers": {"mode": "9,500"}}
            )
            assert drafts("costs") == [("costs", screen.draft.of)]
            assert CostCase.load(Path(screen.draft.of)).figures["leavers"].mode == 9000

    played(test)


def test_a_case_opened_while_another_is_saved_stays_open(costed_desk: Desk) -> None:
    async def test() -> None:
        slow = SlowDesk(costed_desk, "costs.save")
        async with opened("costs", slow) as (app, pilot):
            screen = app.workplace
            assert isinstance(screen, Costs)
            screen.changed(screen.draft.typed("leavers", "mode", "9,000"))
            slow.go.set()
            await save(app, pilot, slow, name="First")
            await until(lambda: screen.draft.of, pilot)
            first = screen.draft.of
            slow.go.clear()
            screen.changed(screen.draft.typed("leavers", "mode", "8,000"))
            await save(app, pilot, slow, name="Second")
            screen.open_case("")
            screen.changed(screen.draft.typed("leavers", "mode", "7,000"))
            slow.go.set()
            await until(lambda: ("costs", first) not in drafts("costs"), pilot)
            assert screen.draft.of == ""
            assert screen.draft.edits == {"leavers": {"mode": "7,000"}}
            assert drafts("costs") == [("costs", "")]

    played(test)


def test_a_save_that_is_refused_is_asked_for_again_as_it_was_typed(
    costed_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        from rules.errors import problem

        raise problem("X001", "the disk is full")

    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = app.workplace
            assert isinstance(screen, Costs)
            screen.changed(screen.draft.typed("leavers", "mode", "9,000"))
            with monkeypatch.context() as patched:
                patched.setattr("tui.views.cost_cases.save_case", full)
                await press(app, pilot, "ctrl+s")
                app.screen.query_one("#name", Input).value = "Our own figures"
                await press(app, pilot, "ctrl+s")
                await until(lambda: isinstance(app.screen, Entry) and app.screen.wrong, pilot)
            assert "the disk is full" in app.screen.wrong  # type: ignore[attr-defined]
            assert app.screen.query_one("#name", Input).value == "Our own figures"
            await press(app, pilot, "ctrl+s")
            await until(lambda: screen.draft.of, pilot)

    played(test)


def test_undo_and_redo_of_figures_outlive_the_program(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            assert isinstance(app.workplace, Costs)
            app.workplace.changed(app.workplace.draft.typed("leavers", "mode", "9,000"))
            app.workplace.changed(app.workplace.draft.typed("pay.overhead", "mode", "1.3"))
            await press(app, pilot, "ctrl+z")
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            assert isinstance(app.workplace, Costs)
            await press(app, pilot, "ctrl+y")
            assert set(app.workplace.draft.edits) == {"leavers", "pay.overhead"}
            await press(app, pilot, "ctrl+z", "ctrl+z")
            assert app.workplace.draft.edits == {}

    played(test)


def test_a_deleted_scenario_leaves_no_draft_for_the_next_of_its_name(desk: Desk) -> None:
    async def make(app: NaasApp, pilot: Any) -> None:
        rows = app.screen.query_one(TableView).rows
        rows.move_cursor(row=list(rows.table.keys).index("voluntary"))
        await press(app, pilot, "n")
        await until(lambda: isinstance(app.screen, Entry), pilot)
        app.screen.query_one("#name", Input).value = "my-option"
        await press(app, pilot, "ctrl+s")
        await until(
            lambda: isinstance(app.workplace, Levers) and levers_of(app).draft.of == "my-option", pilot
        )
        await until(settled_on(app, "my-option"), pilot)

    def settled_on(app: NaasApp, name: str) -> Callable[[], bool]:
        return lambda: levers_of(app).page is not None and name in levers_of(app).command

    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            await make(app, pilot)
            levers_of(app).put("q3", "18")
            await press(app, pilot, "1")
            rows = app.screen.query_one(TableView).rows
            await until(lambda: "my-option" in rows.table.keys, pilot)
            rows.move_cursor(row=list(rows.table.keys).index("my-option"))
            await press(app, pilot, "delete")
            await until(lambda: isinstance(app.screen, Ask), pilot)
            await press(app, pilot, "right", "enter")
            await until(lambda: "my-option" not in rows.table.keys, pilot)
            assert drafts("levers") == []
            assert app.state.current != "my-option"
            await make(app, pilot)
            assert levers_of(app).draft.edits == {}

    played(test)
