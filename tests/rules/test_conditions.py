"""Rewriting conditions keeps their meaning, for known and unknown facts."""

from __future__ import annotations

import pytest
from hypothesis import given

from rules.conditions import (
    ConditionError,
    facts_read,
    leaves,
    levers_read,
    normal_form,
    resolve,
)
from rules.evaluator import evaluate
from rules.lowering import conjunctions
from rules.model import All, AnyOf, Condition, Fact, Leaf, LeverRef, NoneOf
from tests.rules.strategies import VOCABULARY, conditions, known_facts

pytestmark = pytest.mark.property


@given(conditions(), known_facts())
def test_normal_form_means_the_same_also_when_facts_are_unknown(
    condition: Condition, facts: dict[str, Fact]
) -> None:
    assert evaluate(normal_form(condition, VOCABULARY), facts) is evaluate(condition, facts)


@given(conditions())
def test_normal_form_denies_nothing_but_membership(condition: Condition) -> None:
    assert all(_denied_leaves_only(part) for part in _groups(normal_form(condition, VOCABULARY)))


def _groups(condition: Condition) -> list[All | AnyOf | NoneOf]:
    if isinstance(condition, Leaf):
        return []
    return [condition, *(group for part in condition.parts for group in _groups(part))]


def _denied_leaves_only(group: All | AnyOf | NoneOf) -> bool:
    if not isinstance(group, NoneOf):
        return True
    return len(group.parts) == 1 and isinstance(group.parts[0], Leaf) and group.parts[0].test == "includes"


@given(conditions(), known_facts())
def test_conjunctions_hold_exactly_when_the_condition_is_true(
    condition: Condition, facts: dict[str, Fact]
) -> None:
    flat: dict[str, object] = dict(facts)
    if isinstance(members := facts.get("functions"), frozenset):
        flat |= {f"functions__{name}": name in members for name in VOCABULARY["functions"].choices}
    holds = {
        "=": lambda left, right: left == right,
        "$gte": lambda left, right: left >= right,
        "$lte": lambda left, right: left <= right,
        "$gt": lambda left, right: left > right,
        "$lt": lambda left, right: left < right,
    }
    found = any(
        all(lit.name in flat and holds[lit.operator](flat[lit.name], lit.value) for lit in conjunction)
        for conjunction in conjunctions(condition, VOCABULARY)
    )
    assert found is (evaluate(condition, facts) is True)


@pytest.mark.parametrize(
    ("condition", "same"),
    [
        (Leaf("attempt", "at_least", 3), Leaf("attempt", "below", 3)),
        (Leaf("attempt", "above", 3), Leaf("attempt", "at_most", 3)),
        (Leaf("contract", "is", "agency"), Leaf("contract", "one_of", ("employed", "self_employed"))),
        (Leaf("new", "is", True), Leaf("new", "one_of", (False,))),
        (Leaf("functions", "includes", "iro"), NoneOf((Leaf("functions", "includes", "iro"),))),
    ],
)
def test_denials_of_single_tests(condition: Leaf, same: Condition) -> None:
    assert normal_form(NoneOf((condition,)), VOCABULARY) == All((same,))


def test_levers_become_constants_and_are_listed_in_the_order_written() -> None:
    condition = All(
        (
            Leaf("attempt", "at_least", LeverRef("q8.max_attempts")),
            NoneOf((Leaf("contract", "one_of", ("agency", LeverRef("who"))),)),
        )
    )
    assert levers_read(condition) == ("q8.max_attempts", "who")
    settled = resolve(condition, {"q8.max_attempts": 3, "who": "employed"})
    assert [leaf.value for leaf in leaves(settled)] == [3, ("agency", "employed")]
    assert facts_read(settled) == {"attempt", "contract"} == facts_read(condition)


def test_a_rule_that_unfolds_without_end_is_refused() -> None:
    either = [AnyOf((Leaf("attempt", "at_least", n), Leaf("failed", "below", n))) for n in range(20)]
    with pytest.raises(ConditionError, match="more than 256"):
        conjunctions(All(tuple(either)), VOCABULARY)


def test_contradictions_and_repetitions_are_dropped() -> None:
    here, abroad = Leaf("origin", "is", "here"), Leaf("origin", "is", "abroad")
    assert conjunctions(All((here, abroad)), VOCABULARY) == ()
    assert len(conjunctions(AnyOf((here, All((here, Leaf("new", "is", True))), here)), VOCABULARY)) == 1


@pytest.mark.parametrize(
    "leaf",
    [
        Leaf("unheard_of", "is", True),
        Leaf("attempt", "is", True),
        Leaf("attempt", "at_least", 2**53 + 1),
        Leaf("contract", "at_least", 3),
        Leaf("contract", "is", "pirate"),
        Leaf("functions", "is", "iro"),
        Leaf("functions", "includes", "cook"),
        Leaf("new", "includes", "iro"),
    ],
)
def test_a_test_that_its_fact_cannot_take_is_refused(leaf: Leaf) -> None:
    with pytest.raises(ConditionError):
        conjunctions(leaf, VOCABULARY)
