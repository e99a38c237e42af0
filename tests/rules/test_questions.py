"""The levers in the order of a person's answers, and what to warn of as they stand."""

from __future__ import annotations

import pytest

from rules.findings import findings, findings_under
from rules.idle import idle_levers
from rules.levers import SPECS, Levers
from rules.loader import load_rulebook
from rules.questions import SECTIONS, section_of

pytestmark = pytest.mark.unit


def test_every_lever_is_answered_in_exactly_one_place() -> None:
    answered = [lever for section in SECTIONS for lever in section.levers]
    assert sorted(answered) == sorted(SPECS)
    assert [section.question for section in SECTIONS if section.question] == list(range(1, 10))
    assert all(section.levers for section in SECTIONS)
    assert all(section_of(lever).id in {section.id for section in SECTIONS} for lever in SPECS)


def test_the_consultation_itself_has_the_findings_that_it_has_among_all_answers() -> None:
    book = load_rulebook()
    every = {(item.kind, item.title) for item in findings(book)}
    here = {(item.kind, item.title) for item in findings_under(book, Levers())}
    assert here
    assert here <= every


def test_a_wait_longer_than_the_window_is_found_for_just_these_levers() -> None:
    book = load_rulebook()
    found = findings_under(book, Levers.of({"q4.supervisor": 18}))
    empty = [item for item in found if item.kind == "empty_window"]
    assert {item.rules[0] for item in empty} == {"WIN-NEW-SUPERVISOR-OPENS"}
    assert all("at least 18 months and at most 12" in item.title for item in empty)
    assert not findings_under(book, Levers.of({"q3": 0, "q4.supervisor": 0, "q4.leader": 0}))


@pytest.mark.parametrize(
    ("chosen", "lever", "because"),
    [
        ({}, "q9.years", "q9: none"),
        ({"q8": "fixed_waits", "phase.plan": "closed"}, "phase.agency", "phase.plan: closed"),
    ],
)
def test_a_lever_that_no_rule_can_use_says_what_keeps_it(
    chosen: dict[str, object], lever: str, because: str
) -> None:
    idle = idle_levers(load_rulebook(), Levers.of(chosen))
    assert because in idle[lever]


def test_a_lever_that_counts_is_not_idle() -> None:
    idle = idle_levers(load_rulebook(), Levers.of({"q9": "assessment"}))
    assert "q9.years" not in idle
    assert "q1.practitioner" not in idle
