"""A scheme from scratch: people, one centre a region, and nothing else; the same journal as the rollout.

Without careers and authorities only the seats are scarce, so everything up to the queue for a seat is drawn
at once. Centres open on working days, all in one SimPy process, and seat those who have waited longest, by
(day of endorsement, worker); who is endorsed on a day may sit on it. A sitting cannot bring its worker
back to the queue in less than a known time, so results are marked together for all sittings of such a span.

After a fail narrowly in one element that element is sat again after the narrow wait; after any other fail the
whole assessment, after the full wait. No new endorsement is asked for.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import simpy
from numpy.typing import NDArray

from simulation.assessment import ALL_ELEMENTS, ELEMENTS, Marking, fixed_marking
from simulation.calendar import LAST, day_of, mondays, working_days_of_week
from simulation.draws import Draws
from simulation.durations import Duration
from simulation.hazards import YEAR
from simulation.inputs import Inputs, PlainScheme
from simulation.journal import Event, Recorder, before
from simulation.plain_population import plain_workforce
from simulation.policy import FAR
from simulation.replication import Replication
from simulation.workforce import Workforce

Ints = NDArray[np.int64]

TURNS: Final = 2
"""Ticks in a day: centres open on the first, and a span of sittings is marked on the second."""


@dataclass(frozen=True)
class PreparedPlain:
    """A scheme from scratch, ready to run."""

    inputs: Inputs
    scheme: PlainScheme
    workforce: Workforce
    marking: Marking
    start: int
    until: int
    open_days: tuple[int, ...]
    seats: tuple[int, ...]


def prepare_plain(inputs: Inputs, scheme: PlainScheme) -> PreparedPlain:
    """Make the population and the days on which centres open."""
    start, until = max(day_of(inputs.start), 0), day_of(min(inputs.until, LAST))
    workforce = plain_workforce(round(scheme.count * inputs.scale), scheme.regions)
    seats = dict(scheme.seats)
    return PreparedPlain(
        inputs,
        scheme,
        workforce,
        fixed_marking(workforce.size, scheme.pass_probability, scheme.narrow_share),
        start,
        until,
        tuple(d for m in mondays(start, until) for d in working_days_of_week(m) if start <= d <= until),
        tuple(round(seats.get(name, 0) * inputs.scale) for name, _ in scheme.regions),
    )


def run_plain(prepared: PreparedPlain, replication: int) -> Replication:
    """Run one replication; the same arguments always give the same journal, byte for byte."""
    world = _PlainWorld(prepared, replication)
    world.arrive()
    world.env.run()
    people = prepared.workforce
    offered = np.zeros((len(prepared.seats), prepared.until + 1), dtype=np.int64)
    offered[:, list(prepared.open_days)] = np.array(prepared.seats)[:, None]
    return Replication(
        inputs=prepared.inputs,
        workforce=people,
        journal=before(world.recorder.journal(), prepared.until + 1),
        regions=tuple(name for name, _ in prepared.scheme.regions),
        start=prepared.start,
        until=prepared.until,
        rounds=(0,),
        audit_days=(),
        stages=np.zeros((0, 0), dtype=np.int64),
        offered=offered,
        absent=np.zeros_like(offered),
        shut=np.zeros_like(offered),
        binding=np.zeros((1, len(people.employers)), dtype=np.int8),
        filled=np.zeros((len(people.employers), 3), dtype=np.int64),
    )


class _PlainWorld:
    def __init__(self, prepared: PreparedPlain, replication: int) -> None:
        self._prepared, self._scheme = prepared, prepared.scheme
        size = prepared.workforce.size
        self._draws = Draws(prepared.inputs.seed, replication, size)
        self.recorder = Recorder()
        self.env = simpy.Environment(initial_time=prepared.start * TURNS)
        self._leaves = self._leaving_days(size)
        self._leaves_list = self._leaves.tolist()
        self._region = prepared.workforce.employer.astype(np.int64)
        self._arrivals: list[dict[int, list[int]]] = [{} for _ in prepared.seats]
        self._sat: list[int] = []
        self._sat_days: list[int] = []
        self._attempt = np.zeros(size, dtype=np.int64)
        self._pending = np.full(size, ALL_ELEMENTS, dtype=np.int64)
        self._bookings = [0] * size
        self._misses: list[list[bool]] = []
        self.env.process(self._centres())
        self.env.process(self._marker())

    def arrive(self) -> None:
        """Take everyone from the first day to the queue for a seat."""
        scheme, draws = self._scheme, self._draws
        everyone = np.arange(self._prepared.workforce.size)
        start = self._prepared.start
        first = max(day_of(scheme.eligible_first), start)
        span = max(day_of(scheme.eligible_last) - first + 1, 1)
        eligible = first + (draws.block("eligibility") * span).astype(np.int64)
        self.recorder.add(Event.JOINED, everyone, 0)
        self.recorder.add(Event.IN_SCOPE, everyone, start, 1)
        leavers = everyone[self._leaves < FAR]
        self.recorder.add(Event.LEFT, leavers, self._leaves[leavers])
        ready = eligible + scheme.preparation.days(draws.block("preparation"))
        self._record(Event.ELIGIBLE, everyone, eligible)
        self._record(Event.PUT_FORWARD, everyone, eligible)
        occasion = 0
        waiting = everyone
        while len(waiting):
            self._record(Event.PREPARED, waiting, ready)
            spent = scheme.endorsement.days(draws.block("endorsement time", occasion)[waiting])
            decided = ready + spent
            endorsed = draws.block("endorsement", occasion)[waiting] < scheme.endorsement_probability
            self._queue(waiting[endorsed], decided[endorsed])
            waiting, decided = waiting[~endorsed], decided[~endorsed]
            self._record(Event.NOT_ENDORSED, waiting, decided)
            wait = scheme.endorsement_retry.days(draws.block("endorsement retry", occasion)[waiting])
            ready = decided + np.maximum(wait, 1)
            waiting, ready = waiting[ready <= self._prepared.until], ready[ready <= self._prepared.until]
            occasion += 1

    def _leaving_days(self, size: int) -> Ints:
        if self._scheme.leaving_rate <= 0:
            return np.full(size, FAR, dtype=np.int64)
        with np.errstate(over="ignore"):
            stays = -np.log1p(-self._draws.block("leaving")) / self._scheme.leaving_rate * YEAR
        days = self._prepared.start + 1 + np.floor(np.round(np.minimum(stays, FAR), 6)).astype(np.int64)
        return np.where(days <= self._prepared.until, days, FAR)

    def _record(self, event: Event, workers: Ints, days: Ints, details: Ints | int = 0) -> None:
        """Record what happens before a worker leaves and within the period."""
        happens = (days < self._leaves[workers]) & (days <= self._prepared.until)
        if isinstance(details, np.ndarray):
            details = details[happens]
        self.recorder.add(event, workers[happens], days[happens], details)

    def _queue(self, workers: Ints, days: Ints, retake: int = 0) -> None:
        """Let workers join their centre's queue on their days."""
        self._record(Event.ENDORSED, workers, days, retake)
        here = days <= self._prepared.until
        workers, days = workers[here], days[here]
        if not len(workers):
            return
        region = self._region[workers]
        order = np.argsort((region << 40) | (days << 24) | workers)
        cells = (region << 24) | days
        listed, cell = workers[order].tolist(), cells[order]
        cuts = np.flatnonzero(np.diff(cell, prepend=-1))
        ends = np.append(cuts[1:], len(cell)).tolist()
        for cut, end, at in zip(cuts.tolist(), ends, cell[cuts].tolist(), strict=True):
            arrivals = self._arrivals[at >> 24].setdefault(at & 0xFFFFFF, [])
            arrivals += listed[cut:end]

    def _centres(self) -> Generator[simpy.Event, Any, None]:
        """On each working day, seat at every centre those who have waited longest."""
        seats, leaves = self._prepared.seats, self._leaves_list
        queues: list[list[int]] = [[] for _ in seats]
        heads = [0] * len(seats)
        arrived, env = self._prepared.start, self.env
        for day in self._prepared.open_days:
            yield env.timeout(day * TURNS - env.now)
            for region, arrivals in enumerate(self._arrivals):
                queue = queues[region]
                for since in range(arrived, day + 1):
                    if since in arrivals:
                        queue += sorted(arrivals.pop(since))
                free, waiting, head = seats[region], len(queue), heads[region]
                while free and head < waiting:
                    batch = queue[head : head + free]
                    head += len(batch)
                    present = [worker for worker in batch if leaves[worker] > day]
                    free -= len(present)
                    self._seat(present, day, region)
                heads[region] = head
            arrived = day + 1

    def _seat(self, workers: list[int], day: int, region: int) -> None:
        """Hold sittings; who does not attend loses the seat and joins the queue again the next day."""
        if self._scheme.no_show > 0:
            missing = self._missing(workers)
            if missing:
                absent = set(missing)
                workers = [worker for worker in workers if worker not in absent]
                self._arrivals[region].setdefault(day + 1, []).extend(missing)
                self.recorder.add(Event.NO_SHOW, np.array(missing), day, region)
        self._sat += workers
        self._sat_days += [day] * len(workers)

    def _missing(self, workers: list[int]) -> list[int]:
        """Who of those booked does not attend; each booking of a worker is an occasion of its own."""
        bookings, misses = self._bookings, self._misses
        missing = []
        for worker in workers:
            occasion = bookings[worker]
            bookings[worker] = occasion + 1
            if occasion == len(misses):
                drawn = self._draws.block("no-show", occasion) < self._scheme.no_show
                misses.append(drawn.tolist())
            if misses[occasion][worker]:
                missing.append(worker)
        return missing

    def _marker(self) -> Generator[simpy.Event, Any, None]:
        """Mark all sittings of a span that is too short for any of them to lead back to the queue."""
        scheme = self._scheme
        shortest = _shortest(scheme.result) + min(_shortest(scheme.narrow_wait), _shortest(scheme.full_wait))
        span = max(shortest, 1)
        for last in range(self._prepared.start + span - 1, self._prepared.until + span, span):
            yield self.env.timeout(last * TURNS + 1 - self.env.now)
            self._mark()

    def _mark(self) -> None:
        if not self._sat:
            return
        scheme, draws = self._scheme, self._draws
        workers: Ints = np.array(self._sat, dtype=np.int64)
        days: Ints = np.array(self._sat_days, dtype=np.int64)
        self._sat, self._sat_days = [], []
        attempt, sat = self._attempt[workers], self._pending[workers]
        self._attempt[workers] += 1
        self.recorder.add(Event.SAT, workers, days, sat | (self._region[workers] << 4))
        elements = [draws.at(f"element {name}", workers, attempt) for name in ELEMENTS]
        failed, narrow = self._prepared.marking.outcome(
            workers, sat, attempt * 0, np.vstack([*elements, np.ones(len(workers))])
        )
        result: Ints = days + scheme.result.days(draws.at("result", workers, attempt))
        self._record(Event.RESULT, workers, result, sat | (failed << 4) | (narrow << 8))
        passed = failed == 0
        self._record(Event.ACCREDITED, workers[passed], result[passed], 1)
        stopped = ~passed & (attempt + 1 >= scheme.attempts) & (scheme.attempts > 0)
        self._record(Event.STOPPED, workers[stopped], result[stopped])
        again = ~passed & ~stopped
        single = (failed & (failed - 1)) == 0
        near = again & single & (failed == narrow)
        for chosen, wait, pending in (
            (near, scheme.narrow_wait, failed),
            (again & ~near, scheme.full_wait, np.full(len(workers), ALL_ELEMENTS)),
        ):
            who, when = workers[chosen], result[chosen]
            self._pending[who] = pending[chosen]
            self._record(Event.RETAKE_PLANNED, who, when, pending[chosen])
            drawn = draws.at("retake wait", who, attempt[chosen])
            self._queue(who, when + np.maximum(wait.days(drawn), 1), retake=1)


def _shortest(duration: Duration) -> int:
    return int(duration.days(np.zeros(1))[0])
