"""The plan of one region by quarter, on its way: its numbers, the first of them, and what people met.

A quarter is asked about where all who join in it can be judged, and enough futures have anybody who joins.
Where it is not, the number of the quarter before is kept on. A dip of a single quarter is filled: nobody lets
a circuit go and hires it again within the time that hiring takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from analysis.capacity.first_guess import arriving, least, meets, seats_of, weeks_of
from analysis.capacity.plans import Lump, Span, quarter_spans
from analysis.capacity.replay import in_time
from analysis.capacity.stored import WEEK
from analysis.capacity.targets import Target, futures_needed
from analysis.capacity.trials import Trial, judged
from rules.errors import problem
from simulation.calendar import day_of
from simulation.flows import Spells
from simulation.inputs import Inputs

_QUARTER: Final = 91
"""Days in a quarter, about."""


@dataclass
class RegionPlan:
    """One region: its quarters, those that are asked about, and how many lumps each has by now."""

    venue: int
    name: str
    spans: tuple[Span, ...]
    asked: tuple[int, ...]
    counts: list[int]

    def bounds(self, place: int) -> tuple[int, int]:
        """From and before which day people count as having joined in a quarter."""
        span = self.spans[place]
        return day_of(span.first), day_of(span.last) + 1

    def kept_on(self, counts: Sequence[int]) -> list[int]:
        """The numbers with that of the quarter before wherever nobody is asked about."""
        found: list[int] = []
        for place, count in enumerate(counts):
            found.append(count if place in self.asked else found[-1] if found else 0)
        return found

    def settled(self, counts: Sequence[int]) -> list[int]:
        """The numbers kept on, and no dip of a single quarter among them."""
        found = self.kept_on(counts)
        for place in range(1, len(found) - 1):
            found[place] = max(found[place], min(found[place - 1], found[place + 1]))
        return found

    def met(self, waits: Sequence[Spells], target: Target) -> dict[int, Trial]:
        """For each quarter asked about: in how many futures of those in which anybody joins it was met."""
        found = {place: self._trial(place, waits, target) for place in self.asked}
        return {place: trial for place, trial in found.items() if trial.futures}

    def _trial(self, place: int, waits: Sequence[Spells], target: Target) -> Trial:
        first, past = self.bounds(place)
        people = [target.counted(spells, self.venue, first, past) for spells in waits]
        some = [pair for pair in people if sum(pair)]
        return Trial(len(some), sum(target.met(*pair) for pair in some), self.counts[place])


def begun(
    inputs: Inputs, venue: int, name: str, target: Target, confidence: float, waits: Sequence[Spells]
) -> RegionPlan:
    """A region with nothing planned, and the quarters that can be asked about in these futures.

    Raises `InputError` Q004 where the period ends before the people of a first quarter can be judged.
    """
    _, past = judged(inputs, name, target)
    spans = quarter_spans(inputs, name)
    whole = tuple(place for place, span in enumerate(spans) if day_of(span.last) < past)
    if not whole:
        said = f"the period ends before all who join in a quarter of {name} could wait {target.days} days"
        raise problem("Q004", said, hint="choose a shorter wait, a later --until, or --by region")
    region = RegionPlan(venue, name, spans, whole, [0] * len(spans))
    needed = futures_needed(confidence)
    people = region.met(waits, target)
    region.asked = tuple(place for place, trial in people.items() if trial.futures >= needed)
    return region


def plan(
    region: RegionPlan,
    waits: Sequence[Spells],
    target: Target,
    confidence: float,
    lump: Lump,
    inputs: Inputs,
) -> None:
    """Quarter by quarter the least that, kept on, serves everyone who joined so far; on a count by weeks."""
    weeks = weeks_of(inputs)
    arrivals = arriving(waits, region.venue, weeks)
    each = seats_of(inputs, lump, weeks, day_of(region.spans[0].first))
    of_week = np.searchsorted([day_of(span.first) for span in region.spans], weeks + 3, side="right") - 1
    days = {place: region.bounds(place) for place in region.asked}
    cohorts = {place: (weeks >= first) & (weeks + WEEK <= past) for place, (first, past) in days.items()}

    def holds(quarter: int, count: int) -> bool:
        counts = np.array([*region.counts[:quarter], *[count] * (len(region.counts) - quarter)])
        seats = each * np.where(of_week >= 0, counts[np.maximum(of_week, 0)], 0)
        soon = in_time(arrivals, seats[None], target.days)
        lately = range(quarter - 2 - target.days // _QUARTER, quarter + 1)
        asked = [cohorts[place] for place in lately if place in cohorts]
        return all(meets(target, soon, arrivals, cohort) >= confidence for cohort in asked)

    for quarter in region.asked:
        before = region.counts[quarter - 1] if quarter else 0
        region.counts[quarter] = least(partial(holds, quarter), -1, max(before, 1))
        region.counts = region.kept_on(region.counts)
    region.counts = region.settled(region.counts)
