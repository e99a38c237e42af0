"""What the rules alone say: the same as a run would be prepared with, counted on the same people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.standings import OF_A_PERSON, Standings, effect, moved, moves, standings
from reports.rules_only import day_lines
from rules.errors import InputError
from scenarios.loader import load_scenario
from simulation.policy import facts_of_profile
from simulation.prepared import Prepared, under
from simulation.replicate import prepare

pytestmark = pytest.mark.unit

CHANGES = (
    {"q1.leader": "mandatory"},
    {"q2.iro": "excluded"},
    {"q4.supervisor": 6},
    {"phase.asye_since": "2015-01-01"},
    {"phase.plan": "all_at_once", "phase.one_from": "2017-06-01"},
)


@pytest.fixture(scope="module")
def voluntary() -> Standings:
    return standings(load_scenario("voluntary").inputs(scale=0.02))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_other_levers_are_prepared_as_a_run_would_be(voluntary: Standings, change: dict[str, object]) -> None:
    levers = voluntary.levers.patched(change)
    whole = prepare(replace(voluntary.prepared.inputs, levers=levers))
    quick = under(voluntary.prepared, levers)
    assert isinstance(whole, Prepared)
    for name in ("eligible", "latest", "filled", "phase_start"):
        assert np.array_equal(getattr(whole, name), getattr(quick, name)), name
    assert np.array_equal(whole.standing.status, quick.standing.status)


def test_taking_a_function_off_the_list_takes_out_those_who_do_nothing_else(voluntary: Standings) -> None:
    after = voluntary.under(voluntary.levers.patched({"q2.iro": "excluded"}))
    found = effect(voluntary, after)
    alone = sum(
        1 for code in voluntary.profile.tolist() if facts_of_profile(code)["functions"] == frozenset({"iro"})
    )
    assert alone > 0
    assert found.in_scope.before - found.in_scope.after == alone
    assert moved(voluntary, after)["status"] >= alone
    assert sum(item.after for item in found.by_status) == found.in_scope.after
    assert sum(item.after for item in found.by_region) == found.in_scope.after


def test_fewer_have_another_first_day_than_the_rules_move_and_the_difference_is_said(
    voluntary: Standings,
) -> None:
    """Nobody may be assessed before being called, whenever their window opens."""
    after = voluntary.under(voluntary.levers.patched({"q3": 24}))
    found = effect(voluntary, after)
    by_rules = moved(voluntary, after)["window"]
    assert found.opening_moved == by_rules
    call = np.maximum(voluntary.first_day, after.first_day)
    later = (voluntary.opens != after.opens) & (voluntary.first_day == after.first_day)
    assert 0 < found.first_day_moved == by_rules - int(later.sum()) < by_rules
    assert (call[later] >= after.opens[later]).all()
    [line] = [line for line in day_lines(found) if "first day" in line]
    assert line.startswith(f"{found.first_day_moved} people have another first day")
    assert f"the rules move it for {by_rules}, for the others a later day counts" in line


def test_a_requirement_moves_exactly_those_it_is_for(voluntary: Standings) -> None:
    after = voluntary.under(voluntary.levers.patched({"q1.leader": "mandatory"}))
    leaders = int((voluntary.status == 3).sum())
    [mandate] = [move for move in moves(voluntary, after) if move.decision == "mandate"]
    assert (dict(mandate.before), dict(mandate.after)) == (
        {"requirement": "voluntary"},
        {"requirement": "mandatory"},
    )
    assert mandate.people == leaders
    assert after.requirement()["mandatory"] == leaders
    assert effect(voluntary, after).last_day_moved == leaders


def test_the_same_levers_move_nobody(voluntary: Standings) -> None:
    assert voluntary.under(voluntary.levers) is voluntary
    assert moves(voluntary, Standings(voluntary.prepared)) == ()


def test_every_person_is_decided_by_some_rule_of_each_question(voluntary: Standings) -> None:
    firing = voluntary.firing()
    book = voluntary.prepared.policy.engine.rulebook
    counts = {
        name: sum(firing.get(rule.id, 0) for rule in table.rules) for name, table in book.decisions.items()
    }
    assert counts["mandate"] == counts["endorser"] == voluntary.people
    assert counts["phase"] >= voluntary.people  # two rules may agree
    assert not any(
        rule.id in firing
        for name, table in book.decisions.items()
        if name not in OF_A_PERSON
        for rule in table.rules
    )


def test_an_example_is_somebody_to_whom_the_rule_applies(voluntary: Standings) -> None:
    person = voluntary.example("STA-S-IRO")
    assert person is not None
    facts = facts_of_profile(int(voluntary.profile[person]))
    assert "iro" in facts["functions"]  # type: ignore[operator]
    assert voluntary.example("MAN-LEADER-MANDATORY") is None


def test_a_scheme_from_scratch_is_not_under_these_rules() -> None:
    with pytest.raises(InputError) as caught:
        standings(load_scenario("scheme-from-scratch").inputs())
    assert caught.value.problems[0].code == "C016"
