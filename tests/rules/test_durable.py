"""durable-rules in its safe subset: it agrees with the plain evaluator, frees what it holds, and stops."""

from __future__ import annotations

import concurrent.futures
import json
import multiprocessing
import os
import pickle
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import durable_rules_engine as c
import pytest

from rules import durable
from rules.conditions import ConditionError
from rules.durable import MAX_PATTERNS, EngineError, Ruleset
from rules.evaluator import evaluate
from rules.lowering import MAX_CONJUNCTIONS, check_names, name_hash
from rules.model import All, AnyOf, Condition, Fact, FactSpec, Leaf, NoneOf
from tests.rules.strategies import KINDS, VOCABULARY, domain

pytestmark = pytest.mark.property


# Random rules without hypothesis: many cheap cases a ruleset, each (rule, facts) pair a case.


def _random_condition(rng: random.Random, depth: int) -> Condition:
    if depth and rng.random() < 0.6:
        parts = tuple(_random_condition(rng, depth - 1) for _ in range(rng.randint(0 if depth < 3 else 1, 3)))
        return rng.choice((All, AnyOf, NoneOf))(parts)
    spec = rng.choice(list(VOCABULARY.values()))
    test = rng.choice(KINDS[spec.kind])
    constants: list[Any] = list(domain(spec))
    many = tuple(rng.sample(constants, rng.randint(1, 2)))
    return Leaf(spec.name, test, many if test == "one_of" else rng.choice(constants))  # type: ignore[arg-type]


def _random_facts(rng: random.Random) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for spec in VOCABULARY.values():
        constants: list[Any] = list(domain(spec))
        if rng.random() < 0.75:
            members = frozenset(member for member in spec.choices if rng.random() < 0.5)
            facts[spec.name] = members if spec.kind == "set" else rng.choice(constants)
    return facts


def _disagreements(seed: int, rulesets: int, rules: int, evaluations: int) -> tuple[int, int, int]:
    """Cases compared, cases in which the two interpreters differ, and cases that fired."""
    rng = random.Random(seed)
    cases = different = hits = 0
    for _ in range(rulesets):
        written = {f"R{number}": _random_condition(rng, 3) for number in range(rules)}
        ruleset = Ruleset(written, VOCABULARY)
        for _ in range(evaluations):
            facts = _random_facts(rng)
            fired = ruleset.fired(facts)
            plain = tuple(name for name, condition in written.items() if evaluate(condition, facts) is True)
            cases += len(written)
            hits += len(plain)
            different += len(set(fired) ^ set(plain)) + (sorted(fired) == sorted(plain) and fired != plain)
        ruleset.close()
    return cases, different, hits


def test_durable_rules_and_the_plain_evaluator_agree() -> None:
    cases, different, hits = _disagreements(seed=2016, rulesets=60, rules=12, evaluations=40)
    assert cases >= 28_000
    assert cases // 5 < hits < cases  # the cases are not all of one kind
    assert different == 0


@pytest.mark.slow
def test_they_agree_on_a_million_cases() -> None:
    cases, different, _ = _disagreements(seed=1989, rulesets=700, rules=30, evaluations=50)
    assert cases >= 1_000_000
    assert different == 0


def test_a_condition_that_only_denies_does_not_fire_for_ever() -> None:
    """Without a guard, the state message of the engine would satisfy each of these again and again."""
    denials: dict[str, Condition] = {
        "ALWAYS": All(),
        "NEVER": AnyOf(),
        "NOT-NEW": NoneOf((Leaf("new", "is", True),)),
        "NOT-IRO": NoneOf((Leaf("functions", "includes", "iro"),)),
    }
    ruleset = Ruleset(denials, VOCABULARY)
    assert ruleset.fired({}) == ("ALWAYS",)
    assert ruleset.fired({"new": False, "functions": frozenset()}) == ("ALWAYS", "NOT-NEW", "NOT-IRO")


