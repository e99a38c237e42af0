"""What the rules alone say of the people in post at the baseline, under one set of levers and under another.

Nothing is simulated: each distinct case is decided once, so the answer is there as a lever moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.errors import problem
from rules.levers import Levers
from rules.model import Decision
from simulation.codes import REGIONS, STATUSES
from simulation.inputs import Inputs
from simulation.plain import PreparedPlain
from simulation.policy import FAR, REQUIREMENTS, facts_of_profile
from simulation.prepared import Prepared, under
from simulation.replicate import prepare

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_KEPT: Final = 4

OF_A_PERSON: Final = ("status", "mandate", "phase", "window", "endorser", "consequence")
"""The decisions about a person in post; the others follow a result."""


@dataclass(frozen=True)
class Count:
    """People of a kind under one set of levers and under another."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Move:
    """People who get another answer to one question: the answer before and after, and how many."""

    decision: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    people: int


class Standings:
    """Where the people in post on 30 September 2016 stand under one set of levers."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.people = prepared.workforce.baseline
        self._others: dict[Levers, Standings] = {}

    def under(self, levers: Levers) -> Standings:
        """The same people under other levers; the last few are kept."""
        if levers == self.levers:
            return self
        found = self._others.pop(levers, None) or Standings(under(self.prepared, levers))
        self._others[levers] = found
        if len(self._others) > _KEPT:
            del self._others[next(iter(self._others))]
        return found

    @property
    def levers(self) -> Levers:
        """The levers in force."""
        return self.prepared.inputs.levers

    @cached_property
    def profile(self) -> Ints:
        """The facts of each person, packed."""
        people, rows = self.prepared.workforce, np.arange(self.people)
        return self.prepared.profiles.of(
            rows,
            people.functions[rows].astype(np.int64),
            people.employer[rows].astype(np.int64),
            people.new_in_role[rows].astype(np.int64),
        )

    @property
    def status(self) -> Ints:
        """The status that each person's work calls for, as in `STATUSES`."""
        return np.asarray(self.prepared.standing.status[: self.people])

    @property
    def in_scope(self) -> Mask:
        """Whose work calls for accreditation."""
        return np.asarray(self.status > 0)

    @property
    def region(self) -> Ints:
        """The region of each person's employer."""
        people = self.prepared.workforce
        return people.employers.region[people.employer[: self.people]].astype(np.int64)

    @cached_property
    def decided(self) -> dict[int, Mapping[str, Decision]]:
        """Every decision, for each distinct profile."""
        engine = self.prepared.policy.engine
        return {int(code): engine.derive(facts_of_profile(int(code))) for code in np.unique(self.profile)}

    def firing(self) -> dict[str, int]:
        """How many people each rule applies to; rules about results apply to nobody yet."""
        found: dict[str, int] = {}
        codes, sizes = np.unique(self.profile, return_counts=True)
        for code, size in zip(codes.tolist(), sizes.tolist(), strict=True):
            for name in OF_A_PERSON:
                for rule in self.decided[code][name].fired:
                    found[rule] = found.get(rule, 0) + size
        return found

    def example(self, rule: str) -> int | None:
        """The first person to whom a rule applies; None where it applies to nobody in post."""
        codes = [
            code
            for code, decided in self.decided.items()
            if any(rule in decided[name].fired for name in OF_A_PERSON)
        ]
        found = np.flatnonzero(np.isin(self.profile, codes))
        return int(found[0]) if len(found) else None

    def requirement(self) -> dict[str, int]:
        """People in scope by the force with which accreditation is asked for."""
        asked = self.prepared.standing.requirement[: self.people][self.in_scope]
        tally = np.bincount(asked, minlength=len(REQUIREMENTS)).tolist()
        return dict(zip(REQUIREMENTS, tally, strict=True))

    @property
    def opens(self) -> Ints:
        """From which day the rules let each person be assessed, whenever they are called."""
        return np.asarray(self.prepared.standing.opens[: self.people])

    @property
    def closes(self) -> Ints:
        """By which day the rules ask each person to be accredited, `FAR` for no such day."""
        return np.asarray(self.prepared.standing.closes[: self.people])

    @property
    def first_day(self) -> Ints:
        """From which day each person may be assessed, `FAR` for never."""
        return np.asarray(self.prepared.eligible[: self.people])

    @property
    def last_day(self) -> Ints:
        """The last day on which each person may lack accreditation, `FAR` where nothing binds."""
        return np.asarray(self.prepared.latest[: self.people])


