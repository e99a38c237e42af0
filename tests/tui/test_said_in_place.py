"""Levers, Compare and Why say what is meant: the effect before warnings, labels before code words."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from reports.page import Page, Prose
from tests.tui.driving import InProcessDesk, opened, played, press
from tui.actions import Action
from tui.desk.desk import Desk
from tui.dialogs.entry import Entry
from tui.screens.compare import Compare
from tui.screens.lever_page import LeverPage
from tui.screens.why import Why
from tui.start import Wanted, changes
from tui.state import load_state
from tui.views.levers import levers
from tui.views.why import vocabulary, why
from tui.widgets.panel_tabs import PanelTabs

pytestmark = pytest.mark.pilot


def effect(page: Page) -> str:
    block = page.block("effect-words")
    assert isinstance(block, Prose)
    return " ".join(block.lines)


def test_the_effect_comes_before_what_to_think_of(desk: Desk) -> None:
    page = levers(desk, scenario="mandatory", edits={"phase.plan": "closed"}, section="phase")
    heads = [text for text, heading in LeverPage(page).effect(counts=True) if heading and text]
    assert heads[0].startswith("Effect")
    assert heads[-1] == "Think of"


def test_the_effect_waits_for_a_field_that_needs_mending(desk: Desk) -> None:
    page = levers(desk, scenario="mandatory", edits={"q3": "370"})
    assert effect(page) == "The effect waits until what is marked ! is mended."
    page = levers(desk, scenario="mandatory", edits={"q3": "370", "q2.iro": "excluded"})
    assert effect(page).startswith("What is marked ! is left out until it is mended. ")


def test_panels_are_actions(desk: Desk) -> None:
    async def test() -> None:
        for name in ("compare", "why"):
            async with opened(name, InProcessDesk(desk)) as (app, pilot):
                tabs = app.screen.query_one(PanelTabs)
                before = tabs.now
                await press(app, pilot, "f4")
                assert tabs.now != before

    played(test)
    actions: list[Action] = [*Compare.ACTIONS, *Why.ACTIONS]
    assert {"compare.panel", "why.panel"} <= {action.id for action in actions}


def test_functions_are_called_as_the_question_calls_them(desk: Desk) -> None:
    functions = next(fact for fact in vocabulary(desk)["facts"] if fact["name"] == "functions")
    assert set(functions["labels"]) == set(functions["choices"])
    page = why(desk, ["mandatory"], facts=["functions=s47_lead", "employer=local_authority"])
    block = page.block("answers")
    assert isinstance(block, Prose)
    assert block.lines[0] == "functions leading section 47 enquiries; employer local authority"


def test_a_worker_there_is_not_is_asked_for_again_with_what_was_typed(desk: Desk) -> None:
    async def test() -> None:
        async with opened("why", InProcessDesk(desk)) as (app, pilot):
            screen = app.screen
            assert isinstance(screen, Why)
            screen._explain(worker="9999999", facts=[])
            await press(app, pilot)
            for _ in range(200):
                if isinstance(app.screen, Entry):
                    break
                await pilot.pause(0.02)
            assert isinstance(app.screen, Entry)
            assert app.screen.fields[0].value == "9999999"
            assert "there is no worker 9999999" in app.screen.wrong
            assert "Numbers 0 to" in app.screen.wrong
            assert str(app.screen.query(Static).first().render()) == "Explain a worker"

    played(test)


def test_a_council_that_is_asked_for_opens_its_panel(state_elsewhere: Path) -> None:
    del state_elsewhere
    wanted = Wanted.read([], {}, None, None, None, None, "Leeds")
    assert changes(wanted, load_state()[0])["kept"]["costs"]["panel"] == "council"
