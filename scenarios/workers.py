"""Who carries tasks out: this process, several processes, or a Dask cluster; the outcomes are the same.

A process of the pool that is killed, as by a system that runs out of memory, costs no outcome: what it was
given is done again. It ends with this process, however this one ends.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from importlib import import_module
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from scenarios.tasks import Outcome, Simulate, Task, attempt, failure
from scenarios.watch import end_with_parent

MOST_TOGETHER: Final = 4
"""Tasks that a process is given at once."""

MOST_GROWTH: Final = 8 * 2**30
"""Bytes by which a process of a pool may grow before it is replaced."""

BESIDE: Final = 2
"""Times that a task is tried beside others before it is tried alone: whose process is killed again and again
may be what kills it."""

KEPT_MEMORY: Final = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * 2**20),
    "MALLOC_TRIM_THRESHOLD_": str(2**30),
    "MALLOC_TOP_PAD_": str(64 * 2**20),
}
"""What tells the C library of Linux to keep memory that is given back: the next replication takes as much."""

_LIMIT: Final = "_MAX_MEMORY_LEAK_SIZE"

Numbered = tuple[int, Outcome]
"""The place of a task in its sequence, and what came of it."""

Group = Sequence[tuple[int, Task]]
"""Tasks that a process is given at once, each with its place."""


class KilledError(Exception):
    """A replication whose process was killed each time that it was tried."""


def carried_out(
    tasks: Sequence[Task], jobs: int, cluster: str, simulate: Simulate
) -> Generator[Numbered, None, None]:
    """Every task's outcome as it comes, in no particular order; closing the generator stops the rest."""
    numbered = list(enumerate(tasks))
    if cluster:
        from scenarios.cluster import on_cluster

        return on_cluster(numbered, cluster, simulate)
    return _parallel(numbered, jobs, simulate) if jobs > 1 else _serial(numbered, simulate)


def _serial(tasks: Group, simulate: Simulate) -> Generator[Numbered, None, None]:
    for place, task in tasks:
        yield place, attempt(task, simulate)


def _parallel(tasks: Group, jobs: int, simulate: Simulate) -> Generator[Numbered, None, None]:
    """On a pool of processes. A death of one ends all of them, and a new pool goes on.

    Only a task that kills its process with nothing beside it is taken for a failure.
    """
    waiting: Sequence[Group] = list(together(tasks, jobs))
    deaths: Counter[int] = Counter()
    while waiting:
        given: list[Group] = []
        done: set[int] = set()
        try:
            for outcome in _pooled(waiting, jobs, simulate, given):
                done.add(outcome[0])
                yield outcome
            return
        except BrokenExecutor:
            deaths.update(place for group in given for place, _ in group)
        suspect = [item for item in chain(*waiting) if item[0] not in done and deaths[item[0]] >= BESIDE]
        for item in suspect:
            yield _alone(item, jobs, simulate)
            done.add(item[0])
        left = (tuple(item for item in group if item[0] not in done) for group in waiting)
        waiting = [group for group in left if group]


def _alone(item: tuple[int, Task], jobs: int, simulate: Simulate) -> Numbered:
    """What came of a task that has the pool for itself."""
    try:
        [outcome] = _pooled([[item]], jobs, simulate, [])
    except BrokenExecutor as killed:  # it names the signal
        error = KilledError(
            "its process was killed, with nothing beside it; a smaller scale takes less memory"
        )
        error.__cause__ = killed
        return item[0], failure(item[1], error)
    return outcome


def _pooled(
    groups: Sequence[Group], jobs: int, simulate: Simulate, given: list[Group]
) -> Generator[Numbered, None, None]:
    """What comes of groups of tasks; `given` collects those that the pool has asked for."""
    from joblib import Parallel, delayed

    def giving() -> Iterator[Group]:
        for group in groups:
            given.append(group)
            yield group

    for name, value in KEPT_MEMORY.items():
        os.environ.setdefault(name, value)  # processes of the pool begin with it
    pool = Parallel(
        n_jobs=jobs,
        backend="loky",
        return_as="generator_unordered",
        pre_dispatch="2*n_jobs",
        initializer=end_with_parent,
        initargs=(os.getpid(),),
    )
    work = delayed(_in_process)
    with TemporaryDirectory(prefix="naas-", ignore_cleanup_errors=True) as folder:
        for outcomes in pool(work(group, simulate, folder) for group in giving()):
            yield from _unpacked(outcomes)


def together(tasks: Group, jobs: int) -> Iterator[Group]:
    """Tasks in groups for one process each: those of one replication share its draws, which saves time.

    Groups are small, and no larger than leaves every process several.
    """
    most = min(MOST_TOGETHER, max(len(tasks) // (4 * jobs), 1))
    for _, same in groupby(tasks, key=lambda item: item[1].replication):
        group = tuple(same)
        yield from (group[first : first + most] for first in range(0, len(group), most))


def _in_process(group: Group, simulate: Simulate, folder: str) -> Path | bytes:
    """What came of a group of tasks, packed: the pool's own way of packing takes twice as long.

    The pool looks for functions to send in each of the thousands of keys of a record. What is packed is left
    in a file of the folder, for a process that is killed while it sends much leaves the pool waiting for the
    rest for ever; a short message is sent whole or not at all. Where there is no room for the file, what is
    packed is sent itself.
    """
    # Ctrl-C reaches every process of the terminal; the parent alone decides what to keep.
    if multiprocessing.parent_process() is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        room_to_grow()
    found: list[Numbered] = [(place, attempt(task, simulate)) for place, task in group]
    packed = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
    path = Path(folder, str(found[0][0]))
    try:
        path.write_bytes(packed)
    except OSError:
        return packed
    return path


def _unpacked(outcomes: Path | bytes) -> list[Numbered]:
    if isinstance(outcomes, bytes):
        packed = outcomes
    else:
        packed = outcomes.read_bytes()
        outcomes.unlink()
    found: list[Numbered] = pickle.loads(packed)
    return found


def room_to_grow() -> None:
    """Let this process of a pool keep several arms ready.

    The pool takes a process that has grown by 300 MB since its first task for one that leaks, and starts
    another in its place; arms that are kept ready, and England several times over, take more.

    Raises AssertionError where the pool's limit has another name than this, which is none that it promises.
    """
    pool = vars(import_module("joblib.externals.loky.process_executor"))
    assert _LIMIT in pool, f"joblib has no {_LIMIT}; constraints.txt names a version that has"
    pool[_LIMIT] = MOST_GROWTH
