"""Everything that one simulation is a function of, besides the number of the replication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rules.levers import Levers
from simulation.durations import Duration, fixed
from simulation.parameters import Parameters

SITE_GROUPS: Final = ("phase_one_2016", "naas_phase1_2018", "naas_phase2", "all")
"""Named groups of authorities that a wave of sites may call besides authorities by name."""


@dataclass(frozen=True)
class CapacityPeriod:
    """Assessment seats of a region, or of one centre in it, between two dates, both included.

    `seats_per_day` on each of `days_per_week` working days, counted from Monday, or on the working days among
    `opening_days` (0 is Monday, 4 is Friday). Periods of one region add up. Capacity that was `decided` on a
    day has its first seat no earlier than `lead_weeks` after it, or the parameter `centre.lead_weeks` where
    that is not given. What made up the seats is told where it is known: `centre` by its id, the `authority`
    in whose area it stands, `circuits` and `sessions_per_day` (0: not told).
    """

    region: str
    first: date
    last: date
    seats_per_day: int
    days_per_week: int = 5
    opening_days: tuple[int, ...] = ()
    decided: date | None = None
    lead_weeks: int | None = None
    centre: str = ""
    authority: str = ""
    circuits: int = 0
    sessions_per_day: int = 0

    @property
    def seats_per_week(self) -> int:
        """Seats of a week without bank holidays."""
        return self.seats_per_day * (len(self.opening_days) or self.days_per_week)


@dataclass(frozen=True)
class Closure:
    """Days, both included, on which the centres of a region ("all" for every region) do not open.

    With the id of a `centre` only that one stays shut.
    """

    region: str
    first: date
    last: date
    centre: str = ""


@dataclass(frozen=True)
class SiteWave:
    """Employers that take part from a date on, by name or by the name of a group in `SITE_GROUPS`."""

    joins: date
    employers: tuple[str, ...]


@dataclass(frozen=True)
class PlainScheme:
    """A scheme from scratch: people, seats and probabilities, with no careers and no authorities.

    Eligibility days are uniform between two dates; durations are in days; probabilities ignore ability.
    `attempts` of 0 means no limit. `leaving_rate` is a constant annual hazard.
    """

    count: int
    regions: tuple[tuple[str, float], ...]
    eligible_first: date
    eligible_last: date
    seats: tuple[tuple[str, int], ...]
    preparation: Duration = fixed(0)
    endorsement: Duration = fixed(0)
    endorsement_probability: float = 1.0
    endorsement_retry: Duration = fixed(90)
    pass_probability: tuple[float, float, float] = (1.0, 1.0, 1.0)
    narrow_share: float = 0.0
    narrow_wait: Duration = fixed(90)
    full_wait: Duration = fixed(365)
    result: Duration = fixed(0)
    attempts: int = 0
    leaving_rate: float = 0.0
    no_show: float = 0.0


@dataclass(frozen=True)
class Inputs:
    """One arm of an experiment. Frozen and hashable by content, so that preparation is done once."""

    levers: Levers
    parameters: Parameters
    start: date = date(2017, 1, 1)
    until: date = date(2021, 12, 31)
    scale: float = 1.0
    workforce_file: Path | None = None
    centres: tuple[CapacityPeriod, ...] = ()
    closures: tuple[Closure, ...] = ()
    sites: tuple[SiteWave, ...] = ()
    plain: PlainScheme | None = None
    seed: int = 2017
