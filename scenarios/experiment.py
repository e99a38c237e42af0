"""Many replications of several scenarios, on one core or on all of them.

A replication is a pure function of an arm's inputs and the number of the replication, so the results do
not depend on how many processes ran it or in which order they finished.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rules.errors import InputError, Problem
from simulation.inputs import Inputs

if TYPE_CHECKING:
    from simulation.measures import MeasureKey

Vector = NDArray[np.float64]
Measured = tuple[tuple["MeasureKey", ...], Vector]
"""The keys and values of one replication."""

Simulate = Callable[[Inputs, int], Measured]
Progress = Callable[[int, int], None]
"""Told how many replications of all arms are done, and how many there are."""


@dataclass(frozen=True)
class Arm:
    """One side of a comparison. `digest` is the fingerprint of the scenario's content."""

    name: str
    inputs: Inputs
    digest: str = ""


@dataclass(frozen=True)
class Failure:
    """One replication that did not finish: its number counts from 0."""

    arm: str
    replication: int
    error: str
    trace: str


@dataclass(frozen=True)
class Results:
    """What an experiment measured.

    `values` has the shape [arm, replication, key], NaN where a measure is not defined or nothing was kept;
    `finished` has the shape [arm, replication].
    """

    arms: tuple[Arm, ...]
    requested: int
    keys: tuple[MeasureKey, ...]
    values: NDArray[np.float64]
    finished: NDArray[np.bool_]
    failures: tuple[Failure, ...] = ()
    interrupted: bool = False

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Which replications every arm finished; only these are compared, so that each has its pair."""
        return np.asarray(self.finished.all(axis=0))

    def of(self, arm: int) -> NDArray[np.float64]:
        """Values [replication, key] of one arm, for the whole replications only."""
        return np.asarray(self.values[arm][self.whole])


def simulate(inputs: Inputs, replication: int) -> Measured:
    """Run one replication of the world and keep its measures only."""
    from simulation.replicate import prepare, replicate

    table = replicate(prepare(inputs), replication).table
    return table.keys, table.values


def run(
    arms: Sequence[Arm],
    replications: int,
    jobs: int = 1,
    progress: Progress | None = None,
    simulate: Simulate = simulate,
) -> Results:
    """Run every arm `replications` times, arms side by side, on `jobs` processes.

    An interruption (Ctrl-C) keeps what is finished. A replication that fails becomes a `Failure`; an
    `InputError` is the person's to mend and ends the experiment.
    """
    tasks = [(number, arm) for number in range(replications) for arm in range(len(arms))]
    kept: dict[tuple[int, int], Measured] = {}
    failures: list[Failure] = []
    mistake: _Mistake | None = None
    stop = _Stop(gently=jobs > 1)
    going = stop.until(tasks)
    outcomes = _parallel(arms, going, jobs, simulate) if jobs > 1 else _serial(arms, going, simulate)
    try:
        with stop:
            for done, (number, arm, outcome) in enumerate(outcomes, start=1):
                if stop.asked and jobs == 1:
                    break  # what ran when Ctrl-C came may be incomplete, should it have swallowed it
                if isinstance(outcome, _Mistake):
                    mistake = mistake or outcome
                    stop.now = True
                elif isinstance(outcome, Failure):
                    failures.append(outcome)
                else:
                    kept[number, arm] = outcome
                if progress is not None and not stop.now:
                    progress(done, len(tasks))
    except KeyboardInterrupt:
        stop.asked = True
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # work that is thrown away is what stopping means
            outcomes.close()
    if mistake is not None:
        raise InputError(mistake.problems)
    failures.sort(key=lambda failure: (failure.replication, failure.arm))
    return _stacked(tuple(arms), replications, kept, tuple(failures), stop.asked)


class _Stop:
    """Ends an experiment: no task is begun once it is `now` or `asked` for by Ctrl-C.

    Asked `gently`, the first Ctrl-C lets the tasks that other processes are running finish, since killing
    those processes loses their work and may upset them; a second one interrupts at once.
    """

    def __init__(self, gently: bool) -> None:
        self.now = False
        self.asked = False
        self._gently = gently
        self._before: signal.Handlers | Callable[..., object] | int | None = None

    def until(self, tasks: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The tasks, as long as nothing says to stop."""
        for task in tasks:
            if self.now or self.asked:
                return
            yield task

    def __enter__(self) -> _Stop:
        ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        if threading.current_thread() is threading.main_thread() and not ignored:
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_: object) -> None:
        first, self.asked = not self.asked, True
        if not (first and self._gently):
            raise KeyboardInterrupt


@dataclass(frozen=True)
class _Mistake:
    """An `InputError` as it travels between processes."""

    problems: tuple[Problem, ...]


_Outcome = tuple[int, int, Measured | Failure | _Mistake]


def _attempt(arm: Arm, index: int, number: int, simulate: Simulate) -> _Outcome:
    try:
        return number, index, simulate(arm.inputs, number)
    except InputError as error:
        return number, index, _Mistake(error.problems)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return number, index, Failure(arm.name, number, reason, traceback.format_exc())


def _in_process(arm: Arm, index: int, number: int, simulate: Simulate) -> _Outcome:
    # Ctrl-C reaches every process of the terminal; the parent alone decides what to keep.
    if multiprocessing.parent_process() is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return _attempt(arm, index, number, simulate)


def _serial(
    arms: Sequence[Arm], tasks: Iterable[tuple[int, int]], simulate: Simulate
) -> Generator[_Outcome, None, None]:
    for number, arm in tasks:
        yield _attempt(arms[arm], arm, number, simulate)


def _parallel(
    arms: Sequence[Arm], tasks: Iterable[tuple[int, int]], jobs: int, simulate: Simulate
) -> Generator[_Outcome, None, None]:
    from joblib import Parallel, delayed

    pool = Parallel(n_jobs=jobs, backend="loky", return_as="generator_unordered", pre_dispatch="1.5*n_jobs")
    work = delayed(_in_process)
    yield from pool(work(arms[arm], arm, number, simulate) for number, arm in tasks)


def _stacked(
    arms: tuple[Arm, ...],
    replications: int,
    kept: dict[tuple[int, int], Measured],
    failures: tuple[Failure, ...],
    interrupted: bool,
) -> Results:
    """Line the values up by replication and key, whatever order they came in."""
    columns: dict[MeasureKey, int] = {}
    for place in sorted(kept):
        for key in kept[place][0]:
            columns.setdefault(key, len(columns))
    values = np.full((len(arms), replications, len(columns)), np.nan)
    finished = np.zeros((len(arms), replications), dtype=np.bool_)
    for (number, arm), (keys, vector) in kept.items():
        values[arm, number, [columns[key] for key in keys]] = vector
        finished[arm, number] = True
    return Results(arms, replications, tuple(columns), values, finished, failures, interrupted)
