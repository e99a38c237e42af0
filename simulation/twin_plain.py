"""The twin of a scheme from scratch: one SimPy process for each person, day by day.

It shares the population, the draws, the working days and the seats a day of each region with
`simulation.plain`, and nothing else. In the course of a day people leave first, then take their next step,
then centres open; a result that takes no time comes on the day of the sitting.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from enum import IntEnum
from typing import Any

import numpy as np
import simpy

from simulation.assessment import ALL_ELEMENTS, ELEMENTS
from simulation.calendar import day_of
from simulation.draws import Draws
from simulation.hazards import YEAR
from simulation.journal import Event, Journal
from simulation.plain import PreparedPlain
from simulation.twin_nation import days_of
from simulation.twin_rules import NEVER

Life = Generator[simpy.Event, Any, None]


class Moment(IntEnum):
    """The order of a day."""

    LEAVING = 0
    STEPS = 1
    SEATS = 2


MOMENTS = len(Moment)


class Scheme:
    """What everyone in the scheme shares."""

    def __init__(self, prepared: PreparedPlain, replication: int) -> None:
        self.prepared, self.terms = prepared, prepared.scheme
        self.env = simpy.Environment(initial_time=prepared.start * MOMENTS)
        self.events: list[int] = []
        self._draws = Draws(prepared.inputs.seed, replication, prepared.workforce.size)
        self._drawn: dict[tuple[str, int], list[float]] = {}

    @property
    def today(self) -> int:
        """The present day."""
        return int(self.env.now) // MOMENTS

    def reach(self, day: int, moment: Moment) -> simpy.Event:
        """A moment of a day to wait for; none where it is past."""
        return self.env.timeout(max(day * MOMENTS + moment - self.env.now, 0))

    def draw(self, stream: str, worker: int, occasion: int = 0) -> float:
        """The draw that belongs to a worker on an occasion of one decision."""
        key = (stream, occasion)
        if key not in self._drawn:
            self._drawn[key] = self._draws.block(stream, occasion).tolist()
        return self._drawn[key][worker]


class Centre:
    """Opens on working days and seats those who have waited longest."""

    def __init__(self, scheme: Scheme, region: int) -> None:
        self._scheme = scheme
        self._seats = scheme.prepared.seats[region]
        self.line: list[Candidate] = []
        scheme.env.process(self._work())

    def _work(self) -> Life:
        for day in self._scheme.prepared.open_days:
            yield self._scheme.reach(day, Moment.SEATS)
            in_turn = sorted(self.line, key=lambda candidate: (candidate.queued, candidate.row))
            for candidate in in_turn[: self._seats]:
                candidate.called.succeed()


class Candidate:
    """One person on the way through the scheme."""

    def __init__(self, scheme: Scheme, row: int, centres: list[Centre]) -> None:
        self.scheme, self.row = scheme, row
        self.region = int(scheme.prepared.workforce.employer[row])
        self.centre = centres[self.region]
        self.pending, self.attempt, self.booked = ALL_ELEMENTS, 0, 0
        self.queued = 0
        self.called: simpy.Event
        self.process = scheme.env.process(self._life())
        if scheme.terms.leaving_rate > 0:
            scheme.env.process(self._leave())

    def _life(self) -> Life:
        try:
            yield from self._path()
        except simpy.Interrupt:
            return

    def _leave(self) -> Life:
        years = -math.log1p(-self._draw("leaving")) / self.scheme.terms.leaving_rate
        day = self.scheme.prepared.start + 1 + int(min(round(years * YEAR, 6), NEVER))
        yield self.scheme.reach(day, Moment.LEAVING)
        self._write(Event.LEFT, day)
        if self.process.is_alive:
            self.process.interrupt()

    def _path(self) -> Life:
        terms, start = self.scheme.terms, self.scheme.prepared.start
        self._write(Event.JOINED, 0)
        self._write(Event.IN_SCOPE, start, 1)
        first, last = max(day_of(terms.eligible_first), start), day_of(terms.eligible_last)
        eligible = first + int(self._draw("eligibility") * max(last - first + 1, 1))
        yield self.scheme.reach(eligible, Moment.STEPS)
        self._write(Event.ELIGIBLE, eligible)
        self._write(Event.PUT_FORWARD, eligible)
        day = yield from self._be_endorsed(eligible + days_of(terms.preparation, self._draw("preparation")))
        self._write(Event.ENDORSED, day)
        while True:
            day = yield from self._sit(day)
            narrowly = yield from self._hear_result(day)
            if narrowly is None:
                return
            wait = terms.narrow_wait if narrowly else terms.full_wait
            day = self.scheme.today + max(days_of(wait, self._draw("retake wait", self.attempt - 1)), 1)
            yield self.scheme.reach(day, Moment.STEPS)
            self._write(Event.ENDORSED, day, 1)

    def _be_endorsed(self, ready: int) -> Generator[simpy.Event, Any, int]:
        """Be considered as often as it takes; the day of endorsement."""
        terms, occasion = self.scheme.terms, 0
        while True:
            yield self.scheme.reach(ready, Moment.STEPS)
            self._write(Event.PREPARED, ready)
            decided = ready + days_of(terms.endorsement, self._draw("endorsement time", occasion))
            yield self.scheme.reach(decided, Moment.STEPS)
            if self._draw("endorsement", occasion) < terms.endorsement_probability:
                return decided
            self._write(Event.NOT_ENDORSED, decided)
            wait = days_of(terms.endorsement_retry, self._draw("endorsement retry", occasion))
            ready = decided + max(wait, 1)
            occasion += 1

    def _sit(self, day: int) -> Generator[simpy.Event, Any, int]:
        """Wait for a seat from `day` on; who does not attend waits again from the next day."""
        self.queued = day
        while True:
            self.called = self.scheme.env.event()
            self.centre.line.append(self)
            try:
                yield self.called
            finally:
                self.centre.line.remove(self)
            today, occasion = self.scheme.today, self.booked
            self.booked += 1
            if self._draw("no-show", occasion) >= self.scheme.terms.no_show:
                self._write(Event.SAT, today, self.pending | self.region << 4)
                return today
            self._write(Event.NO_SHOW, today, self.region)
            self.queued = today + 1

    def _hear_result(self, sat_on: int) -> Generator[simpy.Event, Any, bool | None]:
        """Whether the fail was narrow and in one element only; None where nothing follows the result."""
        terms, occasion = self.scheme.terms, self.attempt
        day = sat_on + days_of(terms.result, self._draw("result", occasion))
        yield self.scheme.reach(day, Moment.STEPS)
        self.attempt += 1
        failed = narrow = 0
        for slot, (name, chance) in enumerate(zip(ELEMENTS, terms.pass_probability, strict=True)):
            draw, fail = self._draw(f"element {name}", occasion), 1 - chance
            if self.pending >> slot & 1 and draw < fail:
                failed |= 1 << slot
                if draw >= fail * (1 - terms.narrow_share):
                    narrow |= 1 << slot
        self._write(Event.RESULT, day, self.pending | failed << 4 | narrow << 8)
        if not failed:
            self._write(Event.ACCREDITED, day, 1)
            return None
        if terms.attempts and self.attempt >= terms.attempts:
            self._write(Event.STOPPED, day)
            return None
        narrowly = failed.bit_count() == 1 and failed == narrow
        self.pending = failed if narrowly else ALL_ELEMENTS
        self._write(Event.RETAKE_PLANNED, day, self.pending)
        return narrowly

    def _write(self, event: Event, day: int, detail: int = 0) -> None:
        self.scheme.events.append((day << 48) | (event << 40) | (self.row << 16) | detail)

    def _draw(self, stream: str, occasion: int = 0) -> float:
        return self.scheme.draw(stream, self.row, occasion)


def run_twin_plain(prepared: PreparedPlain, replication: int) -> Journal:
    """The journal of one replication, as `simulate(prepared, replication).journal` gives it."""
    scheme = Scheme(prepared, replication)
    centres = [Centre(scheme, region) for region in range(len(prepared.seats))]
    for row in range(prepared.workforce.size):
        Candidate(scheme, row, centres)
    scheme.env.run(until=(prepared.until + 1) * MOMENTS)
    return np.array(sorted(scheme.events), dtype=np.uint64)
