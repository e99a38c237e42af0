"""Undo and redo of answers: every step can be taken back, and taken back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.lever_draft import LeverDraft

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["q3", "q4.leader", "q9"]), st.sampled_from(["", "1", "12", "x"]), st.booleans()
    ),
    max_size=12,
)


@pytest.mark.unit
def test_what_is_typed_on_in_one_field_is_one_step() -> None:
    draft = LeverDraft(of="s")
    for text in ("1", "18"):
        assert draft.put("q3", text, "12", typing=True)
    draft.left()
    assert draft.put("q3", "180", "12", typing=True)
    assert draft.undo()
    assert draft.edits == {"q3": "18"}
    assert draft.undo()
    assert draft.edits == {}
    assert not draft.undo()


@pytest.mark.unit
def test_the_saved_text_takes_the_edit_away_and_is_a_step_itself() -> None:
    draft = LeverDraft(of="s")
    draft.put("q3", "6", "12")
    assert draft.put("q3", "12", "12")
    assert draft.edits == {}
    assert not draft.put("q3", "12", "12")
    draft.undo()
    assert draft.edits == {"q3": "6"}


@pytest.mark.property
@given(STEPS)
def test_undoing_everything_comes_back_to_the_beginning_and_redoing_to_the_end(
    steps: list[tuple[str, str, bool]],
) -> None:
    draft = LeverDraft(of="s")
    for lever, text, typing in steps:
        draft.put(lever, text, "12", typing=typing)
    end = dict(draft.edits)
    kept = LeverDraft.model_validate_json(draft.model_dump_json())
    while kept.undo():
        pass
    assert kept.edits == {}
    while kept.redo():
        pass
    assert kept.edits == end
