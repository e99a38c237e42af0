"""Plans by quarter of all regions, tried together in full runs: begun, mended where too little, trimmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from analysis.capacity.binding import waiting_because
from analysis.capacity.futures import Futures, waits_in
from analysis.capacity.plans import Lump, ample, ample_lumps, planned, regions_of
from analysis.capacity.quarter_plan import RegionPlan, begun, plan
from analysis.capacity.targets import Target
from analysis.capacity.trials import Hopeless, Trial
from rules.errors import problem
from scenarios.experiment import Results
from simulation.flows import Spells

Here = tuple[str, int]
"""A region, and the place of a quarter among its own."""

MOST_MENDS: Final = 6
"""Rounds of adding where it was too little; what is still short after them is said to be."""

APART: Final = 4
"""Quarters between two from which a lump is taken at the same time."""


def firmer(confidence: float) -> float:
    """What a plan is mended to, so that it meets a confidence afresh too: half of the misses that may be."""
    return (1 + confidence) / 2


class QuarterSearch:
    """The plans of all regions, tried together; `going` are the regions that have one."""

    def __init__(self, futures: Futures, target: Target, confidence: float, lump: Lump) -> None:
        self.futures, self.target, self.confidence, self.lump = futures, target, confidence, lump
        self.going: list[RegionPlan] = []

    def begin(self, numbers: Sequence[int]) -> dict[str, Hopeless]:
        """Plans on the fast count; regions that even ample seats do not serve have none, and why."""
        inputs = self.futures.arm.inputs
        results = self._ample(numbers)
        waits = waits_in(results)
        if not any(len(spells.joined) for spells in waits):
            name = self.futures.arm.name
            raise problem("Q005", f"nobody comes to a seat in {name}; there is nothing to size")
        hopeless = {}
        for venue, name in enumerate(regions_of(inputs)):
            region = begun(inputs, venue, name, self.target, self.confidence, waits)
            met = region.met(waits, self.target)
            missed = [place for place, trial in met.items() if not trial.enough(self.confidence)]
            if missed:
                where = region.spans[missed[0]].quarter
                trial = Trial(met[missed[0]].futures, met[missed[0]].met, ample_lumps(inputs, self.lump))
                hopeless[name] = Hopeless(trial, f"in {where}: {waiting_because(results, venue)}")
                continue
            plan(region, waits, self.target, self.confidence, self.lump, inputs)
            self.going.append(region)
        return hopeless

    def run(self, numbers: Sequence[int], what: str) -> dict[Here, Trial]:
        """What the plans of all regions met, by region and place of the quarter."""
        total = sum(sum(region.counts) for region in self.going)
        self.futures.tell(f"{what}: {total:,} {self.lump.name}-quarters, {len(numbers)} futures")
        written = ";".join(",".join(map(str, region.counts)) for region in self.going)
        seats = planned(
            self.futures.arm.inputs, self.lump, {region.name: region.counts for region in self.going}
        )
        return self._met(self.futures.spells(seats, f"capacity {written}", numbers))

    def _ample(self, numbers: Sequence[int]) -> Results:
        self.futures.tell(f"with ample seats, {len(numbers)} futures")
        return self.futures.results(ample(self.futures.arm.inputs), "ample seats", numbers)

    def _met(self, waits: Sequence[Spells]) -> dict[Here, Trial]:
        return {
            (region.name, place): trial
            for region in self.going
            for place, trial in region.met(waits, self.target).items()
        }

    def asked(self) -> dict[Here, float]:
        """What was asked for, of each quarter that is asked about."""
        return {(region.name, place): self.confidence for region in self.going for place in region.asked}

    def within_reach(self, numbers: Sequence[int]) -> dict[Here, float]:
        """What each quarter is mended to in these futures: firmly what was asked for, where ample seats do.

        Where they do not, just what was asked for; nothing where they do not meet that either.
        """
        aim, within = firmer(self.confidence), {}
        for here, trial in self._met(waits_in(self._ample(numbers))).items():
            if trial.enough(self.confidence):
                within[here] = aim if trial.enough(aim) else self.confidence
        return within

    def mended(self, numbers: Sequence[int], what: str, aims: Mapping[Here, float]) -> dict[Here, Trial]:
        """Try the plan in full, and add a lump wherever it was too little, until it is enough."""
        for mend in range(MOST_MENDS):
            met = self.run(numbers, what)
            short = [here for here, aim in aims.items() if here in met and not met[here].enough(aim)]
            if not short:
                return met
            for region in self.going:
                counts = list(region.counts)
                for place in (at for name, at in short if name == region.name):
                    counts[place] += 1
                    if mend % 2 and place + 1 < len(counts):  # late joiners sit in the quarter that follows
                        counts[place + 1] += 1
                region.counts = region.settled(counts)
        return self.run(numbers, what)

    def trimmed(self, numbers: Sequence[int]) -> dict[Here, Trial]:
        """What one lump fewer would do in each quarter; it stays away where that is enough and no dip."""
        below: dict[Here, Trial] = {}
        for turn in range(APART):
            lowered = {
                region.name: [place for place in region.asked[turn::APART] if region.counts[place]]
                for region in self.going
            }
            for region in self.going:
                less = [count - (at in lowered[region.name]) for at, count in enumerate(region.counts)]
                region.counts = region.kept_on(less)
            met = self.run(numbers, f"one fewer here and there, {turn + 1} of {APART}")
            for region in self.going:
                counts, level = list(region.counts), region.settled(region.counts)
                for place in lowered[region.name]:
                    touched = (met.get((region.name, at)) for at in range(place - 1, place + 3))
                    worst = min(filter(None, touched), key=lambda trial: trial.probability, default=None)
                    if worst is not None and worst.enough(self.confidence) and level[place] == counts[place]:
                        continue
                    if worst is not None:
                        below[region.name, place] = Trial(worst.futures, worst.met, counts[place])
                    counts[place] += 1
                region.counts = region.settled(counts)
        return below
