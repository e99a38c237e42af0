"""Careers: leaving, moving to another authority, promotion to a supervising role.

On the first round of each month every worker in post bears a month's hazard of leaving, which policy may
multiply: while awaiting accreditation, after a fail, once accredited. A worker whose hazard passes a
threshold, drawn once, departs on the day on which it does. The thresholds are the same in every scenario, so
that a policy that raises hazards only ever brings departures forward. The hazard before policy follows age
and time in service, looked up on joining, on moving and at the first review of each year. The day of a
promotion depends on no policy at all.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulation.calendar import date_of
from simulation.codes import FUNCTIONS, ROLES
from simulation.hazards import EMPLOYED, MILLION, LeavingRates, thresholds
from simulation.journal import Event
from simulation.policy import FAR, REQUIREMENTS
from simulation.programme import Programme
from simulation.stages import Stage
from simulation.world import World

Ints = NDArray[np.int64]

PROMOTED_FROM = (ROLES.index("senior_practitioner"), ROLES.index("case_holder"))
SUPERVISION = 1 << FUNCTIONS.index("practice_supervision")
AUTHORITY = 0
LEFT = int(Stage.LEFT)
QUEUED = np.isin(np.array(Stage), [Stage.AWAITING_ENDORSEMENT, Stage.AWAITING_SEAT])
UNCALLED = np.array(Stage) < Stage.PREPARING
"""By stage: who waits in a queue that a move starts anew, and who was not yet put forward."""

EXPOSURE = 1000 * 365
"""A hazard borne for a year, in thousandths of a day's: what turns annual millionths into whole numbers."""
BORNE = 2**62
"""More hazard than anyone can bear: what is left of a threshold once it is crossed."""


