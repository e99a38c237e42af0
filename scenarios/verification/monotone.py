"""More of what helps never hurts, where that can be proved: the same draws, person by person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from scenarios.loader import load_scenario
from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.policies import INDIFFERENT, roomy, with_values
from scenarios.verification.reading import Life, lives
from simulation.inputs import Inputs
from simulation.prepared import prepare_rollout
from simulation.world import run_world

Lives = dict[int, Life]

_STEADY: Final = {
    **INDIFFERENT,
    "leaving.annual_headcount": 0.0,
    "agency.leaving_rate": 0.0,
    "promotion.annual_rate": 0.0,
    "centre.no_show": 0.0,
    "centre.late_cancellation": 0.0,
    "centre.assessor_absence": 0.0,
}
"""Nobody leaves, moves or rises, and no seat is lost."""


@dataclass(frozen=True)
class Rise:
    """A change for the more and what it must not do; `problem` names a person whom it hurts."""

    what: str
    problem: Callable[[Lives, Lives], str]
    more: Callable[[Inputs], Inputs]
    numbers: dict[str, float]
    levers: Mapping[str, object] = field(default_factory=dict)
    ample: bool = False


def _days(life: Life, event: str) -> list[int]:
    return [day for day, name, _ in life if name == event]


def _same_days_or_more(event: str) -> Callable[[Lives, Lives], str]:
    def problem(less: Lives, more: Lives) -> str:
        for worker, life in less.items():
            if not set(_days(life, event)) <= set(_days(more.get(worker, []), event)):
                return f"worker {worker} loses {event} on a day"
        return ""

    return problem


def _no_later(event: str) -> Callable[[Lives, Lives], str]:
    def problem(less: Lives, more: Lives) -> str:
        for worker, life in less.items():
            was, now = _days(life, event), _days(more.get(worker, []), event)
            if was and (not now or now[0] > was[0]):
                return f"worker {worker} comes to {event} later, or never"
        return ""

    return problem


def _first_passes_kept(less: Lives, more: Lives) -> str:
    for worker, life in less.items():
        was = next((detail for _, name, detail in life if name == "result"), None)
        now = next((detail for _, name, detail in more.get(worker, []) if name == "result"), None)
        if was is not None and now is not None and not was >> 4 & 0xF and now >> 4 & 0xF:
            return f"worker {worker} passed, and fails where elements are easier"
    return ""


def _parameters(numbers: dict[str, float]) -> Callable[[Inputs], Inputs]:
    return lambda inputs: replace(inputs, parameters=with_values(inputs.parameters, numbers))


def _double_seats(inputs: Inputs) -> Inputs:
    return replace(inputs, centres=inputs.centres * 2)


RISES: Final = (
    Rise(
        "higher take-up takes nobody's call away",
        _same_days_or_more("put_forward"),
        _parameters({"take_up.voluntary": 0.5, "take_up.expected": 0.7, "take_up.mandatory": 0.99}),
        INDIFFERENT,
        {"q1.practitioner": "expected", "q1.leader": "voluntary"},
    ),
    Rise(
        "with one attempt each and nobody leaving, more seats make nobody sit later",
        _no_later("sat"),
        _double_seats,
        _STEADY,
        {"q8.max_attempts": 1, "review": "unavailable", "q2.leader_post": "excluded"},
    ),
    Rise(
        "a scheme that drives people away, and that nobody joins, makes nobody leave later",
        _no_later("left"),
        _parameters({"leaving.awaiting_mandatory": 2.3, "leaving.over_55_mandatory": 2.5}),
        {
            **{f"take_up.{force}": 0.0 for force in ("voluntary", "expected", "mandatory")},
            "leaving.moving_share": 0.0,
        },
    ),
    Rise(
        "easier elements take nobody's first pass away",
        _first_passes_kept,
        _parameters({"element.knowledge": 0.97, "element.simulated": 0.9, "element.written": 0.95}),
        INDIFFERENT,
        ample=True,
    ),
)


def _run(setting: Setting) -> Found:
    def one(case: int) -> str:
        rise = RISES[case % len(RISES)]
        base = load_scenario("mandatory").inputs(seed=setting.seed + case, scale=setting.scale)
        base = replace(base, levers=base.levers.patched(rise.levers))
        base = roomy(base) if rise.ample else base
        base = replace(base, parameters=with_values(base.parameters, rise.numbers))
        less, more = (lives(run_world(prepare_rollout(inputs), 0)) for inputs in (base, rise.more(base)))
        if said := rise.problem(less, more):
            raise Broken(f"{rise.what}: {said}")
        return rise.what

    return tried(max(setting.cases, len(RISES)), one, lambda words: f"{len(set(words))} kinds of more")


MONOTONE = Check(
    "monotone",
    "More of what helps hurts nobody, where that can be proved",
    "Person by person, same draws: higher take-up, more seats, easier elements, stronger reasons to leave.",
    _run,
)
