"""The state of every worker in a running replication: one array for each thing, one row for each worker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.assessment import ALL_ELEMENTS, LEADER_ELEMENTS
from simulation.codes import STATUSES
from simulation.policy import FAR, Standing
from simulation.stages import Stage
from simulation.workforce import Workforce

Ints = NDArray[np.int64]
LEADER = STATUSES.index("leader")


class State:
    """Where each worker stands. Days are days since the baseline; `FAR` is never.

    `due` is the day of the next step that waits for nothing but time; `queued` the day on which a worker
    joined the queue for endorsement or for a seat; `departs` the day of leaving or moving, once decided;
    `promotes` the day of promotion; `interrupted` the earlier of the two.
    The counters `considered`, `booked`, `sat` and `moves` number a worker's occasions and never go back,
    so that no draw is used twice; `attempt` and `developed` start again with a new status.
    """

    def __init__(self, workforce: Workforce) -> None:
        size = workforce.size
        self.size = size
        self.stage = np.zeros(size, dtype=np.int8)
        self.due = workforce.joins.astype(np.int64)
        self.queued = np.full(size, FAR, dtype=np.int64)
        self.departs = np.full(size, FAR, dtype=np.int64)
        self.moving = np.zeros(size, dtype=np.bool_)
        self.promotes = np.full(size, FAR, dtype=np.int64)
        self.interrupted = np.full(size, FAR, dtype=np.int64)
        self.restricts = np.full(size, FAR, dtype=np.int64)
        self.restricted = np.zeros(size, dtype=np.bool_)
        self.accredited_on = np.full(size, FAR, dtype=np.int64)
        self.renewing = np.zeros(size, dtype=np.bool_)
        self.fixed_wait = np.zeros(size, dtype=np.bool_)
        self.failed_last = np.zeros(size, dtype=np.bool_)
        self.pending = np.full(size, ALL_ELEMENTS, dtype=np.int64)
        self.failed = np.zeros(size, dtype=np.int64)
        self.narrow = np.zeros(size, dtype=np.int64)
        self.considered, self.booked, self.sat, self.moves = (
            np.zeros(size, dtype=np.int64) for _ in range(4)
        )
        self.attempt, self.developed = (np.zeros(size, dtype=np.int64) for _ in range(2))
        self.employer = workforce.employer.astype(np.int64)
        self.service_start = workforce.service_start.astype(np.int64)
        self.role_start = workforce.role_start.astype(np.int64)
        self.functions = workforce.functions.astype(np.int64)
        self.new_in_role = workforce.new_in_role.astype(np.int64)
        self.status, self.requirement, self.endorser = (np.zeros(size, dtype=np.int8) for _ in range(3))
        self.eligible = np.full(size, FAR, dtype=np.int64)
        self.latest = np.full(size, FAR, dtype=np.int64)
        self.may_be_restricted = np.zeros(size, dtype=np.bool_)

    def take_standing(self, workers: Ints, standing: Standing, eligible: Ints, latest: Ints) -> None:
        """Store what the rules say of `workers` now."""
        self.status[workers] = standing.status
        self.requirement[workers] = standing.requirement
        self.endorser[workers] = standing.endorser
        self.eligible[workers] = eligible
        self.latest[workers] = latest
        self.may_be_restricted[workers] = standing.restricted & (latest < FAR)
        self.restricts[workers] = np.where(self.may_be_restricted[workers], latest + 1, FAR)
        self.pending[workers] = np.where(standing.status == LEADER, LEADER_ELEMENTS, ALL_ELEMENTS)

    def enter(self, workers: Ints, stage: Stage, due: Ints | int = FAR) -> None:
        """Move `workers` to a stage, with the day of the next step that waits only for time."""
        self.stage[workers] = int(stage)  # a plain number: numpy is slow to compare with a named one
        self.due[workers] = due

    def at(self, stage: Stage) -> Ints:
        """Workers at a stage, in order."""
        return np.asarray((self.stage == int(stage)).nonzero()[0])

    def ready(self, day: int, present: int) -> Ints:
        """Workers whose next timed step comes before `day` and before they depart or are promoted.

        They are among the first `present` rows: those of the others have yet to join.
        """
        due = (self.due[:present] < day).nonzero()[0]
        return np.asarray(due[self.due[due] < self.interrupted[due]])

    def interrupt(self, workers: Ints) -> None:
        """Note the day on which each worker next departs or is promoted, which no other step may pass."""
        self.interrupted[workers] = np.minimum(self.departs[workers], self.promotes[workers])
