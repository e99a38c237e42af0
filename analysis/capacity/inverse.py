"""Questions the other way round: how much demand, how late a start, or which pass rate a capacity stands.

A question is a ladder of settings of one thing, from the easiest for the queues to the hardest. Every region
is judged on every rung that is tried, and takes from a rung that it meets, or fails, that it does so on all
easier, or harder, ones. Where that need not be so, every rung is tried. No rung above one that failed is said
to hold; where rungs beyond it were met all the same, that is told beside the answer. Nor is a rung on which
nobody of the region joins early enough to be asked about: that is told too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.futures import Futures
from analysis.capacity.plans import FACTOR, regions_of
from analysis.capacity.targets import Target, failures_allowed
from analysis.capacity.trials import Trial, judged
from rules.errors import InputError, problem
from simulation.calendar import add_months, date_of, day_of
from simulation.flows import SAT
from simulation.inputs import Inputs
from simulation.parameters import Override, Parameters

Floats = NDArray[np.float64]

QUESTIONS: Final = ("demand", "start", "pass-rate")

ELEMENT: Final = "element.simulated"
START: Final = "phase.two_from"

_SET: Final = "asked of the capacity on the command line"
_STEP: Final = 1.1
_STEPS: Final = 14
_PASS_STEP: Final = 0.02
_LOWEST_PASS: Final = 0.3
_EARLIER, _LATER = 4, 8
_QUARTER: Final = 3

KEPT: Final = 0.95
"""A start is safe only if by the end so much of the sittings is held that the start as it stands holds."""

JUDGED: Final = 0.5
"""A start is safe only if so many people are asked about, as a share of those of the start as it stands."""


@dataclass(frozen=True)
class Rung:
    """One setting: its value, how it is said, and the scenario with it."""

    value: float
    said: str
    inputs: Inputs


@dataclass(frozen=True)
class Answer:
    """One region: the hardest setting that meets the target, and the next one tried, that does not.

    `holds` is None where even the easiest setting tried fails, `fails` where none does; both where nobody was
    asked about. Against the order went easier settings `before` that failed, and harder ones `after` that met
    it beyond the one that failed. On settings `unjudged` nobody was asked about; they are not said to hold.
    """

    region: str
    holds: str | None
    fails: str | None
    at: Trial | None
    beyond: Trial | None
    value: float | None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The answer as plain data."""
        return {
            "region": self.region,
            "holds_at": self.holds,
            "holds_at_value": self.value,
            "fails_at": self.fails,
            "at": self.at and self.at.to_dict(),
            "beyond": self.beyond and self.beyond.to_dict(),
            "failed_before": list(self.before),
            "met_again_after": list(self.after),
            "nobody_to_judge_at": list(self.unjudged),
        }


@dataclass(frozen=True)
class Inverse:
    """A question with the answer of every region; `tried` are the rungs, each with its trials by region.

    `judged` says of the same rungs how many people of each region were asked about, on average.
    """

    question: str
    scenario: str
    target: Target
    confidence: float
    now: str
    easiest: str
    hardest: str
    answers: tuple[Answer, ...]
    tried: tuple[tuple[str, tuple[Trial, ...]], ...]
    judged: tuple[tuple[float, ...], ...]
    futures: int
    runs: int

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
    ladder, now, monotone = _LADDERS[question](inputs)
    regions = regions_of(inputs)
    allowed = failures_allowed(confidence, replications)
    numbers = range(replications)
    tried: dict[int, tuple[Trial, ...]] = {}
    people: dict[int, Floats] = {}
    least_sat = least_asked = np.zeros((len(regions), 1))

    def met(rung: int, region: int) -> bool:
        trial = tried[rung][region]
        return trial.futures - trial.met <= allowed

    while (rung := _next(len(ladder), tried, met, len(regions), monotone, now)) is not None:
        futures.tell(f"{ladder[rung].said}, {replications} futures")
        served, sat, asked = _waits(futures, ladder[rung], regions, target, numbers)
        enough = served & (sat >= least_sat) & (asked >= least_asked)
        tried[rung] = tuple(Trial(rung, len(numbers), int(row.sum())) for row in enough)
        people[rung] = asked.mean(axis=1)
        if rung == now and question == "start":
            least_sat, least_asked = sat * KEPT, asked * JUDGED
    answers = tuple(
        _answer(region, place, ladder, tried, people, met, monotone) for place, region in enumerate(regions)
    )
    return Inverse(
        question,
        futures.arm.name,
        target,
        confidence,
        ladder[now].said,
        ladder[0].said,
        ladder[-1].said,
        answers,
        tuple((ladder[rung].said, tried[rung]) for rung in sorted(tried)),
        tuple(tuple(people[rung].tolist()) for rung in sorted(tried)),
        replications,
        futures.runs,
    )


