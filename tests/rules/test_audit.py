import dataclasses
import json

import pytest

from rules.audit import AuditReport, audit, audit_rulebook, unread_levers
from rules.cases import load_cases, run_cases
from rules.levers import SPECS
from rules.loader import load_rulebook
from rules.model import Leaf, Rule, Rulebook

pytestmark = pytest.mark.unit

BOOK = load_rulebook()
REPORT = audit()
FOUND = {finding.id: finding for finding in REPORT.findings}


def changed(decision: str, **fields: object) -> Rulebook:
    table = dataclasses.replace(BOOK.decisions[decision], **fields)  # type: ignore[arg-type]
    return dataclasses.replace(BOOK, decisions={**BOOK.decisions, decision: table})


def defects(book: Rulebook, kind: str) -> list[str]:
    results = run_cases(load_cases(), BOOK)
    return [defect.where for defect in audit_rulebook(book, results).defects if defect.kind == kind]


def without(decision: str, rule: str) -> tuple[Rule, ...]:
    return tuple(other for other in BOOK.decisions[decision].rules if other.id != rule)


def replaced(decision: str, name: str, **fields: object) -> tuple[Rule, ...]:
    return tuple(
        dataclasses.replace(rule, **fields) if rule.id == name else rule  # type: ignore[arg-type]
        for rule in BOOK.decisions[decision].rules
    )


def test_the_shipped_rulebook_is_sound() -> None:
    assert REPORT.defects == ()
    assert REPORT.sound
    assert REPORT.situations > 500


def test_a_missing_rule_leaves_a_gap_with_the_case_that_shows_it() -> None:
    book = changed("mandate", rules=without("mandate", "MAN-LEADER-MANDATORY"))
    (gap,) = [defect for defect in audit_rulebook(book, ()).defects if defect.kind == "gap"]
    assert gap.facts == {"status_required": "leader"}
    assert gap.levers == {"q1.leader": "mandatory"}


def test_two_rules_that_disagree_are_a_conflict() -> None:
    rules = replaced("phase", "PHA-ONE-PRACTITIONERS", then={"phase": "two"})
    assert "phase" in defects(changed("phase", rules=rules), "conflict")


def test_rules_that_agree_are_none() -> None:
    rules = (
        *BOOK.decisions["review"].rules,
        dataclasses.replace(BOOK.decisions["review"].rules[0], id="REV-AGAIN"),
    )
    assert defects(changed("review", rules=rules), "conflict") == []


def test_a_rule_that_can_never_fire_is_dead() -> None:
    never = dataclasses.replace(
        BOOK.decisions["retake"].rules[0], when=Leaf("elements_failed", "above", 3), id="RET-NEVER"
    )
    book = changed("retake", rules=(*BOOK.decisions["retake"].rules, never))
    assert defects(book, "dead_rule") == ["RET-NEVER"]
    assert "RET-NEVER" in defects(book, "uncovered_rule")


def test_a_rule_that_only_some_lever_value_lets_fire_is_not_dead() -> None:
    assert "RET-STOPPED" not in defects(BOOK, "dead_rule")


def test_a_known_gap_that_the_document_decides_is_stale() -> None:
    table = BOOK.decisions["retake"]
    gap = dataclasses.replace(table.known_gaps[0], id="GAP-STALE", when=Leaf("elements_failed", "is", 2))
    book = changed("retake", known_gaps=(*table.known_gaps, gap))
    assert defects(book, "stale_gap") == ["GAP-STALE"]


def test_a_silence_that_nobody_declared_is_a_defect() -> None:
    assert defects(changed("retake", known_gaps=()), "gap")


def test_a_lever_that_nothing_reads_is_named() -> None:
    book = changed("review", rules=without("review", "REV-AVAILABLE"))
    book = dataclasses.replace(
        book,
        decisions={
            **book.decisions,
            "review": dataclasses.replace(
                book.decisions["review"],
                rules=tuple(dataclasses.replace(rule, under={}) for rule in book.decisions["review"].rules),
            ),
        },
    )
    assert [defect.where for defect in unread_levers(book)] == ["review"]
    wrong = dataclasses.replace(SPECS["q7"], read_by="simulation")
    assert [defect.where for defect in unread_levers(BOOK, {"q7": wrong})] == ["q7"]


def test_a_case_that_fails_and_a_rule_without_a_case_are_defects() -> None:
    results = run_cases([dataclasses.replace(load_cases()[0], expect={"status": "leader"})])
    kinds = {defect.kind for defect in audit_rulebook(BOOK, results).defects}
    assert kinds == {"failed_case", "uncovered_rule"}


def test_one_element_failed_but_not_narrowly_is_found_to_be_silent() -> None:
    found = FOUND["GAP-RET-ONE-WIDE"]
    assert found.facts == {"elements_failed": 1, "failed_narrowly": False, "attempt": 1}
    assert [citation.paragraph for citation in found.cite] == [75, 76]
    assert found.cases == 10


def test_question_7_the_other_way_leaves_the_self_employed_without_an_endorser() -> None:
    found = FOUND["GAP-END-SELF-EMPLOYED"]
    assert found.levers == {"q7": "agency_endorses"}
    assert found.facts["contract"] == "self_employed"


def test_twelve_months_at_least_against_six_at_most_is_an_empty_window() -> None:
    empty = [finding for finding in REPORT.findings if finding.kind == "empty_window"]
    assert {tuple(finding.levers.items()) for finding in empty} == {
        ((f"q{question}.{status}", "within_6_months"),)
        for question in (5, 6)
        for status in ("supervisor", "leader")
    }
    assert all(finding.facts["new_in_role"] is True for finding in empty)
    assert "no earlier than 1 January 2019, and put forward no later than 1 July 2018" in empty[0].shown[-1]


def test_twelve_months_at_least_against_twelve_at_most_is_a_single_day() -> None:
    single = [finding for finding in REPORT.findings if finding.kind == "single_day"]
    assert len(single) == 4
    assert all(finding.levers == {} for finding in single)


def test_whoever_starts_in_the_last_year_cannot_be_assessed_by_its_end() -> None:
    late = [finding for finding in REPORT.findings if finding.kind == "too_late"]
    said = "whoever starts after 31 December 2019 cannot be assessed by 31 December 2020."
    assert len(late) == 3
    assert all(finding.title.endswith(said) for finding in late)
    assert all(53 in {citation.paragraph for citation in finding.cite} for finding in late)


def test_findings_follow_from_the_rules_and_are_not_typed_in() -> None:
    decided = replaced("retake", "RET-NARROW-EMPLOYER", when=Leaf("elements_failed", "is", 1))
    report = audit_rulebook(changed("retake", rules=decided), ())
    assert "GAP-RET-ONE-WIDE" not in {finding.id for finding in report.findings}


def test_the_register_of_readings_names_rules_and_levers() -> None:
    register = {reading.where for reading in REPORT.readings}
    assert {"q8.one_wide", "q8.max_attempts", "q1.consequence", "END-EMPLOYED-LEADER"} <= register
    assert "q7" not in register


def test_a_report_is_plain_data() -> None:
    data = json.loads(json.dumps(REPORT.to_dict()))
    assert data["sound"] is True
    assert len(data["findings"]) == len(REPORT.findings)
    assert isinstance(REPORT, AuditReport)
