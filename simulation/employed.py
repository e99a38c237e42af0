"""The directly employed on day 0: one row for each person the authorities returned."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from simulation.calendar import day_of
from simulation.codes import ETHNICITIES, NEVER, ROLES
from simulation.columns import ORIGIN, ROLE, Columns, abilities
from simulation.employers import Establishment
from simulation.functions_held import LEADER, functions_of, leader_posts, leaders
from simulation.ipf import Integers, largest_remainder, round_table
from simulation.parameters import Parameters
from simulation.published import national
from simulation.sampling import draw, highest, normal, part_time
from simulation.structure import DAYS_IN_YEAR, People, age_band, employed_people, service_band

ASYE_BEGAN: Final = date(2012, 9, 1)
"""The first supported year; no one has an earlier start."""


def directly_employed(place: Establishment, scale: float, parameters: Parameters) -> Columns:
    """Everyone employed by an authority on day 0, fitted to what is published."""
    people = employed_people(place, parameters)
    count = len(people.role)
    functions = functions_of(people.role, draw("employed.functions", count), parameters)
    posts = leader_posts(place.employed, scale, parameters)
    functions[leaders(people.employer, people.role, people.service_days, posts)] |= LEADER
    asye = _asye(people, scale, parameters)
    male = highest(
        np.zeros(count, dtype=np.int64), draw("employed.sex", count), _one(_men(count, parameters))
    )
    return Columns(
        employer=people.employer,
        role=people.role,
        contract=np.zeros(count, dtype=np.int64),
        age=people.age,
        service_start=-people.service_days,
        role_start=-_days_in_role(people, parameters),
        asye_start=asye,
        origin=_origin(people, asye, parameters),
        fte=_employed_fte(people, place, parameters),
        sex=male.astype(np.int64),
        ethnicity=_ethnicity(people, place),
        functions=functions,
        ability=abilities("employed", count),
        joins=np.zeros(count, dtype=np.int64),
    )


def _one(count: int) -> Integers:
    return np.array([count], dtype=np.int64)


def _men(count: int, parameters: Parameters) -> int:
    return round(count * parameters.value("structure.male_share"))


def _days_in_role(people: People, parameters: Parameters) -> Integers:
    mean = parameters.value("structure.years_in_senior_role") * DAYS_IN_YEAR
    days = np.ceil(-np.log1p(-draw("employed.role_days", len(people.role))) * mean)
    senior = people.role <= ROLE["senior_practitioner"]
    return np.where(senior, np.minimum(days, people.service_days), people.service_days).astype(np.int64)


def _asye(people: People, scale: float, parameters: Parameters) -> Integers:
    """ASYE starts of those still where they began: as many as starts and retention leave, the young first."""
    count = len(people.role)
    starts, kept = parameters.value("structure.asye_starts"), parameters.value("structure.asye_retention")
    longest = -day_of(ASYE_BEGAN)
    score = normal("employed.asye", count) - (people.age - 30) / 8
    begun = np.full(count, NEVER, dtype=np.int64)
    everyone = np.zeros(count, dtype=np.int64)
    for low, high in ((0.0, 2.0), (2.0, longest / DAYS_IN_YEAR)):
        able = (people.role == ROLE["case_holder"]) & (people.service_days <= longest)
        able &= (people.service_days > low * DAYS_IN_YEAR) & (people.service_days <= high * DAYS_IN_YEAR)
        still = starts * scale * sum(kept**year for year in np.linspace(low, high, 101)) / 101 * (high - low)
        quota = min(round(float(still)), int(able.sum()))
        chosen = highest(everyone, np.where(able, score, -1e6), _one(quota))
        begun[chosen] = -people.service_days[chosen]
    return begun


def _origin(people: People, asye: Integers, parameters: Parameters) -> Integers:
    """Newly qualified for two years from the ASYE; the other newcomers of the last year as joiners are."""
    u = draw("employed.origin", len(asye))
    other = parameters.value("joining.other_social_work_share")
    abroad = parameters.value("joining.outside_england_share")
    newcomer = people.service_days < DAYS_IN_YEAR
    came = np.where(u < other, ORIGIN["other_social_work"], ORIGIN["outside_england"])
    origin = np.where(newcomer & (u < other + abroad), came, ORIGIN["established"])
    return np.where(asye > -2 * DAYS_IN_YEAR, ORIGIN["newly_qualified"], origin)


def _employed_fte(people: People, place: Establishment, parameters: Parameters) -> Integers:
    weight = np.ones(len(people.role))
    bands = {"role": people.role, "age": age_band(people.age), "service": service_band(people.service_days)}
    overall = 1 - national(2016, "in_post_fte")[0] / national(2016, "in_post_headcount")[0]
    for breakdown, band in bands.items():
        less = 1 - national(2016, "in_post_fte", breakdown) / national(2016, "in_post_headcount", breakdown)
        weight *= less[band] / overall
    reduction = parameters.value("structure.part_time_reduction")
    return part_time(people.employer, place.fte, weight, reduction, "employed.fte")


def _ethnicity(people: People, place: Establishment) -> Integers:
    """Counts of each authority by its mix, dealt with regard to the published mix of each role."""
    mix = place.cells["ethnicity"]
    expected = mix / mix.sum(axis=1, keepdims=True) * place.employed[:, None]
    columns = expected.sum(axis=0)
    counts = round_table(expected, place.employed, largest_remainder(columns, int(place.employed.sum())))
    by_role = np.array([national(2019, "in_post_headcount", "ethnicity", role) for role in ROLES])
    lift = by_role / by_role.sum(axis=1, keepdims=True) / (by_role.sum(axis=0) / by_role.sum())[None, :]
    chosen = np.zeros(len(people.role), dtype=np.int64)
    free = np.ones(len(people.role), dtype=np.bool_)
    for index in range(1, len(ETHNICITIES)):
        wait = np.log1p(-draw(f"employed.ethnicity.{index}", len(chosen))) / lift[people.role, index]
        mine = highest(people.employer, np.where(free, wait, -1e6), counts[:, index]) & free
        chosen[mine] = index
        free &= ~mine
    return chosen