def _waits(
    futures: Futures, rung: Rung, regions: Sequence[str], target: Target, numbers: Sequence[int]
) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """By region and future: whether the target is met, how many sit by the end, how many are asked about."""
    waits = futures.spells(rung.inputs, rung.said, numbers)
    served = np.zeros((len(regions), len(waits)), dtype=np.bool_)
    sat, asked = np.zeros(served.shape), np.zeros(served.shape)
    for venue, region in enumerate(regions):
        bounds = judged(rung.inputs, region, target)
        for future, spells in enumerate(waits):
            pair = target.counted(spells, venue, *bounds)
            served[venue, future] = target.met(*pair)
            sat[venue, future] = ((spells.home == venue) & (spells.ended == SAT)).sum()
            asked[venue, future] = sum(pair)
    return served, sat, asked


def _next(
    size: int,
    tried: dict[int, tuple[Trial, ...]],
    met: Callable[[int, int], bool],
    regions: int,
    monotone: bool,
    now: int,
) -> int | None:
    """The rung to try next; None when every region is decided."""
    if now not in tried:
        return now
    if not monotone:
        return next((rung for rung in range(size) if rung not in tried), None)
    for region in range(regions):
        fails = min((rung for rung in tried if not met(rung, region)), default=size)
        holds = max((rung for rung in tried if rung < fails), default=-1)
        if fails - holds > 1:
            return (holds + fails) // 2
    return None


def _answer(
    region: str,
    place: int,
    ladder: Sequence[Rung],
    tried: dict[int, tuple[Trial, ...]],
    people: dict[int, Floats],
    met: Callable[[int, int], bool],
    monotone: bool,
) -> Answer:
    """The last rung met before the first that failed, of those on which anybody was asked about.

    Where easier rungs may fail first (a start before there are seats), it is the last of the first stretch of
    rungs that were met.
    """
    unjudged = [rung for rung in sorted(tried) if met(rung, place) and not people[rung][place]]
    rungs = [rung for rung in sorted(tried) if rung not in unjudged]
    skipped = 0
    if not monotone:
        skipped = next((at for at, rung in enumerate(rungs) if met(rung, place)), 0)
    first = next((rung for rung in rungs[skipped:] if not met(rung, place)), None)
    last = max((rung for rung in rungs[skipped:] if first is None or rung < first), default=None)
    after = (rung for rung in rungs if first is not None and rung > first and met(rung, place))
    return Answer(
        region,
        None if last is None else ladder[last].said,
        None if first is None else ladder[first].said,
        None if last is None else tried[last][place],
        None if first is None else tried[first][place],
        None if last is None else ladder[last].value,
        tuple(ladder[rung].said for rung in rungs[:skipped]),
        tuple(ladder[rung].said for rung in after),
        tuple(ladder[rung].said for rung in unjudged),
    )


def _demand(inputs: Inputs) -> tuple[list[Rung], int, bool]:
    """So many times the demand on the same seats: the same as the demand on so many times fewer seats."""
    base = inputs.parameters.value(FACTOR)
    found = []
    for step in range(-_STEPS, _STEPS + 1):
        times = _STEP**step
        parameters = inputs.parameters if step == 0 else _set(inputs, FACTOR, base / times)
        found.append(Rung(times, f"{times:.2f} times the demand", replace(inputs, parameters=parameters)))
    return found, _STEPS, True


def _pass_rate(inputs: Inputs) -> tuple[list[Rung], int, bool]:
    """The share that passes the simulated element, from everyone down to three in ten."""
    own = inputs.parameters.value(ELEMENT)
    steps = round((1 - _LOWEST_PASS) / _PASS_STEP)
    shares = sorted({round(1 - step * _PASS_STEP, 4) for step in range(steps + 1)} | {own}, reverse=True)
    found = [
        Rung(share, f"{share:.0%} pass the simulated element", replace(inputs, parameters=parameters))
        for share in shares
        for parameters in [inputs.parameters if share == own else _set(inputs, ELEMENT, share)]
    ]
    return found, shares.index(own), True


def _start(inputs: Inputs) -> tuple[list[Rung], int, bool]:
    """Phase two beginning quarters earlier or later; the seats keep their dates."""
    own, found = inputs.levers[START], []
    assert isinstance(own, date)
    if inputs.sites:
        raise problem("Q010", "this scenario calls sites by waves, and has no start of phase two")
    if own > inputs.until:
        raise problem("Q010", f"phase two begins on {own}, after the last day", hint="choose a later --until")
    for quarters in range(-_EARLIER, _LATER + 1):
        begins = date_of(int(add_months(np.array(day_of(own)), quarters * _QUARTER)))
        try:
            levers = inputs.levers.patched({START: begins})
        except InputError:  # before phase one, or after the end of phase two
            continue
        if begins <= inputs.until:
            said = f"phase two from {begins.day} {begins:%b %Y}"
            found.append(Rung(begins.toordinal(), said, replace(inputs, levers=levers)))
    return found, next(at for at, rung in enumerate(found) if rung.value == own.toordinal()), False


def _set(inputs: Inputs, name: str, value: float) -> Parameters:
    return inputs.parameters.patched({name: Override(value, assumption=_SET, changed_by=_SET)})


_LADDERS: Final[dict[str, Callable[[Inputs], tuple[list[Rung], int, bool]]]] = {
    "demand": _demand,
    "start": _start,
    "pass-rate": _pass_rate,
}
