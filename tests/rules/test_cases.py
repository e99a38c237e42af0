"""Every case that ships with the rules holds, by the engine and by the plain reading of the same rules."""

import dataclasses
from collections.abc import Iterable

import pytest

from rules.cases import Case, CaseResult, load_cases, run_cases
from rules.compiled import in_force
from rules.domains import every_value, situations
from rules.engine import PolicyEngine
from rules.evaluator import evaluate
from rules.hit_policies import answer
from rules.levers import Levers
from rules.loader import load_rulebook
from rules.model import Condition, Leaf, Rulebook

pytestmark = pytest.mark.unit

BOOK = load_rulebook()
CASES = load_cases()
RESULTS = run_cases(CASES)


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.case.decision}: {result.case.name}")
def test_a_case_holds(result: CaseResult) -> None:
    assert result.differences == ()


def test_every_decision_has_cases() -> None:
    assert {case.decision for case in CASES} == set(BOOK.decisions)


def test_a_plain_reading_of_the_rules_fires_the_same() -> None:
    for case in CASES:
        fired = [
            rule.id
            for rule in BOOK.decisions[case.decision].rules
            if in_force(rule, case.levers, None) and evaluate(rule.when, case.given, case.levers)
        ]
        assert sorted(fired) == sorted(case.fired), case.name


def test_the_engine_and_the_plain_reading_agree_on_every_case_the_audit_visits() -> None:
    plain = PolicyEngine(Levers(), BOOK)
    engines: dict[str, PolicyEngine] = {}
    visited = 0
    for table in BOOK.decisions.values():
        if table.hit_policy == "highest":
            continue  # twelve independent functions: the cases above try each of them
        for situation in situations(table, BOOK.vocabulary, table.rules, every_value):
            engine = engines.setdefault(
                str(situation.setting), plain.with_levers(Levers.of(situation.setting))
            )
            decision = engine.decide(table.name, situation.facts)
            assert decision.fired == tuple(outcome.rule.id for outcome in situation.fired)
            assert decision.answer == answer(table, situation.fired)
            visited += 1
    assert visited > 500


def test_a_wrong_expectation_is_noticed() -> None:
    case = next(
        case
        for case in CASES
        if case.name == "With no minimum time, a newly qualified worker may be assessed from the first day"
    )
    wrong = dataclasses.replace(case, expect={"opens_months": 1}, fired=("WIN-NEWLY-QUALIFIED-OPENS",))
    (result,) = run_cases([wrong])
    assert not result.holds
    assert len(result.differences) == 2


def test_the_cases_notice_when_any_rule_is_taken_away() -> None:
    for name, table in BOOK.decisions.items():
        cases = [case for case in CASES if case.decision == name]
        for rule in table.rules:
            rest = tuple(other for other in table.rules if other is not rule)
            book = dataclasses.replace(
                BOOK, decisions={**BOOK.decisions, name: dataclasses.replace(table, rules=rest)}
            )
            assert _plainly_wrong(book, cases), f"no case misses {rule.id}"


def test_the_cases_notice_when_a_number_in_a_condition_moves_by_one() -> None:
    table = BOOK.decisions["retake"]
    cases = [case for case in CASES if case.decision == "retake"]
    moved = 0
    for rule in table.rules:
        for change in (-1, 1):
            when = _moved(rule.when, change)
            if when == rule.when:
                continue
            moved += 1
            rules = tuple(
                dataclasses.replace(rule, when=when) if other is rule else other for other in table.rules
            )
            book = dataclasses.replace(
                BOOK, decisions={**BOOK.decisions, "retake": dataclasses.replace(table, rules=rules)}
            )
            assert _plainly_wrong(book, cases), f"{rule.id} moved by {change}"
    assert moved >= 10


def _plainly_wrong(book: Rulebook, cases: Iterable[Case]) -> bool:
    return any(
        {
            rule.id
            for rule in book.decisions[case.decision].rules
            if in_force(rule, case.levers, None) and evaluate(rule.when, case.given, case.levers)
        }
        != set(case.fired)
        for case in cases
    )


def _moved(condition: Condition, change: int) -> Condition:
    """The same condition with each whole number in it moved; flags and choices stay."""
    if isinstance(condition, Leaf):
        if type(condition.value) is int:
            return dataclasses.replace(condition, value=condition.value + change)
        return condition
    return type(condition)(tuple(_moved(part, change) for part in condition.parts))
