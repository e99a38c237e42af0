"""What a scenario may say of its centres and is yet worth a second look: empty regions, overlaps."""

from __future__ import annotations

from itertools import combinations

from scenarios.scenario import Scenario
from simulation.capacity import first_day
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod


def centre_notes(scenario: Scenario) -> list[str]:
    """Sentences about the centres; none for a scenario under which nobody is called."""
    if scenario.plain is not None:
        served = {region for region, seats in scenario.plain.seats if seats}
        return _without_seats([region for region, _ in scenario.plain.regions if region not in served])
    if scenario.levers["phase.plan"] == "closed":
        return []
    some = scenario.parameters.value("centre.seats_factor") > 0
    served = {
        period.region
        for period in scenario.centres
        if some and period.seats_per_day and period.first <= scenario.until and period.last >= scenario.start
    }
    empty = _without_seats([region for region in REGIONS if region not in served])
    return [*empty, *_overlaps(scenario), *_late(scenario)]


def _without_seats(regions: list[str]) -> list[str]:
    return [f"no seats at any time in {', '.join(regions)}"] if regions else []


def _overlaps(scenario: Scenario) -> list[str]:
    """Periods of one region that share days, once for each pair of stretches of time."""
    found: dict[str, None] = {}
    for one, other in combinations(scenario.centres, 2):
        if one.region == other.region and one.first <= other.last and other.first <= one.last:
            if one.centre or other.centre or _one_as_written(one, other):
                continue
            spans = " and ".join(f"{item.first} to {item.last}" for item in (one, other))
            found[f"periods of {one.region} overlap, and their seats add up: {spans}"] = None
    return list(found)


def _late(scenario: Scenario) -> list[str]:
    """Capacity whose seats come later than it was to begin, because its decision takes time."""
    found: dict[str, None] = {}
    for period in scenario.centres:
        opens = first_day(period, scenario.parameters)
        if opens > period.first:
            what = f"{period.centre or period.region}: what was decided on {period.decided}"
            when = "has no seat" if opens > period.last else f"has its first seats on {opens}"
            found[f"{what} {when}, not on {period.first}"] = None
    return list(found)


def _one_as_written(one: CapacityPeriod, other: CapacityPeriod) -> bool:
    """Whether two periods are the whole weeks and the rest of one that a file gives in centre-days."""
    same = (one.first, one.last) == (other.first, other.last)
    return same and (one.days_per_week == 5) != (other.days_per_week == 5)
