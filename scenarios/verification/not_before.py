"""Synchronisation (a): before the first day on which two policies differ, their journals are identical."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from scenarios.verification.check import Broken, Check, Found, Setting, tried
from scenarios.verification.parting import parting
from scenarios.verification.policies import START, UNTIL, random_policy
from simulation.calendar import add_months, day_of
from simulation.inputs import CapacityPeriod, Closure, Inputs, SiteWave
from simulation.journal import before
from simulation.prepared import prepare_rollout
from simulation.world import run_world


def _run(setting: Setting) -> Found:
    def one(case: int) -> str:
        base = random_policy(setting, case)
        other, what, from_day = _changed(base, Random(f"not before {setting.seed} {case}"))
        first, second = (run_world(prepare_rollout(inputs), case).journal for inputs in (base, other))
        said = parting(before(first, from_day), before(second, from_day), ("the policy", "the other policy"))
        if said:
            raise Broken(f"{what}, yet {said}")
        return "differs" if first.tobytes() != second.tobytes() else "same"

    return tried(setting.cases, one, lambda words: f"{words.count('differs')} differed later")


def _changed(base: Inputs, chance: Random) -> tuple[Inputs, str, int]:
    """The arm with one thing that differs from a day on, in words, and that day."""
    day = START + timedelta(chance.randrange(200, 1_000))
    kind = chance.randrange(4)
    if kind == 0:
        closure = Closure("all", day, UNTIL)
        changed = replace(base, closures=(*base.closures, closure))
        return changed, f"centres close on {day}", _week(day)
    if kind == 1:
        seats = CapacityPeriod("all", day, UNTIL, round(5 / base.scale))
        changed = replace(base, centres=(*base.centres, seats))
        return changed, f"seats are added on {day}", _week(day)
    if kind == 2 and base.levers["q9"] == "none":
        levers = base.levers.patched({"q9": "assessment", "q9.years": 1})
        # Nobody is accredited before the scheme begins, so nothing falls due before a year of it is over.
        return replace(base, levers=levers), "accreditation is renewed", _year_later(base.start)
    if base.sites:
        wave = SiteWave(day, ("all",))
        return replace(base, sites=(*base.sites, wave)), f"every authority joins on {day}", day_of(day)
    one_to, old, two_to = (_date(base, f"phase.{name}") for name in ("one_to", "two_from", "two_to"))
    new = one_to + timedelta(chance.randint(0, (two_to - one_to).days))
    levers = base.levers.patched({"phase.two_from": new})
    changed = replace(base, levers=levers)
    return changed, f"phase two begins on {new}, not on {old}", day_of(min(old, new))


def _week(day: date) -> int:
    """A week's seats are booked on its first working day."""
    return day_of(day - timedelta(day.weekday()))


def _year_later(day: date) -> int:
    import numpy as np

    return int(add_months(np.array([day_of(day)]), 12)[0])


def _date(inputs: Inputs, name: str) -> date:
    found = inputs.levers[name]
    if not isinstance(found, date):
        raise TypeError(name)
    return found


NOT_BEFORE = Check(
    "not-before",
    "Nothing differs before the first day on which two policies do",
    "Two policies share every random draw: until their first difference, journals match byte for byte.",
    _run,
)
