"""England's child and family social workers at 30 September 2016, and those who may join, at any scale."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from typing import Final

import numpy as np

from rules.errors import problem
from simulation.agency import agency_workers
from simulation.columns import Columns, is_new_in_role, stacked
from simulation.employed import directly_employed
from simulation.employers import establish
from simulation.joiners import joiners
from simulation.other_employers import other_staff
from simulation.parameters import Parameters
from simulation.workforce import Employers, Imputation, Workforce

_TYPES = {field.name: str(field.type) for field in fields(Workforce)}
_SMALL = {"Int8": np.int8, "Int16": np.int16, "Int32": np.int32}

SCALES: Final = (0.001, 100.0)
"""From about thirty workers to three million."""


_LEAVING: Final = ("leaving.annual_headcount", "leaving.moving_share")
"""Parameters of the world that the workforce is built from too: who leaves makes room for who joins."""


def build_workforce(parameters: Parameters, scale: float, days: int) -> Workforce:
    """The synthetic workforce at `scale` times its size, with everyone who joins by day `days`.

    The same arguments give the same people, byte for byte; the result is shared and cannot change, and
    parameters from which no workforce is built change nothing in it. Raises `InputError` W001 for a scale
    outside `SCALES`.
    """
    low, high = SCALES
    if not low <= scale <= high:
        raise problem("W001", f"the scale lies between {low:g} and {high:g}, not {scale!r}")
    own = parameters.only(lambda entry: entry.affects == "workforce" or entry.id in _LEAVING)
    return _built(own, scale, days)


@lru_cache(maxsize=4)
def _built(parameters: Parameters, scale: float, days: int) -> Workforce:
    place = establish(parameters, scale)
    employed = directly_employed(place, scale, parameters)
    agency = agency_workers(place, employed, parameters)
    others = other_staff(place, employed, scale, parameters)
    baseline = [employed, agency, others]
    arriving = joiners(place, employed, scale, days, parameters)
    return assembled(
        stacked([*baseline, arriving]), sum(len(part) for part in baseline), place.employers, place.imputed
    )


def assembled(
    columns: Columns,
    baseline: int,
    employers: Employers,
    imputed: tuple[Imputation, ...] = (),
    labels: tuple[str, ...] | None = None,
) -> Workforce:
    """A workforce from its columns, in the small integers that hold them."""
    typed = {
        column.name: getattr(columns, column.name).astype(_SMALL[_TYPES[column.name]])
        for column in fields(Columns)
    }
    return Workforce(
        baseline=baseline,
        employers=employers,
        new_in_role=is_new_in_role(columns),
        labels=labels,
        imputed=imputed,
        **typed,
    )
