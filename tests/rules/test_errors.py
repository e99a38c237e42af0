"""How an error is shown: the line with a caret under the column, and of a long line only a part."""

from __future__ import annotations

import pytest

from rules.errors import WIDEST_EXCERPT, Place, Problem, nearest

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("column", [1, 30, 400, 970, 1_000])
def test_a_long_line_is_cut_about_its_column(column: int) -> None:
    line = "".join(str(place % 10) for place in range(1, 1_001))
    shown = str(Problem("D006", "wrong", Place("a.yaml", 3, column), "mend it", line)).splitlines()
    assert len(shown) == 3
    assert all(len(part) < WIDEST_EXCERPT + 24 for part in shown)
    assert shown[1][shown[2].index("^")] == line[column - 1]
    assert shown[2].endswith("^ mend it")


def test_a_short_line_is_shown_whole() -> None:
    shown = str(Problem("D006", "wrong", Place("a.yaml", 3, 2), "", "q3: no")).splitlines()
    assert shown[1:] == ["    3 | q3: no", "      |  ^"]


def test_a_column_past_what_is_kept_of_a_line_still_has_an_error() -> None:
    shown = str(Problem("D006", "wrong", Place("a.yaml", 3, 9_000), "", "x" * 2_000)).splitlines()
    assert all(len(part) < WIDEST_EXCERPT + 24 for part in shown)


def test_a_hint_is_never_what_was_typed() -> None:
    assert nearest("q3", ["q3"]) == ""
    family = nearest("take_up", ["take_up.voluntary", "take_up.mandatory", "take_upp"])
    assert family == "did you mean one of: take_up.voluntary, take_up.mandatory?"
    assert nearest("q4.supervisr", ["q4.supervisor", "q3"]) == "did you mean 'q4.supervisor'?"
    assert nearest("q4.leader", ["q4.leader", "q4.leaders"]) == "did you mean 'q4.leaders'?"
