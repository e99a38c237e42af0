"""Why, why not, what is unknown, and what would change it."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from rules.counterfactual import Change, fact_changes, lever_changes
from rules.engine import PolicyEngine
from rules.evaluator import evaluate
from rules.explain import Explained, explain
from rules.levers import SPECS, Levers
from rules.model import Fact, FactSpec
from tests.rules.books import BOOK, engine_facts

pytestmark = pytest.mark.unit

ABROAD = engine_facts(functions=("iro",), contract="agency", new_in_role=True, origin="outside_england")
REVIEWER: dict[str, Fact] = {
    "functions": frozenset({"iro"}),
    "employer": "local_authority",
    "contract": "agency",
    "phase_one_authority": True,
    "asye_since_start": False,
    "origin": "established",
    "new_in_role": True,
    "past_latest_date": True,
    "accredited": False,
}


def engine(chosen: dict[str, object] | None = None) -> PolicyEngine:
    return PolicyEngine(Levers.of(chosen or {}), BOOK)


def of(name: str, facts: Any, chosen: dict[str, object] | None = None) -> Explained:
    found = explain(engine(chosen), facts, changes=False)
    return next(decision for decision in found.decisions if decision.decision == name)


def test_a_reason_cites_its_paragraph_and_the_levers_it_depends_on() -> None:
    (rule,) = of("status", ABROAD).fired
    assert (rule.rule, rule.cited, rule.decisive) == ("IRO", "para 56", True)
    assert [(lever.id, lever.value, lever.question) for lever in rule.levers] == [("q2.iro", "included", 2)]


def test_placeholders_of_a_reason_are_filled_from_the_answer_and_the_levers() -> None:
    window = of("window", engine_facts(origin="newly_qualified"), {"q3": 9})
    assert window.fired[0].because == "Newly qualified: 9 months first (question 3: 9)."


def test_a_rule_that_the_answer_does_not_need_is_not_decisive() -> None:
    both = of("status", engine_facts(functions=("s47_lead", "iro")))
    assert [(rule.rule, rule.decisive) for rule in both.fired] == [("S47", False), ("IRO", True)]


def test_a_near_miss_names_exactly_the_tests_that_failed_and_what_they_read() -> None:
    retake = of("retake", {"elements_failed": 1, "failed_narrowly": False, "attempt": 2})
    narrow = next(near for near in retake.near_misses if near.rule == "NARROW")
    assert (narrow.rule, narrow.cited) == ("NARROW", "para 75")
    assert [(failed.fact, failed.value, failed.needed) for failed in narrow.failed] == [
        ("failed_narrowly", False, "yes")
    ]
    assert narrow.failed[0].sentence() == "Failed narrowly: no; needed yes"


def test_near_misses_come_nearest_first_and_only_when_they_would_change_the_answer() -> None:
    retake = of("retake", {"elements_failed": 0, "failed_narrowly": False, "attempt": 1})
    assert [(near.rule, len(near.failed)) for near in retake.near_misses] == [("TWO", 1), ("NARROW", 2)]
    assert len(explain(engine(), {"elements_failed": 0, "attempt": 1}, near=1).decisions[-1].near_misses) == 1


def test_what_is_not_known_is_named_and_an_untouched_decision_says_so() -> None:
    retake = of("retake", {"elements_failed": 1})
    assert [unknown.fact for unknown in retake.unknown] == ["failed_narrowly", "attempt"]
    assert retake.touched
    assert not of("retake", ABROAD).touched


def test_a_case_the_text_leaves_open_is_said_with_the_reading() -> None:
    endorser = of("endorser", {"contract": "self_employed"}, {"q7": "agency_endorses"})
    assert not endorser.decided
    assert [(case.id, case.reading, case.cited) for case in endorser.open_cases] == [
        ("GAP-SELF-EMPLOYED", "Nobody does.", "para 72")
    ]


def test_derived_facts_are_told_from_given_ones() -> None:
    found = explain(engine(), ABROAD, changes=False)
    assert found.derived == {"status_required": "supervisor"}
    assert found.facts["functions"] == ("iro",)
    assert list(found.facts) == ["functions", "contract", "new_in_role", "origin"]


def test_an_explanation_is_plain_data_and_the_same_every_time() -> None:
    one, two = (json.dumps(explain(engine(), ABROAD).to_dict()) for _ in range(2))
    assert one == two
    text = "\n".join(line for each in explain(engine(), ABROAD).decisions for line in each.sentences())
    assert "because" in text
    assert "frozenset" not in text


def _settings(changes: tuple[Change, ...]) -> dict[tuple[tuple[str, Any], ...], list[str]]:
    return {
        tuple((setting.id, setting.becomes) for setting in change.settings): [
            altered.decision for altered in change.altered
        ]
        for change in changes
    }


def test_single_settings_of_a_lever_that_alter_an_answer() -> None:
    found = _settings(lever_changes(engine(), ABROAD))
    assert found == {
        (("q2.iro", "excluded"),): ["status", "window"],
        (("q4.supervisor", "0"),): ["window"],
        (("q6.supervisor", "within_6_months"),): ["window"],
        (("q7", "agency_endorses"),): ["endorser"],
    }


def test_a_pair_of_settings_is_looked_for_when_no_single_one_will_do() -> None:
    twin = engine_facts(functions=("iro", "s47_lead"))
    found = _settings(
        lever_changes(PolicyEngine(Levers()), {"functions": frozenset({"iro", "conference_chair"})})
    )
    assert (("q2.conference_chair", "excluded"), ("q2.iro", "excluded")) in found
    assert all(len(key) == 1 for key in _settings(lever_changes(engine(), twin)))


def test_every_change_does_alter_what_it_says() -> None:
    shipped = PolicyEngine(Levers.of({"q1.practitioner": "mandatory"}))
    before = shipped.derive(REVIEWER)
    changes = lever_changes(shipped, REVIEWER)
    assert changes
    for change in changes:
        chosen = {setting.id: _typed(setting.id, setting.becomes) for setting in change.settings}
        after = PolicyEngine(shipped.levers.patched(chosen)).derive(REVIEWER)
        differing = [name for name in before if before[name].answer != after[name].answer]
        assert differing == [altered.decision for altered in change.altered]
        for altered in change.altered:
            for field, was, becomes in altered.fields:
                assert (before[altered.decision].answer[field], after[altered.decision].answer[field]) == (
                    was,
                    becomes,
                )


def _typed(lever: str, value: Any) -> object:
    return value if SPECS[lever].kind in ("choice", "date") else int(value)


def test_single_facts_that_alter_an_answer() -> None:
    failed: dict[str, Fact] = {"elements_failed": 1, "failed_narrowly": False, "attempt": 1}
    found = _settings(fact_changes(engine(), failed))
    assert found == {
        (("elements_failed", 2),): ["retake"],
        (("failed_narrowly", True),): ["retake"],
    }
    found = _settings(fact_changes(engine(), ABROAD))
    assert found[("functions", ()),] == ["status", "window"]
    assert found[("contract", "employed"),] == ["endorser"]


# The shipped rules: both interpreters over random people and random levers.


def _value(rng: random.Random, spec: FactSpec) -> Fact:
    if spec.kind == "set":
        return frozenset(choice for choice in spec.choices if rng.random() < 0.2)
    if spec.kind == "number":
        return rng.randint(spec.low, spec.high)
    return rng.choice(spec.choices) if spec.kind == "choice" else rng.random() < 0.5


def _random_levers(rng: random.Random) -> Levers:
    return Levers.of(
        {
            lever: rng.choice(spec.options).name
            if spec.kind == "choice"
            else rng.randint(int(spec.low), int(spec.high))  # type: ignore[arg-type]
            for lever, spec in SPECS.items()
            if spec.kind in ("choice", "months", "count", "years") and rng.random() < 0.5
        }
    )


def test_the_shipped_rules_fire_as_the_plain_evaluator_reads_them() -> None:
    rng, cases, fired = random.Random(53), 0, 0
    for _ in range(12):
        policy = PolicyEngine(_random_levers(rng))
        for _ in range(40):
            facts = {
                name: _value(rng, spec)
                for name, spec in policy.rulebook.vocabulary.items()
                if not spec.derived and rng.random() < 0.9
            }
            decisions, _ = policy.derivation(facts)
            known = dict(facts)
            for name, decision in decisions.items():
                table, conditions = policy.rulebook.decisions[name], policy.compiled(name).conditions
                plain = tuple(
                    rule.id
                    for rule in table.rules
                    if rule.id in conditions and evaluate(rule.when, known, policy.levers) is True
                )
                assert decision.fired == plain
                cases, fired = cases + len(conditions), fired + len(plain)
                if not decision.missing:
                    derived = {fact: decision.answer[field] for fact, field in table.derives.items()}
                    known |= {fact: value for fact, value in derived.items() if value is not None}
    assert cases > 20_000
    assert fired > 3_000
