"""Limits with known answers: where something is certain, impossible or absent, so is the outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Final

from scenarios.loader import load_scenario
from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.policies import INDIFFERENT, roomy, with_values
from scenarios.verification.reading import lives
from simulation.inputs import Inputs
from simulation.prepared import prepare_rollout
from simulation.replication import Replication
from simulation.world import run_world

_ELEMENTS: Final = ("knowledge", "simulated", "written", "leader")
_PASSING: Final = {f"element.{name}": 1.0 for name in _ELEMENTS}
_FAILING: Final = {f"element.{name}": 0.0 for name in _ELEMENTS}
_NOBODY: Final = {f"take_up.{force}": 0.0 for force in ("voluntary", "expected", "mandatory")}
_STAYING: Final = {"leaving.annual_headcount": 0.0, "agency.leaving_rate": 0.0}
_NO_LOSSES: Final = {"centre.no_show": 0.0, "centre.late_cancellation": 0.0, "centre.assessor_absence": 0.0}
_EVEN: Final = {
    f"ability.{name}": 0.0 for name in ("weight", "long_service_loss", "minority_ethnic_gap", "aged_50_gap")
}
_NO_REVIEW: Final = {"review": "unavailable"}


@dataclass(frozen=True)
class Limit:
    """Levers and parameters at a limit, with what must then be true of what happened."""

    what: str
    holds: Callable[[Replication, Counter[str]], bool]
    numbers: dict[str, float]
    levers: Mapping[str, object] = field(default_factory=dict)
    ample: bool = False


def _sits_when_endorsed(run: Replication, _: Counter[str]) -> bool:
    days: dict[str, list[int]] = {"endorsed": [], "sat": []}
    for life in lives(run).values():
        for day, event, _detail in life:
            if event in days:
                days[event].append(day)
    return days["sat"] == days["endorsed"] and bool(days["sat"])


def _first_passes_are_binomial(run: Replication, _: Counter[str]) -> bool:
    """Each element is its own coin; 3.9 standard deviations leave out one sample in ten thousand."""
    firsts = [
        next(detail for _, event, detail in life if event == "result")
        for life in lives(run).values()
        if any(event == "result" for _, event, _ in life)
    ]
    value = run.inputs.parameters.value
    chance = value("element.knowledge") * value("element.simulated") * value("element.written")
    passed = sum(not detail >> 4 & 0xF for detail in firsts)
    spread = sqrt(len(firsts) * chance * (1 - chance))
    return bool(firsts) and abs(passed - len(firsts) * chance) < 3.9 * spread


LIMITS: Final = (
    Limit(
        "where passing is certain, every result accredits",
        lambda _, count: count["result"] == count["accredited"] > 0 == count["retake_planned"],
        _PASSING,
    ),
    Limit(
        "where passing is impossible, nobody is accredited",
        lambda _, count: count["accredited"] == 0 < count["retake_planned"] == count["result"],
        _FAILING,
        _NO_REVIEW,
    ),
    Limit(
        "where nobody comes forward, nobody is prepared, endorsed or seated",
        lambda _, count: not any(count[event] for event in ("put_forward", "prepared", "endorsed", "booked")),
        _NOBODY,
    ),
    Limit(
        "where nobody leaves, nobody left and nobody moved",
        lambda _, count: count["left"] == count["moved"] == 0 < count["joined"],
        _STAYING,
    ),
    Limit(
        "with unlimited seats everyone endorsed sits that day",
        _sits_when_endorsed,
        {**_NO_LOSSES, **_STAYING, "promotion.annual_rate": 0.0},
        {"q2.leader_post": "excluded"},
        ample=True,
    ),
    Limit(
        "without ability and groups, first passes are binomial",
        _first_passes_are_binomial,
        {**_EVEN, **_NO_LOSSES, **INDIFFERENT},
        {"q2.leader_post": "excluded", "q8.max_attempts": 1, **_NO_REVIEW},
        ample=True,
    ),
    Limit(
        "where every seat is missed, nobody sits",
        lambda _, count: count["sat"] == 0 < count["no_show"] == count["booked"],
        {**_NO_LOSSES, **_STAYING, "promotion.annual_rate": 0.0, "centre.no_show": 1.0},
    ),
)


def arm_at(limit: Limit, setting: Setting) -> Inputs:
    """The mandatory scenario at a limit."""
    base = load_scenario("mandatory").inputs(seed=setting.seed, scale=setting.scale)
    base = replace(base, levers=base.levers.patched(limit.levers))
    base = roomy(base) if limit.ample else base
    return replace(base, parameters=with_values(base.parameters, limit.numbers))


def _run(setting: Setting) -> Found:
    def one(case: int) -> str:
        limit = LIMITS[case]
        run = run_world(prepare_rollout(arm_at(limit, setting)), 0)
        count = Counter(event for life in lives(run).values() for _, event, _ in life)
        if not limit.holds(run, count):
            raise Broken(f"{limit.what}: that is not so; {dict(sorted(count.items()))}")
        return limit.what

    return tried(len(LIMITS), one, lambda words: f"{len(words)} limits")


LIMIT = Check(
    "limits",
    "At the limits the answer is the known one",
    "Certain and impossible passes, no take-up, nobody leaving, unlimited seats, independent coins.",
    _run,
)
