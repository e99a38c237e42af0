"""The journal: every event of a replication as one packed integer.

An event is 64 bits: day (16), code (8), worker (24), detail (16). Sorted, events stand in the order
(day, code, worker), which is also the order in which events of one day take effect; the journal's bytes
are therefore the same however the simulation came by them. Measures, stories and checks read nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import date_of

Journal = NDArray[np.uint64]
Ints = NDArray[np.int64]

MOST_WORKERS: Final = 1 << 24
LAST_DAY: Final = (1 << 16) - 1


class Event(IntEnum):
    """What can happen to a worker, in the order in which events of one day take effect."""

    JOINED = 1
    MOVED = 2
    PROMOTED = 3
    IN_SCOPE = 4
    ELIGIBLE = 5
    PUT_FORWARD = 6
    PREPARED = 7
    ENDORSED = 8
    NOT_ENDORSED = 9
    BOOKED = 10
    CANCELLED = 11
    NO_SHOW = 12
    SAT = 13
    RESULT = 14
    REVIEW_REQUESTED = 15
    REVIEW_REJECTED = 16
    ACCREDITED = 17
    RETAKE_PLANNED = 18
    STOPPED = 19
    RESTRICTED = 20
    RESTORED = 21
    RENEWAL_DUE = 22
    RENEWED = 23
    LEFT = 24


MEANING: Final[dict[Event, str]] = {
    Event.JOINED: "in post",
    Event.MOVED: "moved to another employer",
    Event.PROMOTED: "promoted to a supervising role",
    Event.IN_SCOPE: "in scope",
    Event.ELIGIBLE: "eligible for assessment",
    Event.PUT_FORWARD: "put forward",
    Event.PREPARED: "ready for endorsement",
    Event.RESULT: "result",
    Event.REVIEW_REQUESTED: "independent review requested",
    Event.REVIEW_REJECTED: "review left the result standing",
    Event.ACCREDITED: "accredited",
    Event.RETAKE_PLANNED: "retake planned",
    Event.STOPPED: "no further attempt allowed",
    Event.RESTRICTED: "stops holding the functions that need accreditation",
    Event.RESTORED: "holds the functions again",
    Event.RENEWAL_DUE: "accreditation due for renewal",
    Event.RENEWED: "accreditation renewed",
    Event.ENDORSED: "endorsed",
    Event.NOT_ENDORSED: "not yet endorsed",
    Event.BOOKED: "booked a seat",
    Event.CANCELLED: "cancelled late",
    Event.NO_SHOW: "did not attend",
    Event.SAT: "sat the assessment",
    Event.LEFT: "left",
}


@dataclass
class _Columns:
    """Events of one kind: what is alike for all of a group, packed, and what each worker has of their own."""

    alike: list[int] = field(default_factory=list)
    workers: list[Ints] = field(default_factory=list)
    days: list[Ints] = field(default_factory=list)
    details: list[NDArray[np.integer[Any]]] = field(default_factory=list)

    def packed(self) -> Ints:
        packed = np.concatenate(self.workers) << 16
        packed |= np.repeat(np.array(self.alike), [len(workers) for workers in self.workers])
        if self.days:
            packed |= np.concatenate(self.days) << 48
        if self.details:
            packed |= np.concatenate(self.details)
        return packed


class Recorder:
    """Collects events during a replication, and packs them into a journal at its end.

    They are kept apart by whether each worker has a day of their own, and a detail, for packing many at once.
    """

    def __init__(self) -> None:
        self._kinds = {(own, told): _Columns() for own in (False, True) for told in (False, True)}

    def add(
        self, event: Event, workers: Ints, days: Ints | int, details: NDArray[np.integer[Any]] | int = 0
    ) -> None:
        """Record one event for each of `workers`, on their `days`, each with a detail below 65,536."""
        if not len(workers):
            return
        columns = self._kinds[isinstance(days, np.ndarray), isinstance(details, np.ndarray)]
        columns.workers.append(workers)
        alike = event << 40
        if isinstance(days, np.ndarray):
            columns.days.append(days)
        else:
            alike |= days << 48
        if isinstance(details, np.ndarray):
            columns.details.append(details)
        else:
            alike |= details
        columns.alike.append(alike)

    def journal(self) -> Journal:
        """All events so far in canonical order."""
        packed = [columns.packed() for columns in self._kinds.values() if columns.alike]
        if not packed:
            return np.empty(0, dtype=np.uint64)
        journal = np.concatenate(packed).view(np.uint64)
        journal.sort()
        return journal


def days_of(journal: Journal) -> Ints:
    """The day of each event."""
    return (journal >> np.uint64(48)).astype(np.int64)


def codes_of(journal: Journal) -> Ints:
    """The `Event` code of each event."""
    return ((journal >> np.uint64(40)) & np.uint64(0xFF)).astype(np.int64)


def workers_of(journal: Journal) -> Ints:
    """The worker of each event, as a row of the workforce."""
    return ((journal >> np.uint64(16)) & np.uint64(0xFFFFFF)).astype(np.int64)


def details_of(journal: Journal) -> Ints:
    """The detail of each event, 0 for those not named here.

    MOVED: the employer. IN_SCOPE and ACCREDITED: the status. SAT: elements in the lowest four bits, the venue
    above them. RESULT: elements sat, failed and failed narrowly, four bits each. BOOKED, CANCELLED and
    NO_SHOW: the venue; of a booking from the standby list, which is entered on the day of the seat, with
    `capacity.STANDBY` added. RETAKE_PLANNED: the elements. ENDORSED: 1 where no new one was asked for.
    """
    return (journal & np.uint64(0xFFFF)).astype(np.int64)


def before(journal: Journal, day: int) -> Journal:
    """The events before a day."""
    return journal[: int(np.searchsorted(journal, np.uint64(day << 48)))]


def events(journal: Journal) -> Iterator[tuple[int, str, int, str, int]]:
    """Events as (day, ISO date, worker, event, detail), in order."""
    columns = days_of(journal), workers_of(journal), codes_of(journal), details_of(journal)
    for day, worker, code, detail in zip(*(column.tolist() for column in columns), strict=True):
        yield day, date_of(day).isoformat(), worker, Event(code).name.lower(), detail
