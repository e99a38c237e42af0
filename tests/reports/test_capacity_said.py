"""What is said of a venue in a time follows one rule, on the map and on the card of a region."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from reports.capacity_words import in_words

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("word", "over", "said"),
    [
        ("busy", 0.4, "busy"),
        ("over", 0.5, "over in 50% of futures"),
        ("over", 0.6, "over capacity"),
        ("choked", 0.9, "far over capacity"),
        ("no seats", 1.0, "over capacity, nothing is open"),
    ],
)
def test_over_capacity_is_more_people_than_seats_in_most_futures(word: str, over: float, said: str) -> None:
    cell: Any = SimpleNamespace(word=word, over=over)
    assert in_words(cell) == said
