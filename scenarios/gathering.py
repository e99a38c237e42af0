"""Getting tasks done: from the store where they are in it, and by running what is missing."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from rules.errors import InputError
from scenarios.atomic import StoreError
from scenarios.identity import maker
from scenarios.record import Record
from scenarios.record import simulate as simulate_world
from scenarios.stopping import Stop
from scenarios.store import Store
from scenarios.tasks import Arm, Failure, Simulate, Task
from scenarios.workers import carried_out

if TYPE_CHECKING:
    from simulation.measures import MeasureKey

Progress = Callable[[int, int], None]
"""Told how many of the tasks that had to be run are done, and how many there are."""

POLL: Final = 0.2
"""Seconds between looks at results that another process is working on."""


@dataclass
class Gathered:
    """What became of tasks, by their place in the sequence that was asked for.

    `reused` are those that came from the store. `stopped` says why results could no longer be kept.
    """

    records: dict[int, Record] = field(default_factory=dict)
    reused: set[int] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    interrupted: bool = False
    stopped: str = ""
    notices: list[str] = field(default_factory=list)


def gather(
    tasks: Sequence[Task],
    jobs: int = 1,
    progress: Progress | None = None,
    simulate: Simulate = simulate_world,
    store: Store | None = None,
    cluster: str = "",
) -> Gathered:
    """Get every task done, on `jobs` processes or on a Dask cluster.

    An interruption (Ctrl-C) and a full disk keep what is finished. A replication that fails becomes a
    `Failure`; an `InputError` is the person's to mend and ends everything.
    """
    batch = _Batch(tasks, jobs, progress, simulate, store, cluster)
    with Stop() as stop:
        try:
            batch.work(stop)
        except KeyboardInterrupt:
            batch.found.interrupted = True
        except StoreError as error:
            batch.found.stopped = str(error)
    batch.found.failures.sort(key=lambda failure: (failure.replication, failure.arm))
    if store is not None:
        batch.found.notices += store.notices
        store.notices.clear()
    return batch.found


class _Batch:
    """Tasks on their way."""

    def __init__(
        self,
        tasks: Sequence[Task],
        jobs: int,
        progress: Progress | None,
        simulate: Simulate,
        store: Store | None,
        cluster: str,
    ) -> None:
        self.found = Gathered()
        self._tasks, self._jobs, self._cluster = tasks, jobs, cluster
        self._progress, self._simulate, self._store = progress, simulate, store
        self._made_by = "" if simulate is simulate_world else maker(simulate)
        self._where: list[str] = []
        self._keys: list[tuple[MeasureKey, ...]] = []
        self._total = self._done = 0

    def work(self, stop: Stop) -> None:
        """Everything, from the first look into the store to the last task."""
        if self._store is None:
            self._total = len(self._tasks)
            self._run(range(len(self._tasks)), stop)
            return
        self._where = self._opened(self._store)
        missing = self._unread(self._store, range(len(self._tasks)))
        self._total = len(missing)
        while missing:
            missing = self._round(self._store, missing, stop)

    def _opened(self, store: Store) -> list[str]:
        """The address of each task."""
        opened: dict[Arm, str] = {}
        for task in self._tasks:
            arm = task.arm
            if arm not in opened:
                opened[arm] = store.open(arm.inputs, arm.name, arm.variant, self._made_by)
                store.stored(opened[arm])
        return [opened[task.arm] for task in self._tasks]

    def _unread(self, store: Store, places: Iterable[int]) -> list[int]:
        """Read what is stored of these tasks; the rest is returned."""
        missing = []
        for place in places:
            record = store.read(self._where[place], self._tasks[place].replication)
            if record is None:
                missing.append(place)
            else:
                self.found.records[place] = self._sharing_keys(record)
                self.found.reused.add(place)
        return missing

    def _round(self, store: Store, missing: list[int], stop: Stop) -> list[int]:
        """Do what nobody else is doing, and return what somebody else is.

        Locks are never waited for while others are held, so that two processes cannot wait for each other.
        """
        wanted = sorted({self._where[place] for place in missing})
        taken = {where for where in wanted if store.locks.take(where)}
        try:
            if not taken:
                time.sleep(POLL)
            for where in wanted:
                store.stored(where)
            before = len(missing)
            missing = self._unread(store, missing)
            self._count(before - len(missing))
            mine = [place for place in missing if self._where[place] in taken]
            for arm in dict.fromkeys(self._tasks[place].arm for place in mine):
                store.begin(arm.inputs, arm.name, arm.variant, self._made_by)
            self._run(mine, stop)
        finally:
            for where in taken:
                store.locks.release(where)
        return [place for place in missing if self._where[place] not in taken]

    def _run(self, places: Sequence[int], stop: Stop) -> None:
        if not places:
            return
        tasks = [self._tasks[place] for place in places]
        outcomes = carried_out(tasks, self._jobs, self._cluster, self._simulate)
        try:
            for number, outcome in outcomes:
                stop.check()
                if isinstance(outcome, InputError):
                    raise outcome
                with stop.held():
                    self._keep(places[number], outcome)
                self._count(1)
        finally:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # work that is thrown away is what stopping means
                outcomes.close()

    def _keep(self, place: int, outcome: Record | Failure) -> None:
        replication = self._tasks[place].replication
        if isinstance(outcome, Failure):
            self.found.failures.append(outcome)
            if self._store is not None:
                self._store.write_failure(self._where[place], replication, outcome.to_bytes())
            return
        record = self.found.records[place] = self._sharing_keys(outcome)
        if self._store is not None:
            self._store.write(self._where[place], replication, record)

    def _sharing_keys(self, record: Record) -> Record:
        """The record with the same object for the same keys: there are thousands, from many processes."""
        for keys in self._keys:
            if keys is record.keys:
                return record
            if keys == record.keys:
                return replace(record, keys=keys)
        self._keys.append(record.keys)
        return record

    def _count(self, more: int) -> None:
        self._done += more
        if more and self._progress is not None:
            self._progress(self._done, self._total)
