"""A small capacity of each region by quarter: planned on a fast count, proved and mended by full runs.

Quarter by quarter, the number is the least that would, kept on from then, meet the target for everyone who
joins by the end of the quarter. The plan is made on a queue counted by weeks with arrivals of simulated
futures, and then tried in full: where people who joined in a quarter were not served in enough futures, a
lump is added and all is tried again. Then one lump is taken away, a quarter here and a quarter there at a
time, and stays away where the target is still met. That no smaller plan exists is not shown. Last, the plan
is tried in as many further futures, which had no part in making it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.binding import waiting_because
from analysis.capacity.first_guess import arriving, least, meets, seats_of, weeks_of
from analysis.capacity.futures import Futures
from analysis.capacity.plans import Lump, Span, ample, planned, quarter_spans, regions_of
from analysis.capacity.replay import in_time
from analysis.capacity.stored import WEEK
from analysis.capacity.targets import Target, failures_allowed
from analysis.capacity.trials import BLOCK, Trial, judged
from rules.errors import problem
from simulation.calendar import day_of
from simulation.flows import Spells
from simulation.inputs import Inputs

Ints = NDArray[np.int64]

MOST_MENDS: Final = 6
"""Rounds of adding where it was too little; what is still short after them is said to be."""

APART: Final = 4
"""Quarters between two from which a lump is taken at the same time."""


@dataclass(frozen=True)
class QuarterSized:
    """One region in one quarter: lumps, what people who joined in it met, and with one lump fewer.

    `at` is None for a quarter too near the end to judge its people. `below` was tried with one lump fewer in
    this quarter alone (and in others at least a year away); None where it was not, or more were added since.
    `fresh` is the plan in futures that had no part in making it.
    """

    region: str
    quarter: str
    span: Span
    count: int
    at: Trial | None
    below: Trial | None
    fresh: Trial | None

    def to_dict(self) -> dict[str, object]:
        """The quarter as plain data."""
        return {
            "region": self.region,
            "quarter": self.quarter,
            "from": self.span.first.isoformat(),
            "to": self.span.last.isoformat(),
            "lumps": self.count,
            "at": self.at and self.at.to_dict(),
            "one_below": self.below and self.below.to_dict(),
            "in_further_futures": self.fresh and self.fresh.to_dict(),
        }


@dataclass(frozen=True)
class QuarterSizing:
    """The plan of every region and quarter. `because` names regions without one; `short` quarters not met."""

    scenario: str
    target: Target
    confidence: float
    lump: Lump
    quarters: tuple[QuarterSized, ...]
    because: dict[str, str]
    short: tuple[str, ...]
    futures: int
    runs: int

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
            "quarters": [item.to_dict() for item in self.quarters],
            "cannot_be_met_because": self.because,
            "short": list(self.short),
        }


@dataclass
class _Region:
    """One region on the way to its plan."""

    venue: int
    name: str
    spans: tuple[Span, ...]
    past: int
    counts: list[int]

    def bounds(self, quarter: int) -> tuple[int, int]:
        """From and before which day people count as having joined in a quarter; as many as can be judged."""
        span = self.spans[quarter]
        return day_of(span.first), min(day_of(span.last) + 1, self.past)

    @property
    def asked(self) -> list[int]:
        """The quarters whose people can be judged."""
        return [place for place in range(len(self.spans)) if self.bounds(place)[0] < self.bounds(place)[1]]


def size_by_quarter(
    futures: Futures, target: Target, confidence: float, lump: Lump, replications: int
) -> QuarterSizing:
    """A capacity of each region and quarter that meets the target. Raises `InputError` Q004, Q005, Q009."""
    inputs = futures.arm.inputs
    if inputs.plain is not None:
        raise problem("Q009", "a scheme from scratch has the same seats in every quarter", hint="--by region")
    numbers = range(replications)
    allowed = failures_allowed(confidence, replications)
    going, because = _begin(futures, target, confidence, lump, numbers)
    _mended(futures, going, target, lump, allowed, numbers)
    below = _trimmed(futures, going, target, lump, confidence, numbers)
    met = _mended(futures, going, target, lump, allowed, numbers)
    found, short, fresh = [], [], dict[str, dict[int, Trial]]()
    if going:
        waits = _run(futures, going, lump, range(replications, 2 * replications), "the plan, afresh")
        fresh = {region.name: _met(waits, region, target) for region in going}
    for region in going:
        for place, span in enumerate(region.spans):
            at = met[region.name].get(place)
            name = f"{span.first.year}-Q{(span.first.month - 1) // 3 + 1}"
            if at is not None and at.futures - at.met > allowed:
                short.append(f"{region.name} {name}")
            less = below.get((region.name, place))
            count, again = region.counts[place], fresh[region.name].get(place)
            one_less = less if less is not None and less.count == count - 1 else None
            found.append(QuarterSized(region.name, name, span, count, at, one_less, again))
    return QuarterSizing(
        futures.arm.name,
        target,
        confidence,
        lump,
        tuple(found),
        because,
        tuple(short),
        replications,
        futures.runs,
    )


def _begin(
    futures: Futures, target: Target, confidence: float, lump: Lump, numbers: Sequence[int]
) -> tuple[list[_Region], dict[str, str]]:
    """Plans on the fast count; regions whose people even ample seats do not serve are left out, with why."""
    inputs = futures.arm.inputs
    futures.tell(f"with ample seats, {len(numbers)} futures")
    results = futures.results(ample(inputs), "ample seats", numbers)
    waits = [
        Spells.unpacked(results.records[0, int(place)].arrays["spells"])
        for place in np.flatnonzero(results.whole)
    ]
    if not any(len(spells.joined) for spells in waits):
        raise problem("Q005", f"nobody comes to a seat in {futures.arm.name}; there is nothing to size")
    going, because = [], {}
    for venue, name in enumerate(regions_of(inputs)):
        _, past = judged(inputs, name, target)
        spans = quarter_spans(inputs, name)
        region = _Region(venue, name, spans, past, [0] * len(spans))
        met = _met(waits, region, target)
        hopeless = [place for place, trial in met.items() if trial.probability < confidence]
        if hopeless:
            why = waiting_because(results, venue)
            when = region.spans[hopeless[0]].first
            quarter = f"{when.year}-Q{(when.month - 1) // 3 + 1}"
            because[name] = f"even with ample seats the target is missed in {quarter}: {why}"
            continue
        _plan(waits, region, target, confidence, lump, inputs)
        going.append(region)
    return going, because


def _plan(
    waits: Sequence[Spells], region: _Region, target: Target, confidence: float, lump: Lump, inputs: Inputs
) -> None:
    """Quarter by quarter the least that, kept on, serves everyone who joined so far."""
    weeks = weeks_of(inputs)
    arrivals = arriving(waits, region.venue, weeks)
    each = seats_of(inputs, lump, weeks, day_of(region.spans[0].first))
    of_week = np.searchsorted([day_of(span.first) for span in region.spans], weeks + 3, side="right") - 1
    cohorts = [(weeks >= first) & (weeks + WEEK <= past) for first, past in map(region.bounds, region.asked)]

    def holds(quarter: int, count: int) -> bool:
        counts = np.array([*region.counts[:quarter], *[count] * (len(region.counts) - quarter)])
        seats = each * np.where(of_week >= 0, counts[np.maximum(of_week, 0)], 0)
        soon = in_time(arrivals, seats[None], target.days)
        lately = cohorts[max(quarter - 2 - target.days // 91, 0) : quarter + 1]
        return all(meets(target, soon, arrivals, cohort) >= confidence for cohort in lately)

    for quarter in range(len(region.counts)):
        if quarter not in region.asked:  # nobody who joins can be judged: what was needed last is kept on
            region.counts[quarter] = region.counts[quarter - 1]
            continue
        before = region.counts[quarter - 1] if quarter else 0
        region.counts[quarter] = least(partial(holds, quarter), -1, max(before, 1))


def _met(waits: Sequence[Spells], region: _Region, target: Target) -> dict[int, Trial]:
    """For each quarter that can be judged: in how many futures its people were served in time."""
    found = {}
    for place in region.asked:
        first, past = region.bounds(place)
        counts = [target.counted(spells, region.venue, first, past) for spells in waits]
        found[place] = Trial(region.counts[place], len(waits), sum(target.met(*pair) for pair in counts))
    return found


def _run(
    futures: Futures, regions: Sequence[_Region], lump: Lump, numbers: Sequence[int], what: str
) -> list[Spells]:
    plan = {region.name: region.counts for region in regions}
    total = sum(sum(region.counts) for region in regions)
    futures.tell(f"{what}: {total:,} {lump.name}-quarters, {len(numbers)} futures")
    written = ";".join(",".join(map(str, region.counts)) for region in regions)
    return futures.spells(planned(futures.arm.inputs, lump, plan), f"capacity {written}", numbers)


def _mended(
    futures: Futures, going: list[_Region], target: Target, lump: Lump, allowed: int, numbers: Sequence[int]
) -> dict[str, dict[int, Trial]]:
    """Try the plan in full, and add a lump wherever it was too little, until it is enough."""
    met: dict[str, dict[int, Trial]] = {}
    for mend in range(MOST_MENDS + 1):
        waits = _run(futures, going, lump, numbers, "the plan")
        met = {region.name: _met(waits, region, target) for region in going}
        short = [
            (region, place)
            for region in going
            for place, trial in met[region.name].items()
            if trial.futures - trial.met > allowed
        ]
        if not short or mend == MOST_MENDS:
            return met
        for region, place in short:
            region.counts[place] += 1
            follows = place + 1
            if mend % 2 and follows < len(region.counts):  # late joiners sit in the quarter that follows
                region.counts[follows] += 1
    return met


def _trimmed(
    futures: Futures,
    going: list[_Region],
    target: Target,
    lump: Lump,
    confidence: float,
    numbers: Sequence[int],
) -> dict[tuple[str, int], Trial]:
    """What one lump fewer would do in each quarter; it stays away where the target is met without it.

    Half of the futures tell; all of them are tried again afterwards.
    """
    some = numbers[: max(len(numbers) // 2, min(len(numbers), BLOCK))]
    allowed = failures_allowed(confidence, len(some))
    below: dict[tuple[str, int], Trial] = {}
    for turn in range(APART):
        places = {
            region.name: [place for place in region.asked[turn::APART] if region.counts[place]]
            for region in going
        }
        for region in going:
            for place in places[region.name]:
                region.counts[place] -= 1
        waits = _run(futures, going, lump, some, f"one fewer here and there, {turn + 1} of {APART}")
        for region in going:
            now = _met(waits, region, target)
            for place in places[region.name]:
                touched = [at for at in (place - 1, place, place + 1, place + 2) if at in now]
                worst = min((now[at] for at in touched), key=lambda trial: trial.probability)
                if worst.futures - worst.met > allowed:
                    below[region.name, place] = Trial(region.counts[place], worst.futures, worst.met)
                    region.counts[place] += 1
    return below
