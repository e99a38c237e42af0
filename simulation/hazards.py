"""How likely workers are to leave or to be promoted, in whole millionths a year.

The shape by age and by time in service is the published one of 2016 (leavers over people in post, by band);
the level is set so that the people in post at the baseline would lose as many in a year as were published.
Whole numbers keep sums exact, and so the same on every machine.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.codes import AGE_BANDS, CONTRACTS, SERVICE_BANDS
from simulation.parameters import Parameters
from simulation.workforce import Workforce

Ints = NDArray[np.int64]

MILLION: Final = 1_000_000
YEAR: Final = 365.25
PUBLISHED_MEAN_HEADCOUNT: Final = (29_924 + 30_646) / 2
"""Directly employed on average over the year to 30 September 2017 (DfE), which the leavers came from."""

_AGE_FROM: Final = np.array([30, 40, 50, 60])
_SERVICE_FROM: Final = np.array([2, 5, 10, 20, 30]) * YEAR
EMPLOYED: Final = CONTRACTS.index("employed")


class LeavingRates:
    """Annual hazards of leaving by age band and service band, before any effect of policy."""

    def __init__(self, workforce: Workforce, parameters: Parameters) -> None:
        self._workforce = workforce
        shape = np.outer(_relative("age", AGE_BANDS), _relative("service", SERVICE_BANDS))
        baseline = np.flatnonzero(workforce.contract[: workforce.baseline] == EMPLOYED)
        age, service = self._bands(baseline, 0, workforce.service_start.astype(np.int64)[baseline])
        target = parameters.value("leaving.annual_headcount") / PUBLISHED_MEAN_HEADCOUNT
        level = target / float(shape[age, service].mean()) if len(baseline) else target
        self._table = np.rint(shape * level * MILLION).astype(np.int64)
        self._agency = round(parameters.value("agency.leaving_rate") * MILLION)

    def annual(self, workers: Ints, day: int, service_start: Ints) -> Ints:
        """Millionths a year for `workers` on a day, given when each started with the present employer."""
        age, service = self._bands(workers, day, service_start)
        own = self._table[age, service]
        return np.where(self._workforce.contract[workers] == EMPLOYED, own, self._agency)

    def over_55(self, workers: Ints, day: int) -> NDArray[np.bool_]:
        """Whether workers are 55 or over on a day."""
        return self._age(workers, day) >= 55

    def _age(self, workers: Ints, day: int) -> Ints:
        people = self._workforce
        since = (day - people.joins[workers].astype(np.int64)) // 365
        return people.age[workers].astype(np.int64) + np.maximum(since, 0)

    def _bands(self, workers: Ints, day: int, service_start: Ints) -> tuple[Ints, Ints]:
        age = (self._age(workers, day)[:, None] >= _AGE_FROM).sum(axis=1)
        return age, ((day - service_start)[:, None] >= _SERVICE_FROM).sum(axis=1)


def thresholds(draws: NDArray[np.float64]) -> Ints:
    """How much hazard, in millionths, a worker bears before the event: exponential, in whole numbers."""
    return np.rint(-np.log1p(-draws) * MILLION).astype(np.int64)


@lru_cache(maxsize=2)
def _relative(dimension: str, bands: tuple[str, ...]) -> NDArray[np.float64]:
    """Leavers over people in post by band, relative to the whole, as published."""
    lines = files("simulation").joinpath("data/leaving.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    mine = {row["band"]: row for row in rows if row["dimension"] == dimension}
    leavers = np.array([float(mine[band]["leavers"]) for band in bands])
    in_post = np.array([float(mine[band]["in_post"]) for band in bands])
    return (leavers / in_post) / (leavers.sum() / in_post.sum())
