"""The command that runs an arm alone when its inputs are no longer those of its scenario."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import replace

from scenarios.tasks import Arm
from simulation.durations import Duration
from simulation.inputs import Inputs


def again(arm: Arm, inputs: Inputs) -> str:
    """What a person types to run an arm with other inputs: its own command, with what differs set.

    Empty where the arm has none, or where more differs than levers and parameters, which no setting can say.
    """
    own = arm.inputs
    if not arm.command or replace(inputs, levers=own.levers, parameters=own.parameters) != own:
        return ""
    settings = dict(_differing(own, inputs))
    words = iter(shlex.split(arm.command))
    kept: list[str] = []
    for word in words:
        pair = [word, next(words)] if word == "--set" else [word]
        if pair[-1].partition("=")[0].strip() not in settings:
            kept += pair
    return shlex.join([*kept, *(word for name in settings for word in ("--set", f"{name}={settings[name]}"))])


def _differing(own: Inputs, inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Levers and parameters that are not as they were, each with its value as it is typed."""
    for name, mine, _ in inputs.levers.differences(own.levers):
        yield name, str(mine)
    for name, entry in inputs.parameters.items():
        before = own.parameters[name]
        if (entry.value, entry.duration) != (before.value, before.duration):
            yield name, repr(entry.value) if entry.duration is None else _typed(entry.duration)


def _typed(duration: Duration) -> str:
    return f"{duration.kind}:{','.join(map(repr, duration.numbers))}"
