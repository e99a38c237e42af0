"""Assessment centres fill the week's seats in order of endorsement, within what employers can release.

Each week an employer can release a limited number of people. Of those released, the longest endorsed take the
venue's seats. What kept the others waiting is recorded for each employer and round: release, where the
employer had no one left to spare; closure, where the venue was shut; seats otherwise.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulation.authorities import in_turn
from simulation.capacity import VENUES
from simulation.journal import Event
from simulation.policy import FAR
from simulation.stages import Stage
from simulation.state import LEADER
from simulation.world import World

Ints = NDArray[np.int64]

LEADERS_VENUE = len(VENUES) - 1


class Binding(IntEnum):
    """What kept an employer's endorsed workers from a seat in a round."""

    SEATS = 0
    RELEASE = 1
    CLOSED = 2


class Centres:
    """Books seats and holds sittings. `offered` and `absent` count seats by venue and day."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state
        prepared, parameters = world.prepared, world.prepared.inputs.parameters
        planned = prepared.seats.planned
        absence = parameters.value("centre.assessor_absence")
        days = planned.shape[1]
        chance = np.vstack([world.draws.days(f"assessor absence {venue}", days) for venue in VENUES])
        self.offered: Ints = planned
        self.absent: Ints = np.where(chance < absence, planned, 0)
        self._lay_out_seats()
        self.binding = np.zeros((len(prepared.rounds), len(prepared.headcount)), dtype=np.int8)
        self._round = 0
        share = parameters.value("release.weekly_share")
        self._releases = np.maximum(np.floor(prepared.headcount * share + 1e-9).astype(np.int64), 1)
        self._region = prepared.workforce.employers.region.astype(np.int64)
        self._cancel = parameters.value("centre.late_cancellation")
        self._no_show = parameters.value("centre.no_show")
        self._result = parameters.duration("result.elapsed")

    def act(self) -> None:
        """Fill the seats from today to the day before the next round."""
        number = self._round
        self._round += 1
        state = self._state
        waiting = state.at(Stage.AWAITING_SEAT)
        waiting = waiting[state.interrupted[waiting] > self._world.today]
        if not len(waiting):
            return
        queue, rank = in_turn(state.employer[waiting], state.queued[waiting], waiting)
        released = np.sort(queue[rank < self._releases[state.employer[queue]]])
        venue = self._venue(released)
        ordered, place = in_turn(venue, state.queued[released], released)
        venue = self._venue(ordered)
        seated = place < self._counts[number][venue]
        chosen, venue = ordered[seated], venue[seated]
        self._note_binding(number, chosen)
        if len(chosen):
            self._hold(chosen, self._seat_days[self._starts[number][venue] + place[seated]], venue)

    def _venue(self, workers: Ints) -> Ints:
        return np.where(
            self._state.status[workers] == LEADER, LEADERS_VENUE, self._region[self._state.employer[workers]]
        )

    def _lay_out_seats(self) -> None:
        """List the day of every open seat by venue; where each round's begin, and how many."""
        seats = self.offered - self.absent
        days = np.arange(seats.shape[1])
        self._seat_days = np.repeat(np.tile(days, len(seats)), seats.ravel())
        before = np.concatenate([[0], np.cumsum(seats.ravel())])
        rounds = np.array(self._world.prepared.rounds)
        venue = np.arange(len(seats)) * seats.shape[1]
        edges = before[np.minimum(rounds, seats.shape[1])[:, None] + venue]
        self._starts, self._counts = edges, np.diff(edges, axis=0)
        closed, offered = self._world.prepared.seats.closed, self.offered
        weeks = [slice(first, past) for first, past in pairwise(rounds.tolist())]
        shut = [closed[:, week].any(axis=1) & ~offered[:, week].any(axis=1) for week in weeks]
        self._shut: NDArray[np.bool_] = np.vstack(shut)

    def _note_binding(self, number: int, chosen: Ints) -> None:
        used = np.bincount(self._state.employer[chosen], minlength=len(self._releases))
        binding = np.where(self._shut[number, self._region], Binding.CLOSED, Binding.SEATS)
        self.binding[number] = np.where(used >= self._releases, Binding.RELEASE, binding)

    def _hold(self, workers: Ints, days: Ints, venues: Ints) -> None:
        state, world = self._state, self._world
        world.record(Event.BOOKED, workers, world.today, venues)
        occasions = state.booked[workers]
        state.booked[workers] += 1
        present = state.interrupted[workers] > days
        cancels = present & (world.draws.at("late cancellation", workers, occasions) < self._cancel)
        absent = present & ~cancels & (world.draws.at("no-show", workers, occasions) < self._no_show)
        for missed, event in ((cancels, Event.CANCELLED), (absent, Event.NO_SHOW)):
            world.record(event, workers[missed], days[missed], venues[missed])
            state.queued[workers[missed]] = days[missed]
        sits = present & ~cancels & ~absent
        sitting, sat_on = workers[sits], days[sits]
        world.record(Event.SAT, sitting, sat_on, state.pending[sitting] | (venues[sits] << 4))
        wait = self._result.days(world.draws.at("result", sitting, state.sat[sitting]))
        state.enter(sitting, Stage.AWAITING_RESULT, sat_on + np.maximum(wait, 1))
        state.queued[sitting] = FAR
