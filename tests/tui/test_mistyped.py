"""What cannot be used is said where it was typed; what was kept and is not known any more is let go of."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input, Select, Static

from reports.page import BandChart, HeatChart
from tests.tui.conftest import PAIR, SMALL
from tests.tui.driving import InProcessDesk, opened, played, press, settled, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.dialogs.entry import Entry
from tui.dialogs.export import Export
from tui.screens.capacity import Capacity
from tui.screens.compare import Compare, KeptCompare
from tui.screens.costs import Costs
from tui.screens.why import Why
from tui.state import AppState, load_draft, load_state, save_state
from tui.widgets.panel_tabs import PanelTabs

pytestmark = pytest.mark.pilot


def entry(app: NaasApp) -> Entry:
    assert isinstance(app.screen, Entry)
    return app.screen


def typed(app: NaasApp) -> dict[str, str]:
    """What stands in the fields of the dialog."""
    return {str(field.id): field.value for field in entry(app).query(Input)}


async def answer(app: NaasApp, pilot: Any, fields: dict[str, str]) -> None:
    """Type into the fields of the dialog, and take them."""
    for name, text in fields.items():
        entry(app).query_one(f"#{name}", Input).value = text
    await press(app, pilot, "ctrl+s")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"price_year": "nan"}, "'nan' is not a number"),
        ({"price_year": "inf"}, "'inf' is not a number"),
        ({"price_year": "2016.5"}, "whole year"),
        ({"price_year": "1066"}, "the price year is a year from"),
        ({"rate": "three"}, "'three' is not a number"),
        ({"rate": "21"}, "rate: "),
        ({"budget": "-1"}, "budget: "),
    ],
)
def test_terms_that_cannot_be_used_are_asked_for_again(
    costed_desk: Desk, given: dict[str, str], said: str
) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = app.workplace
            assert isinstance(screen, Costs)
            await app.act("costs.terms", None)
            await until(lambda: app.screen.query("#budget"), pilot)
            await answer(app, pilot, {"budget": "£2,000,000"} | given)
            assert said in entry(app).wrong
            assert typed(app) == {"price_year": "", "rate": "3.5", "budget": "£2,000,000"} | given
            assert screen.draft.view == {}
            await answer(app, pilot, {"price_year": "", "rate": "3.5", "budget": "£2,000,000"})
            await until(lambda: screen.draft.view, pilot)
            assert screen.draft.view == {"budget": 2e6}  # and not the usual rate

    played(test)


def test_terms_as_they_are_leave_no_draft(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            await app.act("costs.terms", None)
            await answer(app, pilot, {})
            await until(lambda: app.screen is app.workplace, pilot)
            assert load_draft("costs", "") is None

    played(test)


@pytest.mark.parametrize("path", ["", ".", "/", "  "])
def test_another_form_for_a_file_without_a_name(desk: Desk, path: str) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            await press(app, pilot, "x")
            assert isinstance(app.screen, Export)
            app.screen.query_one("#path", Input).value = path
            app.screen.query_one("#form", Select).value = "csv"
            await pilot.pause()
            assert app.screen.query_one("#path", Input).value.endswith("naas-run-voluntary-mandatory.csv")

    played(test)


@pytest.mark.parametrize(
    ("aim", "said"),
    [
        ({"confidence": "nan"}, "nan"),
        ({"confidence": "most"}, "'most' is not a number"),
        ({"confidence": "1.5"}, "1.5"),
        ({"target": "soon"}, "'soon' is not a target"),
    ],
)
def test_a_target_that_cannot_be_used_is_asked_for_again_and_not_kept(
    desk: Desk, aim: dict[str, str], said: str
) -> None:
    async def test() -> None:
        async with opened("capacity", InProcessDesk(desk)) as (app, pilot):
            before = typed_into = {"target": "p80 wait <= 90 days", "confidence": "0.9"}
            await press(app, pilot, "z")
            assert typed(app) == before
            typed_into = before | aim
            await answer(app, pilot, aim)
            assert said in entry(app).wrong
            assert typed(app) == typed_into
            assert "aim" not in load_state()[0].kept.get("capacity", {})

    played(test)


def test_what_is_kept_and_not_known_is_as_if_it_had_not_been_chosen(desk: Desk) -> None:
    kept: dict[str, Any] = {
        "compare": {"panel": "tables", "measure": "happiness", "by": "moon"},
        "why": {"panel": 7, "worker": "nobody", "replication": "second", "facts": "all"},
        "capacity": {"panel": None, "measure": "colour", "aim": {"target": "soon", "confidence": None}},
        "costs": {"panel": "purse", "case": 3, "council": []},
    }
    save_state(AppState(marks=list(PAIR), asked=SMALL, greeted=True, kept=kept))

    async def test() -> None:
        async with opened("compare", InProcessDesk(desk)) as (app, pilot):
            for name in ("compare", "why", "capacity", "costs"):
                app.go(name)
                await until(lambda name=name: name == app.workplace.WORKPLACE and settled(app), pilot)
                screen = app.workplace
                assert screen is not None
                assert screen.page is not None
                assert screen.query_one("#body").display, str(
                    screen.query_one("#notice-text", Static).render()
                )
                assert screen.query_one(PanelTabs).now in dict(screen.query_one(PanelTabs).panels)
            app.go("compare")
            assert isinstance(app.workplace, Compare)
            assert isinstance(app.workplace.page.block("chart"), BandChart)  # type: ignore[union-attr]
            assert KeptCompare.of(app.state) == KeptCompare()

    played(test)


def test_one_choice_that_is_not_known_leaves_the_others(desk: Desk) -> None:
    kept = {"compare": {"panel": "binds", "by": "status"}, "why": {"replication": -1, "worker": "3"}}
    save_state(AppState(marks=list(PAIR), asked=SMALL, greeted=True, kept=kept))

    async def test() -> None:
        async with opened("why", InProcessDesk(desk)) as (app, _):
            assert isinstance(app.workplace, Why)
            assert KeptCompare.of(app.state) == KeptCompare(by="status")
            assert "--worker 3" in app.workplace.command
            assert "--replication" not in app.workplace.command

    played(test)


def test_seats_are_sized_for_the_scenario_that_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    async def start(scenarios: list[str], *_: object, **__: object) -> None:
        asked.append(scenarios)

    async def test() -> None:
        async with opened("capacity", InProcessDesk(desk)) as (app, pilot):
            screen = app.workplace
            assert isinstance(screen, Capacity)
            monkeypatch.setattr(app.run_client, "start", start)
            await press(app, pilot, "m")
            assert screen.scenario == "voluntary"
            app.change(marks=["adcs", "voluntary", "mandatory"])
            assert screen.scenario == "voluntary"
            app.change(marks=["adcs", "mandatory"])  # the one shown is marked no more
            await until(lambda: "mandatory" in screen.command, pilot)
            assert any(isinstance(block, HeatChart) for block in screen.page.blocks)  # type: ignore[union-attr]
            await press(app, pilot, "z", "ctrl+s")
            await until(lambda: asked, pilot)
            assert asked == [["mandatory"]]

    played(test)