class Careers:
    """Decides departures month by month, and carries out departures and promotions on their days."""

    def __init__(self, world: World, programme: Programme) -> None:
        self._world = world
        self._state = world.state
        self._programme = programme
        self._month = self._year = -1
        self._departing = np.empty(0, dtype=np.int64)
        prepared, parameters = world.prepared, world.prepared.inputs.parameters
        people = prepared.workforce
        self._rates = LeavingRates(people, parameters)
        self._everyone = np.arange(people.size)
        self._annual = self._rates.annual(self._everyone, 0, world.state.service_start)
        self._over_55 = self._rates.over_55(self._everyone, 0)
        self._left_to_bear = world.draws.thresholds("leaving") * EXPOSURE
        self._thousandths = _multipliers(parameters.value)
        self._moving_share = parameters.value("leaving.moving_share")
        kind = people.employers.kind[people.employer]
        # A staff list holds no other authority to move to, whoever else is on it.
        self._may_move = (people.contract == EMPLOYED) & (kind == AUTHORITY) & (people.labels is None)
        in_post = people.employer[: people.baseline][self._may_move[: people.baseline]]
        posts = np.bincount(in_post, minlength=len(people.employers))
        self._openings = np.cumsum(posts)
        self._elsewhere = self._openings[-1] - posts
        """How many people were in post at the baseline with authorities other than each employer."""
        self._rising = self._plan_promotions(parameters.value("promotion.annual_rate"))
        self._rises_on = world.state.promotes[self._rising]
        self._risen = 0

    def review(self) -> None:
        """On the first round of a month, decide who departs before the next review."""
        today, state = self._world.today, self._state
        when = date_of(today)
        if when.month == self._month:
            return
        if when.year != self._year:
            self._annual = self._rates.annual(self._everyone, today, state.service_start)
            self._over_55 = self._rates.over_55(self._everyone, today)
        self._month, self._year = when.month, when.year
        days = self._days_to_next_review()
        present = self._world.present
        daily = self._thousandths.take(self._case(present))
        daily *= self._annual[:present]
        left = self._left_to_bear[:present]
        left -= daily * days
        crossed = (left <= 0).nonzero()[0]
        # What is left is below nothing by now; rounding down counts the days that it lasted.
        state.departs[crossed] = today + 1 + days + (left[crossed] - 1) // daily[crossed]
        left[crossed] = BORNE
        state.interrupt(crossed)
        self._departing = np.concatenate([self._departing, crossed])
        moves = self._world.draws.at("moving", crossed, state.moves[crossed]) < self._moving_share
        somewhere = self._elsewhere[state.employer[crossed]] > 0
        state.moving[crossed] = moves & self._may_move[crossed] & somewhere

    def depart(self) -> None:
        """Carry out departures and promotions that fell before today, each worker's in the order of days.

        On one and the same day a promotion comes before a move, so that nothing that the move brings about
        stands in the journal as if it had come after the promotion; who leaves for good is not promoted.
        """
        state, today = self._state, self._world.today
        rising, gone = self._due_to_rise(today), self._due_to_go(today)
        moves = state.moving[gone]
        leaving, moving = gone[~moves], gone[moves]
        later = state.departs[rising] < state.promotes[rising] + ~state.moving[rising]
        goes_too = state.departs[rising] < today
        first = rising[goes_too & ~later]
        self._promote(first)
        self._place(first, state.promotes[first])
        self._leave(leaving, state.departs[leaving])
        called = self._move(moving, state.departs[moving])
        stays = rising[~goes_too]
        self._promote(stays)
        days = np.concatenate([state.promotes[stays], state.departs[called]])
        self._place(np.concatenate([stays, called]), days)
        last = rising[later]
        last = last[state.stage[last] < LEFT]
        self._promote(last)
        self._place(last, state.promotes[last])
        state.departs[gone] = FAR
        state.promotes[rising] = FAR
        state.interrupt(np.concatenate([gone, rising]))

    def _due_to_rise(self, today: int) -> Ints:
        """Everyone in post whose promotion fell before today."""
        past = int(np.searchsorted(self._rises_on, today))
        rising, self._risen = self._rising[self._risen : past], past
        return np.asarray(rising[self._state.stage[rising] < LEFT])

    def _due_to_go(self, today: int) -> Ints:
        """Everyone who departed before today."""
        goes = self._state.departs[self._departing] < today
        gone, self._departing = self._departing[goes], self._departing[~goes]
        return gone

    def _place(self, workers: Ints, days: Ints) -> None:
        """Let the programme call workers anew; what was due this week waits a round."""
        if len(workers):
            state = self._state
            self._programme.place(workers, days)
            state.due[workers] = np.maximum(state.due[workers], self._world.today)

    def _plan_promotions(self, annual_rate: float) -> Ints:
        """Set the day on which each worker would be promoted; return those who would be, by day."""
        people, state = self._world.prepared.workforce, self._state
        rate = round(annual_rate * MILLION)
        may = (people.contract == EMPLOYED) & np.isin(people.role, PROMOTED_FROM)
        may &= (state.functions & SUPERVISION == 0) & (rate > 0)
        bears = self._world.draws.thresholds("promotion")
        day = people.joins + 1 + bears * 365 // max(rate, 1)
        state.promotes[:] = np.where(may & (day <= self._world.prepared.until), day, FAR)
        state.interrupt(self._everyone)
        rising = (state.promotes < FAR).nonzero()[0]
        return rising[np.argsort(state.promotes[rising], kind="stable")]

    def _leave(self, workers: Ints, days: Ints) -> None:
        self._world.record(Event.LEFT, workers, days)
        self._state.enter(workers, Stage.LEFT)
        self._state.restricts[workers] = FAR

    def _move(self, workers: Ints, days: Ints) -> Ints:
        """Take up post with another authority, which endorses anew, and calls those not yet put forward."""
        state, world = self._state, self._world
        if not len(workers):
            return workers
        state.employer[workers] = self._destination(workers)
        state.moves[workers] += 1
        state.moving[workers] = False
        state.service_start[workers] = days
        self._annual[workers] = self._rates.annual(workers, world.today, days)
        bears = thresholds(world.draws.at("leaving", workers, state.moves[workers]))
        self._left_to_bear[workers] = bears * EXPOSURE
        world.record(Event.MOVED, workers, days, state.employer[workers])
        queued = QUEUED[state.stage[workers]]
        again = workers[queued]
        world.record(Event.PREPARED, again, days[queued])
        state.enter(again, Stage.AWAITING_ENDORSEMENT)
        state.queued[again] = days[queued]
        state.due[workers] = np.maximum(state.due[workers], world.today)
        return np.asarray(workers[UNCALLED[state.stage[workers]]])

    def _destination(self, workers: Ints) -> Ints:
        """Another authority for each worker, as likely as it is large, the present one left out."""
        state, openings = self._state, self._openings
        elsewhere = self._elsewhere[state.employer[workers]]
        drawn = self._world.draws.at("destination", workers, state.moves[workers]) * elsewhere
        own = openings[-1] - elsewhere
        drawn += np.where(drawn >= openings[state.employer[workers]] - own, own, 0)
        return np.asarray(np.searchsorted(openings, drawn, side="right"))

    def _promote(self, workers: Ints) -> None:
        """Become new to a supervising role: new functions, a new status to be accredited for."""
        state, world = self._state, self._world
        if not len(workers):
            return
        days = state.promotes[workers]
        state.functions[workers] = SUPERVISION
        state.new_in_role[workers] = 1
        state.role_start[workers] = days
        world.record(Event.PROMOTED, workers, days)
        restricted = workers[state.restricted[workers]]
        world.record(Event.RESTORED, restricted, days[state.restricted[workers]])
        state.restricted[workers] = False
        state.accredited_on[workers] = FAR
        for flag in (state.renewing, state.fixed_wait, state.failed_last):
            flag[workers] = False
        for counter in (state.attempt, state.developed):
            counter[workers] = 0
        state.queued[workers] = FAR

    def _case(self, present: int) -> NDArray[np.uint8]:
        """What decides how policy multiplies the hazard of those present, as a place in `_thousandths`."""
        state = self._state
        case = state.requirement[:present].astype(np.uint8)
        case *= len(Stage)
        case += state.stage[:present].view(np.uint8)
        case <<= 1
        case |= state.failed_last[:present]
        case <<= 1
        case |= self._over_55[:present]
        return case

    def _days_to_next_review(self) -> int:
        world = self._world
        month = date_of(world.today).month
        later = (day for day in world.prepared.rounds if day > world.today and date_of(day).month != month)
        return next(later, world.prepared.rounds[-1]) - world.today


def _multipliers(value: Callable[[str], float]) -> Ints:
    """Thousandths by what is asked, stage, whether the last result was a fail, and whether 55 or over."""
    table = np.full((len(REQUIREMENTS), len(Stage), 2, 2), 1000, dtype=np.int64)
    awaiting = [
        stage for stage in Stage if Stage.ELIGIBLE <= stage < Stage.LEFT and stage != Stage.ACCREDITED
    ]
    for requirement, kind in enumerate(REQUIREMENTS[1:], start=1):
        force = "mandatory" if kind == "mandatory" else "voluntary"
        for failed, condition in enumerate(("awaiting", "failed")):
            effect = value(f"leaving.{condition}_{force}")
            table[requirement, awaiting, failed, 0] = round(effect * 1000)
            table[requirement, awaiting, failed, 1] = round(effect * value(f"leaving.over_55_{force}") * 1000)
        if force == "mandatory":
            table[requirement, Stage.ACCREDITED] = round(value("leaving.accredited_mandatory") * 1000)
    table[:, [Stage.NOT_JOINED, Stage.LEFT]] = 0
    return table.ravel()
