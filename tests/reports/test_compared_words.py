"""What is compared is said in the words of the questions and of their answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.compared_words import compared_words
from scenarios.loader import load_scenario

pytestmark = pytest.mark.unit


def test_a_lever_is_told_by_its_question_and_its_answers(tmp_path: Path) -> None:
    file = tmp_path / "sooner.yaml"
    file.write_text(
        "id: sooner\ntitle: Six months in post\nwhy: W.\nparent: mandatory\n"
        "levers: {q3: 6, q7: agency_endorses}\n",
        encoding="utf-8",
    )
    lines = list(compared_words([load_scenario("mandatory"), load_scenario(str(file))]))
    assert lines[:3] == [
        "mandatory: Mandatory for every status (the baseline)",
        "sooner: Six months in post",
        "  q3, months in post before newly qualified social workers may be assessed: 6 instead of 12 months",
    ]
    assert lines[3].startswith("  q7, ")
    assert "agency endorses (" in lines[3]
    assert " instead of host endorses (" in lines[3]


def test_nothing_different_is_said_and_one_alone_is_no_baseline() -> None:
    one = load_scenario("mandatory")
    assert list(compared_words([one])) == ["mandatory: Mandatory for every status"]
    assert list(compared_words([one, one]))[-1] == "  nothing differs from mandatory"
