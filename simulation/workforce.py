"""The people and their employers as equally long columns: a worker is a row number."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Imputation:
    """A value that no source gives: what it is, where, how it was found, and the value."""

    what: str
    where: str
    how: str
    value: str


@dataclass(frozen=True, eq=False)
class Employers:
    """The employers, one a row: the authorities first, then other employers by region.

    `kind` is 0 for an authority and 1 for another employer; `naas_phase2` is 1 for a named site, 0 for an
    authority that had begun earlier and -1 where no list is known. FTE is in hundredths.
    """

    name: tuple[str, ...]
    code: tuple[str, ...]
    region: Int8
    kind: Int8
    phase_one_2016: Flags
    naas_phase1_2018: Flags
    naas_phase2: Int8
    headcount: Int32
    fte: Int32
    vacancies_fte: Int32
    agency_fte: Int32

    def __post_init__(self) -> None:
        _freeze(self)

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True, eq=False)
class Workforce:
    """Everyone who is in post on day 0, then everyone who may join, in order of the day of joining.

    Days count from 30 September 2016; `age` is in years on day 0 or on joining; `fte` is in hundredths and
    `ability` in hundredths of a standard deviation, standard normal over the profession. `functions` holds a
    bit for each statutory function. The small integers follow `simulation.codes`.
    """

    baseline: int
    employers: Employers
    employer: Int16
    role: Int8
    contract: Int8
    age: Int8
    service_start: Int32
    role_start: Int32
    asye_start: Int32
    origin: Int8
    new_in_role: Flags
    fte: Int16
    sex: Int8
    ethnicity: Int8
    functions: Int16
    ability: Int16
    joins: Int32
    labels: tuple[str, ...] | None = None
    imputed: tuple[Imputation, ...] = ()

    def __post_init__(self) -> None:
        _freeze(self)

    @property
    def size(self) -> int:
        """Everyone in post or joining."""
        return len(self.employer)

    def label(self, worker: int) -> str:
        """What a worker is called in output: the id of a staff list, or the number of the row."""
        return self.labels[worker] if self.labels is not None and worker < len(self.labels) else str(worker)


def _freeze(columns: Employers | Workforce) -> None:
    """No column can change once made: a workforce is shared by every replication of a process."""
    for column in fields(columns):
        values = getattr(columns, column.name)
        if isinstance(values, np.ndarray):
            values.setflags(write=False)
