"""Everything about the seats of one arm: what a planner looks at first."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.board import Cell, board
from analysis.capacity.clearance import Clearance, clearance
from analysis.capacity.explosive import HALF_YEAR, Explosive, explosive
from analysis.capacity.figures import Figure, figure, over
from analysis.capacity.offered import FREE_SHARE, offered_waits
from analysis.capacity.rosters import Circuits, Roster, circuits, roster
from analysis.capacity.stored import Stored
from analysis.capacity.travel import Travel, Trip, distances, travel, trips
from analysis.capacity.waits import TARGET_DAYS, Waits, waits

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

ALL = "all venues"


@dataclass(frozen=True)
class Venue:
    """One venue, or all of them, over the whole time.

    `offered_weeks` is the longest wait offered at any week's end, by the rule of a tenth free, with seats
    after the end as in the last half-year; `unbounded` is the share of futures in which at some time no wait
    could be offered at all. `worst` is the cell with the
    highest load, None for all venues together.
    """

    name: str
    demand: dict[str, Figure]
    seats: dict[str, Figure]
    lost: dict[str, Figure]
    utilisation: Figure
    peak_waiting: Figure
    waits: Waits
    first_waits: Waits
    retake_waits: Waits
    offered_weeks: Figure
    unbounded: float
    clearance: Clearance | None
    sent: Figure
    received: Figure
    roster: Roster
    worst: Cell | None

    def to_dict(self) -> dict[str, object]:
        """The venue as plain data."""
        return {
            "venue": self.name,
            "demand": {name: found.to_dict() for name, found in self.demand.items()},
            "seats": {name: found.to_dict() for name, found in self.seats.items()},
            "lost": {name: found.to_dict() for name, found in self.lost.items()},
            "utilisation": self.utilisation.to_dict(),
            "peak_waiting": self.peak_waiting.to_dict(),
            "wait_days": self.waits.to_dict(),
            "wait_days_first": self.first_waits.to_dict(),
            "wait_days_retake": self.retake_waits.to_dict(),
            "longest_wait_offered_weeks": self.offered_weeks.to_dict(),
            "no_wait_could_be_offered_in_share_of_futures": self.unbounded,
            "clearance": self.clearance and self.clearance.to_dict(),
            "sat_elsewhere": self.sent.to_dict(),
            "sat_here_from_elsewhere": self.received.to_dict(),
            "roster": self.roster.to_dict(),
            "worst": self.worst and self.worst.to_dict(),
        }


@dataclass(frozen=True)
class Showing:
    """The seats of one arm: cells for a heat map, a card for each venue, and travel."""

    name: str
    unit: str
    futures: int
    target: int
    periods: tuple[str, ...]
    cells: tuple[Cell, ...]
    venues: tuple[Venue, ...]
    travel: Travel | None
    travel_by_region: dict[str, Travel]
    trips: tuple[Trip, ...]
    explosive: tuple[Explosive, ...]

    def venue(self, name: str) -> Venue:
        """The card of one venue. Raises KeyError for a name that is not there."""
        try:
            return next(venue for venue in self.venues if venue.name == name)
        except StopIteration:
            raise KeyError(name) from None

    def row(self, venue: str) -> tuple[Cell, ...]:
        """The cells of one venue in order of time."""
        return tuple(cell for cell in self.cells if cell.venue == venue)

    def worst_first(self) -> Showing:
        """The same with the venues in order of their worst load, those first where nothing was ever open."""

        def load(venue: Venue) -> float:
            found = venue.worst.load.mean if venue.worst else np.nan
            return np.inf if np.isnan(found) else found

        everything, *each = self.venues
        return replace(self, venues=(everything, *sorted(each, key=load, reverse=True)))

    def to_dict(self) -> dict[str, object]:
        """Everything as plain data."""
        return {
            "scenario": self.name,
            "by": self.unit,
            "replications": self.futures,
            "target_days": self.target,
            "venues": [venue.to_dict() for venue in self.venues],
            "cells": [cell.to_dict() for cell in self.cells],
            "travel": self.travel and self.travel.to_dict(),
            "travel_by_region": {name: found.to_dict() for name, found in self.travel_by_region.items()},
            "trips": [trip.to_dict() for trip in self.trips],
            "queues_out_of_control": [queue.to_dict() for queue in self.explosive],
        }


def showing(
    stored: Stored, unit: str = "month", target: int = TARGET_DAYS, travelled: bool = True
) -> Showing:
    """Reckon everything from what is stored; travel only if it is asked for."""
    cells = board(stored, unit)
    rows = {name: [cell for cell in cells if cell.venue == name] for name in stored.venues}
    offered, rostered = longest_waits(stored), circuits(stored)
    cards = [_venue(stored, ALL, list(range(len(stored.venues))), None, offered, rostered, target)]
    for venue, name in enumerate(stored.venues):
        cards.append(_venue(stored, name, [venue], _worst(rows[name]), offered, rostered, target))
    mapped = travelled and stored.inputs.plain is None
    miles = distances(stored) if mapped else None
    return Showing(
        stored.name,
        unit,
        stored.futures,
        target,
        stored.named(unit),
        cells,
        tuple(cards),
        travel(stored, None, miles) if mapped else None,
        {name: travel(stored, place, miles) for place, name in enumerate(stored.regions)} if mapped else {},
        trips(stored, miles) if mapped else (),
        explosive(stored.flows, stored.venues),
    )


def _venue(
    stored: Stored,
    name: str,
    venues: list[int],
    worst: Cell | None,
    waits_offered: Floats,
    rostered: Circuits,
    target: int,
) -> Venue:
    def total(flow: str) -> Figure:
        return figure(stored.of(flow)[..., venues].sum(axis=(1, 2)))

    one = venues[0] if len(venues) == 1 else None
    offered = stored.of("offered")[..., venues].sum(axis=(1, 2))
    used = stored.used[..., venues].sum(axis=(1, 2))
    longest = waits_offered[:, venues].max(axis=1)
    demand = {
        "first sittings": total("joined_first"),
        "retakes": total("joined_retake"),
        "left": total("gone"),
    }
    seats = {
        "offered": figure(offered),
        "used": figure(used),
        "used, first sittings": total("used_first"),
        "used, retakes": total("used_retake"),
        "lost": figure(offered - used),
        "filled from the standby list": total("standby"),
        "lost to closure, not offered": figure([stored.shut[:, venues].sum()]),
    }
    return Venue(
        name=name,
        demand=demand,
        seats=seats,
        lost={why: figure(found[..., venues].sum(axis=(1, 2))) for why, found in stored.lost.items()},
        utilisation=figure(over(used, offered)),
        peak_waiting=figure(stored.of("waiting")[..., venues].sum(axis=2).max(axis=1)),
        waits=waits(stored, one, None, target),
        first_waits=waits(stored, one, False, target),
        retake_waits=waits(stored, one, True, target),
        offered_weeks=figure(np.where(np.isinf(longest), np.nan, longest)),
        unbounded=float(np.isinf(longest).mean()),
        clearance=None if one is None else clearance(stored, one, target),
        sent=total("sent"),
        received=total("received"),
        roster=roster(stored, rostered, venues),
        worst=worst,
    )


def longest_waits(stored: Stored) -> Floats:
    """The longest wait offered at any week's end [future, venue], in weeks; none where nobody waits."""
    waiting = stored.of("waiting")
    found = np.zeros((stored.futures, len(stored.venues)))
    for future, venue in np.ndindex(found.shape):
        queue, seats = waiting[future, :, venue], stored.open[future, :, venue]
        if seats.any():
            found[future, venue] = longest_wait(queue, seats)
        elif queue.any():
            found[future, venue] = np.inf
    return found


def longest_wait(waiting: Ints, seats: Ints) -> float:
    """The longest wait offered in weeks, from the first week with seats to the last but one.

    Near the end of the period the weeks that follow are too few to tell a wait: there the seats after the end
    are taken to be those of the last half-year on average, so that a queue which outgrows its seats is not
    left out. Infinite where no seats were open in the last half-year, and people wait.
    """
    begun, last = np.flatnonzero(seats)[[0, -1]]
    weeks = offered_waits(waiting, seats)[begun:last]
    untold = begun + np.flatnonzero(np.isinf(weeks))
    longest = float(weeks[np.isfinite(weeks)].max(initial=0))
    if not len(untold):
        return longest
    usual = float(seats[-HALF_YEAR:].mean())
    if not usual:
        return float("inf")
    left = waiting[untold] - (seats.sum() - np.cumsum(seats)[untold])
    after = np.maximum(np.ceil(left / usual + FREE_SHARE), 1)
    return max(longest, float((len(seats) - 1 - untold + after).max()))


def _worst(row: list[Cell]) -> Cell:
    loads = [cell.load.mean for cell in row]
    return row[int(np.nanargmax(loads)) if not np.isnan(loads).all() else 0]
