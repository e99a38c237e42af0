"""Quantities against the measures of the same replication, which are counted another way."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from rules.levers import SPECS
from simulation.calendar import date_of
from simulation.hazards import EMPLOYED, YEAR
from simulation.journal import Event
from simulation.measures import MeasureKey
from simulation.quantities import (
    GRADES,
    QUANTITIES,
    SEATS,
    Floats,
    centres,
    quantities,
    released,
    year_shares,
    years_of,
)
from simulation.replicate import Outcome
from tests.simulation.worlds import lives_of
from tests.simulation.worlds import outcome as outcome_of

pytestmark = pytest.mark.unit

UNTIL = date(2021, 12, 31)
YEARS = ("2017", "2018", "2019", "2020", "2021")


def outcome(name: str = "mandatory", *settings: str) -> Outcome:
    return outcome_of(name, *settings, until=UNTIL)


def found(run: Outcome, name: str) -> Floats:
    return quantities(run)[list(QUANTITIES).index(name)]


def measured(run: Outcome, name: str, year: str) -> float:
    at_date = name in ("sittings", "assessed")
    return run.table.value(MeasureKey(name, at=f"{year}-12-31") if at_date else MeasureKey(name, period=year))


def test_sittings_to_date_are_those_measured() -> None:
    run = outcome()
    trips, firsts = (
        found(run, "trips").sum(axis=1).cumsum(),
        found(run, "first_attempts").sum(axis=1).cumsum(),
    )
    assert trips.tolist() == [measured(run, "sittings", year) for year in YEARS]
    assert firsts.tolist() == [measured(run, "assessed", year) for year in YEARS]
    assert trips[-1] > firsts[-1] > 0


def test_sittings_of_leaders_and_of_the_others_are_all_there_are() -> None:
    run = outcome()
    assert np.array_equal(found(run, "sittings") + found(run, "leader_sittings"), found(run, "trips"))
    assert found(run, "leader_sittings").sum() > 0
    assert (found(run, "knowledge_sittings") <= found(run, "sittings")).all()
    assert (
        found(run, "knowledge_sittings") >= found(run, "first_attempts") - found(run, "leader_sittings")
    ).all()


def test_release_and_leavers_by_year_are_those_measured() -> None:
    run = outcome()
    days = sum(
        found(run, f"{kind}.{grade}") for kind in ("sitting_days", "preparation_days") for grade in GRADES
    )
    assert days.sum(axis=1).tolist() == pytest.approx([measured(run, "release_days", y) for y in YEARS])
    assert found(run, "leavers").sum(axis=1).tolist() == [measured(run, "leavers", y) for y in YEARS]
    assert released(run).sum() == pytest.approx(days.sum())


def test_whoever_waits_a_fixed_time_is_not_considered_again() -> None:
    """A wait that the rules fix leads to a seat without a further judgement, which would cost time."""
    run = outcome("fixed-retakes", "take_up.expected=0.5")
    judged = direct = 0
    for life in lives_of(run.replication).values():
        last = ""
        for _, event, _ in life:
            judged += event == "not_endorsed" or (event == "endorsed" and last == "prepared")
            direct += event == "endorsed" and last == "retake_planned"
            last = event if event in ("prepared", "retake_planned") else last
    assert direct > 0
    assert sum(found(run, f"considered.{grade}").sum() for grade in GRADES) == judged


def test_by_region_too() -> None:
    run = outcome()
    region = run.replication.workforce.employers.region
    leavers = np.bincount(region, found(run, "leavers")[2])
    names = run.replication.regions
    keys = [MeasureKey("leavers", period="2019", by=(("region", name),)) for name in names]
    assert leavers.tolist() == [run.table.value(key) for key in keys]


def test_seats_are_those_offered() -> None:
    run = outcome()
    seats = centres(run)[SEATS.index("seats")].sum(axis=1)
    assert seats.tolist() == [measured(run, "seats_offered", year) for year in YEARS]


def test_the_gap_is_charged_once() -> None:
    """What agencies cover and what nobody covers is the whole gap, month by month."""
    run = outcome("mandatory", "q1.mandatory_from=2019-01-01")
    working = run.replication.inputs.parameters.value("posts.release_days_per_fte_month") * 12 / YEAR
    length = np.diff(np.array(run.gap.month_ends), prepend=run.replication.start - 1)
    whole = (run.gap.gap.sum(axis=(1, 2)) * length).sum() * working / 100
    parts = ("cover_restricted", "cover_release", "cover_vacancies", "uncovered_days")
    assert sum(found(run, part).sum() for part in parts) == pytest.approx(whole)
    assert all((found(run, part) >= 0).all() for part in parts)
    assert found(run, "cover_restricted").sum() > 0


def test_days_restricted_are_counted_person_by_person() -> None:
    run = outcome("mandatory", "q1.mandatory_from=2019-01-01")
    lives, people = run.lives, run.replication.workforce
    days = 0.0
    for row in np.flatnonzero(lives.restricted == 1).tolist():
        who = int(lives.worker[row])
        if lives.code[row] != Event.LEFT and people.contract[who] == EMPLOYED and lives.status[row] > 0:
            spent = min(int(lives.until[row]), run.replication.until + 1) - int(lives.day[row])
            days += max(spent, 0) * float(people.fte[who]) / 100
    working = run.replication.inputs.parameters.value("posts.release_days_per_fte_month") * 12 / YEAR
    assert days > 0
    assert found(run, "restricted_days").sum() == pytest.approx(days * working)


def test_an_employer_joins_once_and_takes_part_from_then_on() -> None:
    run = outcome("voluntary")
    joined, part = found(run, "joined"), found(run, "taking_part")
    assert set(np.unique(joined.sum(axis=0))) <= {0.0, 1.0}
    assert ((part > 0) == (joined.cumsum(axis=0) > 0)).all()
    later = np.vstack([np.zeros(joined.shape[1]), joined.cumsum(axis=0)[:-1]]) > 0
    assert part[later] == pytest.approx(1.0)
    active = (found(run, "put_forward") + found(run, "trips")).sum(axis=0) > 0  # movers may sit elsewhere
    assert np.array_equal(active, joined.sum(axis=0) > 0)


def test_preparation_follows_its_lever() -> None:
    usual, more = outcome(), outcome("mandatory", "support.preparation_days=6")
    assert SPECS["support.preparation_days"].default == 3
    assert found(usual, "preparation_days.practitioner").sum() > 0
    each = (
        found(more, "preparation_days.practitioner").sum()
        / found(usual, "preparation_days.practitioner").sum()
    )
    assert each == pytest.approx(2, rel=0.02)  # who is put forward depends only by chance on the days


def test_without_a_scheme_there_is_nothing_but_leavers_and_vacancies() -> None:
    run = outcome("no-scheme")
    for name in QUANTITIES:
        expected = name in ("leavers", "cover_vacancies", "uncovered_days")
        assert bool(found(run, name).any()) == expected, name


def test_years_are_calendar_years_and_parts_of_them() -> None:
    assert years_of(93, 1918) == (2017, 2018, 2019, 2020, 2021)
    assert date_of(93).isoformat() == "2017-01-01"
    assert year_shares(93, 1918).tolist() == [1, 1, 1, 1, 1]
    assert year_shares(93 + 181, 93 + 365 + 180).tolist() == pytest.approx([184 / 365, 181 / 365])
