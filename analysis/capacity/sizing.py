"""The least capacity of each region that meets a target in enough futures: a search on common random numbers.

Regions queue for themselves, so one simulated future tries a capacity in every region at once. Every capacity
is tried in the same numbered futures. A capacity that has missed the target in too many of them is given up
without trying the rest; one that is accepted has been tried in all, and one lump below it has failed. Last,
the answers of all regions are tried together in as many further futures, which the search did not see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from analysis.capacity.binding import waiting_because
from analysis.capacity.first_guess import guess
from analysis.capacity.futures import Futures, waits_in
from analysis.capacity.plans import Lump, ample, ample_lumps, in_lumps, planned, regions_of
from analysis.capacity.search import Search
from analysis.capacity.targets import Target, failures_allowed
from analysis.capacity.trials import BLOCK, Hopeless, Trial, judged
from rules.errors import problem
from simulation.flows import Spells
from simulation.inputs import Inputs

MOST_STEPS: Final = 40
"""Capacities tried at most; a search that has not ended by then says so."""


@dataclass(frozen=True)
class Sized:
    """The answer for one region: `count` lumps, None where the target cannot be met, with the evidence.

    `now` is what the scenario itself has on average. `because` says why there is no answer. `at` and `below`
    come from the futures of the search, which chose the answer for being met in them; `fresh` from as many
    futures that it did not see, with every region at its answer at the same time. `ample` is what more seats
    than anyone could fill did where even those miss the target.
    """

    region: str
    count: int | None
    weekly: int
    now: float
    at: Trial | None
    below: Trial | None
    trials: tuple[Trial, ...]
    because: str = ""
    fresh: Trial | None = None
    ample: Trial | None = None

    def to_dict(self) -> dict[str, object]:
        """The answer as plain data."""
        return {
            "region": self.region,
            "lumps": self.count,
            "seats_a_week": None if self.count is None else self.count * self.weekly,
            "lumps_now": self.now,
            "at": self.at and self.at.to_dict(),
            "one_below": self.below and self.below.to_dict(),
            "in_further_futures": self.fresh and self.fresh.to_dict(),
            "trials": [trial.to_dict() for trial in self.trials],
            "cannot_be_met_because": self.because,
            "with_ample_seats": self.ample and self.ample.to_dict(),
        }


@dataclass(frozen=True)
class Sizing:
    """The answer for every region, and how much was run for it."""

    scenario: str
    target: Target
    confidence: float
    lump: Lump
    regions: tuple[Sized, ...]
    futures: int
    runs: int

    @property
    def total(self) -> int | None:
        """Lumps in all regions together; None where a region has no answer."""
        counts = [item.count for item in self.regions]
        return None if None in counts else sum(count for count in counts if count is not None)

    @property
    def short(self) -> tuple[str, ...]:
        """The regions whose answer was met in further futures less often than was asked for."""
        return tuple(
            item.region for item in self.regions if item.fresh and item.fresh.probability < self.confidence
        )

    def to_dict(self) -> dict[str, object]:
        """Everything as plain data."""
        return {
            "scenario": self.scenario,
            "target": str(self.target),
            "confidence": self.confidence,
            "lump": self.lump.name,
            "lump_means": self.lump.means,
            "seats_a_week_in_a_lump": self.lump.weekly,
            "futures": self.futures,
            "runs": self.runs,
            "total_lumps": self.total,
            "regions": [item.to_dict() for item in self.regions],
        }


def size(futures: Futures, target: Target, confidence: float, lump: Lump, replications: int) -> Sizing:
    """The least capacity, held throughout, of each region. Raises `InputError` Q004, Q005."""
    inputs = futures.arm.inputs
    numbers = range(replications)
    allowed = failures_allowed(confidence, replications)
    searches = _searches(inputs, target, lump)
    hopeless = _begin(futures, searches, target, lump, allowed, numbers)
    going = [search for search in searches if search.region not in hopeless]
    for _ in range(MOST_STEPS):
        going = [search for search in going if not search.done]
        if not going:
            break
        _try(futures, searches, going, target, lump, allowed, numbers)
    answers = tuple(_answer(search, lump, inputs, hopeless.get(search.region)) for search in searches)
    answers = _confirmed(futures, searches, answers, target, lump, range(replications, 2 * replications))
    return Sizing(futures.arm.name, target, confidence, lump, answers, replications, futures.runs)


def _confirmed(
    futures: Futures,
    searches: Sequence[Search],
    answers: tuple[Sized, ...],
    target: Target,
    lump: Lump,
    numbers: Sequence[int],
) -> tuple[Sized, ...]:
    """The answers with what all of them together met in these futures; a region without one has a guess."""
    if all(item.count is None for item in answers):
        return answers
    plan = {
        item.region: (search.guess if item.count is None else item.count,)
        for search, item in zip(searches, answers, strict=True)
    }
    futures.tell(f"the answer, in {len(numbers)} further futures")
    waits = futures.spells(planned(futures.arm.inputs, lump, plan), _written(plan), numbers)
    return tuple(
        item
        if item.count is None
        else replace(item, fresh=Trial(len(waits), len(waits) - _missed(waits, search, target), item.count))
        for search, item in zip(searches, answers, strict=True)
    )


def _searches(inputs: Inputs, target: Target, lump: Lump) -> list[Search]:
    found = []
    for venue, region in enumerate(regions_of(inputs)):
        first, past = judged(inputs, region, target)
        found.append(Search(venue, region, first, past, max(math.ceil(in_lumps(inputs, lump, region)), 1)))
    return found


def _begin(
    futures: Futures, searches: list[Search], target: Target, lump: Lump, allowed: int, numbers: Sequence[int]
) -> dict[str, Hopeless]:
    """Try ample seats: what even those do not meet cannot be met; the arrivals give the first guess.

    The rest of the futures are tried only where the first leave open whether more are missed than may be, or
    whether anybody comes at all.
    """
    inputs = futures.arm.inputs
    most, share = ample(inputs), allowed / len(numbers)
    waits: list[Spells] = []
    hopeless: dict[str, Hopeless] = {}
    for begin in range(0, len(numbers), BLOCK):
        block = numbers[begin : begin + BLOCK]
        futures.tell(f"with ample seats, futures {begin + 1} to {begin + len(block)} of {len(numbers)}")
        results = futures.results(most, "ample seats", block)
        waits += waits_in(results)
        open_ = False
        for search in searches:
            missed = _missed(waits, search, target)
            if missed > allowed:
                met = Trial(len(waits), len(waits) - missed, ample_lumps(inputs, lump))
                hopeless[search.region] = Hopeless(met, waiting_because(results, search.venue))
            if search.region not in hopeless:
                open_ |= missed > share * len(waits) or not _comes(waits, search)
        if not open_:
            break
    if not any(len(spells.joined) for spells in waits):
        raise problem("Q005", f"nobody comes to a seat in {futures.arm.name}; there is nothing to size")
    for search in searches:
        if search.region in hopeless:
            continue
        search.guess = guess(waits, search.venue, search.first, search.past, target, lump, inputs)
        if not _comes(waits, search):
            search.holds, search.guess = 0, 0
            search.trials[0] = Trial(len(waits), len(waits), 0)
    return hopeless


def _comes(waits: Sequence[Spells], search: Search) -> bool:
    """Whether anybody of the region joins a queue in any of these futures."""
    return any((spells.home == search.venue).any() for spells in waits)


def _missed(waits: Sequence[Spells], search: Search, target: Target) -> int:
    counts = [target.counted(spells, search.venue, search.first, search.past) for spells in waits]
    return sum(not target.met(*pair) for pair in counts)


def _try(
    futures: Futures,
    searches: list[Search],
    going: list[Search],
    target: Target,
    lump: Lump,
    allowed: int,
    numbers: Sequence[int],
) -> None:
    """Try the next capacity of every region that is not done, in blocks of futures, until each is decided."""
    counts = {search.region: search.next() for search in going}
    plan = {
        search.region: (counts.get(search.region, search.guess if search.holds is None else search.holds),)
        for search in searches
    }
    inputs = planned(futures.arm.inputs, lump, plan)
    tried = dict.fromkeys(counts, 0)
    met = dict.fromkeys(counts, 0)
    open_ = list(going)
    for begin in range(0, len(numbers), BLOCK):
        block = numbers[begin : begin + BLOCK]
        futures.tell(
            f"{sum(counts.values()):,} {lump.name}s, {len(open_)} regions undecided, futures {begin + 1} to "
            f"{begin + len(block)} of {len(numbers)}"
        )
        waits = futures.spells(inputs, _written(plan), block)
        for search in open_:
            tried[search.region] += len(waits)
            met[search.region] += len(waits) - _missed(waits, search, target)
        open_ = [search for search in open_ if tried[search.region] - met[search.region] <= allowed]
        if not open_:
            break
    for search in going:
        region = search.region
        search.learn(Trial(tried[region], met[region], counts[region]), allowed)


def _written(plan: dict[str, tuple[int]]) -> str:
    return "capacity " + ",".join(str(counts[0]) for counts in plan.values())


def _answer(search: Search, lump: Lump, inputs: Inputs, hopeless: Hopeless | None) -> Sized:
    trials = tuple(search.trials[count] for count in sorted(search.trials))
    now = in_lumps(inputs, lump, search.region)
    if hopeless:
        said = f"even with ample seats the target is missed: {hopeless.because}"
        return Sized(search.region, None, lump.weekly, now, None, None, trials, said, ample=hopeless.ample)
    if not search.done:
        said = f"the search did not end within {MOST_STEPS} capacities"
        return Sized(search.region, None, lump.weekly, now, None, None, trials, said)
    count = search.holds
    assert count is not None
    at, below = search.trials.get(count), search.trials.get(count - 1)
    return Sized(search.region, count, lump.weekly, now, at, below, trials)
