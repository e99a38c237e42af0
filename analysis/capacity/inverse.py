"""Questions the other way round: how much demand, how late a start, or which pass rate a capacity stands.

A question is a ladder of settings of one thing, from the easiest for the queues to the hardest. Every region
is judged on every rung that is tried, and takes from a rung that it meets, or fails, that it does so on all
easier, or harder, ones. Where that need not be so, every rung is tried. No rung above one that failed is said
to hold; where rungs beyond it were met all the same, that is told beside the answer. Nor is a rung on which
too few people of the region come in time to be asked about: that is told too.

Two tests are made. In `WAITS`, the target is met by those who join early enough for it to be known. In
`DATES`, of a start of phase two, hardly anybody misses its last day for want of seats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure, over
from analysis.capacity.futures import Futures
from analysis.capacity.ladders import DEMAND, LADDERS, START, Ladder, Rung
from analysis.capacity.phase_two import dates_come, last_day, phase_two
from analysis.capacity.plans import FACTOR, regions_of
from analysis.capacity.stored import WEEK
from analysis.capacity.targets import Target, failures_allowed
from analysis.capacity.trials import Tried, judged
from rules.errors import problem
from simulation.calendar import LAST, day_of
from simulation.capacity import seat_plan
from simulation.flows import Spells

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

QUESTIONS: Final = tuple(LADDERS)

WAITS, DATES = "waits", "dates"
"""The tests: the target for waits, and the last day of phase two."""

JUDGED: Final = 0.5
"""A start is judged only where so many people join in phase two, as a share of the start as it stands."""

A_WEEK, FOR_EACH_SEAT = "people_joining_a_week", "people_for_each_seat"
IN_PHASE_TWO, MISS = "people_joining_in_phase_two", "without_a_seat_at_its_end"
"""What is counted on a rung of the demand, and of the start."""


@dataclass(frozen=True)
class Tested:
    """One rung: by test and region, in which futures it was met; how many people were asked about.

    `counts` are figures by region of what the question is about.
    """

    met: Mapping[str, Mask]
    asked: Floats
    counts: tuple[Mapping[str, Figure], ...]

    @property
    def whole(self) -> Mask:
        """Where every test was met [region, future]."""
        return np.asarray(np.logical_and.reduce(list(self.met.values())))

    def failed(self, region: int) -> dict[str, int]:
        """In how many futures each test was missed in a region; only those that were."""
        missed = {name: int((~kept[region]).sum()) for name, kept in self.met.items()}
        return {name: count for name, count in missed.items() if count}


@dataclass(frozen=True)
class Answer:
    """One region: the hardest setting that meets the target, and the next one tried, that does not.

    `holds` is None where even the easiest setting tried fails, `fails` where none does; both where nobody was
    asked about. `why` are the tests missed where it fails, with the number of futures. Against the order went
    easier settings `before` that failed, and harder ones `after` that met it beyond the one that failed. On
    settings `unjudged` too few were asked about; they are not said to hold. `now` and `there` count what the
    question is about as the scenario stands and at the answer.
    """

    region: str
    holds: str | None
    fails: str | None
    at: Tried | None
    beyond: Tried | None
    value: float | None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    why: Mapping[str, int] = field(default_factory=dict)
    now: Mapping[str, Figure] = field(default_factory=dict)
    there: Mapping[str, Figure] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The answer as plain data."""
        return {
            "region": self.region,
            "holds_at": self.holds,
            "holds_at_value": self.value,
            "fails_at": self.fails,
            "at": self.at and self.at.to_dict(),
            "beyond": self.beyond and self.beyond.to_dict(),
            "futures_in_which_it_fails_there_by_test": dict(self.why),
            "failed_before": list(self.before),
            "met_again_after": list(self.after),
            "not_judged_at": list(self.unjudged),
            "as_it_stands": {name: found.to_dict() for name, found in self.now.items()},
            "at_the_answer": {name: found.to_dict() for name, found in self.there.items()},
        }


