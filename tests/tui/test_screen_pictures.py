"""How every screen looks, with answers of the desk that were kept (see recorded.py)."""

from __future__ import annotations

import asyncio

import pytest

from tests.tui.recorded import Recorded
from tests.tui.screen_states import STATES, State, shown

pytestmark = pytest.mark.snapshot


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_the_screen_looks_as_kept(state: State) -> None:
    asyncio.run(shown(state, Recorded()))


def test_pictures_cover_sizes_themes_and_sets_of_signs() -> None:
    assert {state.screen for state in STATES} == {"levers", "compare", "why", "costs", "capacity"}
    assert {state.size for state in STATES} == {(80, 24), (100, 30), (140, 45)}
    assert {state.theme for state in STATES} == {"light", "dark", "contrast"}
    assert {state.glyphs for state in STATES} == {"braille", "block", "ascii"}
    assert any(state.plain for state in STATES)
