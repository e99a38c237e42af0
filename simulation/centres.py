"""Assessment centres fill the week's seats in order of endorsement, within what employers can release.

Each week an employer can release a limited number of people. Of those released, the longest endorsed take
the venue's seats of the coming week, which are known by then: nobody is booked on a day on which a centre
does not open, and every booking is honoured. Where a scenario lets them, people who have waited long then
take free seats of neighbouring regions, and people of the standby list the seats that are cancelled late.
What kept the others waiting is recorded for each employer and round: release, where the employer had no one
left to spare; closure, where the venue was shut; seats otherwise.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulation.authorities import in_turn
from simulation.capacity import STANDBY, VENUES
from simulation.journal import Event
from simulation.overflow import Overflow
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
        self.offered: Ints = planned
        self.absent: Ints = np.zeros_like(planned)
        for part in prepared.seats.parts:
            away = world.draws.days(part.absence, days) < absence
            self.absent[part.venue] += np.where(away, part.planned, 0)
        self._lay_out_seats()
        shape = len(prepared.rounds), len(prepared.headcount)
        self.binding = np.full(shape, int(Binding.SEATS), dtype=np.int8)
        self._round = 0
        share = parameters.value("release.weekly_share")
        self._releases = np.maximum(np.floor(prepared.headcount * share + 1e-9).astype(np.int64), 1)
        self._region = prepared.workforce.employers.region.astype(np.int64)
        self._cancel = parameters.value("centre.late_cancellation")
        self._no_show = parameters.value("centre.no_show")
        self._standby = parameters.value("centre.standby_share")
        self._overflow = Overflow(world) if parameters.value("overflow.share") > 0 else None
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
        queue, rank, employer = in_turn(state.employer[waiting], state.queued[waiting], waiting)
        released = queue[rank < self._releases[employer]]
        ordered, place, venue = in_turn(self._venue(released), state.queued[released], released)
        seated = place < self._counts[number][venue]
        chosen, venues, place, left = ordered[seated], venue[seated], place[seated], ordered[~seated]
        if self._overflow is not None and len(left):
            free = self._counts[number] - np.bincount(venues, minlength=len(VENUES))
            moved, there, behind = self._overflow.seats(left, venue[~seated], free)
            place = np.concatenate([place, self._counts[number][there] - free[there] + behind])
            chosen, venues = np.concatenate([chosen, moved]), np.concatenate([venues, there])
            left = left[~np.isin(left, moved)]
        if len(chosen):
            days = self._seat_days[self._starts[number][venues] + place]
            freed = self._hold(chosen, days, venues)
            if self._standby > 0 and len(left):
                called = self._call_standby(left, *freed)
                chosen = np.concatenate([chosen, called])
        self._note_binding(number, chosen)

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
        self.binding[number, self._shut[number][self._region]] = int(Binding.CLOSED)
        self.binding[number, used >= self._releases] = int(Binding.RELEASE)

    def _hold(self, workers: Ints, days: Ints, venues: Ints) -> tuple[Ints, Ints, Ints]:
        """Book seats and let happen what does; who cancels late, on which day, and at which venue."""
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
        self._sit(workers[sits], days[sits], venues[sits])
        return workers[cancels], days[cancels], venues[cancels]

    def _sit(self, workers: Ints, days: Ints, venues: Ints) -> None:
        state, world = self._state, self._world
        world.record(Event.SAT, workers, days, state.pending[workers] | (venues << 4))
        wait = self._result.days(world.draws.at("result", workers, state.sat[workers]))
        state.enter(workers, Stage.AWAITING_RESULT, days + np.maximum(wait, 1))
        state.queued[workers] = FAR

    def _call_standby(self, left: Ints, cancelled: Ints, days: Ints, venues: Ints) -> Ints:
        """Fill some of the seats cancelled late, in order of day, with those next in the venue's queue.

        `left` are those without a seat, in order of venue and turn. Whoever changes post before the next
        round is not on the list; whoever is called comes.
        """
        state, world = self._state, self._world
        occasions = state.booked[cancelled] - 1
        refill = world.draws.at("standby", cancelled, occasions) < self._standby
        cancelled, days, venues = cancelled[refill], days[refill], venues[refill]
        order = np.lexsort((cancelled, days, venues))
        days, venues = days[order], venues[order]
        left = left[state.interrupted[left] >= world.next_round]
        waiting = self._venue(left)
        count = np.minimum(*(np.bincount(where, minlength=len(VENUES)) for where in (venues, waiting)))
        seats, people = (_rank(where) < count[where] for where in (venues, waiting))
        called, days, venues = left[people], days[seats], venues[seats]
        world.record(Event.BOOKED, called, days, venues | STANDBY)
        state.booked[called] += 1
        self._sit(called, days, venues)
        return called


def _rank(groups: Ints) -> Ints:
    """Each one's place within its group, from 0, where groups stand in order."""
    sizes = np.bincount(groups)
    return np.arange(len(groups)) - (np.cumsum(sizes) - sizes)[groups]
