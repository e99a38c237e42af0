"""The plain evaluator: three-valued verdicts, and the fewest leaves that stand in the way."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.conditions import ConditionError, facts_read
from rules.evaluator import Obstacle, evaluate, judge, obstacles, unknowns
from rules.model import All, AnyOf, Condition, Fact, Leaf, LeverRef, NoneOf
from tests.rules.strategies import VOCABULARY, conditions, domain, known_facts

pytestmark = pytest.mark.property

T, F, U = Leaf("t", "is", True), Leaf("f", "is", True), Leaf("u", "is", True)
FACTS: dict[str, Fact] = {"t": True, "f": False}


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (All(), True),
        (AnyOf(), False),
        (NoneOf(), True),
        (All((T, U)), None),
        (All((U, F)), False),
        (AnyOf((F, U)), None),
        (AnyOf((U, T)), True),
        (NoneOf((F, U)), None),
        (NoneOf((U, T)), False),
        (NoneOf((NoneOf((U,)),)), None),
    ],
)
def test_kleene_tables(condition: Condition, verdict: bool | None) -> None:
    assert evaluate(condition, FACTS) is verdict


@pytest.mark.parametrize(
    ("leaf", "value", "verdict"),
    [
        (Leaf("x", "at_least", 3), 3, True),
        (Leaf("x", "at_least", 3), 2, False),
        (Leaf("x", "at_most", 3), 3, True),
        (Leaf("x", "above", 3), 3, False),
        (Leaf("x", "below", 3), 2, True),
        (Leaf("x", "is", 1), True, False),
        (Leaf("x", "one_of", ("a", "b")), "b", True),
        (Leaf("x", "one_of", ()), "b", False),
        (Leaf("x", "includes", "iro"), frozenset({"iro", "chair"}), True),
        (Leaf("x", "includes", "iro"), frozenset(), False),
    ],
)
def test_each_test_of_a_fact(leaf: Leaf, value: Fact, verdict: bool) -> None:
    assert evaluate(leaf, {"x": value}) is verdict
    assert evaluate(leaf, {}) is None


def test_a_lever_supplies_the_value_and_its_absence_is_said() -> None:
    leaf = Leaf("x", "at_least", LeverRef("q3"))
    assert evaluate(leaf, {"x": 12}, {"q3": 12}) is True
    assert evaluate(leaf, {"x": 12}, {"q3": 13}) is False
    for levers in (None, {}, {"q3": 0.5}):
        with pytest.raises(ConditionError, match="q3"):
            evaluate(leaf, {"x": 12}, levers)


@pytest.mark.parametrize("leaf", [Leaf("x", "at_least", 1), Leaf("x", "includes", "a")])
def test_a_fact_of_the_wrong_kind_is_an_error_and_not_a_verdict(leaf: Leaf) -> None:
    with pytest.raises(ConditionError, match="'x'"):
        evaluate(leaf, {"x": True})


def test_obstacles_are_the_shortest_way_round() -> None:
    condition = All((AnyOf((All((F, F)), F)), NoneOf((T,)), U))
    assert obstacles(judge(condition, FACTS)) == (Obstacle(F, False), Obstacle(T, True, should_hold=False))
    longer = AnyOf((All((Leaf("f", "is", True), NoneOf((T,)))), F))
    assert obstacles(judge(longer, FACTS)) == (Obstacle(F, False),)


@given(conditions(), known_facts())
def test_unknown_means_that_completions_may_differ_and_never_hides_a_settled_answer(
    condition: Condition, facts: dict[str, Fact]
) -> None:
    verdict = evaluate(condition, facts)
    assert judge(condition, facts).verdict is verdict
    open_facts = sorted(facts_read(condition) - set(facts))[:3]
    assert verdict is not None or open_facts
    choices = [_all_values(name) for name in open_facts]
    complete = facts | {name: _all_values(name)[0] for name in facts_read(condition) - set(facts)}
    for combination in itertools.islice(itertools.product(*choices), 60):
        found = evaluate(condition, complete | dict(zip(open_facts, combination, strict=True)))
        assert found is not None
        assert verdict is None or found is verdict


@given(conditions(), known_facts())
def test_removing_the_obstacles_makes_the_condition_hold_or_unknown(
    condition: Condition, facts: dict[str, Fact]
) -> None:
    judged = judge(condition, facts)
    blocked = obstacles(judged)
    assert bool(unknowns(judged)) is (judged.verdict is None)
    if judged.verdict is not False or _has_an_empty_group(condition):
        return
    assert blocked
    changed = {obstacle.leaf for obstacle in blocked}
    assert evaluate(_forced(condition, changed, facts), facts) is not False


def _has_an_empty_group(condition: Condition) -> bool:
    """An empty group reads no fact, so that nothing can be changed about it."""
    if isinstance(condition, Leaf):
        return False
    return not condition.parts or any(map(_has_an_empty_group, condition.parts))


def _forced(condition: Condition, changed: set[Leaf], facts: dict[str, Fact]) -> Condition:
    """The condition with the obstacle leaves replaced by what they would have to be."""
    if not isinstance(condition, Leaf):
        return replace(condition, parts=tuple(_forced(part, changed, facts) for part in condition.parts))
    if condition not in changed:
        return condition
    return AnyOf() if evaluate(condition, facts) else All()


def _all_values(name: str) -> list[Fact]:
    spec = VOCABULARY[name]
    if spec.kind != "set":
        return list(domain(spec))
    return [frozenset(members) for n in range(4) for members in itertools.combinations(spec.choices, n)]


@given(st.data())
def test_learning_more_never_changes_a_settled_verdict(data: st.DataObject) -> None:
    condition, facts = data.draw(conditions()), data.draw(known_facts())
    fewer = {name: value for name, value in facts.items() if data.draw(st.booleans(), label=name)}
    settled = evaluate(condition, fewer)
    assert settled is None or evaluate(condition, facts) is settled
