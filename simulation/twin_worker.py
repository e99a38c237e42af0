"""The life of one worker in the twin, told in order: one SimPy process for each person.

A step that waits only for time carries its own day and is carried out at the first round after it, unless the
worker leaves, moves or is promoted on or before that day: a change of post comes first. Who moves goes on
where the old employer left off, from that round, with two exceptions: someone not yet put forward is called
anew, and someone waiting to be endorsed or for a seat needs the new employer's endorsement. Who is promoted
starts again for the new status.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from simulation.capacity import STANDBY
from simulation.codes import STATUSES
from simulation.durations import Duration
from simulation.journal import Event
from simulation.stages import Stage
from simulation.twin_nation import Line, Nation, days_of
from simulation.twin_person import Change, Person, news_of
from simulation.twin_rules import NEVER, Retake, months_later

Days = Generator[simpy.Event, Any, int]
"""A part of a life that ends on a day."""

DAYS_PER_MONTH = 365.25 / 12


class Worker(Person):
    """Someone with a life: from joining to leaving, in the order in which it happens."""

    def __init__(self, nation: Nation, row: int) -> None:
        super().__init__(nation, row)
        self.process = nation.env.process(self._life())

    def _life(self) -> Generator[simpy.Event, Any, None]:
        if self.row >= self.nation.people.baseline:
            yield from self._until(self.joins)
        self.write(Event.JOINED, self.joins)
        day, earliest = self.joins, 0
        while True:
            try:
                yield from self._path(day, earliest)
            except simpy.Interrupt as interrupt:
                change, day = news_of(interrupt)
                earliest = self.nation.today
                if change is Change.LEFT:
                    return

    def _path(self, day: int, earliest: int) -> Generator[simpy.Event, Any, None]:
        """From taking up a post on `day` to accreditation and renewals; nothing comes before `earliest`."""
        self.stage = Stage.OUT_OF_SCOPE
        self.ask_rules(day)
        day = yield from self._come_forward(day, earliest)
        self.stage = Stage.PREPARING
        ready = yield from self._stay_until(day + self.lasts("preparation.elapsed", "preparation"))
        while True:
            day = yield from self._become_accredited(ready)
            self.stage = Stage.ACCREDITED
            ready = yield from self._hold_accreditation(day)

    def _come_forward(self, day: int, earliest: int) -> Days:
        """In scope, eligible, and put forward by those who are willing."""
        start, call = self.nation.prepared.start, self.call
        if call.status == "none":
            yield from self._until(NEVER)
        if day < start:
            day = yield from self._until(max(start, earliest))
        self.write(Event.IN_SCOPE, day, STATUSES.index(call.status))
        self.stage = Stage.IN_SCOPE
        eligible = yield from self._until(max(call.eligible, day, earliest))
        self.write(Event.ELIGIBLE, eligible)
        self.stage = Stage.ELIGIBLE
        willing = call.requirement != "none" and (
            self.draw("take-up") < self.nation.value(f"take_up.{call.requirement}")
        )
        forward = eligible + self.lasts("take_up.delay", "take-up delay")
        if call.requirement == "mandatory":
            pressed = call.latest - self.lasts("take_up.deadline_lead", "deadline lead")
            forward = min(forward, max(eligible, pressed))
        forward = yield from self._until(forward if willing else NEVER)
        self.write(Event.PUT_FORWARD, forward)
        return forward

    def _become_accredited(self, ready: int) -> Days:
        """Be endorsed, sit and hear the result, as often as it takes."""
        endorsed = False
        while True:
            if not endorsed:
                yield from self._be_endorsed(ready)
                if self.renewing and self.nation.prepared.after.renewal == "endorsement":
                    self.write(Event.RENEWED, self.nation.today)
                    self.renewing = False
                    return self.nation.today
                self.write(Event.ENDORSED, self.nation.today)
                self.queued = self.nation.today
            try:
                sat_on = yield from self._sit()
            except simpy.Interrupt as interrupt:
                ready, endorsed = self._moved(interrupt), False
                continue
            day, accredited = yield from self._hear_result(sat_on)
            if accredited:
                return day
            retake = yield from self._plan_retake(day)
            ready = yield from self._stay_until(self._ready_again(day, retake))
            endorsed = retake.fixed
            if endorsed:
                self.write(Event.ENDORSED, ready, 1)
                self.queued = ready

    def _be_endorsed(self, ready: int) -> Days:
        """Wait to be considered, and develop for a while after each refusal."""
        while True:
            self.write(Event.PREPARED, ready)
            self.stage, self.queued = Stage.AWAITING_ENDORSEMENT, ready
            try:
                endorsed = yield from self._stand_in(self._line_for_endorsement())
            except simpy.Interrupt as interrupt:
                ready = self._moved(interrupt)
                continue
            occasion = self.considered
            self.considered += 1
            if endorsed:
                return self.nation.today
            self.write(Event.NOT_ENDORSED, self.nation.today)
            self.stage = Stage.DEVELOPING
            wait = self.lasts("endorsement.retry", "endorsement retry", occasion)
            ready = yield from self._stay_until(self.nation.today + max(wait, 1))

    def _sit(self) -> Days:
        """Wait for a seat and sit on it; a seat that is not used is lost."""
        nation = self.nation
        self.stage = Stage.AWAITING_SEAT
        while True:
            line = nation.employers[self.employer].endorsed
            day, venue, called = yield from self._stand_in(line)
            self.write(Event.BOOKED, day if called else nation.today, venue + called * STANDBY)
            occasion = self.booked
            self.booked += 1
            if called:
                self.write(Event.SAT, day, self.pending | venue << 4)
                return int(day)
            if self.changes_on <= day:
                continue
            if self.draw("late cancellation", occasion) < nation.value("centre.late_cancellation"):
                self.write(Event.CANCELLED, day, venue)
                self.queued = day
                if self.draw("standby", occasion) < nation.value("centre.standby_share"):
                    nation.centres[venue].freed.append((day, self.row))
            elif self.draw("no-show", occasion) < nation.value("centre.no_show"):
                self.write(Event.NO_SHOW, day, venue)
                self.queued = day
            else:
                self.write(Event.SAT, day, self.pending | venue << 4)
                return int(day)

    def _hear_result(self, sat_on: int) -> Generator[simpy.Event, Any, tuple[int, bool]]:
        """The day on which the result stands, and whether it accredits."""
        nation, occasion = self.nation, self.sat
        self.stage = Stage.AWAITING_RESULT
        day = yield from self._stay_until(sat_on + max(self.lasts("result.elapsed", "result", occasion), 1))
        self.sat += 1
        self.attempt += 1
        self.failed, self.narrow = self.marks(occasion)
        self.write(Event.RESULT, day, self.pending | self.failed << 4 | self.narrow << 8)
        if not self.failed:
            self.accredit(day)
            return day, True
        self.fall_below_standard(day)
        disputes = self.draw("review request", occasion) < nation.value("review.request_share")
        if not (nation.prepared.after.review and disputes):
            return day, False
        self.write(Event.REVIEW_REQUESTED, day)
        self.stage = Stage.IN_REVIEW
        day = yield from self._stay_until(day + max(self.lasts("review.elapsed", "review", occasion), 1))
        if self.draw("review upheld", self.sat) < nation.value("review.upheld_share"):
            self.accredit(day)
            return day, True
        self.write(Event.REVIEW_REJECTED, day)
        return day, False

    def _plan_retake(self, day: int) -> Generator[simpy.Event, Any, Retake]:
        """Begin to develop for another attempt, or stop for good where none is left."""
        retake = self.nation.rules.retake(self.failed.bit_count(), self.failed == self.narrow, self.attempt)
        if retake.stopped:
            self.write(Event.STOPPED, day)
            self.stage = Stage.STOPPED
            yield from self._stay_until(NEVER)
        self.pending = self.whole_assessment() if retake.whole else self.failed
        if self.nation.prepared.inputs.levers["support.development"] == "provided":
            self.developed += 1
        self.write(Event.RETAKE_PLANNED, day, self.pending)
        self.stage = Stage.DEVELOPING
        return retake

    def _hold_accreditation(self, since: int) -> Days:
        """Be accredited until a renewal is prepared; hours of professional development renew at once."""
        after = self.nation.prepared.after
        while True:
            renewal = months_later(since, 12 * after.renewal_years) if after.renewal != "none" else NEVER
            due = yield from self._stay_until(renewal)
            self.write(Event.RENEWAL_DUE, due)
            if after.renewal != "cpd_hours":
                break
            self.write(Event.RENEWED, due)
            since = due
        self.renewing = True
        self.stage = Stage.PREPARING
        wait = self.lasts("preparation.elapsed", "renewal preparation", self.sat)
        return (yield from self._stay_until(max(due + wait, self.nation.today)))

    def _line_for_endorsement(self) -> Line:
        if self.call.endorser == "agency":
            return self.nation.agency
        if self.call.endorser == "nobody":
            return self.nation.nobody
        return self.nation.employers[self.employer].prepared

    def _ready_again(self, day: int, retake: Retake) -> int:
        """When the wait for a retake is over: exactly, or about then where the employer decides."""
        if retake.fixed:
            return max(months_later(day, retake.months), day + 1)
        spread, expected = self.nation.value("retake.spread"), retake.months * DAYS_PER_MONTH
        around = Duration("pert", (expected * (1 - spread), expected, expected * (1 + spread)))
        return day + max(days_of(around, self.draw("retake wait", self.sat)), 1)

    def _until(self, due: int) -> Days:
        """Sleep to the first round after `due`; a change of post on or before that day comes first."""
        if due >= self.nation.today:
            yield self.nation.round_after(due)
        if due >= self.changes_on:
            yield self.nation.env.event()
        return due

    def _stay_until(self, due: int) -> Days:
        """As `_until`, and go on waiting after a move, at least to the round after it."""
        while True:
            try:
                return (yield from self._until(due))
            except simpy.Interrupt as interrupt:
                self._moved(interrupt)
                due = max(due, self.nation.today)

    def _stand_in(self, line: Line) -> Generator[simpy.Event, Any, Any]:
        """Wait in a line for whatever those who serve it answer."""
        self.answer = self.nation.env.event()
        line.append(self)
        try:
            return (yield self.answer)
        finally:
            line.remove(self)

    def _moved(self, interrupt: simpy.Interrupt) -> int:
        """The day of a move; any other change of post is left to `_life`."""
        change, day = news_of(interrupt)
        if change is not Change.MOVED:
            raise interrupt
        return day