@dataclass(frozen=True)
class Inverse:
    """A question with the answer of every region; `tried` are the rungs, each with its trials by region.

    `judged` says of the same rungs how many people of each region were asked about, on average; `ends` is the
    last day of phase two where its start is asked for, and that day lies within the period.
    """

    question: str
    scenario: str
    target: Target
    confidence: float
    now: str
    easiest: str
    hardest: str
    answers: tuple[Answer, ...]
    tried: tuple[tuple[str, tuple[Tried, ...]], ...]
    judged: tuple[tuple[float, ...], ...]
    futures: int
    runs: int
    ends: date | None = None

    def to_dict(self) -> dict[str, object]:
        """Everything as plain data."""
        return {
            "question": self.question,
            "scenario": self.scenario,
            "target": str(self.target),
            "confidence": self.confidence,
            "as_it_stands": self.now,
            "easiest_tried": self.easiest,
            "hardest_tried": self.hardest,
            "futures": self.futures,
            "runs": self.runs,
            "last_day_of_phase_two": self.ends and self.ends.isoformat(),
            "regions": [answer.to_dict() for answer in self.answers],
            "tried": [
                {
                    "setting": said,
                    "probability": [trial.probability for trial in trials],
                    "people_judged": list(people),
                }
                for (said, trials), people in zip(self.tried, self.judged, strict=True)
            ],
        }


def ask(futures: Futures, question: str, target: Target, confidence: float, replications: int) -> Inverse:
    """Answer one of `QUESTIONS`. Raises `InputError` Q004, Q008, Q009 or Q010."""
    inputs = futures.arm.inputs
    if inputs.plain is not None:
        raise problem("Q009", "a scheme from scratch has no settings for this question")
    if not any(period.seats_per_day for period in inputs.centres) or not inputs.parameters.value(FACTOR):
        raise problem("Q008", f"{futures.arm.name} offers no seats at any time, so that nothing can hold")
    if question not in QUESTIONS:
        raise problem("Q010", f"nothing is asked by '{question}'", hint=f"one of: {', '.join(QUESTIONS)}")
    ladder = LADDERS[question](inputs)
    regions, numbers = regions_of(inputs), range(replications)
    known = _Known(ladder, failures_allowed(confidence, replications))
    while (at := known.next(len(regions))) is not None:
        rung = ladder.rungs[at]
        futures.tell(f"{rung.said}, {replications} futures")
        known.tested[at] = _tested(futures, question, rung, regions, target, numbers)
    tried = sorted(known.tested)
    return Inverse(
        question,
        futures.arm.name,
        target,
        confidence,
        ladder.rungs[ladder.now].said,
        ladder.rungs[0].said,
        ladder.rungs[-1].said,
        tuple(_answer(region, place, known) for place, region in enumerate(regions)),
        tuple(
            (ladder.rungs[at].said, tuple(known.trial(at, place) for place in range(len(regions))))
            for at in tried
        ),
        tuple(tuple(known.tested[at].asked.mean(axis=1).tolist()) for at in tried),
        replications,
        futures.runs,
        last_day(inputs) if question == START and dates_come(inputs) else None,
    )


def _tested(
    futures: Futures,
    question: str,
    rung: Rung,
    regions: Sequence[str],
    target: Target,
    numbers: Sequence[int],
) -> Tested:
    """Try a rung in these futures."""
    waits = futures.spells(rung.inputs, rung.said, numbers)
    served = np.zeros((len(regions), len(waits)), dtype=np.bool_)
    asked = np.zeros(served.shape)
    for venue, region in enumerate(regions):
        bounds = judged(rung.inputs, region, target)
        for future, spells in enumerate(waits):
            pair = target.counted(spells, venue, *bounds)
            served[venue, future] = target.met(*pair)
            asked[venue, future] = sum(pair)
    if question == DEMAND:
        return Tested({WAITS: served}, asked, _demanded(rung, regions, target, waits))
    if question != START:
        return Tested({WAITS: served}, asked, tuple({} for _ in regions))
    people = phase_two(futures, rung.inputs, rung.said, waits, numbers)
    counts = tuple(
        {IN_PHASE_TWO: figure(joined), **({MISS: figure(missed)} if dates_come(rung.inputs) else {})}
        for joined, missed in zip(people.joined, people.missed, strict=True)
    )
    return Tested({WAITS: served, DATES: people.kept}, asked, counts)


