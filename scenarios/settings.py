"""Levers and parameters set from outside a file, as `key=value` texts such as `--set q3=6`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.errors import Collected, InputError, nearest, problem
from rules.levers import SPECS, parse_value
from scenarios.scenario import Scenario
from simulation.durations import NUMBERS, Duration
from simulation.parameters import Override, Parameters

ASSUMPTION = "set on the command line"
"""The evidence of a parameter set this way: whoever sets it assumes it."""


def changed(scenario: Scenario, settings: Sequence[str]) -> Scenario:
    """The scenario with levers and parameters set. Raises `InputError` with every bad setting at once."""
    levers, overrides = read(settings)
    return replace(
        scenario, levers=scenario.levers.patched(levers), overrides={**scenario.overrides, **overrides}
    )


def read(
    settings: Sequence[str], known: Parameters | None = None
) -> tuple[dict[str, object], dict[str, Override]]:
    """The levers and the parameters that are set. Raises `InputError` with every bad setting at once.

    The parameters are those of the world, where no others are `known`.
    """
    shipped = Parameters.shipped() if known is None else known
    levers: dict[str, object] = {}
    overrides: dict[str, Override] = {}
    given: dict[str, str] = {}
    wrong = Collected()
    for text in settings:
        with wrong:
            name, value = _split(text, shipped)
            if name in given:
                message = f"'{name}' is set twice, in '{given[name]}' and in '{text}'"
                raise problem("S026", message, hint="give it once")
            given[name] = text
            if name in SPECS:
                levers[name] = parse_value(name, value)
            else:
                overrides[name] = _override(name, value, shipped)
    wrong.tell()
    return levers, overrides


def values(settings: Sequence[str], known: Parameters | None = None) -> dict[str, str | float]:
    """Each setting's name and value, as `changed` understands them: numbers as numbers, the rest as text.

    The parameters are those of the world, where no others are `known`. Raises `InputError` for what is not a
    setting.
    """
    found: dict[str, str | float] = {}
    shipped = Parameters.shipped() if known is None else known
    for text in settings:
        name, written = _split(text, shipped)
        if name in SPECS:
            value = parse_value(name, written)
            found[name] = value if isinstance(value, int | float) else str(value)
        else:
            override = _override(name, written, shipped)
            found[name] = str(override.duration) if override.value is None else override.value
    return found


def writes(scenario: Scenario, lever: str) -> bool:
    """Whether the file of a scenario, or of one it builds on, gives a lever, be it at its usual value."""
    key = re.compile(rf"^\s+[\"']?{re.escape(lever)}[\"']?\s*:", re.MULTILINE)
    known: Scenario | None = scenario
    while known is not None:
        if key.search(known.path.read_text(encoding="utf-8")):
            return True
        known = known.parent
    return False


def _split(text: str, shipped: Parameters) -> tuple[str, str]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals and value):
        raise problem("S013", f"'{text}' is not written as key=value", hint="for example q3=6")
    if name not in SPECS and name not in shipped:
        known = [*SPECS, *shipped]
        raise problem("S020", f"'{name}' is neither a lever nor a parameter", hint=nearest(name, known))
    return name, value


def _override(name: str, text: str, shipped: Parameters) -> Override:
    """A parameter's new value: a number, or days as `42`, or a distribution as `pert:14,42,120`."""
    kind, colon, numbers = text.partition(":")
    if colon or shipped[name].duration is not None:
        duration = _duration(name, kind, numbers) if colon else _duration(name, "fixed", text)
        override = Override(duration=duration, assumption=ASSUMPTION, changed_by=ASSUMPTION)
    else:
        override = Override(_number(name, text), assumption=ASSUMPTION, changed_by=ASSUMPTION)
    shipped.patched({name: override})
    return override


def _duration(name: str, kind: str, numbers: str) -> Duration:
    if kind not in NUMBERS:
        hint = f"one of: {', '.join(NUMBERS)}"
        raise problem("S011", f"unknown distribution '{kind}' for '{name}'", hint=hint)
    given = tuple(_number(name, part) for part in numbers.split(","))
    try:
        return Duration(kind, given)  # type: ignore[arg-type]
    except InputError as error:
        raise InputError(
            replace(wrong, message=f"parameter '{name}': {wrong.message}") for wrong in error.problems
        ) from error


def _as_share(text: str) -> str:
    """How a percentage is written where a number is wanted; empty where the text is none."""
    try:
        share = float(text.strip().removesuffix("%")) / 100
    except ValueError:
        return ""
    return f"write {share:g}" if text.strip().endswith("%") else ""


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise problem("S013", f"'{text}' is not a number for '{name}'", hint=_as_share(text)) from None
