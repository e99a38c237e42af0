"""Who changes outcome between two arms: worker by worker, because both arms share every draw they can.

Accreditation by the end of the simulated time puts everyone into exactly one of `ACCREDITATION`; the other
outcomes say who is restricted, or leaves, in one arm and not in the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.errors import problem
from simulation.calendar import date_of
from simulation.codes import CONTRACTS, ORIGINS, STATUSES
from simulation.inputs import Inputs
from simulation.journal import MEANING, Event
from simulation.policy import FAR
from simulation.replicate import prepare, simulate
from simulation.timeline import Timeline, timeline
from simulation.workforce import Employers, Workforce

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

OUTCOMES: Final[Mapping[str, str]] = {
    "gained": "accredited by the end under {second} only",
    "lost": "accredited by the end under {first} only",
    "earlier": "accredited under both, sooner under {second}",
    "later": "accredited under both, later under {second}",
    "unaffected": "accredited first on the same day under both, or under neither",
    "restricted": "stop holding their functions at some time under {second} only",
    "spared": "stop holding their functions at some time under {first} only",
    "left": "leave by the end under {second} only",
    "stayed": "leave by the end under {first} only",
}
"""Every outcome with its meaning, for scenarios called `first` and `second`."""

ACCREDITATION: Final = ("gained", "lost", "earlier", "later", "unaffected")
"""Outcomes of which everyone has exactly one."""

CUTS: Final = ("status", "route", "contract", "region")
"""What counts are cut by: status called for, route into the work, contract, and region on joining."""


@dataclass(frozen=True)
class Moment:
    """Where the two lives of a worker part: the day, and what comes next in each."""

    day: str
    first: str
    second: str


@dataclass(frozen=True)
class Affected:
    """One worker behind a count; days are ISO dates, empty where never accredited."""

    worker: int
    label: str
    status: str
    route: str
    contract: str
    region: str
    employer: str
    accredited_first: str
    accredited_second: str
    parting: Moment | None


@dataclass(frozen=True)
class _Fates:
    """What became of every worker row in one arm: the day first accredited (`FAR` for never), and marks."""

    lives: Timeline
    present: Mask
    accredited: Ints
    restricted: Mask
    left: Mask
    status: Ints


class Followed:
    """The same people through one replication of two arms."""

    def __init__(self, first: Inputs, second: Inputs, replication: int) -> None:
        """Run both arms. Raises `InputError` A004 when they do not have the same people."""
        runs = [simulate(prepare(inputs), replication) for inputs in (first, second)]
        self.workforce = runs[0].workforce
        self.regions = runs[0].regions
        if not _same(self.workforce, runs[1].workforce):
            hint = "their staff, their scale or what the workforce is built from differs"
            raise problem("A004", "the two scenarios do not have the same people", hint=hint)
        employer = self.workforce.employer.astype(np.int64)
        lives = [timeline(run.journal, employer, run.until + 1) for run in runs]
        self._first, self._second = (_fates(found, self.workforce.size) for found in lives)

    @cached_property
    def masks(self) -> Mapping[str, Mask]:
        """Which workers have each outcome."""
        one, two = self._first, self._second
        here = one.present | two.present
        had, has = one.accredited < FAR, two.accredited < FAR
        both = had & has
        return {
            "gained": has & ~had,
            "lost": had & ~has,
            "earlier": both & (two.accredited < one.accredited),
            "later": both & (two.accredited > one.accredited),
            "unaffected": here & (two.accredited == one.accredited),
            "restricted": two.restricted & ~one.restricted,
            "spared": one.restricted & ~two.restricted,
            "left": two.left & ~one.left,
            "stayed": one.left & ~two.left,
        }

    @property
    def everyone(self) -> int:
        """People in post at some time in either arm."""
        return int((self._first.present | self._second.present).sum())

    @cached_property
    def cuts(self) -> Mapping[str, tuple[tuple[str, ...], Ints]]:
        """The categories of each cut and every worker's place in them."""
        people = self.workforce
        status = np.where(self._second.status > 0, self._second.status, self._first.status)
        region = people.employers.region.astype(np.int64)[people.employer]
        return {
            "status": (STATUSES, status),
            "route": (ORIGINS, people.origin.astype(np.int64)),
            "contract": (CONTRACTS, people.contract.astype(np.int64)),
            "region": (self.regions, region),
        }

    def counts(self) -> dict[tuple[str, str, str], int]:
        """People by outcome, cut and category; the cut and the category are empty for everyone."""
        found: dict[tuple[str, str, str], int] = {}
        for outcome, mask in self.masks.items():
            found[outcome, "", ""] = int(mask.sum())
            for cut, (categories, place) in self.cuts.items():
                tally = np.bincount(place[mask], minlength=len(categories)).tolist()
                found |= {(outcome, cut, name): count for name, count in zip(categories, tally, strict=True)}
        return found

    def behind(self, outcome: str, most: int | None = None) -> list[Affected]:
        """Everyone behind a count in order of their number, or the first `most` of them."""
        return [self._affected(worker) for worker in np.flatnonzero(self.masks[outcome])[:most].tolist()]

    def _affected(self, worker: int) -> Affected:
        people = self.workforce
        named = {cut: categories[place[worker]] for cut, (categories, place) in self.cuts.items()}
        return Affected(
            worker=worker,
            label=people.label(worker),
            employer=people.employers.name[people.employer[worker]],
            accredited_first=_iso(int(self._first.accredited[worker])),
            accredited_second=_iso(int(self._second.accredited[worker])),
            parting=_parting(self._first.lives, self._second.lives, worker),
            **named,
        )


