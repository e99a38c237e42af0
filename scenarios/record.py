"""What is kept of one replication: its measures, and the arrays that later analyses need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulation.busy_weeks import busiest_week
from simulation.calendar import month_starts
from simulation.flows import delays, flows, gaps, spells, trips
from simulation.journal import Event
from simulation.periods import periods_of
from simulation.quantities import centres, quantities, released

if TYPE_CHECKING:
    from simulation.inputs import Inputs
    from simulation.measures import MeasureKey
    from simulation.replicate import Outcome

Array = NDArray[Any]


@dataclass(frozen=True)
class Record:
    """One replication as it is stored.

    `values` belong to `keys` one by one, NaN where a measure is not defined. `arrays` holds numbers or
    truth values of any shape under the names of `RECORDED`.
    """

    keys: tuple[MeasureKey, ...]
    values: NDArray[np.float64]
    arrays: Mapping[str, Array] = field(default_factory=dict)


def month_beginnings(start: int, until: int) -> tuple[int, ...]:
    """The day on which each month of an array by month begins; the first is the day `start` itself."""
    return (start, *(day for day in month_starts(start, until + 1) if start < day <= until))


def _by_month_and_employer(outcome: Outcome, event: Event) -> Array:
    """Counts of an event [month, employer], by the employer of the worker on the day."""
    run, lives = outcome.replication, outcome.lives
    ends = outcome.gap.month_ends
    rows = lives.rows(event)
    rows = rows[(lives.day[rows] >= run.start) & (lives.day[rows] <= run.until)]
    shape = len(ends), len(run.workforce.employers)
    cell = periods_of(lives.day[rows], ends) * shape[1] + lives.employer[rows].astype(np.int64)
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape).astype(np.int32)


RECORDED: Final[dict[str, Callable[[Outcome], Array]]] = {
    "sittings": lambda outcome: _by_month_and_employer(outcome, Event.SAT),
    "accreditations": lambda outcome: _by_month_and_employer(outcome, Event.ACCREDITED),
    "quantities": quantities,
    "centres": centres,
    "released": released,
    "busiest_week": busiest_week,
    "flows": flows,
    "spells": spells,
    "trips": trips,
    "gaps": gaps,
    "delays": delays,
}
"""Every array that is kept, by name, with how it is read from an outcome.

`sittings` and `accreditations` count events [month, employer], months as in `month_beginnings`; the others
are described in `simulation.quantities`, `simulation.busy_weeks` and `simulation.flows`. A name that is added
or taken away changes the address under which results are stored, so old ones are not mistaken for new; an
array whose meaning changes needs a new name. Shapes are the same in every replication of an arm, but for
`spells`.
"""


def record(outcome: Outcome) -> Record:
    """What is kept of an outcome."""
    arrays = {name: read(outcome) for name, read in RECORDED.items()}
    return Record(outcome.table.keys, outcome.table.values, arrays)


def simulate(inputs: Inputs, replication: int) -> Record:
    """Run one replication of the world and keep what is recorded of it."""
    from simulation.replicate import prepare, replicate

    return record(replicate(prepare(inputs), replication))
