"""The engine: the chain, hit policies, levers, unknown facts, conflicts, caching."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.engine import PolicyEngine
from rules.errors import InputError
from rules.hit_policies import ConflictError
from rules.levers import Levers
from rules.model import All, AnswerField, Fact, Leaf, LeverRef
from tests.rules.books import BOOK, ENDORSER, FACTS, book, engine_facts, has, rule, table, when

pytestmark = pytest.mark.unit


def engine(**levers: object) -> PolicyEngine:
    return PolicyEngine(Levers.of({name.replace("__", "."): value for name, value in levers.items()}), BOOK)


def test_highest_takes_the_highest_and_names_every_rule_that_fired_in_file_order() -> None:
    decision = engine().decide("status", engine_facts(functions=("leader_post", "iro", "s47_lead")))
    assert (decision.answer, decision.fired) == ({"status": "leader"}, ("S47", "IRO", "LEADER"))
    assert decision.decided


def test_a_lever_takes_a_rule_out() -> None:
    facts = engine_facts(functions=("iro",))
    assert engine().decide("status", facts).answer == {"status": "supervisor"}
    without = engine(q2__iro="excluded").decide("status", facts)
    assert (without.answer, without.fired, without.decided) == ({"status": "none"}, (), False)


def test_the_chain_feeds_what_one_decision_derives_to_the_next() -> None:
    facts = engine_facts(functions=("iro",), new_in_role=True, origin="established", contract="employed")
    decisions = engine(q4__supervisor=9).derive(facts)
    assert list(decisions) == ["status", "window", "endorser", "retake"]
    assert decisions["window"].answer["opens_months"] == 9
    assert decisions["window"].fired == ("NEW-SUPERVISOR", "PHASE")


def test_nothing_is_derived_from_a_decision_that_is_still_open() -> None:
    decisions, known = engine().derivation({"origin": "established"})
    assert decisions["status"].missing == ("functions",)
    assert "status_required" not in known
    assert "status_required" in decisions["window"].missing


def test_a_derived_fact_given_outright_stands() -> None:
    facts = engine_facts(
        functions=("s47_lead",), status_required="supervisor", new_in_role=True, origin="established"
    )
    assert "NEW-SUPERVISOR" in engine().derive(facts)["window"].fired


def test_strictest_keeps_the_latest_opening_and_the_earliest_closing() -> None:
    facts = engine_facts(status_required="supervisor", new_in_role=True, origin="outside_england")
    window = engine(q6__supervisor="within_6_months").decide("window", facts)
    assert window.answer == {
        "opens_months": 12,
        "opens_after": "role_start",
        "closes_months": 6,
        "closes_after": "service_start",
    }
    tied = engine().decide("window", facts).answer  # 12 months after service and after the phase
    assert (tied["closes_months"], tied["closes_after"]) == (12, "service_start")


def test_strictest_between_equal_months_opens_after_the_later_start() -> None:
    rules = tuple(
        rule(name, All(), {"opens_months": 12, "opens_after": after}, 61)
        for name, after in (("ROLE", "role_start"), ("SERVICE", "service_start"))
    )
    for order in (rules, rules[::-1]):
        own = book(replace(BOOK.decisions["window"], rules=order))
        assert PolicyEngine(Levers(), own).decide("window", {}).answer["opens_after"] == "role_start"


def test_an_answer_nobody_gives_has_its_default_or_nothing() -> None:
    window = engine().decide(
        "window", engine_facts(status_required="none", new_in_role=False, origin="established")
    )
    assert window.answer == {
        "opens_months": 0,
        "opens_after": "none",
        "closes_months": None,
        "closes_after": "none",
    }
    assert not window.decided
    assert window.missing == ()


def test_first_goes_by_rank_and_then_by_file_order() -> None:
    facts: dict[str, Fact] = {"elements_failed": 2, "failed_narrowly": True, "attempt": 3}
    stopped = engine().decide("retake", facts)
    assert stopped.answer == {"retake": "none", "wait_months": 0}
    assert stopped.fired == ("TWO", "STOP")
    again = engine(q8__full_months=7).decide("retake", facts | {"attempt": 2})
    assert again.answer == {"retake": "whole_assessment", "wait_months": 7}


def test_a_known_gap_is_undecided_with_the_declared_default() -> None:
    gap = engine(q7="agency_endorses").decide("endorser", {"contract": "self_employed"})
    assert (gap.decided, gap.answer, gap.missing) == (False, {"endorser": "nobody"}, ())


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, ("elements_failed", "failed_narrowly", "attempt")),
        ({"attempt": 3}, ()),  # stopped, whatever else comes to be known
        ({"attempt": 1, "elements_failed": 2}, ()),
        ({"elements_failed": 2}, ("attempt",)),
        ({"attempt": 1, "failed_narrowly": False}, ("elements_failed",)),
    ],
)
def test_missing_names_only_what_could_still_change_the_answer(
    facts: dict[str, Fact], missing: tuple[str, ...]
) -> None:
    assert engine().decide("retake", facts).missing == missing


@st.composite
def some_facts(draw: st.DrawFn) -> dict[str, Fact]:
    values: dict[str, st.SearchStrategy[Any]] = {}
    for spec in FACTS:
        if spec.kind == "set":
            values[spec.name] = st.frozensets(st.sampled_from(spec.choices))
        else:
            span: list[Any] = (
                list(range(spec.low, spec.high + 1)) if spec.kind == "number" else [*spec.choices]
            )
            values[spec.name] = st.sampled_from(span or [False, True])
    return draw(st.fixed_dictionaries({}, optional=values))


@given(some_facts(), some_facts())
def test_with_nothing_missing_no_further_fact_changes_the_answer(
    known: dict[str, Fact], more: dict[str, Fact]
) -> None:
    for name in BOOK.decisions:
        before, after = ENGINE.decide(name, known), ENGINE.decide(name, {**more, **known})
        if not before.missing:
            assert after.answer == before.answer
        elif after.answer != before.answer:
            assert set(before.missing) & set(more)


ENGINE = engine()


def test_two_unique_rules_that_disagree_are_both_named_with_their_paragraphs() -> None:
    twice = replace(
        ENDORSER, rules=(*ENDORSER.rules, rule("RIVAL", when(contract="agency"), {"endorser": "agency"}, 73))
    )
    rival = PolicyEngine(Levers(), book(twice))
    assert rival.decide("endorser", {"contract": "employed"}).answer == {"endorser": "employer"}
    with pytest.raises(
        ConflictError, match=r"R092 .*HOST \(para 72\) says host but RIVAL \(para 73\) says agency"
    ):
        rival.decide("endorser", {"contract": "agency"})


def test_two_unique_rules_that_agree_are_no_conflict() -> None:
    fields = (AnswerField("a", "number"), AnswerField("b", "flag", default=False))
    rules = (rule("X", All(), {"a": 1}), rule("Y", All(), {"a": 1, "b": True}))
    decision = PolicyEngine(Levers(), book(table("both", "unique", fields, rules))).decide("both", {})
    assert (decision.answer, decision.fired) == ({"a": 1, "b": True}, ("X", "Y"))


def test_effective_dates_count_only_when_a_date_is_given() -> None:
    rules = (
        rule("OLD", All(), {"a": 1}, effective_to="2017-06-30"),
        rule("NEW", All(), {"a": 2}, effective_from="2017-07-01"),
    )
    dated = book(table("x", "first", (AnswerField("a", "number"),), rules))
    fired = [
        PolicyEngine(Levers(), dated, as_of).decide("x", {}).fired
        for as_of in (None, date(2017, 6, 30), date(2017, 7, 1))
    ]
    assert fired == [("OLD", "NEW"), ("OLD",), ("NEW",)]


def test_the_decision_depends_on_exactly_the_facts_it_reads() -> None:
    policy = engine()
    assert policy.reads("endorser") == {"contract"}
    one = policy.decide("endorser", {"contract": "agency", "attempt": 1})
    assert policy.decide("endorser", {"contract": "agency", "attempt": 2, "new_in_role": True}) is one


def test_a_flag_is_never_taken_for_a_number_even_when_the_number_is_remembered() -> None:
    policy = engine()
    policy.decide("retake", {"elements_failed": 1, "failed_narrowly": False, "attempt": 1})
    with pytest.raises(InputError, match=r"R093 .*elements_failed.*number"):
        policy.decide("retake", {"elements_failed": True, "failed_narrowly": False, "attempt": 1})


@pytest.mark.parametrize(
    ("ask", "code", "words"),
    [
        (lambda p: p.decide("statsu", {}), "R090", "did you mean 'status'"),
        (lambda p: p.derive({"functoins": frozenset()}), "R093", "did you mean 'functions'"),
        (lambda p: p.decide("endorser", {"contract": "pirate"}), "R093", "employed, agency"),
        (lambda p: p.decide("status", {"functions": frozenset({"cook"})}), "R093", "cook"),
    ],
)
def test_questions_that_cannot_be_answered_say_why(ask: Any, code: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        ask(engine())
    assert [found.code for found in raised.value.problems] == [code]


@pytest.mark.parametrize(
    "bad",
    [
        rule("BAD", Leaf("attempt", "at_least", LeverRef("no.such")), {"a": 1}, 9),
        rule("BAD", All(), {"a": LeverRef("phase.one_to")}, 9),
        rule("BAD", Leaf("contract", "at_least", 1), {"a": 1}, 9),
    ],
)
def test_a_rule_that_cannot_be_compiled_is_named(bad: Any) -> None:
    broken = PolicyEngine(Levers(), book(table("x", "first", (AnswerField("a", "number"),), (bad,))))
    with pytest.raises(InputError, match=r"R091 .*rule BAD"):
        broken.decide("x", {})


def test_other_levers_share_the_decisions_they_do_not_touch() -> None:
    policy = engine()
    policy.derive(engine_facts(functions=("iro",)))
    other = policy.with_levers(policy.levers.patched({"q7": "agency_endorses"}))
    assert other.compiled("status") is policy.compiled("status")
    assert other.compiled("endorser") is not policy.compiled("endorser")
    assert other.decide("endorser", {"contract": "agency"}).answer == {"endorser": "agency"}
    assert policy.decide("endorser", {"contract": "agency"}).answer == {"endorser": "host"}


SAMPLE = engine_facts(
    functions=("iro",), new_in_role=True, origin="outside_england", contract="agency", attempt=1
)


def _derived(policy: PolicyEngine) -> dict[str, Any]:
    return dict(policy.derive(SAMPLE))


def test_a_child_process_decides_the_same() -> None:
    policy = engine(q3=6)
    here = _derived(policy)
    assert _derived(pickle.loads(pickle.dumps(policy))) == here
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(_derived, policy).result(timeout=60) == here


def test_a_rule_without_conditions_always_fires_and_an_unread_function_never_matters() -> None:
    fields = (AnswerField("a", "number"),)
    policy = PolicyEngine(Levers(), book(table("x", "first", fields, (rule("ANY", All(), {"a": 1}),))))
    assert policy.decide("x", {}).fired == ("ANY",)
    assert policy.reads("x") == frozenset()
    assert has("iro") not in policy.compiled("x").conditions.values()
