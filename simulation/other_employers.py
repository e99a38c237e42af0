"""Staff of Cafcass, voluntary organisations, adoption and fostering agencies: not of an authority."""

from __future__ import annotations

import numpy as np

from simulation.codes import NEVER, REGIONS
from simulation.columns import ORIGIN, ROLE, Columns, abilities, changed, ethnic_draw
from simulation.employers import AUTHORITIES, Establishment
from simulation.functions_held import FOSTERING, GUARDIAN, LEADER, LONG_TERM, functions_of, leaders
from simulation.ipf import Integers, largest_remainder
from simulation.parameters import Parameters
from simulation.sampling import draw


def other_staff(place: Establishment, employed: Columns, scale: float, parameters: Parameters) -> Columns:
    """Their staff on day 0. Each region's employers together hold one leader post (para 57)."""
    region = np.repeat(np.arange(len(REGIONS)), place.others)
    staff = other_starters("other", region + AUTHORITIES, place, employed, parameters)
    posts = np.minimum(largest_remainder(np.ones(len(REGIONS)), round(scale * len(REGIONS))), place.others)
    lead = leaders(region, staff.role, -staff.service_start, posts)
    return changed(
        staff,
        role=np.where(lead, ROLE["senior_manager"], staff.role),
        functions=np.where(lead, LEADER, staff.functions),
    )


def other_starters(
    stream: str, employer: Integers, place: Establishment, employed: Columns, parameters: Parameters
) -> Columns:
    """Rows of other employers' staff: age, service, hours and sex as someone's in an authority."""
    count, value = len(employer), parameters.value
    like = (draw(f"{stream}.like", count) * len(employed)).astype(np.int64)
    guardian, manager = value("other_employers.guardian_share"), value("other_employers.manager_share")
    u = draw(f"{stream}.role", count)
    role = np.where(u < manager, ROLE["first_line_manager"], ROLE["case_holder"])
    # The rest approve or supervise foster carers, or do the long-term work of an authority on its behalf.
    rest = np.where(draw(f"{stream}.fosters", count) < 0.5, FOSTERING, LONG_TERM)
    rest = np.where(u < manager, functions_of(role, u, parameters), rest)
    return Columns(
        employer=employer,
        role=role,
        contract=np.zeros(count, dtype=np.int64),
        age=employed.age[like],
        service_start=employed.service_start[like],
        role_start=employed.role_start[like],
        asye_start=np.full(count, NEVER, dtype=np.int64),
        origin=np.full(count, ORIGIN["established"]),
        fte=employed.fte[like],
        sex=employed.sex[like],
        ethnicity=ethnic_draw(place, employer, draw(f"{stream}.ethnicity", count)),
        functions=np.where((u >= manager) & (u < manager + guardian), GUARDIAN, rest),
        ability=abilities(stream, count),
        joins=np.zeros(count, dtype=np.int64),
    )
