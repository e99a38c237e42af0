"""The journal read person by person: after each event, where the worker stands and until when.

Events are sorted by worker; after each one the worker's employer, status, stage and whether accredited or
restricted are carried forward from the last event that set them. An event is in force from its day to the
day of the worker's next event, so what was true on a date is what is in force on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.journal import Event, Journal
from simulation.stages import STAGE_AFTER

Ints = NDArray[np.int64]
Codes = NDArray[np.int8] | NDArray[np.int16]
Code = TypeVar("Code", np.int8, np.int16)

_WORKER, _DAY, _CODE = np.uint64(40), np.uint64(24), np.uint64(16)
_KINDS: Final = 32

_STATUS: Final = np.full(_KINDS, -1, dtype=np.int8)
_STATUS[[Event.JOINED, Event.PROMOTED]] = 0
_STAGE: Final = np.full(_KINDS, -1, dtype=np.int8)
for _event, _stage in STAGE_AFTER.items():
    _STAGE[_event] = _stage
_ACCREDITED: Final = np.full(_KINDS, -1, dtype=np.int8)
_ACCREDITED[[Event.JOINED, Event.PROMOTED, Event.LEFT]] = 0
_ACCREDITED[[Event.ACCREDITED, Event.RENEWED]] = 1
_RESTRICTED: Final = np.full(_KINDS, -1, dtype=np.int8)
_RESTRICTED[[Event.JOINED, Event.RESTORED, Event.LEFT]] = 0
_RESTRICTED[Event.RESTRICTED] = 1

_FRESH: Final = (Event.JOINED, Event.PROMOTED, Event.ACCREDITED, Event.RENEWED)
"""Events after which a sitting is a first attempt and no retake."""


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
        """The rows of events of some kinds, in order."""
        found = [self._by_kind[kind] for kind in kinds]
        return found[0] if len(found) == 1 else np.sort(np.concatenate(found))

    def after_a_fail(self, rows: Ints) -> NDArray[np.bool_]:
        """Which rows follow a result below the standard, with no accreditation or new status since."""
        settling = self.rows(*_FRESH, Event.RESULT)
        below = (self.code[settling] == Event.RESULT) & (self.detail[settling] >> 4 & 0xF > 0)
        return np.asarray(below[np.searchsorted(settling, rows) - 1])

    @cached_property
    def _by_kind(self) -> list[Ints]:
        """The rows of each kind of event, found once for all who ask."""
        return _by_kind(self.code)


def timeline(journal: Journal, employer: Ints, end: int) -> Timeline:
    """Read a journal, given each worker's employer on joining; a worker's last row holds to `end`."""
    packed = _by_worker(journal)
    worker, day = (packed >> _WORKER).view(np.int64), (packed >> _DAY).astype(np.uint16).astype(np.int64)
    code, detail = (packed >> _CODE).astype(np.int8), packed.astype(np.uint16).astype(np.int32)
    until = np.append(day[1:], end)
    until[:-1][worker[1:] != worker[:-1]] = end
    rows = _by_kind(code)
    joined, moved, scope, result = (
        rows[event] for event in (Event.JOINED, Event.MOVED, Event.IN_SCOPE, Event.RESULT)
    )
    where = np.full(len(code), -1, dtype=np.int16)
    where[joined], where[moved] = employer[worker[joined]], detail[moved]
    called_for, accredited = _STATUS.take(code), _ACCREDITED.take(code)
    called_for[scope] = detail[scope]
    accredited[result[detail[result] >> 4 & 0xF > 0]] = 0
    return Timeline(
        worker,
        day,
        code,
        detail,
        until,
        carried(where),
        carried(called_for),
        carried(_STAGE.take(code)),
        carried(accredited),
        carried(_RESTRICTED.take(code)),
    )


def carried(setting: NDArray[Code]) -> NDArray[Code]:
    """Each row's setting, or that of the last row before it which set one; joining sets everything."""
    rows = np.append((setting >= 0).nonzero()[0], len(setting))
    return np.repeat(setting[rows[:-1]], rows[1:] - rows[:-1])


def _by_worker(journal: Journal) -> Journal:
    """The events in order of worker, day, code and detail: 24, 16, 8 and 16 bits."""
    packed = journal << _DAY
    packed &= np.uint64(0xFFFFFF << 40)
    packed |= (journal >> _DAY) & np.uint64(0xFFFFFF << 16)
    packed |= journal & np.uint64(0xFFFF)
    packed.sort()
    return packed


def _by_kind(code: Codes) -> list[Ints]:
    """The rows of each kind of event, in order."""
    order = np.argsort(code, kind="stable")
    return np.split(order, np.cumsum(np.bincount(code, minlength=_KINDS))[:-1])
