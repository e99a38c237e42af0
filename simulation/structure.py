"""Who holds which role, at what age and with how long a service: margins as published, the link assumed.

Role, age and time in service are published each on its own. In every authority the counts of each are dealt
to people in order of scores that are correlated as the parameters say, so that the margins hold exactly and
only the association is an assumption. Nobody has served longer than since the age of 21.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.codes import AGE_BANDS, ROLES, SERVICE_BANDS
from simulation.employers import Establishment
from simulation.ipf import Floats, Integers, fit, largest_remainder, round_table
from simulation.parameters import Parameters
from simulation.published import national
from simulation.sampling import deal, draw, highest, normal

DAYS_IN_YEAR: Final = 365.25
AGE_FROM: Final = (20, 30, 40, 50, 60)
SERVICE_FROM: Final = (0, 2, 5, 10, 20, 30)
SERVICE_TO: Final = (2, 5, 10, 20, 30, 45)
FIRST_SERVICE_AGE: Final = 21
_MANAGER_AGE: Final = 30


@dataclass(frozen=True, eq=False)
class People:
    """Rows of people in post: employer, role, age in years, and days of service before day 0."""

    employer: Integers
    role: Integers
    age: Integers
    service_days: Integers


def margin_targets(breakdown: str) -> Floats:
    """The published headcount shares of a breakdown, made to sum to one.

    The counts of the roles leave about 120 of 29,930 people without one. What is missing is spread evenly
    over the categories, on top of the lower of the printed percentage and the printed count, which keeps
    every share within a tenth of a percentage point of both.
    """
    printed = national(2016, "in_post_headcount_percent", breakdown) / 100
    counted = national(2016, "in_post_headcount", breakdown) / national(2016, "in_post_headcount")[0]
    lower = np.minimum(printed, counted)
    return np.asarray(lower + (1 - lower.sum()) / len(lower))


def authority_counts(place: Establishment, breakdown: str) -> Integers:
    """People by authority and category: exact in both totals, fitted to the authority's own FTE cells."""
    per_fte = national(2016, "in_post_headcount", breakdown) / national(2016, "in_post_fte", breakdown)
    total = int(place.employed.sum())
    columns = largest_remainder(margin_targets(breakdown), total)
    seed = place.cells[breakdown] * per_fte[None, :]
    bare = (seed.sum(axis=1) <= 0) & (place.employed > 0)
    seed[bare] = columns
    table = fit(seed, place.employed.astype(np.float64), columns.astype(np.float64), tolerance=1e-5)
    return round_table(table, place.employed, columns)


def employed_people(place: Establishment, parameters: Parameters) -> People:
    """Everyone directly employed by an authority on day 0, authority by authority."""
    employer = np.repeat(np.arange(len(place.employed)), place.employed)
    count = len(employer)
    band = deal(employer, draw("age.band", count), authority_counts(place, "age"))
    age = ages(band, draw("age.year", count), parameters)
    service = _service_bands(employer, age, authority_counts(place, "service"), parameters)
    days = _service_days(service, age, draw("service.day", count))
    role = _roles(employer, age, days, authority_counts(place, "role"), parameters)
    return People(employer, role, age, days)


def age_band(age: Integers) -> Integers:
    """The published age band of ages in years."""
    return np.clip(np.asarray(age, dtype=np.int64) // 10 - 2, 0, len(AGE_BANDS) - 1)


def service_band(days: Integers) -> Integers:
    """The published band of time in service of days of service."""
    edges = np.array(SERVICE_FROM[1:]) * DAYS_IN_YEAR
    return np.asarray(np.searchsorted(edges, days, side="right"), dtype=np.int64)


def ages(band: Integers, u: Floats, parameters: Parameters) -> Integers:
    """Ages in years within bands: even within a band, thinning out from 60 to the oldest."""
    youngest, oldest = (
        int(parameters.value("structure.youngest_age")),
        parameters.value("structure.oldest_age"),
    )
    low = np.array([max(youngest, AGE_FROM[0]), *AGE_FROM[1:]])
    width = np.array([*AGE_FROM[1:], 0]) - low
    within = np.where(band == len(AGE_BANDS) - 1, u * u * (oldest - AGE_FROM[-1]), u * width[band])
    return np.asarray(low[band] + np.floor(within), dtype=np.int64)


def _age_score(age: Integers) -> Floats:
    return (age - 42) / 11.5


def _service_bands(employer: Integers, age: Integers, counts: Integers, parameters: Parameters) -> Integers:
    link = parameters.value("structure.age_service")
    score = link * _age_score(age) + np.sqrt(1 - link**2) * normal("service", len(age))
    band = np.zeros(len(age), dtype=np.int64)
    free = np.ones(len(age), dtype=np.bool_)
    for index in reversed(range(1, len(SERVICE_BANDS))):
        able = age - FIRST_SERVICE_AGE >= SERVICE_FROM[index]
        # Those old enough come first, by score; if an authority has too few of them, its oldest.
        order = np.where(able, 1_000 + score, age) - np.where(free, 0, 10_000)
        chosen = highest(employer, order, counts[:, index]) & free
        band[chosen] = index
        free &= ~chosen
    return band


def _service_days(band: Integers, age: Integers, u: Floats) -> Integers:
    low = np.array(SERVICE_FROM)[band] * DAYS_IN_YEAR
    high = np.minimum(np.array(SERVICE_TO)[band], age - FIRST_SERVICE_AGE + 1) * DAYS_IN_YEAR
    high = np.maximum(high, low + 2)
    return np.asarray(np.ceil(low + u * (high - low - 1)), dtype=np.int64)


def _roles(
    employer: Integers, age: Integers, days: Integers, counts: Integers, parameters: Parameters
) -> Integers:
    length = (np.log1p(days / DAYS_IN_YEAR) - 1.6) / 0.9
    score = (
        parameters.value("structure.seniority_age") * _age_score(age)
        + parameters.value("structure.seniority_service") * length
        + normal("seniority", len(age))
    )
    role = np.full(len(age), ROLES.index("case_holder"))
    free = np.ones(len(age), dtype=np.bool_)
    for index, name in enumerate(ROLES):
        if name == "case_holder":
            continue
        if name in {"senior_manager", "middle_manager"}:
            order = score - np.where(age < _MANAGER_AGE, 100, 0)
        elif name == "qualified_without_cases":
            order = 0.5 * _age_score(age) + normal("without_cases", len(age))
        else:
            order = score
        chosen = highest(employer, order - np.where(free, 0, 10_000), counts[:, index]) & free
        role[chosen] = index
        free &= ~chosen
    return role
