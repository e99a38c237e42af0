"""Policies nobody chose: any answer to any question, odd parameters, scarce or ample seats.

A case is a function of (seed, number), so a case that fails can be run again from its number.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from rules.levers import SPECS, Levers
from scenarios.verification.check import Setting
from simulation.codes import REGIONS
from simulation.durations import Duration
from simulation.inputs import CapacityPeriod, Closure, Inputs, SiteWave
from simulation.parameters import Override, Parameters

EVIDENCE: Final = "any value does for a check"
START: Final = date(2017, 1, 1)
UNTIL: Final = date(2020, 6, 30)

AMPLE: Final = (CapacityPeriod("all", date(2016, 10, 1), date(2026, 12, 31), 10_000),)
"""More seats than anyone could fill, from the first day to the last, at any scale from a hundredth on."""

SLACK: Final = {
    "release.weekly_share": 1.0,
    "endorsement.per_manager_week": 1_000.0,
    "centre.leader_seats_week": 10_000.0,
}
"""Employers that can release and endorse everyone in any week, and seats for every leader."""

INDIFFERENT: Final = dict.fromkeys(
    (
        *(
            f"leaving.{when}_{force}"
            for when in ("awaiting", "failed")
            for force in ("voluntary", "mandatory")
        ),
        *("leaving.over_55_voluntary", "leaving.over_55_mandatory", "leaving.accredited_mandatory"),
    ),
    1.0,
)
"""Nobody leaves sooner or later because of the scheme."""

_MONTHS: Final = {
    "q3": 18,
    "q4.supervisor": 18,
    "q4.leader": 18,
    "q8.narrow_months": 6,
    "q8.full_months": 14,
    "q8.max_attempts": 4,
}
_SHARES: Final = (
    *("take_up.voluntary", "take_up.expected", "take_up.mandatory", "leaving.moving_share"),
    *(
        "element.knowledge",
        "element.simulated",
        "element.written",
        "element.leader",
        "element.near_miss_share",
    ),
    *("endorsement.probability", "retake.spread", "review.request_share", "review.upheld_share"),
)
_LOSSES: Final = ("centre.no_show", "centre.late_cancellation", "centre.assessor_absence")
_CENTRES: Final = ("", "", "north", "south")
_LENGTHS: Final = (
    *("preparation.elapsed", "endorsement.retry", "result.elapsed", "review.elapsed"),
    *("take_up.delay", "take_up.deadline_lead"),
)


def random_policy(setting: Setting, case: int) -> Inputs:
    """A whole arm at random, three and a half years long."""
    chance = Random(f"policy {setting.seed} {case}")
    return Inputs(
        levers=random_levers(chance),
        parameters=random_parameters(chance),
        start=START,
        until=UNTIL,
        scale=setting.scale,
        centres=_centres(chance, setting.scale),
        closures=_closures(chance),
        sites=_sites(chance),
        seed=chance.randrange(2**31),
    )


def random_levers(chance: Random) -> Levers:
    """Any answer to any question; phases in order."""
    chosen: dict[str, object] = {"q9.years": chance.randint(1, 2)}
    for name, spec in SPECS.items():
        if spec.kind == "choice":
            chosen[name] = chance.choice([option.name for option in spec.options])
        elif name in _MONTHS:
            chosen[name] = chance.randint(0, _MONTHS[name])
        if name.startswith("q2.") and chance.random() < 0.8:
            chosen[name] = "included"
    if chance.random() < 0.9:
        chosen["phase.plan"] = chance.choice(["consultation", "all_at_once"])
    chosen["q1.mandatory_from"] = START + timedelta(chance.randrange(1_000))
    names = ("phase.one_from", "phase.one_to", "phase.two_from", "phase.two_to")
    days = sorted(START + timedelta(chance.randrange(900)) for _ in names)
    return Levers.of({**chosen, **dict(zip(names, days, strict=True))})


def random_parameters(chance: Random) -> Parameters:
    """Most parameters as shipped, the others anywhere in their domain."""

    def some(names: tuple[str, ...]) -> list[str]:
        return [name for name in names if chance.random() < 0.4]

    numbers = {name: chance.random() for name in some(_SHARES)}
    numbers |= {name: 0.4 * chance.random() for name in some(_LOSSES)}
    numbers |= {name: 0.5 + 3 * chance.random() for name in some(tuple(INDIFFERENT))}
    if chance.random() < 0.5:
        numbers["leaving.annual_headcount"] = 25_000 * chance.random()
        numbers["promotion.annual_rate"] = 0.6 * chance.random()
    if chance.random() < 0.5:
        numbers["endorsement.per_manager_week"] = 2 * chance.random()
        numbers["release.weekly_share"] = 0.5 * chance.random()
    lengths = {name: _duration(chance) for name in some(_LENGTHS)}
    if chance.random() < 0.5:
        numbers["overflow.share"] = chance.random()
        numbers["overflow.after_days"] = 90 * chance.random()
        numbers["centre.standby_share"] = chance.random()
    return with_values(Parameters.shipped(), numbers, lengths)


def with_values(
    parameters: Parameters, numbers: dict[str, float], lengths: dict[str, Duration] | None = None
) -> Parameters:
    """Parameters with some numbers and durations set, whatever their ranges."""
    overrides = {name: Override(number, assumption=EVIDENCE) for name, number in numbers.items()}
    for name, length in (lengths or {}).items():
        overrides[name] = Override(duration=length, assumption=EVIDENCE)
    return parameters.patched(overrides)


def roomy(inputs: Inputs) -> Inputs:
    """The arm where nobody ever waits for anybody else: seats, endorsers and release for all."""
    return replace(inputs, parameters=with_values(inputs.parameters, SLACK), centres=AMPLE, closures=())


def _duration(chance: Random) -> Duration:
    low, middle, high = sorted(chance.randint(0, 150) for _ in range(3))
    kinds = (
        Duration("fixed", (middle,)),
        Duration("uniform", (low, high)),
        Duration("triangular", (low, middle, high)),
        Duration("pert", (low, middle, high)),
        Duration("lognormal", (middle + 1, 0.6)),
    )
    return chance.choice(kinds)


def _centres(chance: Random, scale: float) -> tuple[CapacityPeriod, ...]:
    """Seats in England as a whole and in some regions; so many that a day has a few after scaling."""
    seats = round(chance.choice([0.25, 2, 20]) / scale)
    found = [CapacityPeriod("all", START, UNTIL, seats, chance.randint(1, 5))]
    for _ in range(chance.randrange(4)):
        first = START + timedelta(chance.randrange(900))
        last = first + timedelta(chance.randrange(1, 500))
        opens = tuple(chance.sample(range(5), chance.randrange(3)))
        decided = first - timedelta(chance.randrange(200)) if chance.random() < 0.3 else None
        region, days = chance.choice(REGIONS), chance.randint(1, 5)
        found.append(
            CapacityPeriod(
                region, first, last, seats * 2, days, opens, decided, centre=chance.choice(_CENTRES)
            )
        )
    return tuple(found)


def _closures(chance: Random) -> tuple[Closure, ...]:
    found = []
    for _ in range(chance.randrange(3)):
        first = START + timedelta(chance.randrange(900))
        region = chance.choice(["all", *REGIONS])
        last = first + timedelta(chance.randrange(200))
        found.append(Closure(region, first, last, chance.choice(_CENTRES)))
    return tuple(found)


def _sites(chance: Random) -> tuple[SiteWave, ...]:
    """No waves of sites more often than not, since most policies call by phase."""
    if chance.random() < 0.6:
        return ()
    groups = ("phase_one_2016", "naas_phase1_2018", "naas_phase2", "Leeds", "Kent", "Camden", "Plymouth")
    joins = sorted(START + timedelta(chance.randrange(800)) for _ in range(chance.randint(1, 3)))
    return tuple(SiteWave(day, tuple(chance.sample(groups, chance.randint(1, 3)))) for day in joins)
