"""The workforce out of sample: what the returns of each 30 September from 2017 to 2020 would say.

People in post, starters and leavers are those of the simulated world without a scheme. Vacancies and agency
workers are rates on the people in post that drift from those of 2016, as far as a random walk does, because
posts were never counted apart from the people in them; yearly flows differ from one another by more than the
chance of persons. What a year brings more or fewer of stays in post: people in post rise by starters less
leavers in every future.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.forecast.drawing import BESIDES
from analysis.forecast.series import Point, Series
from scenarios.record import Record
from scenarios.uncertainty import drawn, uniform
from simulation.calendar import day_of
from simulation.hazards import EMPLOYED
from simulation.inputs import Inputs
from simulation.journal import Event
from simulation.parameters import Parameters
from simulation.prepared import Prepared, prepare_rollout
from simulation.stages import Stage
from simulation.timeline import Timeline, timeline
from simulation.world import run_world

Ints = NDArray[np.int64]

YEARS: Final = (2017, 2018, 2019, 2020)
FTE_OF_2016: Final = 27_696.7
VACANCIES_OF_2016: Final = 5_535.1
AGENCY_OF_2016: Final = 5_326.1
AGENCY_HEADCOUNT_OF_2016: Final = 5_570
"""England at 30 September 2016, from which rates start (DfE, SFR 08/2017)."""

SIGNS: Final = {"starters": 1, "leavers": -1}
"""What a flow does to the people in post."""


def _date(name: str, label: str, definition: str, unit: str) -> Series:
    return Series(name, label, definition, unit, "30 September")


SERIES: Final = (
    _date("headcount", "People in post", "Directly employed by authorities, headcount", "people"),
    _date("fte", "FTE in post", "Directly employed by authorities, FTE", "fte"),
    _date(
        "starters_fte", "Starters, FTE", "Took up post with an authority in the year, moves included", "fte"
    ),
    _date("starters", "Starters", "The same in people", "people"),
    _date("leavers_fte", "Leavers, FTE", "Left an authority in the year, moves included", "fte"),
    _date("leavers", "Leavers", "The same in people", "people"),
    _date("turnover_rate", "Turnover rate", "Leavers in the year over people in post, FTE", "share"),
    _date("vacancies_fte", "Vacancies, FTE", "Vacant posts, covered by agency workers or not", "fte"),
    _date("vacancy_rate", "Vacancy rate", "Vacancies over vacancies and people in post, FTE", "share"),
    _date("agency_fte", "Agency workers, FTE", "Agency workers in post", "fte"),
    _date(
        "agency_rate", "Agency rate", "Agency workers over agency workers and people in post, FTE", "share"
    ),
    _date("agency_headcount", "Agency workers", "Agency workers in post, headcount", "people"),
)


def simulate(inputs: Inputs, replication: int) -> Record:
    """One replication, with its own draw of the rates that the world lacks, brought up to England's size."""
    prepared = prepare_rollout(inputs)
    journal = run_world(prepared, replication).journal
    lives = timeline(journal, prepared.workforce.employer.astype(np.int64), prepared.until + 1)
    points = dict(_points(prepared, lives, inputs.seed, replication))
    return Record(tuple(point.key for point in points), np.array(list(points.values()), dtype=np.float64))


@lru_cache(maxsize=1)
def rates() -> Parameters:
    """The rates that the world does not simulate, with their evidence."""
    return Parameters.load([Path(str(files("analysis").joinpath("data/workforce-rates.yaml")))])


def _points(prepared: Prepared, lives: Timeline, seed: int, draw: int) -> Iterator[tuple[Point, float]]:
    value = drawn(rates(), seed, draw, BESIDES).value
    people, scale = prepared.workforce, prepared.inputs.scale
    fte = people.fte[lives.worker].astype(np.float64) / 100
    authority = people.employers.kind[lives.employer] == 0
    employed = (people.contract[lives.worker] == EMPLOYED) & authority
    vacancy_2016 = VACANCIES_OF_2016 / (VACANCIES_OF_2016 + FTE_OF_2016)
    agency_2016 = AGENCY_OF_2016 / (AGENCY_OF_2016 + FTE_OF_2016)
    more = np.zeros(2)  # people and FTE in post beyond the world's, from the noise of all years so far
    for year in YEARS:
        when, day = date(year, 9, 30).isoformat(), day_of(date(year, 9, 30))
        flows: dict[str, NDArray[np.float64]] = {}
        for name, rows in _flows(lives, employed, day_of(date(year - 1, 9, 30)), day).items():
            noise = _noise(value("published.year_to_year"), seed, draw, f"{name} {year}")
            simulated = np.array([len(rows), fte[rows].sum()]) / scale
            flows[name] = simulated * noise
            more += SIGNS[name] * (flows[name] - simulated)
            yield Point(name, when), float(flows[name][0])
            yield Point(f"{name}_fte", when), float(flows[name][1])
        here = employed & lives.at(day) & (lives.stage != Stage.LEFT)
        headcount, in_post = (np.array([here.sum(), fte[here].sum()]) / scale + more).tolist()
        yield Point("headcount", when), headcount
        yield Point("fte", when), in_post
        yield Point("turnover_rate", when), float(flows["leavers"][1]) / in_post
        part = sqrt((year - 2016) / (YEARS[-1] - 2016))
        vacancy = vacancy_2016 + part * (value("published.vacancy_rate_2020") - vacancy_2016)
        agency = agency_2016 + part * (value("published.agency_rate_2020") - agency_2016)
        yield Point("vacancies_fte", when), in_post * vacancy / (1 - vacancy)
        yield Point("vacancy_rate", when), vacancy
        agency_fte = in_post * agency / (1 - agency)
        yield Point("agency_fte", when), agency_fte
        yield Point("agency_rate", when), agency
        yield Point("agency_headcount", when), agency_fte * AGENCY_HEADCOUNT_OF_2016 / AGENCY_OF_2016


def _flows(lives: Timeline, employed: NDArray[np.bool_], after: int, until: int) -> dict[str, Ints]:
    """Rows of those who took up and who left post in a year; moves count as both."""
    during = employed & (lives.day > after) & (lives.day <= until)
    joining, leaving, moving = (
        np.flatnonzero(during & (lives.code == event)) for event in (Event.JOINED, Event.LEFT, Event.MOVED)
    )
    return {
        "starters": np.concatenate([joining, moving]),
        "leavers": np.concatenate([leaving, moving]),
    }


def _noise(spread: float, seed: int, draw: int, name: str) -> float:
    """A factor on one year's flow: lognormal with mean 1, keyed by what it is for."""
    from scipy.special import ndtri

    normal = float(ndtri(min(max(uniform(seed, draw, name), 1e-12), 1 - 1e-12)))
    sigma = sqrt(np.log1p(spread**2))
    return float(np.exp(sigma * normal - sigma**2 / 2))
