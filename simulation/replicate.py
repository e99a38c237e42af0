"""Prepare an arm once, then run its replications: each a pure function of the arm and its number."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.delays import delay_by_place
from simulation.flows import Spells, spells_of
from simulation.inputs import Inputs
from simulation.journal import Journal
from simulation.measures import MeasureTable
from simulation.plain import PreparedPlain, prepare_plain, run_plain
from simulation.prepared import Prepared, prepare_rollout
from simulation.reckoning import measure
from simulation.replication import Replication
from simulation.staffing import StaffingGap, staffing_gap
from simulation.timeline import Timeline, timeline
from simulation.world import run_world

Ints = NDArray[np.int64]

ENGINE_VERSION = "1"
"""Changes whenever the same inputs would give other results."""

_KEPT = 6
_prepared: OrderedDict[bytes, Prepared | PreparedPlain] = OrderedDict()


@dataclass(frozen=True)
class Outcome:
    """One replication: its journal, everyone's timeline, the staffing gap, waits for a seat and measures.

    `delays` holds worker-days of delay [cause, quarter, region].
    """

    replication: Replication
    lives: Timeline
    gap: StaffingGap
    delays: Ints
    spells: Spells
    table: MeasureTable

    @property
    def journal(self) -> Journal:
        """Every event in canonical order."""
        return self.replication.journal


def prepare(inputs: Inputs) -> Prepared | PreparedPlain:
    """The arm made ready; kept for the last few arms of this process, since all replications share it."""
    key = pickle.dumps(inputs)
    found = _prepared.get(key)
    if found is None:
        plain = inputs.plain
        found = prepare_rollout(inputs) if plain is None else prepare_plain(inputs, plain)
        _prepared[key] = found
        if len(_prepared) > _KEPT:
            _prepared.popitem(last=False)
    _prepared.move_to_end(key)
    return found


def simulate(prepared: Prepared | PreparedPlain, replication: int) -> Replication:
    """Run replication number `replication` (from 0), without measuring it."""
    if isinstance(prepared, PreparedPlain):
        return run_plain(prepared, replication)
    return run_world(prepared, replication)


def replicate(prepared: Prepared | PreparedPlain, replication: int) -> Outcome:
    """Run replication number `replication` (from 0) and measure it."""
    run = simulate(prepared, replication)
    lives = timeline(run.journal, run.workforce.employer.astype("int64"), run.until + 1)
    gap = staffing_gap(lives, run.workforce, run.filled, run.inputs, run.start, run.until)
    delays = delay_by_place(lives, run)
    return Outcome(run, lives, gap, delays, spells_of(lives, run), measure(run, lives, gap, delays))
