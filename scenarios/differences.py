"""What one scenario changes against another, in words that a reader of the files would use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from scenarios.scenario import Scenario
from simulation.inputs import CapacityPeriod, Closure, SiteWave

Kind = Literal["lever", "parameter", "centres", "closures", "sites", "horizon", "workforce", "scheme"]
KINDS: Final[tuple[Kind, ...]] = (
    *("lever", "parameter", "centres", "closures"),
    *("sites", "horizon", "workforce", "scheme"),
)
"""The order in which changes are listed."""


@dataclass(frozen=True)
class Change:
    """One thing in which a scenario differs from another; `id` names the lever or the parameter."""

    kind: Kind
    id: str
    mine: str
    theirs: str
    evidence: str = ""


def differences(scenario: Scenario, other: Scenario) -> list[Change]:
    """What `scenario` has and `other` has not, levers first."""
    return [*_levers(scenario, other), *_parameters(scenario, other), *_parts(scenario, other)]


def shown(value: object) -> str:
    """A lever's or a parameter's value as a reader would write it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def capacity(periods: Sequence[CapacityPeriod]) -> str:
    """Capacity in a line: seats a week over all regions, by period and by the day of its decision."""
    weekly: dict[tuple[date, date, str], int] = {}
    for period in periods:
        span = period.first, period.last, f", decided {period.decided}" if period.decided else ""
        weekly[span] = weekly.get(span, 0) + period.seats_per_week
    told = (f"{seats} seats a week, {_span(*span)}{when}" for (*span, when), seats in weekly.items())
    return "; ".join(told) or "none"


def closed(closures: Sequence[Closure]) -> str:
    """Closures in a line."""
    return (
        "; ".join(f"{item.centre or item.region}, {_span(item.first, item.last)}" for item in closures)
        or "none"
    )


def joining(waves: Sequence[SiteWave]) -> str:
    """Waves of sites in a line: a single group or authority by its name, more by their number."""
    parts = (
        f"{wave.joins} {wave.employers[0] if len(wave.employers) == 1 else len(wave.employers)}"
        for wave in waves
    )
    return "; ".join(parts) or "by the phases of the rules"


def _levers(scenario: Scenario, other: Scenario) -> Iterator[Change]:
    for name, mine, theirs in scenario.levers.differences(other.levers):
        yield Change("lever", name, shown(mine), shown(theirs))


def _parameters(scenario: Scenario, other: Scenario) -> Iterator[Change]:
    before = other.parameters
    for name, mine in scenario.parameters.items():
        theirs = before[name]
        if (mine.value, mine.duration) != (theirs.value, theirs.duration):
            values = (shown(mine.duration or mine.value), shown(theirs.duration or theirs.value))
            yield Change("parameter", name, *values, mine.evidence)


def _parts(scenario: Scenario, other: Scenario) -> Iterator[Change]:
    lines: list[tuple[Kind, str, str]] = [
        ("centres", capacity(scenario.centres), capacity(other.centres)),
        ("closures", closed(scenario.closures), closed(other.closures)),
        ("sites", joining(scenario.sites), joining(other.sites)),
        ("horizon", _span(scenario.start, scenario.until), _span(other.start, other.until)),
        ("workforce", _staff(scenario), _staff(other)),
        ("scheme", _scheme(scenario), _scheme(other)),
    ]
    parts = {
        "centres": scenario.centres != other.centres,
        "closures": scenario.closures != other.closures,
        "sites": scenario.sites != other.sites,
    }
    for kind, mine, theirs in lines:
        if parts.get(kind, mine != theirs):
            yield Change(kind, "", mine, theirs, scenario.centres_evidence if kind == "centres" else "")


def _span(first: date, last: date) -> str:
    return f"{first} to {last}"


def _staff(scenario: Scenario) -> str:
    source = scenario.workforce_file or "synthetic England"
    return f"{source}, scale {scenario.scale:g}"


def _scheme(scenario: Scenario) -> str:
    return "from scratch" if scenario.plain else "national"