def standings(inputs: Inputs) -> Standings:
    """The people of an arm. Raises `InputError` C016 for a scheme from scratch, which has no such rules."""
    prepared = prepare(inputs)
    if isinstance(prepared, PreparedPlain):
        hint = "choose one of the national scenarios, such as consultation"
        raise problem("C016", "a scheme from scratch is not under the consultation's rules", hint=hint)
    return Standings(prepared)


@dataclass(frozen=True)
class Effect:
    """What other levers do before anything is simulated, counted in people in post at the baseline.

    Rules move the days on which a window opens and closes; the first and the last day of a person move only
    where no later day counts, such as that of being called or of coming into scope.
    """

    people: int
    in_scope: Count
    by_status: tuple[Count, ...]
    by_region: tuple[Count, ...]
    by_requirement: tuple[Count, ...]
    called: Count
    bound: Count
    first_day_moved: int
    last_day_moved: int
    opening_moved: int
    closing_moved: int


def effect(before: Standings, after: Standings) -> Effect:
    """Both counted on the same people."""
    return Effect(
        people=before.people,
        in_scope=Count("In scope", int(before.in_scope.sum()), int(after.in_scope.sum())),
        by_status=_counts(STATUSES, before.status, after.status)[1:],
        by_region=_counts(REGIONS, before.region[before.in_scope], after.region[after.in_scope]),
        by_requirement=tuple(
            Count(name, number, after.requirement()[name])
            for name, number in before.requirement().items()
            if name != "none"
        ),
        called=Count("Called", _days(before.first_day), _days(after.first_day)),
        bound=Count("Bound by a latest date", _days(before.last_day), _days(after.last_day)),
        first_day_moved=int((before.first_day != after.first_day).sum()),
        last_day_moved=int((before.last_day != after.last_day).sum()),
        opening_moved=int((before.opens != after.opens).sum()),
        closing_moved=int((before.closes != after.closes).sum()),
    )


def moves(before: Standings, after: Standings) -> tuple[Move, ...]:
    """Who gets another answer, by question and by answer, the most people first within a question."""
    pairs, sizes = np.unique(np.stack([before.profile, after.profile]), axis=1, return_counts=True)
    found: dict[tuple[str, tuple[object, ...], tuple[object, ...]], list[Move]] = {}
    for (one, two), size in zip(pairs.T.tolist(), sizes.tolist(), strict=True):
        decided, other = before.decided[one], after.decided[two]
        for name in OF_A_PERSON:
            was, now = decided[name].answer, other[name].answer
            if was != now:
                key = (name, tuple(was.values()), tuple(now.values()))
                found.setdefault(key, []).append(Move(name, was, now, size))
    whole = [
        Move(name, same[0].before, same[0].after, sum(move.people for move in same))
        for (name, _, _), same in found.items()
    ]
    return tuple(sorted(whole, key=lambda move: (OF_A_PERSON.index(move.decision), -move.people)))


def moved(before: Standings, after: Standings) -> dict[str, int]:
    """How many people get another answer to each question; questions that move nobody are left out."""
    found: dict[str, int] = {}
    for move in moves(before, after):
        found[move.decision] = found.get(move.decision, 0) + move.people
    return found


def _counts(names: tuple[str, ...], before: Ints, after: Ints) -> tuple[Count, ...]:
    size = len(names)
    one, two = np.bincount(before, minlength=size), np.bincount(after, minlength=size)
    return tuple(
        Count(name, was, now) for name, was, now in zip(names, one.tolist(), two.tolist(), strict=True)
    )


def _days(days: Ints) -> int:
    return int((days < FAR).sum())
