"""Replications: the same numbers in any order and any number of processes, and nothing kept is lost."""

from __future__ import annotations

import contextlib
import signal
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pytest

from rules.errors import InputError, problem
from rules.levers import Levers
from scenarios.experiment import Arm, Record, Results, run
from scenarios.tasks import Task
from scenarios.workers import MOST_GROWTH, MOST_TOGETHER, room_to_grow, together
from simulation.inputs import Inputs
from simulation.parameters import Parameters

pytestmark = pytest.mark.unit


@dataclass(frozen=True)
class Key:
    """Stands for a measure's key."""

    id: str


@dataclass(frozen=True)
class Fake:
    """Stands for the inputs of an arm."""

    offset: float
    fails: tuple[int, ...] = ()
    stops: int = -1
    extra: bool = False


def fake(inputs: Inputs, replication: int) -> Record:
    """Two or three numbers that depend on the arm and the replication only."""
    arm = cast(Fake, inputs)
    if replication in arm.fails:
        raise ZeroDivisionError("a replication that fails")
    if replication == arm.stops:
        raise KeyboardInterrupt
    draws = np.random.Generator(np.random.Philox(key=replication)).random(3) + arm.offset
    keys = (Key("a"), Key("b"), Key("c")) if arm.extra else (Key("a"), Key("b"))
    return Record(cast(Any, keys), draws[: len(keys)], {"twice": 2 * draws})


def arms(*fakes: Fake) -> list[Arm]:
    return [Arm(f"arm{index}", cast(Inputs, item)) for index, item in enumerate(fakes)]


def same(one: Results, other: Results) -> bool:
    return (
        one.keys == other.keys
        and np.array_equal(one.values, other.values, equal_nan=True)
        and np.array_equal(one.finished, other.finished)
        and [(f.arm, f.replication, f.error) for f in one.failures]
        == [(f.arm, f.replication, f.error) for f in other.failures]
    )


def test_one_process_and_two_give_the_same_bytes() -> None:
    chosen = arms(Fake(0.0, fails=(3,)), Fake(1.0, extra=True))
    alone = run(chosen, 6, jobs=1, simulate=fake)
    assert same(alone, run(chosen, 6, jobs=2, simulate=fake))
    assert alone.values.shape == (2, 6, 3)


def test_arms_share_their_draws_so_that_differences_are_exact() -> None:
    results = run(arms(Fake(0.0), Fake(1.0)), 5, simulate=fake)
    assert np.allclose(results.of(1) - results.of(0), 1.0)


def test_recorded_arrays_line_up_with_the_replications_that_are_compared() -> None:
    results = run(arms(Fake(0.0), Fake(1.0, fails=(1,))), 3, simulate=fake)
    assert results.recorded("twice", 0).shape == (2, 3)
    assert np.array_equal(results.recorded("twice", 1)[:, :2], 2 * results.of(1))


def test_a_larger_run_keeps_what_a_smaller_one_finished() -> None:
    chosen = arms(Fake(0.0), Fake(1.0, extra=True))
    seen: list[tuple[int, int]] = []
    small = run(chosen, 2, simulate=fake)
    large = run(chosen, 5, simulate=fake, before=small, progress=lambda *now: seen.append(now))
    assert same(large, run(chosen, 5, simulate=fake))
    assert seen[-1] == (6, 6)


def test_one_replication_alone_is_the_same_as_among_others() -> None:
    alone = run(arms(Fake(0.0)), 1, simulate=fake, numbers=[4])
    assert np.array_equal(alone.of(0)[0], run(arms(Fake(0.0)), 5, simulate=fake).of(0)[4])


def test_a_failure_says_how_to_repeat_it_alone() -> None:
    arm = Arm("mine", cast(Inputs, Fake(0.0, fails=(1,))), command="naas run mine --seed 3")
    [failure] = run([arm], 3, simulate=fake).failures
    assert failure.command == "naas run mine --seed 3 --only 1"


