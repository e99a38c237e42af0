"""Who has to be there: days of actors, assessors and facilitators for the seats that are offered.

A circuit has as many seats in a day as the scenario's centre gives it: its sessions, times the candidates of
each. Where a scenario tells seats and no circuits, a circuit has the seats of the layout that costs are
reckoned with. Who works in a circuit comes from that layout always.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure
from analysis.capacity.stored import Stored
from analysis.cost_case import CostCase
from simulation.calendar import day_of
from simulation.capacity import Part, first_day

Floats = NDArray[np.float64]

STAFF: Final = ("actors", "assessors", "facilitators")


@dataclass(frozen=True)
class Layout:
    """What a circuit is: its seats in a day (one a session), and who works in it."""

    sessions: int
    staff: dict[str, float]

    @classmethod
    def shipped(cls) -> Layout:
        """The layout that costs are reckoned with."""
        case = CostCase.default()
        staff = {name: case.value(f"layout.{name}") for name in STAFF}
        return cls(round(case.value("layout.sessions")), staff)


@dataclass(frozen=True)
class Circuits:
    """Days of circuits by venue, over the whole time, and those of them whose seats a day are assumed."""

    layout: Layout
    days: Floats
    assumed: Floats


@dataclass(frozen=True)
class Roster:
    """Days of circuits, and of the people who work in them, for one venue or all over the whole time.

    `assumed` is the share of the days of circuits for which the scenario tells seats and no circuits, so that
    each is taken to have `seats` of them; NaN where no seats are offered.
    """

    circuit_days: Figure
    days: dict[str, Figure]
    seats: int
    assumed: float

    def to_dict(self) -> dict[str, object]:
        """The roster as plain data."""
        return {
            "circuit_days": self.circuit_days.to_dict(),
            **{f"{name}_days": found.to_dict() for name, found in self.days.items()},
            "seats_of_a_circuit_assumed": self.seats,
            "assumed_in_share_of_circuit_days": self.assumed,
        }


def circuits(stored: Stored) -> Circuits:
    """The days of circuits that the seats of every venue need."""
    layout = Layout.shipped()
    if stored.inputs.plain is not None:
        days = stored.of("offered")[0].sum(axis=0) / layout.sessions  # the same in every future
        return Circuits(layout, days, days)
    found, assumed = np.zeros((2, len(stored.venues)))
    inside = stored.week_of(np.arange(stored.until + 1)) >= 0
    for part in stored.plan.parts:
        told = _seats_of_a_circuit(stored, part)
        days = part.planned / np.where(told > 0, told, layout.sessions)
        found[part.venue] += days[inside].sum()
        assumed[part.venue] += days[inside & (told == 0)].sum()
    return Circuits(layout, found, assumed)


def _seats_of_a_circuit(stored: Stored, part: Part) -> Floats:
    """Seats of a circuit of a centre on each day, as the scenario has them; zero where it does not say."""
    told = np.zeros(stored.until + 1)
    for period in stored.inputs.centres:
        if period.circuits and (period.region, period.centre) == (stored.venues[part.venue], part.centre):
            first = max(day_of(first_day(period, stored.inputs.parameters)), 0)
            told[first : day_of(period.last) + 1] = period.seats_per_day / period.circuits
    return told


def roster(stored: Stored, found: Circuits, venues: list[int]) -> Roster:
    """Days worked at these venues; staff come for every seat that is rostered, used or not."""
    days, assumed = (float(of[venues].sum()) for of in (found.days, found.assumed))
    each = {name: _in_all(stored, days * count) for name, count in found.layout.staff.items()}
    share = assumed / days if days else np.nan
    return Roster(_in_all(stored, days), each, found.layout.sessions, share)


def _in_all(stored: Stored, amount: float) -> Figure:
    """The figure of what is the same in all futures, since seats are rostered by the plan."""
    return figure(np.full(stored.futures, amount))
