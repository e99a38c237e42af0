"""A director's path: change a figure, see the total move, find the council, save, export. Nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Select, Static

from analysis.cost_case import CostCase
from reports.page import Page, Prose, Table
from tests.tui.driving import InProcessDesk, opened, played, press, settled, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.frame.lines import StatusLine, TextLine
from tui.screens.cost_panels import Parts
from tui.screens.costs import Costs
from tui.state import load_draft
from tui.widgets.blocks import Blocks
from tui.widgets.figure_form import FigureForm
from tui.widgets.figure_list import FigureList
from tui.widgets.panel_tabs import PanelTabs

pytestmark = pytest.mark.pilot


def costs_of(app: NaasApp) -> Costs:
    assert isinstance(app.workplace, Costs)
    return app.workplace


def total(screen: Costs) -> float:
    assert screen.page is not None
    table = screen.page.block("now")
    assert isinstance(table, Table)
    value = table.rows[0][-1].value
    assert isinstance(value, float)
    return value


async def to_the_value(app: NaasApp, key: str) -> None:
    """The cursor on a figure, and in its value, as enter puts it there."""
    screen = costs_of(app)
    screen.query_one(FigureList).focus()
    screen.query_one(FigureList).go_to(key)
    await until(lambda: screen.query_one(FigureForm).key == key)


def test_a_figure_is_changed_and_the_total_follows_undo_and_redo(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            before = total(screen)
            await to_the_value(app, "leavers")
            await press(app, pilot, "enter")
            assert isinstance(screen.focused, Input)
            await press(app, pilot, "9")
            after = total(screen)
            assert after < before
            assert screen.draft.edits == {"leavers": {"mode": "9"}}
            assert "--set leavers=9," in screen.command
            assert "unsaved" in screen.query_one("#case", TextLine).text
            await press(app, pilot, "ctrl+z")
            assert total(screen) == before
            await press(app, pilot, "ctrl+y")
            assert total(screen) == after
            await press(app, pilot, "f8")
            assert total(screen) == before
            await until(lambda: "rest" in screen.parts, pilot)
            assert screen.page is not None
            assert screen.page.block("switching")

    played(test)


def test_keys_go_to_the_figures_at_once(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            figures = costs_of(app).query_one(FigureList)
            await until(lambda: figures.has_focus, pilot)
            began = figures.key_here
            await press(app, pilot, "down")
            assert figures.key_here != began
            tabs = costs_of(app).query_one(PanelTabs)
            tabs.focus()
            await until(lambda: tabs.has_focus, pilot)
            await press(app, pilot, "down")
            await until(lambda: figures.has_focus, pilot)

    played(test)


def test_what_cannot_be_reckoned_with_is_said_and_the_figures_stay(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            before = total(screen)
            await to_the_value(app, "leavers")
            await press(app, pilot, "enter", "x")
            wrong = screen.query_one(".wrong", Static)
            assert wrong.display
            assert "K004" in str(wrong.render())
            assert "Left out: " in screen.query_one(StatusLine).text
            assert total(screen) == before
            await press(app, pilot, "backspace", "9")
            assert not wrong.display
            assert total(screen) < before

    played(test)


def test_who_pays_a_line_is_changed_and_taken_back(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await to_the_value(app, "leavers")
            await press(app, pilot, "p")
            assert screen.draft.edits == {"leavers": {"payer": "individual"}}
            assert "--set leavers.payer=individual" in screen.command
            assert screen.query_one("#figure-payer", Select).value == "individual"
            await press(app, pilot, "p")
            assert screen.payer == "department"
            await press(app, pilot, "ctrl+z")
            assert "leavers.payer" not in screen.command
            assert screen.payer == "employer"
            screen.query_one("#figure-payer", Select).value = "department"
            await until(lambda: "--set leavers.payer=department" in screen.command, pilot)
            await to_the_value(app, "pay.overhead")
            assert not screen.query_one("#figure-payer", Select).display
            await press(app, pilot, "p")  # a price has no payer
            assert set(screen.draft.edits) == {"leavers"}

    played(test)


def test_an_end_that_moves_with_a_value_is_said_beside_it(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            moved = costs_of(app).query_one(".moved", Static)
            await to_the_value(app, "leavers")
            assert not moved.display
            await press(app, pilot, "enter", "9")
            assert str(moved.render()) == "Low end moved with the value: 9, was 10,000."
            await press(app, pilot, "down")
            assert not moved.display
            await press(app, pilot, "up")
            assert moved.display

    played(test)


def test_up_and_down_lead_through_the_figures_without_leaving_the_field(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            shown = screen.query_one(FigureList)
            assert shown.figures is not None
            first, second = shown.figures.keys[:2]
            shown.focus()
            await press(app, pilot, "enter")
            field = screen.focused
            assert screen.query_one(FigureForm).key == first
            await press(app, pilot, "down")
            assert screen.query_one(FigureForm).key == second
            await press(app, pilot, "enter", "up", "up")
            assert screen.query_one(FigureForm).key == first
            assert screen.focused is field
            assert screen.draft.edits == {}

    played(test)


def test_a_draft_outlives_the_program_and_one_that_is_wrong_does_not_shut_the_door(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            await to_the_value(app, "leavers")
            await press(app, pilot, "enter", "9")
            changed = total(costs_of(app))
        assert (load_draft("costs", "") or {})["edits"] == {"leavers": {"mode": "9"}}
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            assert total(costs_of(app)) == changed
            await to_the_value(app, "leavers")
            await press(app, pilot, "enter", "x")
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await until(lambda: screen.query_one(".wrong", Static).display, pilot)
            assert screen.page is not None
            await press(app, pilot, "ctrl+z")  # nothing to undo in a new session
            await to_the_value(app, "leavers")
            await press(app, pilot, "f8")
            assert not screen.query_one(".wrong", Static).display

    played(test)


def test_the_source_of_a_figure_is_read_in_full(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await to_the_value(app, "leavers")
            await until(
                lambda: "£20,000, from £10,000 to £40,000" in screen.query_one(StatusLine).text, pilot
            )
            await pilot.press("space")
            await until(lambda: app.screen is not screen, pilot)
            said = " ".join(str(line.render()) for line in app.screen.query(Static))
            assert "Source, amber" in said
            assert CostCase.default().figures["leavers"].source in said

    played(test)


def test_the_council_is_chosen_by_a_part_of_its_name(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await press(app, pilot, "f2")
            await until(lambda: app.screen is not screen, pilot)
            await pilot.press(*"kingston upon h")
            await pilot.press("enter")
            await until(lambda: "council" in screen.parts, pilot)
            panel = screen.query_one("#panel-council", Blocks)
            assert panel.display
            assert screen.page is not None
            assert "Kingston upon Hull" in screen.page.block("council").title
            assert app.state.kept["costs"]["council"] == "Kingston upon Hull, City of"

    played(test)


def test_figures_are_saved_as_new_files_only(costed_desk: Desk, state_elsewhere: Path) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            for value in ("9", "8"):
                await to_the_value(app, "leavers")
                await press(app, pilot, "enter", value)
                changed = total(screen)
                await press(app, pilot, "ctrl+s")
                await until(lambda: app.screen is not screen, pilot)
                field = app.screen.query_one(Input)
                field.value = "ours"
                await pilot.press("ctrl+s")
                await until(lambda: app.screen is screen and not screen.draft.edits, pilot)
                await until(lambda: "--case" in screen.command, pilot)
                assert total(screen) == changed
        saved = sorted(path.name for path in (state_elsewhere / "costs").iterdir())
        assert saved == ["ours-2.yaml", "ours.yaml"]

    played(test)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 45)])
def test_every_panel_is_reached_and_has_something_to_say(costed_desk: Desk, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk), size) as (app, pilot):
            screen = costs_of(app)
            await until(lambda: "rest" in screen.parts, pilot)
            seen = set()
            for _ in range(6):
                await press(app, pilot, "f4")
                panels = [panel for panel in screen.query(Blocks) if panel.display]
                assert len(panels) <= 1
                beside = screen.query_one("#figures").display
                seen |= {panel.id for panel in panels} | ({"figures"} if beside else set())
                assert panels or beside
                assert all(panel.children and panel.size.width >= 30 for panel in panels)
                if panels and panels[0].id == "panel-total":
                    assert beside == (size[0] >= 100)
            assert len(seen) == 6

    played(test)


def test_ways_to_look_at_costs_are_options_of_the_command(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            before = total(screen)
            await press(app, pilot, "f6")
            assert "--grants per-council" in screen.command
            screen.do_valuation()
            await until(lambda: "--valuation full" in screen.command, pilot)
            assert total(screen) > before
            await press(app, pilot, "f3")
            assert screen.page is not None
            assert "mandatory less voluntary" in screen.page.block("tornado").title

    played(test)


async def beside(screen: Costs, figure: str = "leavers") -> FigureForm:
    """Go to a figure, and wait for its form."""
    screen.query_one(FigureList).go_to(figure)
    form = screen.query_one(FigureForm)
    await until(lambda: form.key == figure)
    return form


def test_what_is_typed_beside_a_wrong_number_stands_there_when_one_comes_back(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            form = await beside(screen)
            for name, text in (("mode", "abc"), ("evidence", "our own exit survey of 2016")):
                form.query_one(f"#figure-{name}", Input).value = text
                await press(app, pilot)
            await until(lambda: len(screen.draft.edits.get("leavers", {})) == 2, pilot)
            form.query_one("#figure-rating", Select).value = "red"
            await until(lambda: "rating" in screen.draft.edits["leavers"], pilot)
            await beside(screen, "pay.overhead")
            assert form.query_one("#figure-mode", Input).value != "abc"
            await beside(screen)
            assert form.query_one("#figure-mode", Input).value == "abc"
            assert form.query_one("#figure-evidence", Input).value == "our own exit survey of 2016"
            assert form.query_one("#figure-rating", Select).value == "red"
            form.query_one("#figure-evidence", Input).value += "!"
            await until(lambda: screen.draft.edits["leavers"]["source"].endswith("!"), pilot)
            assert screen.draft.edits["leavers"]["source"] == "our own exit survey of 2016!"

    played(test)


def test_parts_about_other_scenarios_are_neither_shown_nor_exported(costed_desk: Desk) -> None:
    async def test() -> None:
        async with opened("costs", InProcessDesk(costed_desk)) as (app, pilot):
            screen = costs_of(app)
            await until(lambda: "rest" in screen.parts, pilot)
            screen.query_one(PanelTabs).choose("lines")
            await press(app, pilot)
            assert "burdens mandatory" in {block.id for block in screen.page.blocks}  # type: ignore[union-attr]
            app.change(marks=["adcs", "consultation"])
            await until(lambda: "adcs" in screen.command and settled(app), pilot)
            assert {block.id for block in screen.page.blocks} <= {"empty", "inputs", "stretched"}  # type: ignore[union-attr]
            said = screen.query_one("#panel-lines", Blocks).query(Static)
            assert "Nothing here until" in " ".join(str(line.render()) for line in said)
            app.change(marks=["voluntary", "mandatory"])
            await until(lambda: "rest" in screen.parts, pilot)
            assert "burdens mandatory" in {block.id for block in screen.page.blocks}  # type: ignore[union-attr]

    played(test)


def test_totals_are_never_joined_with_lines_of_other_figures() -> None:
    def page(*names: str) -> Page:
        blocks = tuple(Prose(id=name, lines=(name,)) for name in names)
        return Page(screen="costs", title="", summary="", blocks=blocks)

    parts = Parts()
    parts.take("totals", page("now"), "as it was")
    parts.take("rest", page("switching"), "as it was")
    assert [block.id for block in parts.whole().blocks] == ["now", "switching"]
    parts.take("totals", page("now"), "as typed")
    assert "rest" not in parts
    assert parts.panel("switching") == []
    parts.take("rest", page("switching"), "as it was")  # an answer that comes late
    assert [block.id for block in parts.whole().blocks] == ["now"]
    parts.take("rest", page("lines"), "as typed")
    assert [block.id for block in parts.whole().blocks] == ["now", "lines"]
