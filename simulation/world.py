"""One replication of the rollout: organisations are SimPy processes, workers are rows.

The week has one round, on its first working day. Steps that wait only for time (becoming eligible, finishing
preparation, receiving a result) carry their own exact day and are carried out at the next round; steps that
compete for something scarce (an endorsement, a seat) happen at the round. Within a round the processes act
in a fixed order, `Turn`, so that ties never depend on the order in which code was written.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from simulation.codes import REGIONS
from simulation.draws import draws_of
from simulation.journal import Event, Recorder, before
from simulation.prepared import Prepared
from simulation.replication import Replication
from simulation.stages import Stage
from simulation.state import State

Ints = NDArray[np.int64]


class Turn(IntEnum):
    """The order in which processes act on one day; a day has sixteen turns."""

    PROGRAMME = 0
    RESULTS = 1
    REVIEWS = 2
    RENEWAL = 3
    DEVELOPMENT = 4
    REQUIREMENT = 5
    DEPARTURES = 6
    AUDIT = 7
    CAREERS = 8
    AUTHORITIES = 9
    CENTRES = 10


TURNS_PER_DAY = 16


@dataclass
class World:
    """Everything the processes of one replication share.

    `today` is the day of the current round, `present` how many rows have joined by it, left or not (rows are
    in the order of joining), and `timed` everyone with a timed step due before it.
    """

    prepared: Prepared
    replication: int
    env: simpy.Environment = field(default_factory=simpy.Environment)
    today: int = 0
    next_round: int = 0
    present: int = 0
    timed: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def __post_init__(self) -> None:
        self.state = State(self.prepared.workforce)
        self.draws = draws_of(self.prepared.inputs.seed, self.replication, self.prepared.workforce.size)
        self.recorder = Recorder()
        joins = self.prepared.workforce.joins
        self._present = np.searchsorted(joins, self.prepared.rounds, side="right").tolist()

    def record(
        self, event: Event, workers: Ints, days: Ints | int, details: NDArray[np.integer[Any]] | int = 0
    ) -> None:
        """Write one event for each worker to the journal."""
        self.recorder.add(event, workers, days, details)

    def due(self, stage: Stage) -> Ints:
        """Workers at a stage whose timed step falls before today and before they depart.

        `timed` holds everyone who had such a step at the start of the round; whoever reaches another stage
        by it within the round is among them.
        """
        state, here = self.state, self.timed
        here = here[state.stage[here] == int(stage)]
        before = np.minimum(state.interrupted[here], self.today)
        return np.asarray(here[state.due[here] < before])

    def process(self, turn: Turn, act: Callable[[], None]) -> None:
        """Start a process that acts in its turn at every round."""
        self.env.process(self._rounds(turn, act))

    def _rounds(self, turn: Turn, act: Callable[[], None]) -> Generator[simpy.Event, Any, None]:
        rounds = self.prepared.rounds
        last = len(rounds) - 1
        for number, day in enumerate(rounds):
            yield self.env.timeout(day * TURNS_PER_DAY + turn - self.env.now)
            if number == last and turn > Turn.AUDIT:
                return  # the day after the horizon only completes what was due before it
            self.today = day
            self.present = self._present[number]
            self.next_round = rounds[min(number + 1, last)]
            act()


def run_world(prepared: Prepared, replication: int) -> Replication:
    """Run one replication; the same arguments always give the same journal, byte for byte."""
    from simulation.auditor import Auditor
    from simulation.authorities import Authorities
    from simulation.careers import Careers
    from simulation.centres import Centres
    from simulation.programme import Programme
    from simulation.renewal import Renewal
    from simulation.requirement import Requirement
    from simulation.results import Results
    from simulation.reviews import Reviews

    world = World(prepared, replication)
    auditor, centres = Auditor(world), Centres(world)
    authorities, programme = Authorities(world), Programme(world)
    results = Results(world)
    careers = Careers(world, programme)
    world.process(Turn.PROGRAMME, programme.act)
    world.process(Turn.RESULTS, results.act)
    world.process(Turn.REVIEWS, Reviews(world, results).act)
    world.process(Turn.RENEWAL, Renewal(world).act)
    world.process(Turn.DEVELOPMENT, authorities.end_development)
    world.process(Turn.REQUIREMENT, Requirement(world).act)
    world.process(Turn.DEPARTURES, careers.depart)
    world.process(Turn.AUDIT, auditor.act)
    world.process(Turn.CAREERS, careers.review)
    world.process(Turn.AUTHORITIES, authorities.act)
    world.process(Turn.CENTRES, centres.act)
    world.env.run()
    return Replication(
        inputs=prepared.inputs,
        workforce=prepared.workforce,
        journal=before(world.recorder.journal(), prepared.until + 1),
        regions=REGIONS,
        start=prepared.start,
        until=prepared.until,
        rounds=prepared.rounds[:-1],
        audit_days=tuple(auditor.days),
        stages=auditor.stages(),
        offered=centres.offered,
        absent=centres.absent,
        shut=prepared.seats.shut,
        binding=centres.binding[:-1],
        filled=prepared.filled,
    )
