"""What the workers and organisations of the twin share: the clock, the draws, the parameters, the journal."""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import simpy

from simulation.draws import Draws
from simulation.durations import Duration
from simulation.hazards import LeavingRates, thresholds
from simulation.journal import Event
from simulation.prepared import Prepared
from simulation.twin_calendar import calendar, rounds
from simulation.twin_rules import Rules

if TYPE_CHECKING:
    from simulation.twin_organisations import Centre, Employer
    from simulation.twin_worker import Worker

Line = list["Worker"]
"""People waiting for the same thing. Who comes first is decided by who serves them."""

TICKS_PER_DAY = 16


class Moment(IntEnum):
    """The order of a round, which is the first working day of a week."""

    STEPS = 0
    REQUIREMENT = 1
    DEPARTURES = 2
    CAREERS = 3
    ENDORSEMENT = 4
    RELEASE = 5
    SEATS = 6
    OVERFLOW = 7
    STANDBY = 8


class Nation:
    """The world in which the twin's workers live."""

    def __init__(self, prepared: Prepared, replication: int) -> None:
        self.prepared = prepared
        self.parameters = prepared.inputs.parameters
        self.people = prepared.workforce
        self.days = calendar(prepared.until)
        self.rounds = rounds(self.days, prepared.until)
        self.rules = Rules(prepared)
        self.rates = LeavingRates(prepared.workforce, self.parameters)
        self.env = simpy.Environment()
        self.events: list[int] = []
        self.workers: list[Worker] = []
        self.employers: list[Employer] = []
        self.centres: list[Centre] = []
        self.agency: Line = []
        self.nobody: Line = []
        self.draws = Draws(prepared.inputs.seed, replication, prepared.workforce.size)
        self._drawn: dict[tuple[str, int], list[float]] = {}

    @property
    def today(self) -> int:
        """The day of the present round, or 0 before the first."""
        return int(self.env.now) // TICKS_PER_DAY

    def at(self, day: int, moment: Moment) -> simpy.Event:
        """A moment of a round to wait for."""
        return self.env.timeout(day * TICKS_PER_DAY + moment - self.env.now)

    def round_after(self, day: int) -> simpy.Event:
        """The first round after a day to wait for; it never comes when that is past the horizon."""
        number = bisect_right(self.rounds, day)
        return self.at(self.rounds[number], Moment.STEPS) if number < len(self.rounds) else self.env.event()

    def write(self, event: Event, day: int, worker: int, detail: int = 0) -> None:
        """Enter an event in the journal."""
        self.events.append((day << 48) | (event << 40) | (worker << 16) | detail)

    def value(self, name: str) -> float:
        """The value of a parameter."""
        return self.parameters.value(name)

    def draw(self, stream: str, worker: int, occasion: int = 0) -> float:
        """The draw that belongs to a worker on an occasion of one decision."""
        key = (stream, occasion)
        if key not in self._drawn:
            self._drawn[key] = self.draws.block(stream, occasion).tolist()
        return self._drawn[key][worker]

    def lasts(self, name: str, draw: float) -> int:
        """How many days something lasts, by the name of its parameter."""
        return days_of(self.parameters.duration(name), draw)

    def bears(self, stream: str, worker: int, occasion: int = 0) -> int:
        """How much hazard, in millionths, a worker bears before the event that the stream is of."""
        return int(thresholds(np.array([self.draw(stream, worker, occasion)]))[0])


def days_of(duration: Duration, draw: float) -> int:
    """The length of one duration in whole days."""
    return int(duration.days(np.array([draw]))[0])
