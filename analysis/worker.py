"""One worker: what the rules are asked about them, who it is, and their life in a random future."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from rules.errors import nearest, problem
from rules.model import Fact
from simulation.calendar import BASELINE
from simulation.facts import Person, facts_of, person
from simulation.inputs import Inputs
from simulation.plain import PreparedPlain
from simulation.prepared import Prepared
from simulation.replicate import prepare, simulate
from simulation.stories import life

_BASELINE: Final = f"{BASELINE.day} {BASELINE:%B %Y}"


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


def numbering(inputs: Inputs) -> str:
    """Which numbers workers have: those in post at the start, and those who may join later."""
    people = prepare(inputs).workforce
    first = f"Numbers 0 to {people.baseline - 1} are the {people.baseline:,} workers in post on {_BASELINE}"
    if people.size == people.baseline:
        return f"{first}."
    return f"{first}; {people.baseline} to {people.size - 1} are people who may join later."


class WorkerOf:
    """A worker of an arm. Raises `InputError` C006 for a worker or a replication there is not."""

    def __init__(self, inputs: Inputs, worker: int, replication: int = 0) -> None:
        if replication < 0:
            raise problem("C006", f"--replication counts from 0, and {replication} is below it")
        prepared = prepare(inputs)
        if not 0 <= worker < prepared.workforce.size:
            raise problem("C006", f"there is no worker {worker}", hint=numbering(inputs))
        if isinstance(prepared, PreparedPlain):
            raise problem("C016", "nobody in a scheme from scratch is under the consultation's rules")
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
