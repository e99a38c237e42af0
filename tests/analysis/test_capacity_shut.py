"""People and no seat in some futures: not in the mean of people for each seat, and never passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis.capacity.board import NO_SEATS, Cell, board
from analysis.capacity.show import showing
from analysis.capacity.stored import Stored, stored
from reports.capacity_tables import heat
from reports.capacity_words import SOME_SHUT, loaded, not_in_the_mean, over_capacity, people_a_seat
from scenarios.experiment import Arm, run
from simulation.flows import FLOWS
from tests.simulation.worlds import arm

pytestmark = pytest.mark.unit

LAST = "2018-Q4"


@pytest.fixture(scope="module")
def kept() -> Stored:
    inputs = arm("mandatory", scale=0.02, until=date(2018, 12, 31))
    return stored(run([Arm("mandatory", inputs)], 4))


def shut_in(kept: Stored, futures: int) -> Stored:
    """The same, but for London, which has no seats in the last quarter of so many futures."""
    flows = kept.flows.copy()
    weeks = slice(int(kept.begins("quarter")[-1]), None)
    for name in ("offered", "absent"):
        flows[:futures, FLOWS.index(name), weeks, kept.venues.index("London")] = 0
    return replace(kept, flows=flows)


def london(kept: Stored) -> Cell:
    [cell] = [cell for cell in board(kept, "quarter") if (cell.venue, cell.period) == ("London", LAST)]
    return cell


def test_a_future_without_seats_is_told_beside_the_mean(kept: Stored) -> None:
    whole, partly = london(kept), london(shut_in(kept, 1))
    assert (whole.shut, partly.shut) == (0, 0.25)
    assert not np.isnan(partly.load.mean)
    assert not_in_the_mean([whole]) == ""
    assert not_in_the_mean([whole, partly]) == SOME_SHUT
    assert loaded(partly).startswith(">")
    assert people_a_seat(partly).startswith(">")
    assert not people_a_seat(whole).startswith(">")
    assert partly.to_dict()["people_and_no_seat_in_share_of_futures"] == 0.25


def test_the_map_and_the_sentence_say_more_than(kept: Stored) -> None:
    shown = showing(shut_in(kept, 1), "quarter")
    chart = heat(shown)
    row = chart.rows.index("London")
    assert chart.cells[row][-1].text.startswith(">")
    assert "more than " in chart.about[row][-1].split(" people for each seat")[0]
    told = [
        replace(venue, worst=london(shut_in(kept, 1))) for venue in shown.venues if venue.name == "London"
    ]
    said = over_capacity(replace(shown, venues=(shown.venues[0], *told)))
    assert "with more than " in said[0]
    told = [replace(venue, worst=london(shut_in(kept, 4))) for venue in told]
    said = over_capacity(replace(shown, venues=(shown.venues[0], *told)))
    assert f"worst in {LAST} with nothing open;" in said[0]


def test_nothing_open_in_most_futures_is_said_and_has_no_mean_in_all(kept: Stored) -> None:
    assert london(shut_in(kept, 3)).word == NO_SEATS
    never = london(shut_in(kept, 4))
    assert (never.word, never.shut) == (NO_SEATS, 1)
    assert (loaded(never), people_a_seat(never)) == ("x", "no seat")
    assert not_in_the_mean([never]) == ""