def _demanded(
    rung: Rung, regions: Sequence[str], target: Target, waits: Sequence[Spells]
) -> tuple[Mapping[str, Figure], ...]:
    """By region: who join a week since the opening, so many times over, and for each seat planned since."""
    last = day_of(min(rung.inputs.until, LAST))
    planned = seat_plan(rung.inputs, last).planned
    found = []
    for venue, region in enumerate(regions):
        first, _ = judged(rung.inputs, region, target)
        people = np.array([((each.home == venue) & (each.joined >= first)).sum() for each in waits])
        weeks, seats = (last + 1 - first) / WEEK, planned[venue, first:].sum()
        found.append(
            {A_WEEK: figure(people * rung.value / weeks), FOR_EACH_SEAT: figure(over(people, seats))}
        )
    return tuple(found)


@dataclass
class _Known:
    """What is known of a ladder; a rung is met where it failed in no more futures than are allowed."""

    ladder: Ladder
    allowed: int
    tested: dict[int, Tested] = field(default_factory=dict)

    def trial(self, at: int, region: int) -> Tried:
        """In how many futures every test was met."""
        whole = self.tested[at].whole[region]
        return Tried(len(whole), int(whole.sum()))

    def met(self, at: int, region: int) -> bool:
        """Whether a region met a rung."""
        trial = self.trial(at, region)
        return trial.futures - trial.met <= self.allowed

    def few(self, at: int, region: int) -> bool:
        """Whether too few come for it to be said that a region meets a rung."""
        here, now = self.tested[at], self.tested[self.ladder.now].counts[region]
        least = JUDGED * now[IN_PHASE_TWO].mean if IN_PHASE_TWO in now else 0.0
        return not here.asked[region].any() or (least > 0 and here.counts[region][IN_PHASE_TWO].mean < least)

    def next(self, regions: int) -> int | None:
        """The rung to try next; None when every region is decided."""
        size = len(self.ladder.rungs)
        if self.ladder.now not in self.tested:
            return self.ladder.now
        if not self.ladder.monotone:
            return next((at for at in range(size) if at not in self.tested), None)
        for region in range(regions):
            fails = min((at for at in self.tested if not self.met(at, region)), default=size)
            holds = max((at for at in self.tested if at < fails), default=-1)
            if fails - holds > 1:
                return (holds + fails) // 2
        return None


def _answer(region: str, place: int, known: _Known) -> Answer:
    """The last rung met before the first that failed, of those on which enough people were asked about.

    Where easier rungs may fail first (a start before there are seats), it is the last of the first stretch of
    rungs that were met.
    """
    tried, tested = sorted(known.tested), known.tested
    unjudged = [at for at in tried if known.met(at, place) and known.few(at, place)]
    told = [at for at in tried if at not in unjudged]
    skipped = 0
    if not known.ladder.monotone:
        skipped = next((step for step, at in enumerate(told) if known.met(at, place)), 0)
    fails = next((at for at in told[skipped:] if not known.met(at, place)), None)
    holds = max((at for at in told[skipped:] if fails is None or at < fails), default=None)
    after = [at for at in told if fails is not None and at > fails and known.met(at, place)]

    def said(places: Sequence[int]) -> tuple[str, ...]:
        return tuple(known.ladder.rungs[at].said for at in places)

    return Answer(
        region,
        None if holds is None else known.ladder.rungs[holds].said,
        None if fails is None else known.ladder.rungs[fails].said,
        None if holds is None else known.trial(holds, place),
        None if fails is None else known.trial(fails, place),
        None if holds is None else known.ladder.rungs[holds].value,
        said(told[:skipped]),
        said(after),
        said(unjudged),
        {} if fails is None else tested[fails].failed(place),
        tested[known.ladder.now].counts[place],
        {} if holds is None else tested[holds].counts[place],
    )
