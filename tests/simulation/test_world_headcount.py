"""England's workforce from September 2016 to September 2017: who left and who came, as published."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from worlds import arm, on

from simulation.journal import Event
from simulation.measures import MeasureKey
from simulation.replicate import Outcome, prepare, replicate

pytestmark = pytest.mark.unit

LEAVERS, STARTERS = 4_204, 5_726
"""Headcounts in the year to 30 September 2017 (DfE, revised series); both count moves between authorities."""
REPLICATIONS = 8


@pytest.fixture(scope="module")
def years() -> list[Outcome]:
    prepared = prepare(arm("no-scheme", scale=1.0, until=date(2017, 12, 31)))
    return [replicate(prepared, number) for number in range(REPLICATIONS)]


def employed(found: Outcome) -> np.ndarray:
    """The events of people directly employed by authorities."""
    people = found.replication.workforce
    return (people.contract[found.lives.worker] == 0) & (people.employers.kind[found.lives.employer] == 0)


def in_the_year(found: Outcome, *kinds: Event) -> int:
    lives = found.lives
    year = (lives.day > 0) & (lives.day <= on(2017, 9, 30))
    return int((np.isin(lives.code, kinds) & year & employed(found)).sum())


def test_leavers_of_the_year_are_those_published(years: list[Outcome]) -> None:
    """A year's leavers are near Poisson, 65 either side; the mean of eight, 23.

    Rates are set to the mean of the headcounts at both ends of the year, 30,285; here people in post come to
    about 1% more on average, since the published starters and leavers do not add up to the published change.
    """
    found = [in_the_year(item, Event.LEFT, Event.MOVED) for item in years]
    allowed = 4 * math.sqrt(LEAVERS / REPLICATIONS) + 0.01 * LEAVERS
    assert np.mean(found) == pytest.approx(LEAVERS, abs=allowed)
    assert len(set(found)) > 1


def test_three_in_ten_leavers_move_to_another_authority(years: list[Outcome]) -> None:
    moved = sum(in_the_year(item, Event.MOVED) for item in years)
    gone = sum(in_the_year(item, Event.LEFT) for item in years)
    share = moved / (moved + gone)
    assert share == pytest.approx(0.30, abs=4 * math.sqrt(0.21 / (moved + gone)))


def test_starters_of_the_year_are_those_published(years: list[Outcome]) -> None:
    """Joiners from outside are a fixed number; movers, who count as starters too, are drawn."""
    found = [in_the_year(item, Event.JOINED, Event.MOVED) for item in years]
    movers = 0.3 * LEAVERS
    allowed = 4 * math.sqrt(movers / REPLICATIONS) + 0.02 * movers + 1
    assert np.mean(found) == pytest.approx(STARTERS, abs=allowed)


def test_people_in_post_follow_from_those_who_came_and_went(years: list[Outcome]) -> None:
    for item in years:
        people, lives = item.replication.workforce, item.lives
        rows = lives.at(on(2017, 9, 30)) & (lives.code != Event.LEFT) & employed(item)
        baseline = people.contract[: people.baseline] == 0
        baseline &= people.employers.kind[people.employer[: people.baseline]] == 0
        assert baseline.sum() == 29_924
        came, went = in_the_year(item, Event.JOINED), in_the_year(item, Event.LEFT)
        assert rows.sum() == 29_924 + came - went


def test_the_measures_count_the_same_people(years: list[Outcome]) -> None:
    """From 1 January 2017 on, by calendar year, with moves counted as leaving and as joining."""
    for item in years:
        lives = item.lives
        year = (lives.day >= on(2017, 1, 1)) & (lives.day <= on(2017, 12, 31)) & employed(item)
        for name, kinds in (("leavers", (Event.LEFT, Event.MOVED)), ("joiners", (Event.JOINED, Event.MOVED))):
            assert (
                item.table.value(MeasureKey(name, period="2017")) == (np.isin(lives.code, kinds) & year).sum()
            )


def test_young_and_new_leave_as_the_published_shape_says(years: list[Outcome]) -> None:
    """Leaving by time in service: under two years 17%, ten to twenty years about 11%, of people in post."""
    rates = {}
    for low, high in ((0, 2), (10, 20)):
        gone = there = 0
        for item in years:
            people, lives = item.replication.workforce, item.lives
            served = -people.service_start[: people.baseline] / 365.25
            group = (served >= low) & (served < high) & (people.contract[: people.baseline] == 0)
            group &= people.employers.kind[people.employer[: people.baseline]] == 0
            who = lives.worker[
                np.isin(lives.code, (Event.LEFT, Event.MOVED)) & (lives.day <= on(2017, 9, 30))
            ]
            gone += int(group[np.unique(who[who < people.baseline])].sum())
            there += int(group.sum())
        rates[low] = gone / there
    assert rates[0] > 1.3 * rates[10]
