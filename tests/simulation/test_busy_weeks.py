"""The worst week against the days released, counted another way."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulation.busy_weeks import busiest_week
from simulation.calendar import date_of
from simulation.journal import Event
from simulation.quantities import released
from simulation.replicate import Outcome
from tests.simulation.worlds import outcome as outcome_of

pytestmark = pytest.mark.unit

UNTIL = date(2018, 12, 31)


def outcome(*settings: str) -> Outcome:
    return outcome_of("mandatory", *settings, until=UNTIL)


def test_without_preparation_it_is_the_week_with_most_sittings() -> None:
    run = outcome("support.preparation_days=0")
    lives = run.lives
    each = run.replication.inputs.parameters.value("release.days_per_sitting")
    weeks: dict[int, dict[tuple[int, int], float]] = {}
    for row in lives.rows(Event.SAT).tolist():
        year, week, _ = date_of(int(lives.day[row])).isocalendar()
        own = weeks.setdefault(int(lives.employer[row]), {})
        own[year, week] = own.get((year, week), 0.0) + each
    found = busiest_week(run)
    for employer, own in weeks.items():
        assert found[employer] == pytest.approx(max(own.values()))
    assert found.sum() == pytest.approx(sum(max(own.values()) for own in weeks.values()))


def test_a_week_is_at_least_its_part_of_the_release_and_no_more_than_all_of_it() -> None:
    run = outcome()
    found, months = busiest_week(run), released(run)
    total = months.sum(axis=0)
    weeks = (run.replication.until - run.replication.start) // 7 + 2
    assert (found <= total + 1e-6).all()
    # Preparation that is under way when the run ends has not all been taken.
    assert (found[total > 20] > 0.5 * total[total > 20] / weeks).all()
    assert np.isfinite(found).all()
