"""The life of one worker in one replication, told from the journal."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.assessment import SLOTS
from simulation.calendar import date_of
from simulation.capacity import STANDBY, VENUES
from simulation.codes import REGIONS, STATUSES
from simulation.journal import MEANING, Event, codes_of, days_of, details_of, workers_of
from simulation.replication import Replication

_OTHERWISE: Final = {(Event.ENDORSED, 1): "wait over, may sit again without a new endorsement"}
"""Events that mean something else with a detail."""


def life(run: Replication, worker: int) -> list[tuple[str, str]]:
    """Dated events as (ISO date, what happened), in order; empty for someone who never joined."""
    mine = run.journal[workers_of(run.journal) == worker]
    columns = (days_of(mine), codes_of(mine), details_of(mine))
    return [
        (date_of(day).isoformat(), _told(run, Event(code), detail))
        for day, code, detail in zip(*(np.asarray(column).tolist() for column in columns), strict=True)
    ]


def _told(run: Replication, event: Event, detail: int) -> str:
    if event is Event.MOVED:
        return f"moved to {run.workforce.employers.name[detail]}"
    if event is Event.IN_SCOPE:
        return f"in scope for {STATUSES[detail]} accreditation"
    if event is Event.BOOKED:
        return _booked(run, detail)
    if event is Event.SAT:
        return f"sat {_elements(detail & 0xF)}"
    if event is Event.RESULT:
        return f"result: {_result(detail)}"
    return _OTHERWISE.get((event, detail), MEANING[event])


def _booked(run: Replication, detail: int) -> str:
    """A booking; where people may travel, with the region of the seat."""
    if detail & STANDBY:
        return "called from the standby list to a seat that was cancelled late"
    if run.inputs.parameters.value("overflow.share") > 0 and run.regions == REGIONS:
        return f"{MEANING[Event.BOOKED]}: {VENUES[detail]}"
    return MEANING[Event.BOOKED]


def _elements(bits: int) -> str:
    names = [name for slot, name in enumerate(SLOTS) if bits >> slot & 1]
    return "the whole assessment" if len(names) == len(SLOTS) - 1 else f"the {' and '.join(names)} part"


def _result(detail: int) -> str:
    sat, failed, narrow = detail & 0xF, detail >> 4 & 0xF, detail >> 8 & 0xF
    told = []
    for slot, name in enumerate(SLOTS):
        if not sat >> slot & 1:
            continue
        outcome = "pass"
        if failed >> slot & 1:
            outcome = "narrow fail" if narrow >> slot & 1 else "fail"
        told.append(f"{name} {outcome}")
    return ", ".join(told)
