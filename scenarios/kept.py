"""What the store already holds of an experiment, read without running anything."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.experiment import Results, results_of
from scenarios.gathering import Gathered
from scenarios.store import Store
from scenarios.tasks import Arm


def held(store: Store, arm: Arm) -> tuple[str, frozenset[int]]:
    """The address of an arm's results and the replications that are stored under it."""
    where = store.open(arm.inputs, arm.name, arm.variant)
    return where, store.stored(where)


def all_held(store: Store | None, arms: Sequence[Arm], replications: int) -> bool:
    """Whether the first `replications` of every arm have a file, so that there is nothing to run."""
    wanted = set(range(replications))
    return store is not None and all(wanted <= held(store, arm)[1] for arm in arms)


def read_results(
    store: Store, arms: Sequence[Arm], replications: int, numbers: Sequence[int] = ()
) -> Results:
    """The first `replications` of every arm, or those with these numbers, as far as they are stored.

    `Results.finished` says which are.

    A file that cannot be trusted is set aside and counts as missing, which the notices say.
    """
    numbers = tuple(numbers) or tuple(range(replications))
    places = [(place, arm) for place in range(len(numbers)) for arm in range(len(arms))]
    where = [held(store, arm)[0] for arm in arms]
    found = Gathered()
    for index, (place, arm) in enumerate(places):
        record = store.read(where[arm], numbers[place])
        if record is not None:
            found.records[index] = record
            found.reused.add(index)
    found.notices += store.notices
    store.notices.clear()
    return results_of(arms, numbers, places, found)
