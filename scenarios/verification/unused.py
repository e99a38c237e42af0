"""Synchronisation (c): a decision that is added and never used changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.parting import parting
from scenarios.verification.policies import random_policy, with_values
from simulation.durations import Duration
from simulation.inputs import CapacityPeriod, Closure, Inputs, SiteWave
from simulation.prepared import prepare_rollout
from simulation.world import run_world

_AFTER: Final = (date(2021, 1, 1), date(2021, 12, 31))
"""A stretch of time that begins after every case has ended."""


_LONG_AGO: Final = date(2016, 11, 1)
"""Long enough before the first seat of any case."""


@dataclass(frozen=True)
class Unused:
    """A decision in words, what keeps anything from asking for it, and the decision changed."""

    what: str
    levers: Mapping[str, object]
    numbers: dict[str, float]
    change: Callable[[Inputs], Inputs]


def _levers(**changes: object) -> Callable[[Inputs], Inputs]:
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return lambda inputs: replace(inputs, levers=inputs.levers.patched(named))


def _parameters(
    numbers: dict[str, float], lengths: dict[str, Duration] | None = None
) -> Callable[[Inputs], Inputs]:
    return lambda inputs: replace(inputs, parameters=with_values(inputs.parameters, numbers, lengths))


_ALL_VOLUNTARY: Final = dict.fromkeys(("q1.practitioner", "q1.supervisor", "q1.leader"), "voluntary")

UNUSED_DECISIONS: Final = (
    Unused("years of a renewal that is not asked for", {"q9": "none"}, {}, _levers(q9__years=7)),
    Unused("who pays", {}, {}, _levers(funding__dfe_share=0.25)),
    Unused(
        "the day and the consequence of a mandate where there is none",
        _ALL_VOLUNTARY,
        {},
        _levers(q1__mandatory_from=date(2018, 3, 1), q1__consequence="record_only"),
    ),
    Unused(
        "how long before a latest date people come, where there is none",
        _ALL_VOLUNTARY,
        {},
        _parameters({}, {"take_up.deadline_lead": Duration("fixed", (300,))}),
    ),
    Unused(
        "take-up of a call that is not made",
        _ALL_VOLUNTARY,
        {},
        _parameters({"take_up.expected": 0.4, "take_up.mandatory": 0.86}),
    ),
    Unused(
        "who endorses agency workers where they are not called",
        {"phase.agency": "excluded"},
        {},
        _levers(q7="agency_endorses"),
    ),
    Unused(
        "reviews where nobody asks for one",
        {},
        {"review.request_share": 0.0},
        _parameters({"review.upheld_share": 0.3}, {"review.elapsed": Duration("fixed", (99,))}),
    ),
    Unused(
        "seats and closures after the end",
        {},
        {},
        lambda inputs: replace(
            inputs,
            centres=(*inputs.centres, CapacityPeriod("all", *_AFTER, 5_000)),
            closures=(*inputs.closures, Closure("all", *_AFTER)),
        ),
    ),
    Unused(
        "after how long people may travel, where nobody does",
        {},
        {"overflow.share": 0.0},
        _parameters({"overflow.after_days": 3.0}),
    ),
    Unused(
        "how long a decision takes that comes in time",
        {},
        {},
        lambda inputs: replace(
            inputs,
            centres=tuple(
                period if period.decided else replace(period, decided=_LONG_AGO, lead_weeks=4)
                for period in inputs.centres
            ),
        ),
    ),
    Unused(
        "a wave of sites that joins after the end",
        {},
        {},
        lambda inputs: (
            replace(inputs, sites=(*inputs.sites, SiteWave(_AFTER[0], ("all",)))) if inputs.sites else inputs
        ),
    ),
)


def _run(setting: Setting) -> Found:
    def one(case: int) -> str:
        unused = UNUSED_DECISIONS[case % len(UNUSED_DECISIONS)]
        base = random_policy(setting, case)
        base = replace(
            base,
            levers=base.levers.patched(unused.levers),
            parameters=with_values(base.parameters, unused.numbers),
        )
        first, second = (
            run_world(prepare_rollout(inputs), case).journal for inputs in (base, unused.change(base))
        )
        if said := parting(first, second, ("without the decision", "with the decision")):
            raise Broken(f"{unused.what}: {said}")
        return unused.what

    return tried(setting.cases, one, lambda words: f"{len(set(words))} kinds of decision")


UNUSED = Check(
    "unused",
    "A decision that is never used changes nothing",
    "A rule, a parameter or a seat that nobody meets leaves the journal as it was, byte for byte.",
    _run,
)
