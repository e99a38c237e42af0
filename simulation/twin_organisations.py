"""The organisations of the twin: employers, the endorsing agency, assessment centres, careers, inspection.

Each is a SimPy process that acts at its moment of every round, on the people in front of it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Generator
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import simpy

from simulation.calendar import date_of
from simulation.capacity import VENUES
from simulation.neighbours import neighbours
from simulation.stages import Stage
from simulation.twin_nation import Line, Moment, Nation
from simulation.twin_rules import NEVER
from simulation.twin_seats import centres_in, seats_by_day
from simulation.twin_worker import Worker

Rounds = Generator[simpy.Event, Any, None]

LEADERS_VENUE = len(VENUES) - 1
MILLIONTHS, THOUSANDTHS, DAYS_OF_YEAR = 1_000_000, 1_000, 365


class Employer:
    """Endorses those who are ready, and releases the endorsed, as many a week as it can."""

    def __init__(self, nation: Nation, row: int, managers: int, headcount: int) -> None:
        self._nation = nation
        self._region = int(nation.people.employers.region[row])
        self._thousandths = round(max(managers, 1) * nation.value("endorsement.per_manager_week") * 1000)
        share = nation.value("release.weekly_share")
        self._can_spare = max(math.floor(headcount * share + 1e-9), 1)
        self.prepared: Line = []
        self.endorsed: Line = []
        nation.env.process(self._work())

    def _work(self) -> Rounds:
        for week, today in enumerate(self._nation.rounds[:-1], start=1):
            yield self._nation.at(today, Moment.ENDORSEMENT)
            allowed = self._endorsements_by(week) - self._endorsements_by(week - 1)
            for worker in staying(self.prepared, today)[:allowed]:
                judge(self._nation, worker)
            yield self._nation.at(today, Moment.RELEASE)
            for worker in staying(self.endorsed, today)[: self._can_spare]:
                leader = worker.call.status == "leader"
                venue = LEADERS_VENUE if leader else self._region
                self._nation.centres[venue].candidates.append(worker)

    def _endorsements_by(self, week: int) -> int:
        """How many endorsements the managers have had time for since the first week."""
        return self._thousandths * week // 1000


class Agency:
    """Endorses its own workers where the rules let it, with no limit."""

    def __init__(self, nation: Nation) -> None:
        self._nation = nation
        nation.env.process(self._work())

    def _work(self) -> Rounds:
        for today in self._nation.rounds[:-1]:
            yield self._nation.at(today, Moment.ENDORSEMENT)
            for worker in staying(self._nation.agency, today):
                judge(self._nation, worker)


class Centre:
    """Gives the week's seats of a venue to those whom employers released, the longest endorsed first.

    `free` are the days of the seats that are left, `freed` the seats cancelled late that may be filled again,
    as (day, who cancelled). Those next in turn have them, unless they change post before the next round.
    """

    def __init__(self, nation: Nation, venue: int) -> None:
        self._nation, self._venue = nation, venue
        absence = nation.value("centre.assessor_absence")
        self._seats = [0] * len(nation.days)
        inputs, where = nation.prepared.inputs, VENUES[venue]
        for centre in centres_in(inputs, where):
            chances = nation.draws.days(
                f"assessor absence {where} {centre}".strip(), len(nation.days)
            ).tolist()
            for day, seats in enumerate(seats_by_day(inputs, nation.days, where, centre)):
                self._seats[day] += seats if chances[day] >= absence else 0
        self.candidates: Line = []
        self.free: list[int] = []
        self.freed: list[tuple[int, int]] = []
        nation.env.process(self._work())

    def _work(self) -> Rounds:
        for today, following in pairwise(self._nation.rounds):
            yield self._nation.at(today, Moment.SEATS)
            self.free = [day for day in range(today, following) for _ in range(self._seats[day])]
            for worker in in_turn(self.candidates):
                if self.free:
                    self.seat(worker)
                    self.candidates.remove(worker)
            yield self._nation.at(today, Moment.STANDBY)
            on_list = [worker for worker in in_turn(self.candidates) if worker.changes_on >= following]
            for worker, (day, _) in zip(on_list, sorted(self.freed), strict=False):
                worker.answer.succeed((day, self._venue, True))
            self.candidates.clear()
            self.freed.clear()

    def seat(self, worker: Worker) -> None:
        """Give the first seat that is free."""
        worker.answer.succeed((self.free.pop(0), self._venue, False))


class Neighbours:
    """Lets those who have waited long take a free seat of a region that borders theirs, the nearest first."""

    def __init__(self, nation: Nation) -> None:
        self._nation = nation
        if nation.value("overflow.share") > 0:
            nation.env.process(self._work())

    def _work(self) -> Rounds:
        nation = self._nation
        for today in nation.rounds[:-1]:
            yield nation.at(today, Moment.OVERFLOW)
            regions = nation.centres[:LEADERS_VENUE]
            for worker in in_turn([worker for centre in regions for worker in centre.candidates]):
                long = today - worker.queued > nation.value("overflow.after_days")
                if long and nation.draw("overflow", worker.row) < nation.value("overflow.share"):
                    self._send_on(worker)

    def _send_on(self, worker: Worker) -> None:
        home = int(self._nation.people.employers.region[worker.employer])
        for region in neighbours()[home]:
            if self._nation.centres[region].free:
                self._nation.centres[region].seat(worker)
                self._nation.centres[home].candidates.remove(worker)
                return


class Inspector:
    """Sees every week to those whose latest date has passed."""

    def __init__(self, nation: Nation) -> None:
        self._nation = nation
        nation.env.process(self._work())

    def _work(self) -> Rounds:
        for today in self._nation.rounds:
            yield self._nation.at(today, Moment.REQUIREMENT)
            for worker in self._nation.workers:
                if worker.restricts < today:
                    worker.inspect()


class Careers:
    """Settles in the first round of a month who leaves before the next, and sees them off on the day."""

    def __init__(self, nation: Nation) -> None:
        self._nation = nation
        self._hazards = [Hazard(nation, worker) for worker in nation.workers]
        self._posts = [0] * len(nation.people.employers)
        for worker in nation.workers[: nation.people.baseline]:
            self._posts[worker.employer] += worker.may_move
        self._plan_promotions()
        nation.env.process(self._work())

    def _work(self) -> Rounds:
        rounds, month, year = self._nation.rounds, 0, 0
        for today in rounds[:-1]:
            yield self._nation.at(today, Moment.DEPARTURES)
            yield from self._change_posts(today)
            yield self._nation.at(today, Moment.CAREERS)
            when = date_of(today)
            if when.month != month:
                following = next((day for day in rounds if _another_month(day, today)), rounds[-1])
                self._review(today, following - today, when.year != year)
                month, year = when.month, when.year
        yield self._nation.at(rounds[-1], Moment.DEPARTURES)
        yield from self._change_posts(rounds[-1])

    def _change_posts(self, today: int) -> Rounds:
        """Carry out what fell before today, each worker's in the order of days, and let the worker react."""
        for worker in self._nation.workers:
            while worker.changes_on < today:
                self._change(worker)
                yield self._nation.env.timeout(0)

    def _change(self, worker: Worker) -> None:
        if worker.promotes < worker.departs + worker.moving:
            worker.promote(worker.promotes)
        elif not worker.moving:
            worker.leave(worker.departs)
        else:
            openings = list(accumulate(self._elsewhere(worker)))
            drawn = self._nation.draw("destination", worker.row, worker.moves) * openings[-1]
            worker.move(worker.departs, bisect_right(openings, drawn))
            self._hazards[worker.row].start_again(self._nation.today)

    def _review(self, today: int, days: int, new_year: bool) -> None:
        for worker, hazard in zip(self._nation.workers, self._hazards, strict=True):
            if worker.stage in (Stage.NOT_JOINED, Stage.LEFT):
                continue
            if new_year:
                hazard.look_up(today)
            goes = hazard.bear(days)
            if goes is None:
                continue
            worker.departs = today + 1 + goes
            moves = self._nation.draw("moving", worker.row, worker.moves)
            stays_in_work = moves < self._nation.value("leaving.moving_share")
            worker.moving = stays_in_work and worker.may_move and any(self._elsewhere(worker))

    def _elsewhere(self, worker: Worker) -> list[int]:
        """Posts that movers may hold at the baseline, by employer, without those of the worker's own."""
        return [0 if row == worker.employer else posts for row, posts in enumerate(self._posts)]

    def _plan_promotions(self) -> None:
        """Settle when each case holder would become a supervisor: no policy changes that."""
        nation = self._nation
        rate = round(nation.value("promotion.annual_rate") * MILLIONTHS)
        for worker in nation.workers:
            holds_cases = worker.role in ("senior_practitioner", "case_holder")
            may_rise = worker.contract == "employed" and holds_cases
            if rate and may_rise and "practice_supervision" not in worker.functions:
                bears = nation.bears("promotion", worker.row)
                day = worker.joins + 1 + bears * DAYS_OF_YEAR // rate
                worker.promotes = day if day <= nation.prepared.until else NEVER


