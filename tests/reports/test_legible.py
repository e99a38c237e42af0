"""Text from data on one line, with a known width, and nothing in it that steers a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.legible import fit, folded, legible, legible_lines, shortened, spoken, width
from tests.reports.pages import HOSTILE, cell

pytestmark = pytest.mark.unit

ANYTHING = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))


@given(ANYTHING)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = legible(text)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    assert "  " not in shown
    assert shown == shown.strip() == legible(shown)


@pytest.mark.parametrize("name", ["Kingston [upon] Thames", "[/foo] x", "漢字", "Ynys Môn", "שלום"])
def test_names_stay_as_they_are(name: str) -> None:
    assert legible(name) == name


def test_a_turn_of_direction_and_an_escape_become_visible() -> None:
    assert legible("a\u202eb") == "a\ufffdb"
    assert legible("a\x1b[31mb") == "a\ufffd[31mb"
    assert legible("two\nlines\tand  gaps") == "two lines and gaps"


@given(ANYTHING, st.integers(1, 80), st.booleans())
def test_fitted_text_takes_exactly_its_cells(text: str, cells: int, right: bool) -> None:
    assert width(fit(legible(text), cells, right=right)) == cells


@given(ANYTHING, st.integers(1, 80))
def test_shortened_text_never_takes_more(text: str, cells: int) -> None:
    shown = shortened(legible(text), cells)
    assert width(shown) <= cells
    if width(legible(text)) <= cells:
        assert shown == legible(text)


@given(ANYTHING, st.integers(4, 80))
def test_folded_lines_are_within_and_lose_no_letter(text: str, cells: int) -> None:
    lines = folded(legible(text), cells, indent="  ")
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(legible(text).split())


def test_a_mark_becomes_a_word_once() -> None:
    assert spoken(cell("12", 12.0, "!")) == "12 (needs attention)"
    assert spoken(cell("12", 12.0, "!"), "over") == "12 over"
    assert spoken(cell("unclear", None, "?")) == "unclear"
    assert spoken(cell("+8", 8.0, "?")) == "+8 (unclear)"
    assert spoken(cell("higher", None, "^")) == "higher"
    assert spoken(cell("", None, "!")) == "needs attention"


def test_lines_keep_their_breaks_and_what_they_begin_with() -> None:
    assert legible_lines("a  b\n\n  c\u202ed\x1b[2J\n") == "a b\n\n  c\ufffdd\ufffd[2J\n"
