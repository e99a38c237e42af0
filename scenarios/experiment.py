"""Many replications of several scenarios, side by side.

A replication is a pure function of an arm's inputs and the number of the replication, so the results do
not depend on how many processes ran it, in which order they finished, or whether they were stored before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios.gathering import Gathered, Progress, gather
from scenarios.record import Array, Record, simulate
from scenarios.store import Store
from scenarios.tasks import Arm, Failure, Simulate, Task

if TYPE_CHECKING:
    from simulation.measures import MeasureKey

__all__ = ["Arm", "Failure", "Progress", "Record", "Results", "Simulate", "results_of", "run", "simulate"]


@dataclass(frozen=True)
class Results:
    """What an experiment measured.

    `values` has the shape [arm, replication, key], NaN where a measure is not defined or nothing was kept;
    `finished` has the shape [arm, replication]. `numbers` are the replications, 0, 1, 2, ... unless others
    were asked for. `records` and `reused` go by (arm, place of the replication); reused ones came from the
    store. `stopped` says why results could no longer be stored, and `notices` what was wrong in the store.
    """

    arms: tuple[Arm, ...]
    requested: int
    keys: tuple[MeasureKey, ...]
    values: NDArray[np.float64]
    finished: NDArray[np.bool_]
    failures: tuple[Failure, ...] = ()
    interrupted: bool = False
    stopped: str = ""
    notices: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    records: Mapping[tuple[int, int], Record] = field(default_factory=dict)
    reused: frozenset[tuple[int, int]] = frozenset()

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Which replications every arm finished; only these are compared, so that each has its pair."""
        return np.asarray(self.finished.all(axis=0))

    def of(self, arm: int) -> NDArray[np.float64]:
        """Values [replication, key] of one arm, for the whole replications only."""
        return np.asarray(self.values[arm][self.whole])

    def recorded(self, name: str, arm: int) -> Array:
        """A recorded array [replication, ...] of one arm, for the whole replications only.

        Raises KeyError for a name that is not in `scenarios.record.RECORDED`.
        """
        places = np.flatnonzero(self.whole)
        return np.stack([self.records[arm, int(place)].arrays[name] for place in places])


def run(
    arms: Sequence[Arm],
    replications: int,
    jobs: int = 1,
    progress: Progress | None = None,
    simulate: Simulate = simulate,
    store: Store | None = None,
    cluster: str = "",
    numbers: Sequence[int] = (),
    before: Results | None = None,
) -> Results:
    """Run every arm `replications` times, arms side by side, on `jobs` processes or on a Dask cluster.

    What is in the store is read, and only the rest is run and stored. `numbers` asks for these replications
    instead of the first ones. `before` holds results of a smaller run of the same arms, which are kept.
    An interruption (Ctrl-C) or a full disk keeps what is finished. A replication that fails becomes a
    `Failure`; an `InputError` is the person's to mend and ends the experiment.
    """
    wanted = tuple(numbers) or tuple(range(replications))
    places = [(place, arm) for place in range(len(wanted)) for arm in range(len(arms))]
    known = before.records if before is not None else {}
    todo = [(place, arm) for place, arm in places if (arm, place) not in known]
    tasks = [Task(arms[arm], wanted[place]) for place, arm in todo]
    gathered = gather(tasks, jobs, progress, simulate, store, cluster)
    return results_of(arms, wanted, todo, gathered, before)


def results_of(
    arms: Sequence[Arm],
    numbers: Sequence[int],
    places: Sequence[tuple[int, int]],
    gathered: Gathered,
    before: Results | None = None,
) -> Results:
    """Line up what was gathered for (place of the replication, arm), whatever order it came in."""
    records = dict(before.records) if before is not None else {}
    reused = set(before.reused) if before is not None else set()
    for index, record in gathered.records.items():
        place, arm = places[index]
        records[arm, place] = record
        if index in gathered.reused:
            reused.add((arm, place))
    columns: dict[MeasureKey, int] = {}
    known: list[tuple[tuple[MeasureKey, ...], list[int]]] = []  # few: arms differ in keys, replications not
    for _, record in sorted(records.items(), key=lambda item: (item[0][1], item[0][0])):
        if not any(record.keys is keys for keys, _ in known):
            known.append((record.keys, [columns.setdefault(key, len(columns)) for key in record.keys]))
    values = np.full((len(arms), len(numbers), len(columns)), np.nan)
    finished = np.zeros((len(arms), len(numbers)), dtype=np.bool_)
    for (arm, place), record in records.items():
        values[arm, place, next(found for keys, found in known if keys is record.keys)] = record.values
        finished[arm, place] = True
    return Results(
        arms=tuple(arms),
        requested=len(numbers),
        keys=tuple(columns),
        values=values,
        finished=finished,
        failures=(*(before.failures if before is not None else ()), *gathered.failures),
        interrupted=gathered.interrupted,
        stopped=gathered.stopped,
        notices=(*(before.notices if before is not None else ()), *gathered.notices),
        numbers=tuple(numbers),
        records=records,
        reused=frozenset(reused),
    )
