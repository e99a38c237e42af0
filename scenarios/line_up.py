"""Getting scenarios ready to stand side by side: the same seed, size, end and settings for every one."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rules.errors import Collected, problem
from scenarios.experiment import Arm
from scenarios.loader import load_scenario
from scenarios.request import DEFAULT_SEED, checked_date
from scenarios.scenario import Scenario
from scenarios.settings import changed, read


def line_up(
    names: Sequence[str],
    settings: Sequence[str] = (),
    seed: int = DEFAULT_SEED,
    scale: float | None = None,
    until: date | None = None,
    workforce_file: Path | None = None,
) -> list[tuple[Scenario, Arm]]:
    """The scenarios and their arms, in the order named, each under its id.

    Raises `InputError` with what is wrong in any of the files and settings, C002 for a last day beyond the
    working calendar, and S022 when the arms do not begin and end on the same days.
    """
    wrong = Collected()
    with wrong:
        scenarios = load_all(names)
    with wrong:
        read(settings)
    with wrong:
        if until is not None:
            checked_date(until.isoformat())
    wrong.tell()
    if settings:
        scenarios = [changed(scenario, settings) for scenario in scenarios]
    ready = [
        (scenario, Arm(scenario.id, scenario.inputs(seed, scale, until, workforce_file), scenario.digest))
        for scenario in scenarios
    ]
    commands = _commands(names, settings, seed, scale, until, workforce_file)
    ready = [
        (scenario, replace(arm, command=command))
        for (scenario, arm), command in zip(ready, commands, strict=True)
    ]
    spans = {(arm.inputs.start, arm.inputs.until) for _, arm in ready}
    if len(spans) > 1:
        each = "; ".join(f"{arm.name} {arm.inputs.start} to {arm.inputs.until}" for _, arm in ready)
        hint = "give the files the same horizon; --until sets the last day of all"
        raise problem("S022", f"the scenarios do not cover the same time: {each}", hint=hint)
    return ready


def _commands(
    names: Sequence[str],
    settings: Sequence[str],
    seed: int,
    scale: float | None,
    until: date | None,
    workforce_file: Path | None,
) -> list[str]:
    """What a person types to run each scenario alone, just as it stands in the line."""
    options = ["--seed", str(seed)]
    options += ["--scale", repr(scale)] if scale is not None else []
    options += ["--until", until.isoformat()] if until else []
    options += ["--workforce", str(workforce_file)] if workforce_file else []
    options += [word for setting in settings for word in ("--set", setting)]
    return [shlex.join(["naas", "run", name, *options]) for name in names]


def load_all(names: Sequence[str]) -> list[Scenario]:
    """Every scenario named. Raises the problems of all of them at once."""
    found: list[Scenario] = []
    wrong = Collected()
    for name in names:
        with wrong:
            found.append(load_scenario(name))
    wrong.tell()
    return found
