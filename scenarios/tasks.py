"""One replication of one arm as a piece of work, and what can come of it."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass

from rules.errors import InputError
from scenarios.record import Record
from simulation.inputs import Inputs

Simulate = Callable[[Inputs, int], Record]


@dataclass(frozen=True)
class Arm:
    """One side of a comparison.

    `digest` is the fingerprint of the scenario's content; `command` is what a person types to run the arm
    alone; `variant` tells arms of one scenario apart that differ in drawn parameters.
    """

    name: str
    inputs: Inputs
    digest: str = ""
    command: str = ""
    variant: str = ""


@dataclass(frozen=True)
class Failure:
    """One replication that did not finish: its number counts from 0; `command` repeats it alone."""

    arm: str
    replication: int
    error: str
    trace: str
    command: str = ""

    def to_bytes(self) -> bytes:
        """The failure as it is kept on disk."""
        return f"{json.dumps(asdict(self), indent=1, ensure_ascii=False)}\n".encode()


@dataclass(frozen=True)
class Task:
    """Replication `replication` of an arm, counted from 0."""

    arm: Arm
    replication: int


Outcome = Record | Failure | InputError


def attempt(task: Task, simulate: Simulate) -> Outcome:
    """Carry out a task; a mistake in the input comes back as such, any other error as a `Failure`."""
    try:
        return simulate(task.arm.inputs, task.replication)
    except InputError as error:
        return error
    except Exception as error:
        return failure(task, error)


def failure(task: Task, error: Exception) -> Failure:
    """A task that ended in an error."""
    arm = task.arm
    command = f"{arm.command} --only {task.replication}" if arm.command else ""
    trace = "".join(traceback.format_exception(error))
    return Failure(arm.name, task.replication, f"{type(error).__name__}: {error}", trace, command)
