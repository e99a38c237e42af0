"""The twin counts its seats, weeks and waves of sites for itself: an error in the fast world's shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from arms import rollouts
from hypothesis import HealthCheck, given, settings
from worlds import arm

from simulation.calendar import day_of, weekly_rounds
from simulation.capacity import VENUES, seat_plan
from simulation.inputs import Inputs
from simulation.policy import FAR
from simulation.prepared import Prepared, prepare_rollout
from simulation.twin import first_difference, run_twin
from simulation.twin_calendar import calendar, rounds
from simulation.twin_seats import centres_in, seats_by_day
from simulation.world import run_world

pytestmark = pytest.mark.twin


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rollouts())
def test_seats_and_weeks_are_those_of_the_plan(inputs: Inputs) -> None:
    until = day_of(min(inputs.until, date(2019, 6, 30)))
    days = calendar(until)
    assert tuple(rounds(days, until)) == weekly_rounds(0, until)
    planned = {(part.venue, part.centre): part.planned.tolist() for part in seat_plan(inputs, until).parts}
    for venue, name in enumerate(VENUES):
        for centre in centres_in(inputs, name):
            own = seats_by_day(inputs, days, name, centre)
            assert own == planned.pop((venue, centre), [0] * len(days)), (name, centre)
    assert not planned


@pytest.fixture(scope="module")
def ready() -> Prepared:
    return prepare_rollout(arm("as-delivered", scale=0.01, until=date(2019, 12, 31)))


@pytest.mark.parametrize("what", ["seats", "called", "rounds"])
def test_the_twin_takes_none_of_it_from_the_fast_side(ready: Prepared, what: str) -> None:
    right = run_twin(ready, 0)
    assert first_difference(run_world(ready, 0).journal, right) is None
    sooner = np.where(ready.called < FAR, ready.called - 30, FAR)
    wrong = {
        "seats": seat_plan(replace(ready.inputs, centres=()), ready.until),
        "called": sooner,
        "rounds": (*(day + 1 for day in ready.rounds[:-1]), ready.rounds[-1]),
    }
    broken = replace(ready, **{what: wrong[what]})
    assert np.array_equal(run_twin(broken, 0), right)
    assert first_difference(run_world(broken, 0).journal, right) is not None
