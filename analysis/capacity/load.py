"""Load before a run: sittings that will be wanted against seats that can be used, and a warning in words.

A sum on averages, made in a moment and without a simulation. It knows no queue and no chance; it tells
whether a scenario can work at all. A load above one cannot work, however the queue is run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.assumed import assumed
from analysis.capacity.plans import kept
from simulation.calendar import date_of, day_of
from simulation.capacity import VENUES
from simulation.codes import STATUSES
from simulation.hazards import EMPLOYED, PUBLISHED_MEAN_HEADCOUNT, YEAR
from simulation.inputs import Inputs, PlainScheme
from simulation.neighbours import neighbours
from simulation.parameters import Parameters
from simulation.policy import MANDATORY, REQUIREMENTS
from simulation.prepared import Prepared
from simulation.replicate import prepare

Floats = NDArray[np.float64]

TIGHT: Final = 0.9
"""Load from which waits grow long, whatever the average says."""

TOO_MUCH: Final = 1.0

_LEADER: Final = STATUSES.index("leader")
_PARTS: Final = 10
"""Equal parts of those who come forward, by how long they take to."""

_OCCASIONS: Final = 20
"""Times that somebody of a scheme from scratch asks to be endorsed, at most, in this sum."""


@dataclass(frozen=True)
class VenueLoad:
    """One venue: sittings wanted within the period and seats that can be used, and the one over the other.

    `load` is infinite where sittings are wanted and there is no seat, NaN where none are wanted.
    """

    venue: str
    wanted: float
    seats: float
    load: float

    def to_dict(self) -> dict[str, object]:
        """The load as plain data."""
        return {
            "venue": self.venue,
            "sittings_wanted": self.wanted,
            "usable_seats": self.seats,
            "load": self.load,
        }


@dataclass(frozen=True)
class LoadCheck:
    """The load of every venue."""

    venues: tuple[VenueLoad, ...]
    until: str

    @property
    def works(self) -> bool:
        """Whether no venue has more to do than it can."""
        return not any(venue.load > TOO_MUCH for venue in self.venues)

    def warnings(self) -> list[str]:
        """What cannot work, in sentences; nothing where all is well."""
        none = [venue.venue for venue in self.venues if math.isinf(venue.load)]
        over = [venue for venue in self.venues if TOO_MUCH < venue.load < math.inf]
        tight = [venue.venue for venue in self.venues if TIGHT < venue.load <= TOO_MUCH]
        said = []
        if none:
            said.append(f"this cannot work: people are called and there is no seat in {', '.join(none)}")
        if over:
            worst = sorted(over, key=lambda venue: -venue.load)
            each = ", ".join(
                f"{venue.venue} (about {venue.wanted:,.0f} sittings for {venue.seats:,.0f} usable seats, "
                f"load {venue.load:.2f})"
                for venue in worst[:3]
            )
            more = f" and {len(over) - 3} more" if len(over) > 3 else ""
            said.append(
                f"on averages, before any run, more sittings are wanted by {self.until} than the seats of "
                f"the whole time can hold: {each}{more}"
            )
        if tight:
            said.append(f"seats are tight, and waits will be long, in {', '.join(tight)}")
        return said

    def to_dict(self) -> dict[str, object]:
        """The check as plain data."""
        return {
            "until": self.until,
            "venues": [venue.to_dict() for venue in self.venues],
            "warnings": self.warnings(),
        }


def check_load(inputs: Inputs, taken: Parameters | None = None) -> LoadCheck:
    """The load of each venue of an arm, with what is `taken` for granted, if not the usual."""
    prepared = prepare(inputs)
    if isinstance(prepared, Prepared):
        names: tuple[str, ...] = VENUES
        usable = prepared.seats.planned[:, prepared.start :].sum(axis=1) * kept(inputs)
        willing = inputs.parameters.value("overflow.share")
        wanted = _moved(_wanted(prepared, taken or assumed()), usable, willing)
    else:
        scheme = prepared.scheme
        names = tuple(name for name, _ in scheme.regions)
        share = np.array([part for _, part in scheme.regions])
        each = _wanted_each(scheme, prepared.start, prepared.until)
        wanted = prepared.workforce.size * share / share.sum() * each
        usable = np.array(prepared.seats) * len(prepared.open_days) * kept(inputs)
    loads = np.full(len(names), np.nan)
    np.divide(wanted, usable, out=loads, where=usable > 0)
    loads[(usable == 0) & (wanted >= 1)] = np.inf
    rows = zip(names, wanted.tolist(), usable.tolist(), loads.tolist(), strict=True)
    last = date_of(day_of(inputs.until))
    return LoadCheck(tuple(VenueLoad(*row) for row in rows), f"{last.day} {last:%B %Y}")


def _moved(wanted: Floats, usable: Floats, willing: float) -> Floats:
    """Sittings wanted by venue once those who would travel have the seats that neighbouring regions spare."""
    found = wanted.copy()
    spare = np.maximum(usable - wanted, 0)
    for home, near in enumerate(neighbours()):
        going = max(wanted[home] - usable[home], 0) * willing
        for other in near:
            goes = min(going, spare[other])
            found[home] -= goes
            found[other] += goes
            spare[other] -= goes
            going -= goes
    return found


def _wanted_each(scheme: PlainScheme, start: int, until: int) -> float:
    """Sittings that one person of a scheme from scratch wants by the end, on average, with one retake."""
    first = max(day_of(scheme.eligible_first), start)
    span = max(day_of(scheme.eligible_last) - first + 1, 1)
    eligible = first + span * (np.arange(_PARTS) + 0.5) / _PARTS
    failing = 1 - math.prod(scheme.pass_probability) if scheme.attempts != 1 else 0.0
    narrow, full = scheme.narrow_wait.mean, scheme.full_wait.mean
    later = scheme.result.mean + scheme.narrow_share * narrow + (1 - scheme.narrow_share) * full
    joins = eligible + scheme.preparation.mean + scheme.endorsement.mean
    again = max(scheme.endorsement_retry.mean, 1) + scheme.endorsement.mean
    sittings, asking = 0.0, 1.0
    for _ in range(_OCCASIONS):
        for after, part in ((0.0, 1.0), (later, failing)):
            day = joins + after
            there = np.exp(-scheme.leaving_rate * (day - start) / YEAR) * (day <= until)
            sittings += asking * scheme.endorsement_probability * part * float(there.mean())
        asking *= 1 - scheme.endorsement_probability
        joins = joins + again
    return sittings


def _wanted(prepared: Prepared, taken: Parameters) -> Floats:
    """Sittings wanted by venue: who comes forward in time and is still there, with a share of retakes."""
    parameters, people, standing = prepared.inputs.parameters, prepared.workforce, prepared.standing
    willing = np.array([0.0, *(parameters.value(f"take_up.{kind}") for kind in REQUIREMENTS[1:])])
    delay, lead = parameters.duration("take_up.delay"), parameters.duration("take_up.deadline_lead")
    retake_after = taken.value("load.retake_after")
    preparing = parameters.duration("preparation.elapsed").mean + taken.value("load.endorsed_after")
    employed = parameters.value("leaving.annual_headcount") / PUBLISHED_MEAN_HEADCOUNT
    rate = np.where(people.contract == EMPLOYED, employed, parameters.value("agency.leaving_rate"))
    forced = standing.requirement == MANDATORY
    effect = [parameters.value(f"leaving.awaiting_{force}") for force in ("voluntary", "mandatory")]
    rate = rate * np.where(forced, effect[1], effect[0])
    fails = 1 - math.prod(
        parameters.value(f"element.{name}") for name in ("knowledge", "simulated", "written")
    )
    again = fails * np.exp(-rate * retake_after / YEAR)
    eligible = prepared.eligible.astype(np.float64)
    pressed = np.maximum(eligible, prepared.latest - lead.mean)
    share = np.where(standing.status > 0, willing[standing.requirement], 0.0)
    sittings = np.zeros(people.size)
    for waited in delay.days((np.arange(_PARTS) + 0.5) / _PARTS).tolist():
        forward = eligible + waited
        queued = np.where(forced, np.minimum(forward, pressed), forward) + preparing
        there = np.exp(-rate * np.maximum(queued - people.joins, 0) / YEAR)
        late = queued + retake_after > prepared.until
        part = there * np.where(late, 1.0, 1.0 + again)
        sittings += np.where(queued <= prepared.until, share * part / _PARTS, 0.0)
    region = people.employers.region.astype(np.int64)[people.employer]
    venue = np.where(standing.status == _LEADER, len(VENUES) - 1, region)
    return np.bincount(venue, sittings, len(VENUES)).astype(np.float64)
