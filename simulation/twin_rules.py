"""What the rules say of one worker: the twin asks the engine about one person at a time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from rules.engine import PolicyEngine
from rules.model import Fact
from simulation.calendar import date_of, day_of
from simulation.prepared import Prepared

NEVER: Final = 2**31 - 1
"""A day that never comes."""
_GROUPS: Final = ("all", "phase_one_2016", "naas_phase1_2018", "naas_phase2")
MOST_ELEMENTS: Final = 3
LATEST_ATTEMPT: Final = 10


@dataclass(frozen=True)
class Call:
    """What is asked of a worker in the present post, and when. Days count from the baseline."""

    status: str
    requirement: str
    endorser: str
    eligible: int
    latest: int
    loses_functions: bool


@dataclass(frozen=True)
class Retake:
    """What follows a result below the standard."""

    stopped: bool
    whole: bool
    fixed: bool
    months: int


class Rules:
    """The policy of one arm, asked about people rather than about profiles."""

    def __init__(self, prepared: Prepared) -> None:
        self._engine = PolicyEngine(prepared.inputs.levers)
        self._start = prepared.start
        self._waves = prepared.inputs.sites
        self._employers = prepared.workforce.employers
        self._answers: dict[Hashable, dict[str, dict[str, object]]] = {}

    def date(self, lever: str) -> int:
        """The day that a lever of the kind date names."""
        return day_of(cast(date, self._engine.levers[lever]))

    def call(self, facts: dict[str, Fact], employer: int, service: int, role: int, day: int) -> Call:
        """What the rules ask of someone who takes up a post on `day`."""
        answer = self._answer(facts)
        status = str(answer["status"]["status"])
        phase = str(answer["phase"]["phase"])
        window = answer["window"]
        starts = {"service_start": service, "role_start": role}
        if phase != "none":
            starts["phase_end"] = self.date(f"phase.{phase}_to")
        opens = _after(starts, window["opens_after"], window["opens_months"])
        closes = _after(starts, window["closes_after"], window["closes_months"])
        called = self._called(phase, employer)
        eligible = latest = NEVER
        if status != "none" and called is not None:
            eligible = max(called, day, self._start, -NEVER if opens is None else opens)
        requirement = str(answer["mandate"]["requirement"])
        if requirement == "mandatory" and closes is not None and eligible < NEVER:
            latest = max(closes, self.date("q1.mandatory_from"), eligible)
        restricts = answer["consequence"]["consequence"] == "restricted_duties"
        endorser = str(answer["endorser"]["endorser"] or "nobody")
        return Call(status, requirement, endorser, eligible, latest, restricts and latest < NEVER)

    def retake(self, failed: int, narrowly: bool, attempt: int) -> Retake:
        """What follows when `failed` elements are below the standard, all of them narrowly or not."""
        facts: dict[str, Fact] = {
            "elements_failed": min(failed, MOST_ELEMENTS),
            "failed_narrowly": narrowly,
            "attempt": min(attempt, LATEST_ATTEMPT),
        }
        answer = self._engine.decide("retake", facts).answer
        return Retake(
            stopped=bool(answer["stopped"]) or answer["retake"] in (None, "none"),
            whole=answer["retake"] == "whole_assessment",
            fixed=answer["decided_by"] == "fixed",
            months=int(cast(int, answer["wait_months"] or 0)),
        )

    def _called(self, phase: str, employer: int) -> int | None:
        """The day on which the worker's phase, or the wave of sites with the employer, is called."""
        if phase == "none":
            return None
        if not self._waves:
            return self.date(f"phase.{phase}_from")
        joined = [
            wave.joins for wave in self._waves if any(self._means(name, employer) for name in wave.employers)
        ]
        return day_of(min(joined)) if joined else None

    def _means(self, name: str, employer: int) -> bool:
        """Whether a wave that names an employer, or a group of them, means this one."""
        listed = self._employers
        if name in _GROUPS:
            return name == "all" or bool(getattr(listed, name)[employer] == 1)
        return listed.name[employer] == name

    def _answer(self, facts: dict[str, Fact]) -> dict[str, dict[str, object]]:
        key = tuple(facts.values())
        if key not in self._answers:
            decisions = self._engine.derive({**facts, "past_latest_date": True, "accredited": False})
            self._answers[key] = {name: dict(found.answer) for name, found in decisions.items()}
        return self._answers[key]


def months_later(day: int, months: int) -> int:
    """The same day of the month some months later, or the last day of a shorter month."""
    when = date_of(day)
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return day_of(date(year, month + 1, min(when.day, monthrange(year, month + 1)[1])))


def _after(starts: dict[str, int], start: object, months: object) -> int | None:
    """The day so many months after one of a worker's starts, or nothing where the rules name none."""
    if str(start) not in starts:
        return None
    return months_later(starts[str(start)], int(cast(int, months or 0)))
