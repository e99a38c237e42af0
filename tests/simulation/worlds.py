"""Worlds for the proofs: small enough to run often, and a second, slow reading of their journals.

`replay` reads a journal one event at a time, in plain Python and in words, so that the counts of the
simulation are held against something that shares none of its arrays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rules.levers import Levers
from scenarios.loader import load_scenario
from scenarios.settings import changed
from simulation.calendar import day_of
from simulation.inputs import CapacityPeriod, Inputs, PlainScheme
from simulation.journal import Event, codes_of, days_of, events, workers_of
from simulation.parameters import Parameters
from simulation.replicate import Outcome, prepare, replicate, simulate
from simulation.replication import Replication

AMPLE = (CapacityPeriod("all", date(2016, 10, 1), date(2026, 12, 31), 5_000),)
"""More seats than anyone could fill, from the first day to the last."""

SLACK = ("release.weekly_share=1", "endorsement.per_manager_week=1000")
"""Employers that can release everyone and endorse everyone in any week."""

INDIFFERENT = (
    *(
        f"leaving.{state}_{force}=1"
        for state in ("awaiting", "failed")
        for force in ("voluntary", "mandatory")
    ),
    *("leaving.over_55_voluntary=1", "leaving.over_55_mandatory=1", "leaving.accredited_mandatory=1"),
)
"""Nobody leaves sooner or later because of the scheme."""

STAYING = ("leaving.annual_headcount=0", "agency.leaving_rate=0")
"""Nobody leaves, and nobody moves."""


@lru_cache(maxsize=64)
def arm(
    name: str,
    *settings: str,
    scale: float = 0.02,
    seed: int = 2017,
    until: date | None = None,
    ample: bool = False,
) -> Inputs:
    """A scenario of the library with settings, small, with ample seats if so wished."""
    last = {setting.split("=")[0]: setting for setting in settings}  # a later setting replaces an earlier
    inputs = changed(load_scenario(name), list(last.values())).inputs(seed=seed, scale=scale, until=until)
    return replace(inputs, centres=AMPLE) if ample else inputs


@lru_cache(maxsize=64)
def future(
    name: str,
    *settings: str,
    scale: float = 0.02,
    seed: int = 2017,
    until: date | None = None,
    ample: bool = False,
    replication: int = 0,
) -> Replication:
    """One replication of `arm`, not measured."""
    inputs = arm(name, *settings, scale=scale, seed=seed, until=until, ample=ample)
    return simulate(prepare(inputs), replication)


@lru_cache(maxsize=64)
def outcome(
    name: str,
    *settings: str,
    scale: float = 0.02,
    seed: int = 2017,
    until: date | None = None,
    replication: int = 0,
) -> Outcome:
    """One replication of `arm`, with its timeline, its gap and its measures."""
    return replicate(prepare(arm(name, *settings, scale=scale, seed=seed, until=until)), replication)


def plain(scheme: PlainScheme, start: date, until: date, seed: int = 7) -> Inputs:
    """A scheme from scratch between two dates."""
    return Inputs(Levers(), Parameters.shipped(), start=start, until=until, plain=scheme, seed=seed)


def run(inputs: Inputs, replication: int = 0) -> Replication:
    """One replication, not measured."""
    return simulate(prepare(inputs), replication)


def lives_of(replication: Replication) -> dict[int, list[tuple[int, str, int]]]:
    """Every worker's events as (day, event, detail), in order."""
    lives: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for day, _, worker, event, detail in events(replication.journal):
        lives[worker].append((day, event, detail))
    return lives


def days_of_event(replication: Replication, event: str) -> dict[int, list[int]]:
    """The days on which each worker had an event of one kind."""
    journal = replication.journal
    rows = journal[codes_of(journal) == Event[event.upper()]]
    found: dict[int, list[int]] = defaultdict(list)
    for worker, day in zip(workers_of(rows).tolist(), days_of(rows).tolist(), strict=True):
        found[worker].append(day)
    return found


STAGE_AFTER = {
    "joined": "out of scope",
    "promoted": "out of scope",
    "in_scope": "in scope",
    "eligible": "eligible",
    "put_forward": "preparing",
    "prepared": "awaiting endorsement",
    "endorsed": "awaiting seat",
    "not_endorsed": "developing",
    "sat": "awaiting result",
    "review_requested": "in review",
    "retake_planned": "developing",
    "accredited": "accredited",
    "renewal_due": "preparing",
    "renewed": "accredited",
    "stopped": "stopped",
    "left": "left",
}
"""Where each event leaves a worker, said again in words; any other event changes no stage."""

STAGES = (
    *("not joined", "out of scope", "in scope", "eligible", "preparing", "awaiting endorsement"),
    *("developing", "awaiting seat", "awaiting result", "in review", "accredited", "stopped", "left"),
)


@dataclass
class Person:
    """Where one worker stands."""

    employer: int
    stage: str = "not joined"
    status: int = 0
    accredited: bool = False
    restricted: bool = False

    def take(self, event: str, detail: int) -> None:
        """Let one event have its effect."""
        self.stage = STAGE_AFTER.get(event, self.stage)
        if event == "moved":
            self.employer = detail
        elif event == "in_scope":
            self.status = detail
        elif event in ("accredited", "renewed"):
            self.accredited = True
        elif event == "result" and detail >> 4 & 0xF:
            self.accredited = False
        elif event == "promoted":
            self.status, self.accredited = 0, False
        elif event == "restricted":
            self.restricted = True
        elif event == "restored":
            self.restricted = False
        elif event == "left":
            self.accredited = self.restricted = False

    @property
    def present(self) -> bool:
        return self.stage not in ("not joined", "left")


def replay(replication: Replication, days: list[int]) -> Iterator[tuple[int, list[Person]]]:
    """Everyone at the end of each of `days`, in order of day. The list is the same one, moved on."""
    people = [Person(int(employer)) for employer in replication.workforce.employer]
    stream = events(replication.journal)
    waiting = next(stream, None)
    for last in sorted(days):
        while waiting is not None and waiting[0] <= last:
            _, _, worker, event, detail = waiting
            people[worker].take(event, detail)
            waiting = next(stream, None)
        yield last, people


def on(year: int, month: int, day: int) -> int:
    """The number of a date's day."""
    return day_of(date(year, month, day))