def test_a_rule_with_several_ways_to_hold_is_named_once() -> None:
    either = AnyOf((Leaf("new", "is", True), Leaf("late", "is", True), Leaf("attempt", "at_least", 1)))
    ruleset = Ruleset({"B": either, "A": either}, VOCABULARY)
    assert ruleset.fired({"new": True, "late": True, "attempt": 3}) == ("B", "A")


@pytest.fixture
def raw() -> Iterator[Any]:
    handles: list[int] = []

    def firings(condition: dict[str, Any], message: dict[str, Any]) -> int:
        """How often the C engine fires one rule for one message, stopped at 50."""
        handles.append(c.create_ruleset("raw", json.dumps({"r": {"all": [{"m": condition}]}})))
        _, state = c.assert_fact(handles[-1], json.dumps({"id": "f", **message}))
        found = c.start_action_for_state(handles[-1], state)
        step, count = (found[1] if found else None), 0
        while step and count < 50:
            count += 1
            step = c.complete_and_start_action(handles[-1], state)
        return count

    yield firings
    for handle in handles:
        c.delete_ruleset(handle)


def test_the_traps_avoided_are_still_there(raw: Any) -> None:
    """Each of these is a reason for the lowering; when one goes away, the lowering may become simpler."""
    message = {"kind": "case", "a": True, "b": True}
    assert raw({"$and": [{"kind": "case"}, {"$or": [{"a": True}, {"b": True}]}]}, message) == 2
    assert raw({"$and": [{"kind": "case"}, {"a": 1}]}, message) == 1  # true is 1
    assert raw({"$and": [{"kind": "case"}, {"costarring": 1}]}, message | {"liquid": 1}) == 1
    assert raw({"$nex": {"b": 1}}, {"kind": "case"}) == 2  # the engine's state message satisfies it too


def test_facts_of_the_wrong_kind_never_reach_the_c_engine() -> None:
    ruleset = Ruleset({"R": All((Leaf("attempt", "is", 1), Leaf("new", "is", True)))}, VOCABULARY)
    wrong: list[dict[str, Any]] = [
        {"attempt": True},
        {"attempt": "1"},
        {"attempt": 1.0},
        {"attempt": 2**53 + 1},
        {"new": 1},
        {"new": "true"},
    ]
    for facts in wrong:
        with pytest.raises(ConditionError):
            ruleset.fired(facts)
    assert ruleset.fired({"attempt": 1, "new": True, "origin": "nobody reads this"}) == ("R",)
    for value in ("pirate", frozenset({"agency"})):
        with pytest.raises(ConditionError):
            Ruleset({"R": Leaf("contract", "is", "agency")}, VOCABULARY).fired({"contract": value})
    with pytest.raises(ConditionError):
        Ruleset({"R": Leaf("functions", "includes", "iro")}, VOCABULARY).fired({"functions": frozenset("x")})


def test_integers_at_the_edge_are_compared_exactly() -> None:
    ruleset = Ruleset(
        {"R": Leaf("attempt", "above", 2**53 - 1), "S": Leaf("attempt", "below", -5)}, VOCABULARY
    )
    assert [ruleset.fired({"attempt": n}) for n in (2**53 - 1, 2**53, -5, -(2**53))] == [
        (),
        ("R",),
        (),
        ("S",),
    ]


@pytest.mark.parametrize("name", ["id", "sid", "kind", "two words", "a.b", "naïve", "", "x" * 65, "$s"])
def test_names_that_mean_something_to_the_c_engine_are_refused(name: str) -> None:
    with pytest.raises(ConditionError):
        Ruleset({"R": Leaf(name, "is", True)}, {name: FactSpec(name, "flag", "?")})


def test_two_names_with_one_hash_are_refused() -> None:
    assert name_hash("costarring") == name_hash("liquid")
    with pytest.raises(ConditionError, match="costarring"):
        check_names(["liquid", "attempt", "costarring"])
    clash = {"f": FactSpec("f", "set", "", choices=("a",)), "f__a": FactSpec("f__a", "flag", "")}
    with pytest.raises(ConditionError, match="share a name"):
        Ruleset({"R": All((Leaf("f", "includes", "a"), Leaf("f__a", "is", True)))}, clash)


