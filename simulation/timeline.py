"""The journal read person by person: after each event, where the worker stands and until when.

Events are sorted by worker; after each one the worker's employer, status, stage and whether accredited or
restricted are carried forward from the last event that set them. An event is in force from its day to the
day of the worker's next event, so what was true on a date is what is in force on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.journal import Event, Journal
from simulation.stages import STAGE_AFTER

Ints = NDArray[np.int64]
Codes = NDArray[np.int8] | NDArray[np.int16]
Code = TypeVar("Code", np.int8, np.int16)

_DAY, _CODE, _WORKER = np.uint64(48), np.uint64(40), np.uint64(16)
_LOW24, _LOW16, _LOW8 = np.uint64(0xFFFFFF), np.uint64(0xFFFF), np.uint64(0xFF)

_STAGE: Final = np.full(32, -1, dtype=np.int8)
for _event, _stage in STAGE_AFTER.items():
    _STAGE[_event] = _stage
_ACCREDITED: Final = np.full(32, -1, dtype=np.int8)
_ACCREDITED[[Event.JOINED, Event.PROMOTED, Event.LEFT]] = 0
_ACCREDITED[[Event.ACCREDITED, Event.RENEWED]] = 1
_RESTRICTED: Final = np.full(32, -1, dtype=np.int8)
_RESTRICTED[[Event.JOINED, Event.RESTORED, Event.LEFT]] = 0
_RESTRICTED[Event.RESTRICTED] = 1


@dataclass(frozen=True)
class Timeline:
    """One row for each event, by worker and then by time; a row ceases to hold on the day `until`."""

    worker: Ints
    day: Ints
    code: Codes
    detail: NDArray[np.int32]
    until: Ints
    employer: Codes
    status: Codes
    stage: Codes
    accredited: Codes
    restricted: Codes

    def at(self, day: int) -> NDArray[np.bool_]:
        """The rows in force at the end of a day: one for each worker who has joined."""
        return (self.day <= day) & (day < self.until)

    def rows(self, *kinds: Event) -> Ints:
        """The rows of events of some kinds."""
        return np.flatnonzero(np.isin(self.code, kinds) if len(kinds) > 1 else self.code == kinds[0])


def timeline(journal: Journal, employer: Ints, end: int) -> Timeline:
    """Read a journal, given each worker's employer on joining; a worker's last row holds to `end`."""
    by_worker = ((journal >> _WORKER) & _LOW24) << np.uint64(40)
    by_worker |= (journal >> _DAY) << np.uint64(24)
    by_worker |= ((journal >> _CODE) & _LOW8) << _WORKER
    by_worker |= journal & _LOW16
    by_worker.sort()
    packed = by_worker.astype(np.int64)
    worker, day = packed >> 40, packed >> 24 & 0xFFFF
    code, detail = packed >> 16 & 0xFF, packed & 0xFFFF
    until = np.append(day[1:], end)
    until[:-1][worker[1:] != worker[:-1]] = end
    joined = code == Event.JOINED
    where = np.where(joined, employer[worker], np.where(code == Event.MOVED, detail, -1)).astype(np.int16)
    called_for = np.where(code == Event.IN_SCOPE, detail, -1).astype(np.int8)
    called_for[joined | (code == Event.PROMOTED)] = 0
    accredited = _ACCREDITED[code]
    accredited[(code == Event.RESULT) & (detail >> 4 & 0xF > 0)] = 0
    return Timeline(
        worker,
        day,
        code.astype(np.int8),
        detail.astype(np.int32),
        until,
        carried(where),
        carried(called_for),
        carried(_STAGE[code]),
        carried(accredited),
        carried(_RESTRICTED[code]),
    )


def carried(setting: NDArray[Code]) -> NDArray[Code]:
    """Each row's setting, or that of the last row before it which set one; joining sets everything."""
    last = np.where(setting >= 0, np.arange(len(setting), dtype=np.int32), np.int32(0))
    np.maximum.accumulate(last, out=last)
    return setting[last]
