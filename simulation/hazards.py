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

_AGE_BAND: Final = np.searchsorted([30, 40, 50, 60], np.arange(128), side="right")
_SERVICE_BAND: Final = np.searchsorted([2, 5, 10, 20, 30], np.arange(64), side="right")
EMPLOYED: Final = CONTRACTS.index("employed")


class LeavingRates:
    """Annual hazards of leaving by age band and service band, before any effect of policy."""

    def __init__(self, workforce: Workforce, parameters: Parameters) -> None:
        self._ages, self._joins = workforce.age.astype(np.int64), workforce.joins.astype(np.int64)
        shape = np.outer(_relative("age", AGE_BANDS), _relative("service", SERVICE_BANDS))
        baseline = np.flatnonzero(workforce.contract[: workforce.baseline] == EMPLOYED)
        shape = shape[np.ix_(_AGE_BAND, _SERVICE_BAND)]
        age, service = self._age(baseline, 0), _years(0, workforce.service_start.astype(np.int64)[baseline])
        target = parameters.value("leaving.annual_headcount") / PUBLISHED_MEAN_HEADCOUNT
        level = target / float(shape[age, service].mean()) if len(baseline) else target
        self._table = np.rint(shape * level * MILLION).astype(np.int64)
        """Millionths a year by age and by years of service."""
        self._employed = workforce.contract == EMPLOYED
        self._agency = round(parameters.value("agency.leaving_rate") * MILLION)

    def annual(self, workers: Ints, day: int, service_start: Ints) -> Ints:
        """Millionths a year for `workers` on a day, given when each started with the present employer."""
        own = self._table[self._age(workers, day), _years(day, service_start)]
        return np.where(self._employed[workers], own, self._agency)

    def over_55(self, workers: Ints, day: int) -> NDArray[np.bool_]:
        """Whether workers are 55 or over on a day."""
        return self._age(workers, day) >= 55

    def _age(self, workers: Ints, day: int) -> Ints:
        since = (day - self._joins[workers]) // 365
        return np.minimum(self._ages[workers] + np.maximum(since, 0), len(_AGE_BAND) - 1)


def _years(day: int, service_start: Ints) -> Ints:
    """Whole years of service on a day, as far as bands tell them apart."""
    return np.minimum(np.maximum((day - service_start) * 4 // 1461, 0), len(_SERVICE_BAND) - 1)


def thresholds(draws: NDArray[np.float64]) -> Ints:
    """How much hazard, in millionths, a worker bears before the event: exponential, in whole numbers."""
    return np.asarray(np.maximum(np.rint(-np.log1p(-draws) * MILLION), 1), dtype=np.int64)


@lru_cache(maxsize=2)
def _relative(dimension: str, bands: tuple[str, ...]) -> NDArray[np.float64]:
    """Leavers over people in post by band, relative to the whole, as published."""
    lines = files("simulation").joinpath("data/leaving.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    mine = {row["band"]: row for row in rows if row["dimension"] == dimension}
    leavers = np.array([float(mine[band]["leavers"]) for band in bands])
    in_post = np.array([float(mine[band]["in_post"]) for band in bands])
    return np.asarray((leavers / in_post) / (leavers.sum() / in_post.sum()))
