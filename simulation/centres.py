"""Assessment centres fill the week's seats in order of endorsement, within what employers can release.

Each week an employer can release a limited number of people. Of those released, the longest endorsed take the
venue's seats. What kept the others waiting is recorded for each employer and round: release, where the
employer had no one left to spare; closure, where the venue was shut; seats otherwise.
"""

from __future__ import annotations

from enum import IntEnum

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
        self._open = self.offered - self.absent
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
        state, world = self._state, self._world
        waiting = state.at(Stage.AWAITING_SEAT)
        if not len(waiting):
            return
        days, venues, starts, counts = self._seats_until(world.next_round)
        queue, rank = in_turn(state.employer[waiting], state.queued[waiting], waiting)
        released = np.sort(queue[rank < self._releases[state.employer[queue]]])
        venue = self._venue(released)
        ordered, place = in_turn(venue, state.queued[released], released)
        venue = self._venue(ordered)
        seated = place < counts[venue]
        chosen, seat = ordered[seated], starts[venue[seated]] + place[seated]
        self._note_binding(number, chosen)
        if len(chosen):
            self._hold(chosen, days[seat], venues[seat])

    def _venue(self, workers: Ints) -> Ints:
        return np.where(
            self._state.status[workers] == LEADER, LEADERS_VENUE, self._region[self._state.employer[workers]]
        )

    def _seats_until(self, next_round: int) -> tuple[Ints, Ints, Ints, Ints]:
        """Day and venue of every open seat of the week; where each venue's seats start, and how many."""
        today = self._world.today
        week = self._open[:, today:next_round]
        counts = week.sum(axis=1)
        cells = np.repeat(np.arange(week.size), week.ravel())
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        return today + cells % max(week.shape[1], 1), cells // max(week.shape[1], 1), starts, counts

    def _note_binding(self, number: int, chosen: Ints) -> None:
        world = self._world
        used = np.bincount(self._state.employer[chosen], minlength=len(self._releases))
        week = slice(world.today, world.next_round)
        shut = world.prepared.seats.closed[:, week].any(axis=1) & (self.offered[:, week].sum(axis=1) == 0)
        binding = np.where(shut[self._region], Binding.CLOSED, Binding.SEATS)
        self.binding[number] = np.where(used >= self._releases, Binding.RELEASE, binding)

    def _hold(self, workers: Ints, days: Ints, venues: Ints) -> None:
        state, world = self._state, self._world
        world.record(Event.BOOKED, workers, world.today, venues)
        occasions = state.booked[workers]
        state.booked[workers] += 1
        present = state.departs[workers] > days
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
