"""Settings of one thing, from the easiest for the queues to the hardest: demand, a start, a pass rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from analysis.capacity.plans import FACTOR
from rules.errors import InputError, problem
from simulation.calendar import add_months, date_of, day_of
from simulation.inputs import Inputs
from simulation.parameters import Override, Parameters

DEMAND, START, PASS_RATE = "demand", "start", "pass-rate"

PHRASES: Final = {
    DEMAND: "{} the demand",
    START: "phase two from {}",
    PASS_RATE: "{} pass the simulated element",
}
"""How a setting of each question is said."""

ELEMENT: Final = "element.simulated"
BEGINS: Final = "phase.two_from"

_SET: Final = "asked of the capacity on the command line"
_STEP: Final = 1.1
_STEPS: Final = 14
_PASS_STEP: Final = 0.02
_LOWEST_PASS: Final = 0.3
_EARLIER, _LATER = 4, 8
_QUARTER: Final = 3
_IN_PHASES: Final = "consultation"
"""The plan of the lever `phase.plan` that has phases."""


@dataclass(frozen=True)
class Rung:
    """One setting: its value, how it is said, and the scenario with it."""

    value: float
    said: str
    inputs: Inputs


@dataclass(frozen=True)
class Ladder:
    """The rungs from the easiest; `now` is the place of the scenario as it stands.

    On a monotone ladder a rung that is met, or fails, is so on all easier, or harder, ones.
    """

    rungs: tuple[Rung, ...]
    now: int
    monotone: bool = True


def short(question: str, said: str) -> str:
    """A setting without the words that all settings of its question share."""
    before, after = PHRASES[question].split("{}")
    return said.removeprefix(before).removesuffix(after)


def _demand(inputs: Inputs) -> Ladder:
    """So many times the demand on the same seats: the same as the demand on so many times fewer seats."""
    base = inputs.parameters.value(FACTOR)
    found = []
    for step in range(-_STEPS, _STEPS + 1):
        times = _STEP**step
        parameters = inputs.parameters if step == 0 else _set(inputs, FACTOR, base / times)
        said = PHRASES[DEMAND].format(f"{times:.2f} times")
        found.append(Rung(times, said, replace(inputs, parameters=parameters)))
    return Ladder(tuple(found), _STEPS)


def _pass_rate(inputs: Inputs) -> Ladder:
    """The share that passes the simulated element, from everyone down to three in ten."""
    own = inputs.parameters.value(ELEMENT)
    steps = round((1 - _LOWEST_PASS) / _PASS_STEP)
    shares = sorted({round(1 - step * _PASS_STEP, 4) for step in range(steps + 1)} | {own}, reverse=True)
    found = [
        Rung(share, PHRASES[PASS_RATE].format(f"{share:.0%}"), replace(inputs, parameters=parameters))
        for share in shares
        for parameters in [inputs.parameters if share == own else _set(inputs, ELEMENT, share)]
    ]
    return Ladder(tuple(found), shares.index(own))


def _start(inputs: Inputs) -> Ladder:
    """Phase two beginning quarters earlier or later; the seats keep their dates."""
    own, found = inputs.levers[BEGINS], []
    assert isinstance(own, date)
    if inputs.sites:
        raise problem("Q010", "this scenario calls sites by waves, and has no start of phase two")
    if inputs.levers["phase.plan"] != _IN_PHASES:
        raise problem("Q010", "this scenario does not call people in phases, and has no start of phase two")
    if own > inputs.until:
        raise problem("Q010", f"phase two begins on {own}, after the last day", hint="choose a later --until")
    for quarters in range(-_EARLIER, _LATER + 1):
        begins = date_of(int(add_months(np.array(day_of(own)), quarters * _QUARTER)))
        try:
            levers = inputs.levers.patched({BEGINS: begins})
        except InputError:  # before phase one, or after the end of phase two
            continue
        if begins <= inputs.until:
            said = PHRASES[START].format(f"{begins.day} {begins:%b %Y}")
            found.append(Rung(begins.toordinal(), said, replace(inputs, levers=levers)))
    now = next(at for at, rung in enumerate(found) if rung.value == own.toordinal())
    return Ladder(tuple(found), now, monotone=False)


def _set(inputs: Inputs, name: str, value: float) -> Parameters:
    return inputs.parameters.patched({name: Override(value, assumption=_SET, changed_by=_SET)})


LADDERS: Final[dict[str, Callable[[Inputs], Ladder]]] = {
    DEMAND: _demand,
    START: _start,
    PASS_RATE: _pass_rate,
}
"""The settings of each question. May raise `InputError` Q010."""
