"""What rests on a part of the replications, on few people, or on some of the scenarios, says so."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from reports.page import Page, Prose, Table
from tests.tui.conftest import PAIR, SMALL
from tests.tui.driving import InProcessDesk, opened, played
from tui.desk.desk import Desk
from tui.screens.cost_panels import panel_of
from tui.views.compare import compare
from tui.views.costs import costs
from tui.views.council import council
from tui.views.sample import reached, sample, so_far

pytestmark = pytest.mark.unit

MORE = SMALL.model_copy(update={"replications": 30})


def said(page: Page, name: str) -> str:
    block = page.block(name)
    assert isinstance(block, Prose)
    return " ".join(block.lines)


def after(command: str, option: str) -> str:
    words = shlex.split(command)
    return words[words.index(option) + 1]


def test_a_part_is_said_first_and_its_command_asks_for_no_more(costed_desk: Desk) -> None:
    page = compare(costed_desk, PAIR, MORE.plain())
    assert page.blocks[0].id == "so-far"
    assert said(page, "so-far") == "4 of 30 replications so far."
    assert after(page.provenance.command, "--replications") == "4"
    assert page.next is not None
    assert after(page.next.command, "--replications") == "30"
    page = costs(costed_desk, PAIR, MORE.plain())
    assert "4 of 30 replications so far" in said(page, "sample")
    assert after(page.provenance.command, "--replications") == "4"
    whole = compare(costed_desk, PAIR, SMALL.plain())
    assert "so-far" not in {block.id for block in whole.blocks}


def test_the_command_that_a_precision_asked_for_is_the_number_it_came_to(costed_desk: Desk) -> None:
    asked = MORE.model_copy(update={"precision": "accredited=1%"})
    page = compare(costed_desk, PAIR, asked.plain())
    assert said(page, "so-far") == "4 of at most 30 replications so far."
    assert after(page.provenance.command, "--replications") == "4"
    assert "--precision" not in page.provenance.command


def test_where_the_replications_are_not_the_first_the_command_is_said_to_show_more(desk: Desk) -> None:
    arms = [arm for _, arm in desk.line_up(PAIR, SMALL.plain())]
    found = desk.results(arms, SMALL)
    finished = found.finished.copy()
    finished[0, 0] = False
    gaps = replace(found, finished=finished)
    assert so_far(SMALL, gaps).startswith("3 of 4 replications so far. They are not the first ones")
    assert "shows more" in so_far(SMALL, gaps)
    assert reached(SMALL, gaps) == SMALL


def test_a_demonstration_says_so_above_the_totals_and_above_a_council(costed_desk: Desk) -> None:
    words = "A demonstration, not to be quoted: 2% of the people (grossed up), and 4 replications."
    page = costs(costed_desk, PAIR, SMALL.plain())
    shown = [block.id for block in page.blocks if panel_of(block) == "total"]
    assert (shown[0], said(page, "sample")) == ("sample", words)
    one = council(costed_desk, PAIR, SMALL.plain(), council="Leeds")
    assert (one.blocks[0].id, said(one, "council sample")) == ("council sample", words)
    assert panel_of(one.blocks[0]) == "council"


def test_more_people_than_there_are_is_no_demonstration(costed_desk: Desk) -> None:
    arms = [arm for _, arm in costed_desk.line_up(PAIR, SMALL.plain())]
    found = costed_desk.results(arms, SMALL)
    lines = [block.lines for block in sample("sample", SMALL, found, 2)]
    assert lines == [("A demonstration, not to be quoted: 4 replications.",)]


def test_the_total_to_quote_stands_on_the_first_panel_as_the_command_has_it(costed_desk: Desk) -> None:
    page = costs(costed_desk, PAIR, SMALL.plain())
    now, glance = page.block("now"), page.block("glance")
    assert isinstance(now, Table)
    assert isinstance(glance, Table)
    drawn = next(row for row in now.rows if row[0].text == "Prices drawn")
    theirs = next(row for row in glance.rows if row[0].text == "Social cost, prices drawn")
    assert [cell.value for cell in drawn[1:]] == [cell.value for cell in theirs[1:]]
    assert all(cell.text for cell in drawn[1:])
    assert drawn[-1].text in page.summary


def test_a_marked_scenario_that_is_not_run_is_left_out_and_the_others_are_costed(costed_desk: Desk) -> None:
    three = [*PAIR, "fixed-retakes"]
    page = costs(costed_desk, three, SMALL.plain())
    assert said(page, "left-out") == "fixed-retakes has not been run yet and is left out."
    assert page.provenance.used == 4
    assert shlex.split(page.provenance.command)[:4] == ["naas", "cost", *PAIR]
    one = council(costed_desk, three, SMALL.plain(), council="Leeds")
    assert "mandatory" in one.summary
    first = costs(costed_desk, ["fixed-retakes", *PAIR], SMALL.plain())
    assert "voluntary is the baseline meanwhile" in said(first, "left-out")


def test_compare_shows_that_it_is_of_a_part(costed_desk: Desk, state_elsewhere: Path) -> None:
    from tui.state import AppState, save_state

    save_state(AppState(marks=list(PAIR), asked=MORE, greeted=True, current="mandatory", glyphs="braille"))

    async def test() -> None:
        async with opened("compare", InProcessDesk(costed_desk)) as (app, _):
            line = app.screen.query_one("#so-far", Static)
            assert line.display
            assert str(line.render()) == "4 of 30 replications so far."

    played(test)