def test_a_failed_replication_is_kept_as_one_and_drops_its_pair_only() -> None:
    results = run(arms(Fake(0.0), Fake(1.0, fails=(1, 4))), 6, simulate=fake)
    assert [(item.arm, item.replication) for item in results.failures] == [("arm1", 1), ("arm1", 4)]
    assert results.failures[0].error == "ZeroDivisionError: a replication that fails"
    assert "fake" in results.failures[0].trace
    assert results.whole.tolist() == [True, False, True, True, False, True]
    assert len(results.of(0)) == len(results.of(1)) == 4


def test_an_interruption_keeps_what_is_finished() -> None:
    seen: list[tuple[int, int]] = []
    results = run(
        arms(Fake(0.0), Fake(1.0, stops=2)), 5, simulate=fake, progress=lambda *now: seen.append(now)
    )
    assert results.interrupted
    assert results.requested == 5
    assert results.whole.tolist() == [True, True, False, False, False]
    assert results.finished[0].tolist() == [True, True, True, False, False]
    assert seen == [(number, 10) for number in range(1, 6)]


def test_an_interruption_that_is_swallowed_still_stops() -> None:
    def swallowing(inputs: Inputs, replication: int) -> Record:
        if replication == 2:
            with contextlib.suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        return fake(inputs, replication)

    before = signal.getsignal(signal.SIGINT)
    results = run(arms(Fake(0.0)), 5, simulate=swallowing)
    assert results.interrupted
    assert results.whole.tolist() == [True, True, False, False, False]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_measure_that_one_arm_lacks_is_undefined_there() -> None:
    results = run(arms(Fake(0.0), Fake(1.0, extra=True)), 2, simulate=fake)
    assert [key.id for key in results.keys] == ["a", "b", "c"]
    assert np.isnan(results.of(0)[:, 2]).all()
    assert not np.isnan(results.of(1)).any()


def test_a_mistake_in_the_input_ends_the_experiment() -> None:
    def mistaken(inputs: Inputs, replication: int) -> Record:
        raise problem("W001", "the staff list has no rows")

    for jobs in (1, 2):
        with pytest.raises(InputError, match="W001"):
            run(arms(Fake(0.0)), 30, jobs=jobs, simulate=mistaken)


@pytest.mark.parametrize(("arms", "replications", "jobs"), [(2, 20, 2), (7, 10, 2), (3, 1, 2), (1, 9, 4)])
def test_a_process_is_given_the_arms_of_one_replication_together(
    arms: int, replications: int, jobs: int
) -> None:
    named = [Arm(f"arm {number}", Inputs(Levers(), Parameters.shipped())) for number in range(arms)]
    tasks = list(enumerate(Task(arm, number) for number in range(replications) for arm in named))
    groups = list(together(tasks, jobs))
    assert [item for group in groups for item in group] == tasks
    assert all(len({task.replication for _, task in group}) == 1 for group in groups)
    assert max(map(len, groups)) <= MOST_TOGETHER
    assert len(groups) >= min(len(tasks), 4 * jobs), "so few groups leave processes idle"
    if replications >= 4 * jobs and arms <= MOST_TOGETHER:
        assert len(groups) == replications


def test_a_process_of_the_pool_may_keep_several_arms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool's own limit, by which it would replace processes again and again, is raised."""
    from joblib.externals.loky import process_executor

    before = process_executor._MAX_MEMORY_LEAK_SIZE
    monkeypatch.setattr(process_executor, "_MAX_MEMORY_LEAK_SIZE", before)
    room_to_grow()
    assert process_executor._MAX_MEMORY_LEAK_SIZE == MOST_GROWTH > before


def test_a_pool_whose_limit_has_another_name_is_not_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from joblib.externals.loky import process_executor

    monkeypatch.delattr(process_executor, "_MAX_MEMORY_LEAK_SIZE")
    with pytest.raises(AssertionError, match="_MAX_MEMORY_LEAK_SIZE"):
        room_to_grow()
    assert not hasattr(process_executor, "_MAX_MEMORY_LEAK_SIZE")
