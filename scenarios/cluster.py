"""The same tasks on a Dask cluster. A worker that dies gives its tasks to the others."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from importlib import import_module
from itertools import islice
from typing import Any, Final

from rules.errors import problem
from scenarios.identity import address
from scenarios.tasks import Outcome, Simulate, Task, attempt, failure

PATIENCE: Final = 10
"""Seconds to wait for a scheduler, and for its first worker."""

_AHEAD: Final = 4
"""Tasks given out at once for each thread of the cluster."""


def on_cluster(
    tasks: Sequence[tuple[int, Task]], cluster: str, simulate: Simulate
) -> Generator[tuple[int, Outcome], None, None]:
    """Every task's outcome as it comes. Raises `InputError` S024 when there is no cluster to work on."""
    client = _client(cluster)
    try:
        threads = max(sum(client.nthreads().values()), 1)
        waiting = iter(tasks)
        given = {_submitted(client, *item, simulate): item for item in islice(waiting, _AHEAD * threads)}
        coming = _distributed().as_completed(given, loop=client.loop)
        for future in coming:
            place, task = given.pop(future)
            for item in islice(waiting, 1):
                further = _submitted(client, *item, simulate)
                given[further] = item
                coming.add(further)
            yield place, _outcome(future, task)
    finally:
        client.close()


def carry_out_remotely(task: Task, simulate: Simulate, expected: str) -> Outcome:
    """What a worker does: make sure that its copy would give the same results, then carry the task out."""
    own = address(task.arm.inputs)
    if own != expected:
        message = "a worker of the cluster has another version of the simulator, its data or the staff list"
        return problem("S024", message, hint="install the same version on every machine")
    return attempt(task, simulate)


def _outcome(future: Any, task: Task) -> Outcome:
    try:
        found: Outcome = future.result()
        return found
    except Exception as error:  # the cluster gave the task up, such as after too many deaths of workers
        return failure(task, error)


def _submitted(client: Any, _place: int, task: Task, simulate: Simulate) -> Any:
    expected = address(task.arm.inputs)
    return client.submit(carry_out_remotely, task, simulate, expected, pure=False)


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError:
        hint = "pip install 'naas-policy-simulator[cluster]'"
        raise problem("S024", "--cluster needs the package dask.distributed", hint=hint) from None


def _client(cluster: str) -> Any:
    client = None
    try:
        client = _distributed().Client(cluster, timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        if client is not None:
            client.close()
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        message = f"no Dask cluster answers at '{cluster}': {said}"
        raise problem("S024", message, hint="a scheduler is named as in tcp://host:8786") from error
    return client
