"""Figures as typed: one step for one field, undo and redo, and a case of its own once saved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cost_draft import CostDraft

pytestmark = pytest.mark.unit

FIELDS = ("low", "mode", "high", "source", "assumption", "rating", "payer")


def test_typing_on_in_a_field_is_one_step() -> None:
    draft = CostDraft()
    for text in ("9", "90", "900"):
        assert draft.typed("leavers", "mode", text)
    assert draft.typed("leavers", "high", "50000")
    assert not draft.typed("leavers", "high", "50000")
    assert draft.undo()
    assert draft.edits == {"leavers": {"mode": "900"}}
    assert draft.undo()
    assert draft.edits == {}
    assert not draft.undo()
    assert draft.redo()
    assert draft.redo()
    assert draft.edits == {"leavers": {"mode": "900", "high": "50000"}}


def test_a_field_left_empty_is_the_cases_own_again() -> None:
    draft = CostDraft()
    draft.typed("leavers", "mode", "9")
    draft.typed("leavers", "mode", "")
    assert draft.edits == {}


def test_a_figure_has_one_kind_of_evidence() -> None:
    draft = CostDraft()
    draft.typed("leavers", "assumption", "a guess")
    draft.typed("leavers", "source", "our returns")
    assert draft.edits == {"leavers": {"source": "our returns"}}


def test_once_saved_nothing_is_left_to_save() -> None:
    draft = CostDraft()
    draft.typed("leavers", "mode", "9")
    draft = draft.saved(draft.edits, "/somewhere/mine.yaml")
    assert (draft.of, draft.edits, draft.past) == ("/somewhere/mine.yaml", {}, [])


def test_what_is_typed_while_it_is_saved_stays() -> None:
    draft = CostDraft()
    draft.typed("leavers", "mode", "9")
    draft.typed("cover.days", "mode", "2")
    given = draft.edits
    draft.typed("leavers", "mode", "91")
    draft.typed("pay.overhead", "mode", "3")
    left = draft.saved(given, "mine.yaml")
    assert left.edits == {"leavers": {"mode": "91"}, "pay.overhead": {"mode": "3"}}


def test_what_stood_before_is_what_was_there_when_the_field_was_gone_to() -> None:
    draft = CostDraft()
    for text in ("9", "90"):
        draft.typed("leavers", "mode", text)
    draft.typed("venue", "mode", "5")
    draft.left()
    for text in ("3", "35", "35x"):
        draft.typed("leavers", "mode", text)
    assert draft.before() == {"leavers": [{"mode": "90"}, {}], "venue": [{}]}
    draft.left()
    draft.typed("leavers", "mode", "35xx")
    assert draft.before()["leavers"] == [{"mode": "35x"}, {"mode": "90"}, {}]


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["leavers", "venue"]), st.sampled_from(FIELDS), st.sampled_from(["", "1", "2"])
        ),
        st.sampled_from(["undo", "redo"]),
    ),
    max_size=30,
)


@given(STEPS)
def test_undoing_everything_leads_back_to_the_case_and_redoing_to_the_end(steps: list[object]) -> None:
    draft = CostDraft()
    for step in steps:
        if isinstance(step, tuple):
            draft.typed(*step)
        else:
            getattr(draft, str(step))()
    while draft.redo():
        pass
    end = draft.edits
    while draft.undo():
        pass
    assert draft.edits == {}
    while draft.redo():
        pass
    assert draft.edits == end


def test_ways_to_look_go_round_and_the_usual_one_is_not_kept() -> None:
    draft = CostDraft()
    ways = ("lever", "per-council", "none")
    assert [draft.next_look("grants", ways) for _ in ways] == ["per-council", "none", "lever"]
    assert draft.view == {}
    draft.view = {"grants": "unheard of", "rate": 2.0}
    assert draft.next_look("grants", ways) == "lever"
    assert draft.view == {"rate": 2.0}
