"""A small capacity of each region by quarter: planned, mended and judged, each in futures of its own.

Quarter by quarter, the number is the least that would, kept on from then, meet the target for everyone who
joins by the end of the quarter. The plan is made on a queue counted by weeks with arrivals of simulated
futures, and then tried in full: where people who joined in a quarter were not served in enough futures, a
lump is added and all is tried again. Then one lump is taken away, a quarter here and a quarter there at a
time, and stays away where the target is still met. That no smaller plan exists is not shown.

A plan that was fitted to some futures is too little in others. So it is mended in as many further futures,
until it misses in at most half as many of them as may be, and judged in as many again, which had no part in
making it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from analysis.capacity.futures import Futures
from analysis.capacity.plans import Lump, Span, in_lumps
from analysis.capacity.quarter_search import Here, QuarterSearch, firmer
from analysis.capacity.sizing import Sizing, size
from analysis.capacity.targets import Target
from analysis.capacity.trials import BLOCK, Hopeless, Trial
from rules.errors import problem


@dataclass(frozen=True)
class QuarterSized:
    """One region in one quarter: lumps, what people who joined in it met, and with one lump fewer.

    `now` is what the scenario itself has on average, `decide_by` the last day on which seats can be decided
    that are to be there when it begins. `at` is the plan in the futures that it was mended in,
    None for a quarter whose people cannot be judged, too late or too few; such a quarter keeps the number of
    the one before. `below` was tried with one lump fewer in this quarter alone (and in others at least a year
    away); None where it was not, or more were added since. `fresh` is the plan in futures that had no part
    in making it.
    """

    region: str
    span: Span
    count: int
    now: float
    decide_by: date
    at: Trial | None
    below: Trial | None
    fresh: Trial | None

    @property
    def quarter(self) -> str:
        """The quarter, as 2019-Q1."""
        return self.span.quarter

    def to_dict(self) -> dict[str, object]:
        """The quarter as plain data."""
        return {
            "region": self.region,
            "quarter": self.quarter,
            "from": self.span.first.isoformat(),
            "to": self.span.last.isoformat(),
            "lumps": self.count,
            "lumps_now": self.now,
            "decide_by": self.decide_by.isoformat(),
            "at": self.at and self.at.to_dict(),
            "one_below": self.below and self.below.to_dict(),
            "in_further_futures": self.fresh and self.fresh.to_dict(),
        }


@dataclass(frozen=True)
class QuarterSizing:
    """The plan of every region and quarter; `hopeless` are regions without one, and why.

    `held` is the least number of each region held throughout. `lead_weeks` is how long before its first seat
    capacity has to be decided. `futures` is how many there were in each of the three sets.
    """

    scenario: str
    target: Target
    confidence: float
    lump: Lump
    quarters: tuple[QuarterSized, ...]
    hopeless: dict[str, Hopeless]
    held: Sizing
    lead_weeks: float
    futures: int
    runs: int

    @property
    def unmended(self) -> tuple[QuarterSized, ...]:
        """The quarters that mending did not bring to where it aims; not all can be, however many seats."""
        aim = firmer(self.confidence)
        return tuple(item for item in self.quarters if item.at and not item.at.enough(aim))

    @property
    def short(self) -> tuple[QuarterSized, ...]:
        """The quarters that were met too seldom, by more than chance, in futures with no part in the plan."""
        judged = [(item, item.fresh) for item in self.quarters if item.fresh]
        return tuple(item for item, trial in judged if trial.clearly_short(self.confidence, len(judged)))

    @property
    def doubtful(self) -> tuple[QuarterSized, ...]:
        """The quarters that were met too seldom in futures with no part in the plan, be it by chance."""
        return tuple(
            item for item in self.quarters if item.fresh and item.fresh.probability < self.confidence
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
            "lead_weeks": self.lead_weeks,
            "futures": self.futures,
            "runs": self.runs,
            "quarters": [item.to_dict() for item in self.quarters],
            "cannot_be_met_because": {name: found.because for name, found in self.hopeless.items()},
            "with_ample_seats": {name: found.ample.to_dict() for name, found in self.hopeless.items()},
            "held_throughout": {item.region: item.count for item in self.held.regions},
            "unmended": [f"{item.region} {item.quarter}" for item in self.unmended],
            "short": [f"{item.region} {item.quarter}" for item in self.short],
        }


def size_by_quarter(
    futures: Futures, target: Target, confidence: float, lump: Lump, replications: int
) -> QuarterSizing:
    """A capacity of each region and quarter that meets the target. Raises `InputError` Q004, Q005, Q009."""
    inputs = futures.arm.inputs
    if inputs.plain is not None:
        raise problem("Q009", "a scheme from scratch has the same seats in every quarter", hint="--by region")
    first, second, third = (range(turn * replications, (turn + 1) * replications) for turn in range(3))
    search = QuarterSearch(futures, target, confidence, lump)
    hopeless = search.begin(first)
    below: dict[Here, Trial] = {}
    met: dict[Here, Trial] = {}
    fresh: dict[Here, Trial] = {}
    if search.going:
        search.mended(first, "the plan", search.asked())
        below = search.trimmed(first[: max(len(first) // 2, min(len(first), BLOCK))])
        aims = search.within_reach(second)
        met = search.mended(second, "the plan, in futures to mend it in", aims)
        fresh = search.run(third, "the plan, in futures to judge it in")
    futures.tell(f"to compare with: the least {lump.name}s held throughout")
    held = size(futures, target, confidence, lump, replications)
    weeks = inputs.parameters.value("centre.lead_weeks")
    found = []
    for region in search.going:
        for place, span in enumerate(region.spans):
            count, here = region.counts[place], (region.name, place)
            less = below.get(here)
            found.append(
                QuarterSized(
                    region.name,
                    span,
                    count,
                    in_lumps(inputs, lump, region.name, span),
                    span.first - timedelta(weeks=weeks),
                    met.get(here),
                    less if less is not None and less.count == count - 1 else None,
                    fresh.get(here),
                )
            )
    return QuarterSizing(
        futures.arm.name,
        target,
        confidence,
        lump,
        tuple(found),
        hopeless,
        held,
        weeks,
        replications,
        futures.runs,
    )
