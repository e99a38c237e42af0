"""Agency and self-employed workers, who work for an authority and are counted apart from its employees."""

from __future__ import annotations

import numpy as np

from simulation.codes import NEVER
from simulation.columns import CONTRACT, ORIGIN, ROLE, Columns, abilities, changed, ethnic_draw, fte_draw
from simulation.employers import AUTHORITIES, Establishment
from simulation.functions_held import functions_of
from simulation.ipf import Floats, Integers
from simulation.parameters import Parameters
from simulation.published import national
from simulation.sampling import draw, pick
from simulation.structure import DAYS_IN_YEAR, FIRST_SERVICE_AGE


def agency_workers(place: Establishment, employed: Columns, parameters: Parameters) -> Columns:
    """Agency and self-employed workers on day 0: ages as the employed of the same role, short assignments."""
    employer = np.repeat(np.arange(AUTHORITIES), place.agency)
    count = len(employer)
    columns = agency_starters("agency", employer, place, employed, parameters)
    mean = parameters.value("agency.years_in_assignment") * DAYS_IN_YEAR
    longest = np.minimum(5, columns.age - FIRST_SERVICE_AGE) * DAYS_IN_YEAR
    days = np.ceil(np.minimum(-np.log1p(-draw("agency.days", count)) * mean, longest))
    started = -np.maximum(days, 1).astype(np.int64)
    return changed(columns, service_start=started, role_start=started)


def agency_starters(
    stream: str, employer: Integers, place: Establishment, employed: Columns, parameters: Parameters
) -> Columns:
    """Agency workers who start on day 0, by the authority they work for."""
    count, value = len(employer), parameters.value
    senior, manager = value("agency.senior_practitioner_share"), value("agency.first_line_manager_share")
    shares = np.array([max(0.0, 1 - senior - manager), senior, manager])
    kinds = np.array([ROLE["case_holder"], ROLE["senior_practitioner"], ROLE["first_line_manager"]])
    role = kinds[pick(shares, draw(f"{stream}.role", count))]
    alone = draw(f"{stream}.contract", count) < value("agency.self_employed_share")
    ratio = national(2016, "agency_fte")[0] / national(2016, "agency_headcount")[0]
    whole = np.zeros(count, dtype=np.int64)
    return Columns(
        employer=employer,
        role=role,
        contract=np.where(alone, CONTRACT["self_employed"], CONTRACT["agency"]),
        age=_ages_like(employed, role, draw(f"{stream}.age", count)),
        service_start=whole,
        role_start=whole,
        asye_start=np.full(count, NEVER, dtype=np.int64),
        origin=np.full(count, ORIGIN["established"]),
        fte=fte_draw(draw(f"{stream}.fte", count), ratio, value("structure.part_time_reduction")),
        sex=(draw(f"{stream}.sex", count) < value("structure.male_share")).astype(np.int64),
        ethnicity=ethnic_draw(place, employer, draw(f"{stream}.ethnicity", count)),
        functions=functions_of(role, draw(f"{stream}.functions", count), parameters),
        ability=abilities(stream, count),
        joins=whole,
    )


def _ages_like(employed: Columns, role: Integers, u: Floats) -> Integers:
    age = np.full(len(role), 40, dtype=np.int64)
    for kind in np.unique(role):
        pool = np.sort(employed.age[(employed.role == kind) & (employed.age >= 24)])
        mine = role == kind
        if len(pool):
            age[mine] = pool[(u[mine] * len(pool)).astype(np.int64)]
    return age
