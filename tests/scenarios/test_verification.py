"""The checks of `naas verify`: they hold, they can fail, and the documentation lists them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rules.errors import InputError
from scenarios.verification import not_before, twin_agrees
from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.conserved import PEOPLE, SEATS
from scenarios.verification.limits import LIMIT, LIMITS, Limit
from scenarios.verification.monotone import RISES
from scenarios.verification.parting import parting
from scenarios.verification.policies import random_policy
from scenarios.verification.running import CHECKS, chosen, verify
from scenarios.verification.unused import UNUSED_DECISIONS
from simulation.journal import Event, Journal, Recorder, codes_of
from simulation.prepared import prepare_rollout
from simulation.replication import Replication
from simulation.world import run_world

pytestmark = pytest.mark.property

SMALL = Setting(cases=2, scale=0.01, seed=1)
PAGE = Path(__file__).parents[2] / "docs" / "verification.md"


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_every_check_holds(check: Check) -> None:
    found = check.run(SMALL)
    assert found.held, found.failure
    assert found.cases >= 1
    assert found.remark


def test_the_page_of_the_documentation_lists_every_check_as_it_is() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in rows]
    assert [cells[0] for cells in told] == [f"`{check.id}`: {check.label}" for check in CHECKS.values()]
    for cells, check in zip(told, CHECKS.values(), strict=True):
        assert cells[1].startswith(check.shows)
        assert cells[3] == "holds"


def test_the_same_case_is_the_same_policy_and_another_is_not() -> None:
    assert random_policy(SMALL, 3) == random_policy(SMALL, 3)
    assert random_policy(SMALL, 3) != random_policy(SMALL, 4)
    assert random_policy(SMALL, 3) != random_policy(replace(SMALL, seed=2), 3)


def test_random_policies_between_them_use_every_event() -> None:
    seen: set[int] = set()
    for case in range(12):
        seen |= set(codes_of(run_world(prepare_rollout(random_policy(SMALL, case)), 0).journal).tolist())
    assert {Event(code).name for code in seen} == {event.name for event in Event}


# A check that cannot fail shows nothing: each is given a world with one thing wrong.


def _without_one(journal: Journal, event: Event) -> Journal:
    at = np.flatnonzero(codes_of(journal) == event)
    return np.delete(journal, at[0]) if len(at) else journal


def test_the_twin_check_tells_the_first_diverging_event_with_both_histories(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        twin_agrees,
        "run_twin",
        lambda prepared, number: _without_one(run_world(prepared, number).journal, Event.PREPARED),
    )
    found = twin_agrees.TWIN.run(replace(SMALL, cases=4))
    assert not found.held
    for part in ("the first is of worker", "the fast world", "the twin", "-> 201", "prepared"):
        assert part in found.failure


def test_the_check_of_first_days_fails_where_the_day_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    original = not_before._changed

    def later(base: object, chance: object) -> object:
        other, what, day = original(base, chance)  # type: ignore[arg-type]
        return other, what, day + 400

    monkeypatch.setattr(not_before, "_changed", later)
    found = not_before.NOT_BEFORE.run(replace(SMALL, cases=8))
    assert "events differ" in found.failure


@pytest.mark.parametrize(
    ("check", "event"), [(PEOPLE, Event.LEFT), (SEATS, Event.BOOKED)], ids=["people", "seats"]
)
def test_conservation_fails_where_an_event_is_lost(
    monkeypatch: pytest.MonkeyPatch, check: Check, event: Event
) -> None:
    def lossy(*arguments: object) -> Replication:
        run = run_world(*arguments)  # type: ignore[arg-type]
        return replace(run, journal=_without_one(run.journal, event))

    monkeypatch.setattr("scenarios.verification.conserved.run_world", lossy)
    assert not check.run(replace(SMALL, cases=6)).held


def test_a_limit_fails_where_its_answer_is_not_the_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Limit("nobody ever joins", lambda _, count: not count["joined"], {})
    monkeypatch.setattr("scenarios.verification.limits.LIMITS", (wrong,))
    assert "nobody ever joins: that is not so" in LIMIT.run(SMALL).failure


def test_rises_fail_when_turned_round() -> None:
    """Lives with more and lives with less, exchanged, break every rise that changes anything."""
    early, late = ({0: [(day, event, 0)]} for day, event in ((10, "sat"), (20, "sat")))
    by_name = {rise.what: rise.problem for rise in RISES}
    seats = next(problem for what, problem in by_name.items() if "seats" in what)
    assert not seats(late, early)
    assert "later" in seats(early, late)
    passes = next(problem for what, problem in by_name.items() if "first pass" in what)
    passed, failed = ({0: [(5, "result", 0b111 | bits << 4)]} for bits in (0, 0b010))
    assert not passes(failed, passed)
    assert passes(passed, failed)
    calls = next(problem for what, problem in by_name.items() if "call" in what)
    assert calls({0: [(5, "put_forward", 0)]}, {0: []})


def test_limits_and_unused_decisions_are_told_apart_by_their_words() -> None:
    for words in ([limit.what for limit in LIMITS], [unused.what for unused in UNUSED_DECISIONS]):
        assert len(set(words)) == len(words)


def test_a_check_that_stops_on_an_error_has_failed_and_says_so() -> None:
    def stops(_: Setting) -> Found:
        raise RuntimeError("out of paper")

    [(_, found)] = verify([Check("x", "X", "Nothing.", stops)], SMALL)
    assert not found.held
    assert "RuntimeError: out of paper" in found.failure


def test_trying_stops_at_the_first_case_that_breaks() -> None:
    asked: list[int] = []

    def one(case: int) -> str:
        asked.append(case)
        if case == 2:
            raise Broken("so")
        return ""

    assert tried(9, one) == Found(3, "", "case 2: so")
    assert asked == [0, 1, 2]


def test_an_unknown_check_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"V001.*(\n.*)*not-before"):
        chosen(["not-befor"])
    assert [check.id for check in chosen(["seats", "twin"])] == ["twin", "seats"]


def _journals() -> Iterator[Journal]:
    for days in ((3, 4), (3, 5)):
        recorder = Recorder()
        recorder.add(Event.JOINED, np.array([7]), 0)
        for day in days:
            recorder.add(Event.BOOKED, np.array([7]), day, 2)
        yield recorder.journal()


def test_parting_marks_the_event_that_only_one_journal_has() -> None:
    one, other = _journals()
    assert parting(one, one.copy(), ("a", "b")) == ""
    lines = parting(one, other, ("a", "b")).splitlines()
    assert lines[0] == "2 events differ; the first is of worker 7, on 2016-10-04"
    assert [line for line in lines if "->" in line] == ["   -> 2016-10-04  booked           2"]
    assert parting(one, np.append(one, one[-1:]), ("a", "b")).startswith("the journals hold the same events")