def _fates(lives: Timeline, size: int) -> _Fates:
    def marked(event: Event) -> Mask:
        found = np.zeros(size, dtype=np.bool_)
        found[lives.worker[lives.rows(event)]] = True
        return found

    accredited = np.full(size, FAR, dtype=np.int64)
    rows = lives.rows(Event.ACCREDITED)
    np.minimum.at(accredited, lives.worker[rows], lives.day[rows])
    status = np.zeros(size, dtype=np.int64)
    called_for = np.flatnonzero(lives.status > 0)
    status[lives.worker[called_for]] = lives.status[called_for]  # rows are in order: the last one stays
    return _Fates(
        lives, marked(Event.JOINED), accredited, marked(Event.RESTRICTED), marked(Event.LEFT), status
    )


def _parting(first: Timeline, second: Timeline, worker: int) -> Moment | None:
    """The first event that the two lives of a worker do not share; None where they share all."""
    one, two = _events(first, worker), _events(second, worker)
    for place in range(max(len(one), len(two))):
        nexts = [events[place] if place < len(events) else None for events in (one, two)]
        if nexts[0] != nexts[1]:
            day = min(event[0] for event in nexts if event is not None)
            return Moment(_iso(day), *map(_told, nexts))
    return None


def _events(lives: Timeline, worker: int) -> list[tuple[int, int, int]]:
    start, end = np.searchsorted(lives.worker, [worker, worker + 1]).tolist()
    columns = (lives.day, lives.code, lives.detail)
    day, code, detail = (column[start:end].tolist() for column in columns)
    return list(zip(day, code, detail, strict=True))


def _told(event: tuple[int, int, int] | None) -> str:
    return "nothing more" if event is None else f"{MEANING[Event(event[1])]} on {_iso(event[0])}"


def _iso(day: int) -> str:
    return "" if day >= FAR else date_of(day).isoformat()


def _same(one: Workforce, other: Workforce) -> bool:
    """Whether the rows of two workforces are the same people with the same employers."""
    return one is other or (
        one.baseline == other.baseline and _equal(one, other) and _equal(one.employers, other.employers)
    )


def _equal(one: Workforce | Employers, other: Workforce | Employers) -> bool:
    columns = [getattr(one, column.name) for column in fields(one)]
    others = [getattr(other, column.name) for column in fields(one)]
    pairs = zip(columns, others, strict=True)
    return all(np.array_equal(a, b) for a, b in pairs if isinstance(a, np.ndarray))
