"""The journal read person by person: after each event, where the worker stands and until when.

Events are sorted by worker; after each one the worker's employer, status, stage and whether accredited or
restricted are carried forward from the last event that set them. An event is in force from its day to the
day of the worker's next event, so what was true on a date is what is in force on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulation.journal import Event, Journal
from simulation.stages import STAGE_AFTER

Ints = NDArray[np.int64]

_DAY, _CODE, _WORKER = np.uint64(48), np.uint64(40), np.uint64(16)
_LOW24, _LOW16, _LOW8 = np.uint64(0xFFFFFF), np.uint64(0xFFFF), np.uint64(0xFF)

_STAGE: Final = np.full(32, -1, dtype=np.int64)
for _event, _stage in STAGE_AFTER.items():
    _STAGE[_event] = _stage
_ACCREDITED: Final = np.full(32, -1, dtype=np.int64)
_ACCREDITED[[Event.JOINED, Event.PROMOTED, Event.LEFT]] = 0
_ACCREDITED[[Event.ACCREDITED, Event.RENEWED]] = 1
_RESTRICTED: Final = np.full(32, -1, dtype=np.int64)
_RESTRICTED[[Event.JOINED, Event.RESTORED, Event.LEFT]] = 0
_RESTRICTED[Event.RESTRICTED] = 1


@dataclass(frozen=True)
class Timeline:
    """One row for each event, by worker and then by time; a row ceases to hold on the day `until`."""

    worker: Ints
    day: Ints
    code: Ints
    detail: Ints
    until: Ints
    employer: Ints
    status: Ints
    stage: Ints
    accredited: Ints
    restricted: Ints

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
    where = np.where(joined, employer[worker], np.where(code == Event.MOVED, detail, -1))
    status = np.where(joined | (code == Event.PROMOTED), 0, np.where(code == Event.IN_SCOPE, detail, -1))
    accredited = _ACCREDITED[code]
    accredited = np.where((code == Event.RESULT) & (detail >> 4 & 0xF > 0), 0, accredited)
    return Timeline(
        worker,
        day,
        code,
        detail,
        until,
        _carried(where),
        _carried(status),
        _carried(_STAGE[code]),
        _carried(accredited),
        _carried(_RESTRICTED[code]),
    )


def _carried(setting: Ints) -> Ints:
    """Each row's setting, or that of the last row before it which set one; joining sets everything."""
    last = np.where(setting >= 0, np.arange(len(setting)), 0)
    np.maximum.accumulate(last, out=last)
    return setting[last]
