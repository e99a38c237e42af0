"""A figure on Costs that cannot be used: it is left out, said by its name, and nothing else waits for it."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from analysis.cost_case import CostCase
from reports.page import Prose
from tests.tui.driving import InProcessDesk, opened, played, press, settled, until
from tests.tui.test_costs_screen import beside, costs_of, to_the_value, total
from tui.desk.desk import Desk
from tui.dialogs.choose import Choose
from tui.frame.lines import StatusLine
from tui.screens.costs import Costs
from tui.widgets.blocks import Blocks
from tui.widgets.figure_list import FigureList

pytestmark = pytest.mark.pilot

KEY = "release.preparation"
LABEL = CostCase.default().figures[KEY].label


def said(screen: Costs, line: str) -> str:
    """A line under the fields; "" where it is not shown."""
    found = screen.query_one(f"FigureForm .{line}", Static)
    return str(found.render()) if found.display else ""


def test_the_figure_as_it_was_stands_and_no_prefix_of_what_is_wrong(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            before = total(screen)
            await to_the_value(app, KEY)
            await press(app, pilot, "enter", "3", "5")
            assert total(screen) > before
            assert said(screen, "far").startswith("! Far outside the case's range, 0.333 to 2.667")
            await press(app, pilot, *"x000")
            assert total(screen) == before
            assert "--set" not in screen.command
            assert "'35x000' is not a number" in said(screen, "wrong")
            assert "The total is with 1 day per planned day until" in " ".join(said(screen, "wrong").split())
            assert not said(screen, "far")
            assert not said(screen, "moved")
            assert screen.query_one("#figure-mode", Input).value == "35x000"

    played(test)


def test_what_stands_is_what_was_typed_before_the_field_was_gone_to_again(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await to_the_value(app, KEY)
            await press(app, pilot, "enter", "2")
            with_two = total(screen)
            await press(app, pilot, "down", "up", "end", "5", "x")
            assert screen.query_one("#figure-mode", Input).value == "25x"
            assert total(screen) == with_two
            assert "The total is with 2 days per planned day until" in " ".join(said(screen, "wrong").split())

    played(test)


def test_everything_else_goes_on_while_a_figure_is_wrong(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await to_the_value(app, KEY)
            await press(app, pilot, "enter", "x")
            await to_the_value(app, "leavers")
            await press(app, pilot, "p")
            assert screen.payer == "individual"
            assert "--set leavers.payer=individual" in screen.command
            await to_the_value(app, KEY)
            await press(app, pilot, "p")
            assert f"--set {KEY}.payer=" in screen.command
            app.change(marks=["mandatory"])
            await until(lambda: "voluntary" not in screen.command and settled(app), pilot)
            app.change(marks=[])
            await until(lambda: "empty" in {block.id for block in screen.page.blocks}, pilot)  # type: ignore[union-attr]
            app.change(marks=["voluntary", "mandatory"])
            await until(lambda: "voluntary mandatory" in screen.command and settled(app), pilot)
            assert total(screen) > 0
            assert "is not a number" in said(screen, "wrong")

    played(test)


def test_what_is_wrong_is_said_under_its_own_name_and_its_row_is_marked(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            form = await beside(screen, KEY)
            form.query_one("#figure-low", Input).value = "20"
            await until(lambda: said(screen, "wrong") and settled(app), pilot)
            assert f"Left out: {LABEL}: " in screen.query_one(StatusLine).text
            assert KEY not in screen.query_one(StatusLine).text
            assert "rising order" in said(screen, "wrong")
            listed = screen.query_one(FigureList)
            assert listed.figures is not None
            marked = [
                key for key, row in zip(listed.figures.keys, listed.figures.rows, strict=True) if row[0].mark
            ]
            assert marked == [KEY]
            assert str(listed.get_row_at(listed.cursor_row)[0]).startswith("!")
            await beside(screen, "leavers")
            assert not said(screen, "wrong")
            page = screen.page
            assert page is not None
            told = page.block(f"wrong {KEY}")
            assert isinstance(told, Prose)
            assert told.title == LABEL
            assert told in screen.query_one("#panel-total", Blocks)._blocks

    played(test)


def test_a_wrong_council_is_told_in_the_picker_which_stays(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await press(app, pilot, "f2")
            await until(lambda: isinstance(app.screen, Choose), pilot)
            await press(app, pilot, *"Leedz", "enter")
            dialog = app.screen
            assert isinstance(dialog, Choose)
            assert "Leedz" in str(dialog.query_one(".wrong", Static).render())
            await press(app, pilot, "backspace", "s")
            assert app.screen is dialog
            assert str(dialog.query_one(".wrong", Static).render()) == ""
            await press(app, pilot, "enter")
            assert app.screen is screen
            assert screen.council == "Leeds"

    played(test)


def test_a_case_that_cannot_be_read_is_told_in_the_picker_which_stays(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await press(app, pilot, "ctrl+o")
            await until(lambda: isinstance(app.screen, Choose), pilot)
            await press(app, pilot, *"zzz", "enter")
            assert isinstance(app.screen, Choose)
            assert "no such file" in str(app.screen.query_one(".wrong", Static).render())
            await press(app, pilot, "escape")
            assert screen.draft.of == ""
            assert screen.page is not None

    played(test)
