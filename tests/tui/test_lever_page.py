"""What the screen Levers says of a lever, read from its page without a screen."""

from __future__ import annotations

import pytest

from tests.tui.conftest import SMALL
from tui.desk.desk import Desk
from tui.screens.lever_page import LeverPage
from tui.views.levers import levers

pytestmark = pytest.mark.unit


def said(desk: Desk, **edits: str) -> LeverPage:
    return LeverPage(levers(desk, scenario="mandatory", edits=edits, settings=SMALL.plain()))


def test_a_lever_says_what_was_saved_and_what_its_parent_has(desk: Desk) -> None:
    page = said(desk)
    assert (page.saved("q1.leader"), page.parent("q1.leader")) == ("mandatory", "expected")
    assert page.note("q1.leader") == "* parent: expected"
    assert page.note("q3") == ""
    edited = said(desk, **{"q1.leader": "voluntary", "q3": "6"})
    assert edited.note("q1.leader") == "* was mandatory; parent: expected"
    assert edited.note("q3") == "* was 12 months"
    assert edited.saved("q3") == "12"


def test_a_question_has_its_mark_before_it_and_its_edits_behind_it(desk: Desk) -> None:
    page = said(desk, q3="6")
    assert page.questions["q3"].startswith("* Q3")
    assert page.questions["q3"].endswith(" (1)")
    assert page.questions["q7"].startswith("  Q7")
    assert said(desk, q3="99").questions["q3"].startswith("! Q3")
    assert set(said(desk, q3="99").problems) == {"q3"}


def test_the_counts_of_the_effect_stand_in_line_and_only_where_there_is_room(desk: Desk) -> None:
    page = said(desk, **{"q2.iro": "excluded"})
    words = page.effect(counts=False)
    counted = page.effect(counts=True)
    before = counted.index(("", False))
    more = len(counted) - len(words)
    assert [*counted[:before], *counted[before + more :]] == words  # what to think of comes after the counts
    assert any(heading for _, heading in words)
    rows = [text for text, _ in counted[before + 2 : before + more]]
    assert len(rows) == 17
    assert all(row[28] != " " and row[36] != " " and row[37] == " " for row in rows)


def test_before_the_page_comes_nothing_is_said() -> None:
    page = LeverPage(None)
    assert (page.problems, page.questions, page.note("q3"), page.effect(counts=True)) == ({}, {}, "", [])
    assert page.saved("q3") == "12"
