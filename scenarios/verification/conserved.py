"""Nothing is lost: people, seats and days of delay, counted twice from both ends, agree to the last."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise

from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.policies import random_policy
from scenarios.verification.reading import STAGES, lives, spells
from simulation.calendar import date_of
from simulation.capacity import STANDBY
from simulation.delays import delay_by_cause
from simulation.prepared import prepare_rollout
from simulation.replication import Replication
from simulation.stages import CAUSE_LABELS
from simulation.timeline import timeline
from simulation.world import run_world


def _world(setting: Setting, case: int) -> Replication:
    return run_world(prepare_rollout(random_policy(setting, case)), case)


def _people(setting: Setting) -> Found:
    def one(case: int) -> str:
        run = _world(setting, case)
        counted = [Counter[str]() for _ in run.audit_days]
        nights = [day - 1 for day in run.audit_days]
        told = lives(run)
        for worker, life in told.items():
            for first, past, stage, _, _ in spells(life, int(run.workforce.employer[worker]), run.until + 1):
                for month, night in enumerate(nights):
                    counted[month][stage] += first <= night < past
        for night, live, count in zip(nights, run.stages.tolist(), counted, strict=True):
            count["not joined"] = run.workforce.size - sum(count.values())
            for stage, number in zip(STAGES, live, strict=True):
                if number != count[stage]:
                    message = f"on {date_of(night)} {number} are {stage}, and by the journal {count[stage]}"
                    raise Broken(message)
        return str(len(told))

    return tried(setting.cases, one, lambda counts: f"{sum(map(int, counts)):,} people")


def _seats(setting: Setting) -> Found:
    """A week's seats are handed out from its first day; nobody uses one that was not booked."""

    def one(case: int) -> str:
        run = _world(setting, case)
        booked, used = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
        cancelled, called = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
        for worker, life in lives(run).items():
            venue, holds = -1, False
            for day, event, detail in life:
                if event == "booked" and detail & STANDBY:
                    venue, holds = detail - STANDBY, True
                    called[venue, day] += 1
                    used[venue, day] -= 1  # a seat cancelled on the day, not another one
                elif event == "booked":
                    venue, holds = detail, True
                    booked[venue, day] += 1
                elif event in ("sat", "cancelled", "no_show"):
                    if not holds:
                        raise Broken(f"worker {worker} has no seat, and on {date_of(day)} {event}")
                    holds = False
                    used[venue, day] += 1
                    cancelled[venue, day] += event == "cancelled"
        for (_, day), number in (called - cancelled).items():
            raise Broken(f"{number} more were called than seats were cancelled, on {date_of(day)}")
        staffed = run.offered - run.absent
        seats = 0
        for venue, planned in enumerate(staffed.tolist()):
            for today, following in pairwise([*run.rounds, run.until + 1]):
                left = booked[venue, today]
                for day in range(today, min(following, run.until + 1)):
                    taken = min(left, planned[day])
                    left -= taken
                    if used[venue, day] > taken:
                        message = f"{used[venue, day]} seats used of {taken} booked, on {date_of(day)}"
                        raise Broken(message)
                seats += booked[venue, today]
                if left:
                    raise Broken(
                        f"{left} more were booked than seats were staffed, in {date_of(today)}'s week"
                    )
        return str(seats)

    return tried(setting.cases, one, lambda counts: f"{sum(map(int, counts)):,} seats booked")


_WORDS = {
    "in scope": "not yet eligible",
    "eligible": "not willing",
    "preparing": "preparing",
    "awaiting endorsement": "awaiting endorsement",
    "developing": "developing after a fail",
    "awaiting result": "awaiting a result",
    "in review": "awaiting a result",
}
_BOUND = ("awaiting a seat", "awaiting release", "centre closed")


def _delay(setting: Setting) -> Found:
    def one(case: int) -> str:
        run = _world(setting, case)
        causes: Counter[str] = Counter()
        rounds = list(run.rounds)
        for worker, life in lives(run).items():
            home = int(run.workforce.employer[worker])
            for begin, past, stage, employer, accredited in spells(life, home, run.until + 1):
                first = max(begin, run.start)
                if accredited or past <= first:
                    continue
                if stage in _WORDS:
                    causes[_WORDS[stage]] += past - first
                elif stage == "awaiting seat":
                    for day in range(first, past):
                        week = bisect_right(rounds, day) - 1
                        causes[_BOUND[run.binding[week, employer]]] += 1
        read = timeline(run.journal, run.workforce.employer.astype("int64"), run.until + 1)
        fast = dict(zip(CAUSE_LABELS, delay_by_cause(read, run).tolist(), strict=True))
        for cause in CAUSE_LABELS:
            if fast[cause] != causes[cause]:
                message = f"{fast[cause]} days {cause}, and counted one by one {causes[cause]}"
                raise Broken(message)
        return str(sum(causes.values()))

    return tried(setting.cases, one, lambda days: f"{sum(map(int, days)):,} days")


PEOPLE = Check(
    "people",
    "Nobody is lost",
    "At every month's audit, people at each stage by the live state are those that the journal tells.",
    _people,
)
SEATS = Check(
    "seats",
    "No seat is used twice or out of nowhere",
    "By venue and day no more people sit, cancel or stay away than hold one of the seats that were staffed.",
    _seats,
)
DELAY = Check(
    "delay",
    "Every day of delay has exactly one cause",
    "Days without accreditation by cause, counted person by person, are those that the measures report.",
    _delay,
)