def test_more_patterns_than_one_ruleset_takes_are_matched_in_parts() -> None:
    """600 rules in one C ruleset would hang it, 65 that all hold would be refused."""
    many: dict[str, Condition] = {f"R{n}": Leaf("attempt", "at_least", n % 5) for n in range(600)}
    many["EITHER"] = AnyOf(tuple(Leaf("failed", "is", n) for n in range(MAX_PATTERNS + 5)))
    ruleset = Ruleset(many, VOCABULARY)
    assert ruleset.fired({"attempt": 4, "failed": MAX_PATTERNS + 4}) == tuple(many)
    assert len(ruleset.fired({"attempt": 0})) == 120
    ruleset.close()


def test_limits_are_refused_with_the_name_of_the_rule() -> None:
    wide = AnyOf(tuple(Leaf("attempt", "is", n) for n in range(MAX_CONJUNCTIONS + 1)))
    with pytest.raises(ConditionError, match=r"rule WIDE: .* split the rule"):
        Ruleset({"WIDE": wide}, VOCABULARY)
    members = FactSpec("big", "set", "", choices=tuple(f"m{n}" for n in range(250)))
    with pytest.raises(ConditionError, match="more than 200"):
        Ruleset({"R": Leaf("big", "includes", "m1")}, {"big": members})


def test_no_rules_at_all_decide_nothing() -> None:
    assert Ruleset({}, VOCABULARY).fired({"new": True}) == ()


def test_a_closed_ruleset_says_so() -> None:
    ruleset = Ruleset({"R": All()}, VOCABULARY)
    ruleset.close()
    ruleset.close()
    with pytest.raises(EngineError, match="closed"):
        ruleset.fired({})


class _Endless:
    """Stands in for the C module: every action is followed by another one."""

    error = c.error

    def __getattr__(self, name: str) -> Any:
        return getattr(c, name)

    def start_action_for_state(self, *_: int) -> tuple[str, str]:
        return "", '{"p0": {}}'

    def complete_and_start_action(self, *_: int) -> str:
        return '{"p0": {}}'


def test_rules_that_would_fire_for_ever_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    ruleset = Ruleset({"R": All()}, VOCABULARY)
    with monkeypatch.context() as patched:
        patched.setattr(durable, "library", _Endless)
        with pytest.raises(EngineError, match="more often"):
            ruleset.fired({})
    assert ruleset.fired({}) == ("R",)


def test_a_python_without_the_c_module_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    durable.library.cache_clear()
    with pytest.raises(EngineError, match=r"Python 3\.11 or 3\.12, and a C compiler"):
        durable.library()


def _sample() -> Ruleset:
    rng = random.Random(5)
    return Ruleset({f"R{n}": _random_condition(rng, 3) for n in range(20)}, VOCABULARY)


def _answers(ruleset: Ruleset) -> str:
    rng = random.Random(7)
    return json.dumps([ruleset.fired(_random_facts(rng)) for _ in range(200)])


def test_a_pickled_ruleset_answers_the_same_here_and_in_a_new_process() -> None:
    ruleset = _sample()
    here = _answers(ruleset)
    assert _answers(pickle.loads(pickle.dumps(ruleset))) == here
    spawn = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=spawn) as pool:
        assert pool.submit(_answers, ruleset).result(timeout=60) == here


def test_the_hash_seed_does_not_matter() -> None:
    code = "from tests.rules.test_durable import _answers, _sample; print(_answers(_sample()))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert found == {_answers(_sample()) + "\n"}


def _peak_mb() -> float:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


def test_memory_does_not_grow_with_decisions_nor_with_rulesets_made_and_dropped() -> None:
    rng = random.Random(11)
    ruleset, facts = _sample(), [_random_facts(rng) for _ in range(100)]
    for known in facts * 10:
        ruleset.fired(known)
    before = _peak_mb()
    for known in facts * 200:
        ruleset.fired(known)
    assert _peak_mb() - before < 4
    for _ in range(100):
        _sample().fired(facts[0])
    middle = _peak_mb()
    for _ in range(300):
        _sample().fired(facts[0])
    assert _peak_mb() - middle < 12
