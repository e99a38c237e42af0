"""The columns of a group of people before they become a workforce, and what every group draws alike."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from simulation.codes import CONTRACTS, ETHNICITIES, ORIGINS, ROLES
from simulation.employers import AUTHORITIES, Establishment
from simulation.functions_held import LEADER, SUPERVISOR
from simulation.ipf import Floats, Integers
from simulation.sampling import Mask, normal

ROLE: Final = {name: index for index, name in enumerate(ROLES)}
CONTRACT: Final = {name: index for index, name in enumerate(CONTRACTS)}
ORIGIN: Final = {name: index for index, name in enumerate(ORIGINS)}


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows of one group, in the order of `Workforce`; all days count from 30 September 2016."""

    employer: Integers
    role: Integers
    contract: Integers
    age: Integers
    service_start: Integers
    role_start: Integers
    asye_start: Integers
    origin: Integers
    fte: Integers
    sex: Integers
    ethnicity: Integers
    functions: Integers
    ability: Integers
    joins: Integers

    def __len__(self) -> int:
        return len(self.employer)

    def taken(self, rows: Integers) -> Columns:
        """These rows, in this order."""
        return Columns(**{f.name: getattr(self, f.name)[rows] for f in fields(Columns)})


def stacked(parts: list[Columns]) -> Columns:
    """Groups one below the other."""
    return Columns(
        **{f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Columns)}
    )


def changed(columns: Columns, **replaced: Integers) -> Columns:
    """The same rows with some columns replaced."""
    return Columns(**{f.name: replaced.get(f.name, getattr(columns, f.name)) for f in fields(Columns)})


def abilities(stream: str, count: int) -> Integers:
    """Ability in hundredths of a standard deviation, within four of them."""
    return np.asarray(np.rint(100 * np.clip(normal(f"{stream}.ability", count), -4, 4)), dtype=np.int64)


def ethnic_draw(place: Establishment, employer: Integers, u: Floats) -> Integers:
    """An ethnicity for each row from the mix of its authority, or of the region of another employer."""
    mix = place.cells["ethnicity"]
    regions = place.employers.region
    regional = np.array(
        [mix[regions[:AUTHORITIES] == region].sum(axis=0) for region in regions[AUTHORITIES:]]
    )
    table = np.concatenate([mix, regional])
    edges = np.round(np.cumsum(table, axis=1) / table.sum(axis=1, keepdims=True), 12)
    return np.asarray(
        (u[:, None] >= edges[employer]).sum(axis=1).clip(0, len(ETHNICITIES) - 1), dtype=np.int64
    )


def fte_draw(u: Floats, ratio: float, reduction: float) -> Integers:
    """Full time, or part time by `reduction` of a week as often as makes the mean come to `ratio`."""
    return np.where(u < (1 - ratio) / reduction, round(100 * (1 - reduction)), 100).astype(np.int64)


def is_new_in_role(columns: Columns) -> Mask:
    """New to a supervisor or leader role: within a year before day 0, or on joining."""
    senior = (columns.functions & (SUPERVISOR | LEADER)) != 0
    return np.asarray(senior & (columns.role_start > columns.joins - 365))
