"""Everyone who may join after day 0: a fixed list of people and days that no policy changes.

Movers between authorities are starters of one and leavers of another; they are people already here, so the
published starters less the movers come from outside.
"""

from __future__ import annotations

import numpy as np

from simulation.agency import agency_starters
from simulation.arrivals import arrivals
from simulation.codes import AGE_BANDS, NEVER, ROLES
from simulation.columns import ORIGIN, ROLE, Columns, abilities, changed, ethnic_draw, fte_draw, stacked
from simulation.employers import AUTHORITIES, Establishment
from simulation.functions_held import LEADER, functions_of
from simulation.ipf import Floats, Integers
from simulation.other_employers import other_starters
from simulation.parameters import Parameters
from simulation.published import national
from simulation.sampling import draw, pick
from simulation.structure import ages, margin_targets


def joiners(
    place: Establishment, employed: Columns, scale: float, days: int, parameters: Parameters
) -> Columns:
    """All joiners up to day `days`, in order of day, then authority, agency, other employer."""
    parts = [
        _from_outside(place, employed, scale, days, parameters),
        _agency(place, employed, days, parameters),
        _others(place, employed, days, parameters),
    ]
    everyone = stacked(parts)
    kind = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    order = np.lexsort((np.arange(len(everyone)), kind, everyone.joins))
    return everyone.taken(order)


def outside_rate(starters: float, parameters: Parameters) -> float:
    """Starters a year from outside: all starters less the leavers who only move to another authority."""
    movers = parameters.value("leaving.annual_headcount") * parameters.value("leaving.moving_share")
    return max(0.0, starters - movers)


def _from_outside(
    place: Establishment, employed: Columns, scale: float, days: int, parameters: Parameters
) -> Columns:
    value = parameters.value
    share = scale * place.starters / place.starters.sum()
    first = outside_rate(value("joining.starters_first_year"), parameters)
    later = outside_rate(value("joining.starters_later_years"), parameters)
    day, employer = arrivals("joining", share * first, share * later, days)
    count = len(day)
    band = pick(national(2016, "starters_headcount", "age"), draw("joining.age.band", count))
    rate = np.where(day <= 365, first, later)
    new = draw("joining.newly_qualified", count) < _newly_qualified_chance(band, rate, parameters)
    role = np.where(new, ROLE["case_holder"], pick(margin_targets("role"), draw("joining.role", count)))
    functions = functions_of(role, draw("joining.functions", count), parameters)
    leads = (role == ROLE["senior_manager"]) & (
        draw("joining.leader", count) < _leader_chance(employed, later * scale, parameters)
    )
    u = draw("joining.origin", count)
    other = value("joining.other_social_work_share")
    elsewhere = np.where(
        u < other,
        ORIGIN["other_social_work"],
        np.where(u < other + value("joining.outside_england_share"), ORIGIN["outside_england"], 0),
    )
    hours = national(2017, "starters_fte")[0] / national(2017, "starters_headcount")[0]
    return Columns(
        employer=employer,
        role=role,
        contract=np.zeros(count, dtype=np.int64),
        age=ages(band, draw("joining.age.year", count), parameters),
        service_start=day,
        role_start=day,
        asye_start=np.where(new, day, NEVER),
        origin=np.where(new, ORIGIN["newly_qualified"], elsewhere),
        fte=fte_draw(draw("joining.fte", count), hours, value("structure.part_time_reduction")),
        sex=(draw("joining.sex", count) < value("structure.male_share")).astype(np.int64),
        ethnicity=ethnic_draw(place, employer, draw("joining.ethnicity", count)),
        functions=np.where(leads, LEADER, functions),
        ability=abilities("joining", count),
        joins=day,
    )


def _newly_qualified_chance(band: Integers, rate: Floats, parameters: Parameters) -> Floats:
    """The chance of being newly qualified by age band, falling with age, that makes ASYE starts come out."""
    starters = national(2016, "starters_headcount", "age")
    fall = parameters.value("joining.newly_qualified_decline") ** np.arange(len(AGE_BANDS))
    wanted = parameters.value("structure.asye_starts") / np.maximum(rate, 1.0)
    level = wanted / float((starters / starters.sum() * fall).sum())
    return np.minimum(1.0, level * fall[band])


def _leader_chance(employed: Columns, rate: float, parameters: Parameters) -> float:
    """The chance that a joining senior manager takes a leader post, so that leaders are replaced."""
    leaving = parameters.value("leaving.annual_headcount") / national(2016, "in_post_headcount")[0]
    lost = float(((employed.functions & LEADER) != 0).sum()) * leaving
    arriving = rate * margin_targets("role")[ROLES.index("senior_manager")]
    return min(1.0, lost / arriving) if arriving > 0 else 0.0


def _agency(place: Establishment, employed: Columns, days: int, parameters: Parameters) -> Columns:
    yearly: Floats = place.agency.astype(np.float64) * parameters.value("agency.leaving_rate")
    day, employer = arrivals("agency.joining", yearly, yearly, days)
    return _starting(agency_starters("agency.joining", employer, place, employed, parameters), day)


def _others(place: Establishment, employed: Columns, days: int, parameters: Parameters) -> Columns:
    yearly: Floats = place.others.astype(np.float64) * parameters.value("other_employers.leaving_rate")
    day, region = arrivals("other.joining", yearly, yearly, days)
    return _starting(other_starters("other.joining", region + AUTHORITIES, place, employed, parameters), day)


def _starting(columns: Columns, day: Integers) -> Columns:
    return changed(columns, service_start=day, role_start=day, joins=day)
