"""One worker: what the rules are asked about them, who it is, and their life in a random future."""

from __future__ import annotations

from functools import cached_property

from rules.errors import nearest, problem
from rules.model import Fact
from simulation.facts import Person, facts_of, person
from simulation.inputs import Inputs
from simulation.plain import PreparedPlain
from simulation.prepared import Prepared
from simulation.replicate import prepare, simulate
from simulation.stories import life


def numbered(inputs: Inputs, asked: str) -> int:
    """The number of a worker: of the one with this id in a staff list, or the number itself.

    Raises `InputError` C006 for what is neither.
    """
    labels = prepare(inputs).workforce.labels or ()
    if asked in labels:
        return labels.index(asked)
    if asked.isascii() and asked.isdecimal():
        return int(asked)
    said = f"no worker has the id '{asked}'" if labels else f"a worker has a number, and '{asked}' is none"
    raise problem("C006", said, hint=nearest(asked, labels) if labels else "they are numbered from 0")


class WorkerOf:
    """A worker of an arm. Raises `InputError` C006 for a worker or a replication there is not."""

    def __init__(self, inputs: Inputs, worker: int, replication: int = 0) -> None:
        if replication < 0:
            raise problem("C006", f"--replication counts from 0, and {replication} is below it")
        prepared = prepare(inputs)
        size = prepared.workforce.size
        if not 0 <= worker < size:
            raise problem("C006", f"there is no worker {worker}; they are numbered from 0 to {size - 1}")
        if isinstance(prepared, PreparedPlain):
            raise problem("C008", "nobody in a scheme from scratch is under the consultation's rules")
        self._prepared: Prepared = prepared
        self.worker, self.replication = worker, replication

    @property
    def facts(self) -> dict[str, Fact]:
        """What decides the worker's standing on joining."""
        return facts_of(self._prepared, self.worker)

    @property
    def person(self) -> Person:
        """Who it is, with the dates that the rules come to."""
        return person(self._prepared, self.worker)

    @cached_property
    def life(self) -> list[tuple[str, str]]:
        """What happened, as (ISO date, words); runs the replication."""
        return life(simulate(self._prepared, self.replication), self.worker)