class Hazard:
    """What a worker has borne of the hazard of leaving, in thousandths of a millionth of a year, by days."""

    def __init__(self, nation: Nation, worker: Worker) -> None:
        self._nation, self._worker = nation, worker
        self._borne = 0
        self._draw_threshold()
        self.look_up(worker.joins)

    def look_up(self, day: int) -> None:
        """Take the yearly hazard, and whether the worker is 55 or over, as they are on a day."""
        self._look_up_rate(day)
        self._over_55 = bool(self._nation.rates.over_55(np.array([self._worker.row]), day)[0])

    def start_again(self, day: int) -> None:
        """Bear a new threshold with a new employer."""
        self._borne = 0
        self._draw_threshold()
        self._look_up_rate(day)

    def bear(self, days: int) -> int | None:
        """Bear the hazard of some days; the number of whole days before the threshold, if it is passed."""
        daily = self._yearly * self._effect_of_policy()
        before = self._borne
        self._borne += daily * days
        if before < self._threshold <= self._borne:
            return (self._threshold - before - 1) // daily
        return None

    def _draw_threshold(self) -> None:
        bears = self._nation.bears("leaving", self._worker.row, self._worker.moves)
        self._threshold = bears * THOUSANDTHS * DAYS_OF_YEAR

    def _look_up_rate(self, day: int) -> None:
        worker = self._worker
        row, service = np.array([worker.row]), np.array([worker.service_start])
        self._yearly = int(self._nation.rates.annual(row, day, service)[0])

    def _effect_of_policy(self) -> int:
        """How what is asked of the worker multiplies the hazard, in thousandths."""
        worker, value = self._worker, self._nation.value
        requirement = worker.call.requirement
        if requirement == "none" or worker.stage in (Stage.OUT_OF_SCOPE, Stage.IN_SCOPE):
            return THOUSANDTHS
        force = "mandatory" if requirement == "mandatory" else "voluntary"
        if worker.stage == Stage.ACCREDITED:
            held = value("leaving.accredited_mandatory") if force == "mandatory" else 1.0
            return round(held * THOUSANDTHS)
        effect = value(f"leaving.{'failed' if worker.failed_last else 'awaiting'}_{force}")
        if self._over_55:
            effect *= value(f"leaving.over_55_{force}")
        return round(effect * THOUSANDTHS)


def judge(nation: Nation, worker: Worker) -> None:
    """Endorse a worker or not yet: a judgement of its own, kinder to long service."""
    bonus = nation.value("endorsement.long_service_bonus") if worker.long_service else 0.0
    chance = min(nation.value("endorsement.probability") + bonus, 1.0)
    worker.answer.succeed(nation.draw("endorsement", worker.row, worker.considered) < chance)


def staying(line: Line, today: int) -> list[Worker]:
    """People in a line who do not change post today, in turn."""
    return [worker for worker in in_turn(line) if worker.changes_on > today]


def in_turn(line: Line) -> list[Worker]:
    """People in a line by how long they have waited, then by row."""
    return sorted(line, key=lambda worker: (worker.queued, worker.row))


def _another_month(day: int, today: int) -> bool:
    return day > today and date_of(day).month != date_of(today).month
