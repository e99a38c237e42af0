"""Differences in words: never without an interval where there is one, and unclear where it spans zero."""

from __future__ import annotations

import pytest

from reports.comparing import difference_words, mark_of, sides_words, word_for
from scenarios.comparison import Difference, Estimate
from scenarios.pairing import Sides

pytestmark = pytest.mark.unit

NAN = float("nan")


def difference(mean: float, low: float, high: float, verdict: str, n: int = 8) -> Difference:
    return Difference(Estimate(mean, low, high, n), verdict)


@pytest.mark.parametrize(
    ("found", "unit", "said", "mark"),
    [
        (
            difference(1873, 1857, 1890, "better"),
            "people",
            "M: b is higher by 1,873 [1,857, 1,890], which is better (80% interval).",
            "^",
        ),
        (
            difference(-292, -299, -286, "lower"),
            "people",
            "M: b is lower by 292 [286, 299] (80% interval).",
            "v",
        ),
        (
            difference(-0.02, -0.03, -0.01, "worse"),
            "share",
            "M: b is lower by 2.0 points [1.0, 3.0], which is worse (80% interval).",
            "v",
        ),
        (
            difference(310, -40, 720, "unclear"),
            "FTE",
            "M: no clear difference; b less a +310 [-40, +720] (80% interval).",
            "?",
        ),
        (difference(0, 0, 0, "no difference"), "people", "M: no difference between b and a.", "="),
        (difference(NAN, NAN, NAN, "unclear", 0), "share", "M: not defined in both scenarios.", "?"),
    ],
)
def test_a_difference_is_said_with_its_interval_and_its_word(
    found: Difference, unit: str, said: str, mark: str
) -> None:
    assert difference_words("M", unit, "b", "a", found, 0.8) == said
    assert mark_of(found, unit) == mark


@pytest.mark.parametrize(
    ("found", "unit", "said"),
    [
        (difference(0.001, 0.0002, 0.002, "better"), "share", "+0.1 points [0.0, +0.2]"),
        (difference(-0.001, -0.002, -0.0002, "worse"), "share", "-0.1 points [-0.2, 0.0]"),
        (difference(0.3, 0.04, 0.6, "higher"), "FTE", "+0.3 [0.0, +0.6]"),
    ],
)
def test_next_to_nothing_is_not_called_better(found: Difference, unit: str, said: str) -> None:
    """An interval that touches zero as it is written is unclear, in the sentence, the word and the sign."""
    words = difference_words("M", unit, "b", "a", found, 0.8)
    assert words == f"M: no clear difference; b less a {said} (80% interval)."
    assert word_for(found, unit) == "unclear"
    assert mark_of(found, unit) == "?"
    clear = difference(0.002, 0.0006, 0.003, "better")  # [0.1, 0.3] as written
    assert word_for(clear, "share") == "better"


def test_one_replication_has_no_interval_and_says_so() -> None:
    found = difference(5, NAN, NAN, "no verdict", 1)
    said = difference_words("M", "people", "b", "a", found, 0.8)
    assert said == "M: b less a +5; one replication has no interval."


def test_the_side_on_which_most_replications_lie_is_said() -> None:
    assert sides_words(Sides(2, 6, 8), "b", "a") == "b is below a in 6 of 8 paired replications."
    assert sides_words(Sides(0, 0, 0), "b", "a") == ""
