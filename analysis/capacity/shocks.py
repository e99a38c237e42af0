"""Shocks as planners name them: a closure, assessors away, everybody at the last moment."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from analysis.capacity.plans import opening, regions_of
from analysis.capacity.regions import venue_named
from rules.errors import InputError, problem
from scenarios.loader import load_scenario
from simulation.calendar import LAST
from simulation.inputs import Closure, Inputs
from simulation.parameters import Override

RUSH: Final = "deadline-rush"
"""The scenario of the library whose parameters make a rush."""

_CLOSURE: Final = re.compile(r"closure:([^:]+):(\d+)w(?::(\d{4}-\d{2}-\d{2}))?")
_ABSENCE: Final = re.compile(r"absence:\+(\d+(?:\.\d+)?)%")
_FORMS: Final = "closure:london:8w, closure:all:8w:2019-06-03, absence:+10%, rush:deadline"
_MOST_WEEKS: Final = 520
_MIDDLE: Final = (
    "No first day was named, so it is the Monday in the middle of the time in which there are seats;"
)
_ASSUMED: Final = "a shock, set on the command line"


@dataclass(frozen=True)
class Shock:
    """A scenario with a shock. `past` is the day after it, None where it has no end of its own.

    `closed` is the closure of one region that it is, `why` the reason for a day that nobody named.
    """

    name: str
    said: str
    inputs: Inputs
    past: date | None
    closed: Closure | None = None
    why: str = ""


def shocked(inputs: Inputs, text: str) -> Shock:
    """The scenario with a shock as typed. Raises `InputError` Q006 or Q007."""
    words = text.strip().casefold()
    if found := _CLOSURE.fullmatch(words):
        return _closed(inputs, text, found[1], int(found[2]), found[3])
    if found := _ABSENCE.fullmatch(words):
        return _absent(inputs, text, float(found[1]))
    if words == "rush:deadline":
        return _rushed(inputs, text)
    raise problem("Q006", f"'{text}' is not a shock", hint=f"written as: {_FORMS}")


def together(inputs: Inputs, texts: list[str]) -> Shock:
    """All shocks at once; without an end where one of them has none."""
    ends: list[date | None] = []
    for text in texts:
        more = shocked(inputs, text)
        inputs = more.inputs
        ends.append(more.past)
    known = [day for day in ends if day is not None]
    past = max(known) if known and len(known) == len(ends) else None
    return Shock("all together", "all of them at once", inputs, past)


def _closed(inputs: Inputs, text: str, where: str, weeks: int, begins: str | None) -> Shock:
    if inputs.plain is not None:
        raise problem("Q009", "the centres of a scheme from scratch cannot be closed")
    if not 1 <= weeks <= _MOST_WEEKS:
        raise problem("Q006", f"'{text}': a closure takes 1 to {_MOST_WEEKS} weeks")
    region = "all" if where == "all" else venue_named(where, regions_of(inputs))
    first = _date(text, begins) if begins else middle(inputs, region)
    if not inputs.start <= first <= inputs.until:
        raise problem("Q006", f"'{text}': {first} lies outside {inputs.start} to {inputs.until}")
    last = first + timedelta(days=7 * weeks - 1)
    closure = Closure(region, first, last)
    hit = replace(inputs, closures=(*inputs.closures, closure))
    place = "every centre" if region == "all" else region
    said = f"{place} closed for {weeks} weeks from {first.day} {first:%b %Y}"
    why = "" if begins else f"{_MIDDLE} {text.strip()}:{first.isoformat()} names this one."
    return Shock(text, said, hit, last + timedelta(days=1), None if region == "all" else closure, why)


def _date(text: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise problem("Q006", f"'{text}': '{written}' is not a date") from None


def middle(inputs: Inputs, region: str) -> date:
    """The Monday in the middle of the time in which a region has seats."""
    names = regions_of(inputs) if region == "all" else (region,)
    first = min(opening(inputs, name) for name in names)
    day = first + (min(inputs.until, LAST) - first) / 2
    return day - timedelta(days=day.weekday())


def _absent(inputs: Inputs, text: str, points: float) -> Shock:
    if inputs.plain is not None:
        raise problem("Q009", "a scheme from scratch has no assessors who could be absent")
    usual = inputs.parameters.value("centre.assessor_absence")
    share = usual + points / 100
    if share > 1:
        raise problem(
            "Q006", f"'{text}': {share:.0%} of centre days cannot be lost; {usual:.0%} are as it is"
        )
    override = Override(share, assumption=_ASSUMED, changed_by=_ASSUMED)
    parameters = inputs.parameters.patched({"centre.assessor_absence": override})
    said = f"{share:.0%} of centre days lost to absence instead of {usual:.0%}"
    return Shock(text, said, replace(inputs, parameters=parameters), None)


def _rushed(inputs: Inputs, text: str) -> Shock:
    if inputs.plain is not None:
        raise problem("Q009", "a scheme from scratch has no deadline to rush for")
    overrides = load_scenario(RUSH).overrides
    try:
        parameters = inputs.parameters.patched(overrides)
    except InputError as error:
        raise problem("Q006", f"'{text}' cannot be laid over this scenario: {error}") from error
    return Shock(
        text, "everyone puts it off until the deadline", replace(inputs, parameters=parameters), None
    )
