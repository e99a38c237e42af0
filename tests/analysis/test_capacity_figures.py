"""Figures, waits offered, targets and warnings: by hand, by brute force, and against the worked example."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.capacity.codes import CODES
from analysis.capacity.explosive import explosive
from analysis.capacity.figures import Figure, figure, figures, in_order, over
from analysis.capacity.first_guess import MOST_LUMPS, least
from analysis.capacity.frontier import knee
from analysis.capacity.offered import FREE_SHARE, offered_waits
from analysis.capacity.plans import LUMPS
from analysis.capacity.search import Search
from analysis.capacity.show import longest_wait
from analysis.capacity.stored import Stored
from analysis.capacity.stress import bears_more
from analysis.capacity.targets import Target, check_confidence, failures_allowed, futures_needed, parse_target
from analysis.capacity.trials import Trial
from analysis.capacity.waits import Curves, at_least, waits
from reports.capacity_words import give_or_take, ranged, waited
from rules.errors import InputError
from simulation.flows import FLOWS, GONE, NOWHERE, SAT, WAITING, Spells

pytestmark = pytest.mark.unit


def test_the_worked_example_of_the_wait_offered() -> None:
    """175 seats a week, free 0, 4, 6, 4, 14, 13, 12, 15, 19: a tenth is 17.5, so nine weeks.

    As many people as are booked there, given the seats in turn, leave the same answer; so do all whom the
    ninth week can take with a tenth of it free, and not one more.
    """
    free = [0, 4, 6, 4, 14, 13, 12, 15, 19]
    assert next(week for week, left in enumerate(free, 1) if left >= FREE_SHARE * 175) == 9
    booked = 9 * 175 - sum(free)
    seats = np.full(11, 175)
    for waiting, weeks in ((booked, 9), (9 * 175 - 18, 9), (9 * 175 - 17, 10), (8 * 175 - 18, 8)):
        assert offered_waits(np.array([waiting] + [0] * 10), seats)[0] == weeks
    assert offered_waits(np.array([booked] + [0] * 8), np.full(9, 175))[0] == math.inf


@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=12),
    st.lists(st.integers(0, 60), min_size=12, max_size=12),
)
def test_waits_offered_are_those_of_handing_out_seats_in_turn(seats: list[int], people: list[int]) -> None:
    waiting = people[: len(seats)]
    found = offered_waits(np.array(waiting), np.array(seats))
    for week, there in enumerate(waiting):
        wanted, queue = math.inf, there
        for later in range(week + 1, len(seats)):
            taken = min(queue, seats[later])
            queue -= taken
            if seats[later] and seats[later] - taken >= FREE_SHARE * seats[later] - 1e-9:
                wanted = later - week
                break
        assert found[week] == wanted


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_a_figure_is_a_mean_and_two_percentiles(values: list[float]) -> None:
    found = figure(values)
    assert found.mean == pytest.approx(np.mean(values), abs=1e-6)
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(values, (10, 90))), abs=1e-6)


def test_futures_in_which_a_figure_is_not_defined_are_left_out() -> None:
    assert figure([math.nan, 2.0, 4.0]).mean == 3.0
    assert math.isnan(figure([math.nan]).mean)
    cells = figures(np.array([[1.0, math.nan], [3.0, math.nan]]))
    assert cells[0,] == Figure(2.0, pytest.approx(1.2), pytest.approx(2.8))
    assert math.isnan(cells[1,].mean)
    assert over([1, 0], [0, 2]).tolist() == pytest.approx([math.nan, 0.0], nan_ok=True)


def test_one_future_has_no_range() -> None:
    """Neither a range of no width, nor a figure that looks the same in every future."""
    for found in (figure([7.0]), figure([math.nan, 7.0])):
        assert found.mean == 7.0
        assert math.isnan(found.low)
        assert give_or_take(found) == "7 ±?"
        assert ranged(found) == "7 ±?"
    assert give_or_take(figure([7.0, 7.0])) == "7"
    assert give_or_take(figure([7.1, 7.2])) == "7.2±<0.1"
    assert give_or_take(figure([7.1, 7.9])) == "7.5 ±0.3"
    (alone,) = explosive(made_flows(list(range(0, 1040, 10)), 12)[:1], ("Here",))
    assert "1,030 people" in str(alone)


def test_nine_futures_of_ten_take_ten_futures() -> None:
    always, mostly = np.ones(20), np.where(np.arange(20) < 17, 1.0, -1.0)
    more = np.stack([always, mostly], axis=1)
    assert bears_more(more).tolist() == [True, False]
    assert bears_more(more[:10]).tolist() == [True, True]
    assert bears_more(more[:2]).tolist() == [False, False]


def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() -> None:
    values = np.arange(1, 6)
    assert [in_order(values, share) for share in (1, 20, 21, 80, 81, 99)] == [1, 1, 2, 4, 5, 5]
    assert math.isnan(in_order(values[:0], 50))


@pytest.mark.parametrize(
    ("text", "percent", "days"),
    [
        ("p80 wait <= 90 days", 80, 90),
        ("P95  wait<=12 weeks", 95, 84),
        ("median wait < 1 day", 50, 1),
        ("P80 WAIT < 90 DAYS", 80, 90),
        ("Share over 90 Days <= 20%", 80, 90),
        ("share over 90 days <= 20%", 80, 90),
    ],
)
def test_targets_as_typed(text: str, percent: float, days: int) -> None:
    assert parse_target(text) == Target(percent, days)
    assert parse_target(str(parse_target(text))) == Target(percent, days)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("wait <= 90 days", "Q001"),
        ("p80 wait >= 90 days", "Q001"),
        ("p80 delay <= 90 days", "Q001"),
        ("", "Q001"),
        ("p101 wait <= 90 days", "Q002"),
        ("p0 wait <= 90 days", "Q002"),
        ("share over 90 days <= 0%", "Q002"),
        ("p80 wait <= 0 days", "Q004"),
        ("p80 wait <= -5 days", "Q004"),
        ("p80 wait <= 99999 days", "Q004"),
    ],
)
def test_bad_targets(text: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        parse_target(text)
    assert [found.code for found in error.value.problems] == [code]
    assert code in CODES


@pytest.mark.parametrize(
    ("confidence", "futures"),
    [(0.0, 40), (0.49, 40), (1.0, 40), (1.5, 40), (math.nan, 40), (0.99, 40), (0.9, 9)],
)
def test_a_confidence_that_cannot_be_shown(confidence: float, futures: int) -> None:
    with pytest.raises(InputError) as error:
        check_confidence(confidence, futures)
    assert error.value.problems[0].code == "Q003"


def test_nine_futures_of_ten() -> None:
    check_confidence(0.9, 10)
    assert [failures_allowed(0.9, futures) for futures in (10, 19, 20, 40)] == [1, 1, 2, 4]
    assert [futures_needed(confidence) for confidence in (0.5, 0.75, 0.9, 0.999)] == [2, 4, 10, 1000]


def test_short_by_more_than_chance_is_with_the_whole_interval() -> None:
    trials = [Trial(40, met, 1) for met in (36, 35, 34, 33)]
    assert [trial.enough(0.9) for trial in trials] == [True, False, False, False]
    assert [trial.clearly_short(0.9, 1) for trial in trials] == [False, False, False, True]
    assert [trial.interval()[1] < 0.9 for trial in trials] == [False, False, False, True]
    assert Trial(0, 0, 1).enough(0.9)
    assert not Trial(0, 0, 1).clearly_short(0.9, 1)


def test_of_many_trials_that_meet_what_was_asked_for_one_is_seldom_found_short() -> None:
    """A plan of 162 cells, each met with 90%: in at most one of ten is any said to be short."""
    met = np.random.default_rng(11).binomial(40, 0.9, (300, 162)).min(axis=1)
    assert np.mean([Trial(40, int(least), 1).clearly_short(0.9, 162) for least in met]) < 0.1
    assert np.mean([Trial(40, int(least), 1).clearly_short(0.9, 1) for least in met]) > 0.9
    assert Trial(40, 28, 1).clearly_short(0.9, 162)


def waits_of(*rows: tuple[int, int, int]) -> Spells:
    """Spells at one venue as (joined, wait, ended)."""
    joined, wait, ended = (np.array(part) for part in zip(*rows, strict=True))
    home = np.zeros(len(rows), dtype=np.int64)
    return Spells(joined, wait, home, np.where(ended == SAT, 0, NOWHERE), home > 0, ended)


def test_who_counts_as_served_in_time() -> None:
    """In time: sat soon. Late: sat, waits or left after the time. Left before it: neither."""
    spells = waits_of(
        (0, 90, SAT), (1, 91, SAT), (2, 200, WAITING), (3, 30, GONE), (4, 95, GONE), (50, 1, SAT)
    )
    target = Target(80, 90)
    assert target.counted(spells, 0, 0, 50) == (1, 3)
    assert target.counted(spells, 0, 0, 51) == (2, 3)
    assert target.counted(spells, 1, 0, 51) == (0, 0)
    assert target.met(8, 2)
    assert not target.met(7, 2)
    assert target.met(0, 0)


def test_the_interval_of_a_probability_is_wilsons() -> None:
    low, high = Trial(40, 36, 3).interval()
    assert (low, high) == pytest.approx((0.824, 0.945), abs=0.002)
    assert Trial(10, 0, 3).interval()[0] == pytest.approx(0, abs=1e-12)


@given(st.integers(0, MOST_LUMPS), st.integers(1, MOST_LUMPS))
def test_the_first_guess_is_the_least_that_holds(needed: int, begin: int) -> None:
    tried: list[int] = []

    def holds(count: int) -> bool:
        tried.append(count)
        return count >= needed

    assert least(holds, -1, begin) == needed
    assert len(tried) <= 2 + 2 * math.log2(2 * MOST_LUMPS)


def test_a_guess_ends_where_nothing_holds() -> None:
    assert MOST_LUMPS <= least(lambda _: False, 0, 1) <= 2 * MOST_LUMPS


@given(st.integers(0, 60), st.integers(1, 70))
def test_the_search_ends_at_the_least_that_holds(least: int, guess: int) -> None:
    search = Search(0, "Here", 0, 1, guess)
    steps = 0
    while not search.done:
        count = search.next()
        assert count not in search.trials
        search.learn(Trial(10, 10 if count >= least else 0, count), allowed=1)
        steps += 1
        assert steps < 25
    assert search.holds == least
    assert least == 0 or search.trials[least - 1].met == 0


@pytest.mark.parametrize("name", LUMPS)
@pytest.mark.parametrize("count", [0, 1, 4, 5, 7, 13])
def test_lumps_are_the_seats_of_a_week(name: str, count: int) -> None:
    from datetime import date

    lump = LUMPS[name]
    periods = lump.periods("London", date(2017, 4, 3), date(2017, 12, 31), count)
    assert sum(period.seats_per_day * period.days_per_week for period in periods) == count * lump.weekly


def test_the_knee_lies_farthest_below_the_line() -> None:
    assert knee([1, 2, 3, 4, 5], [100, 30, 20, 12, 10]) == 1
    assert knee([1, 2, 3], [30, 20, 10]) is None  # a straight line has none
    assert knee([1, 2], [30, 20]) is None
    assert knee([1, 2, 3], [10, 10, 10]) is None


def made_flows(waiting: list[int], seats: int) -> np.ndarray:
    flows = np.zeros((3, len(FLOWS), len(waiting), 1), dtype=np.int64)
    flows[:, FLOWS.index("waiting"), :, 0] = waiting
    flows[:, FLOWS.index("offered"), :, 0] = seats
    return flows


def test_a_queue_that_only_grows_is_told() -> None:
    (found,) = explosive(made_flows(list(range(0, 1040, 10)), 12), ("Here",))
    assert found.waiting.mean == 1030
    assert found.weeks == pytest.approx(1030 / 12)
    assert "86 weeks of seats" in str(found)
    assert explosive(made_flows(list(range(1040, 0, -10)), 12), ("Here",)) == ()  # shrinking
    assert explosive(made_flows([40] * 104, 12), ("Here",)) == ()  # steady
    assert explosive(made_flows([0] * 103 + [3], 0), ("Here",)) == ()  # too small to say


def made(*futures: Spells) -> Stored:
    """What is stored of futures of which only the waits are known, at one venue."""
    return Stored("made", cast(Any, None), ("Here",), np.zeros((1, 1, 1, 1)), futures, cast(Any, None), 0)


def people(*futures: Sequence[tuple[int, int]]) -> np.ndarray:
    """People [future, how it ended, day] as (wait, ended)."""
    spells = [waits_of(*((0, wait, ended) for wait, ended in rows)) for rows in futures]
    return made(*spells).waited.sum(axis=(1, 2))


def test_waits_count_those_who_still_wait() -> None:
    """By hand: of four, one sits after 10 days, one leaves after 15, one sits after 20, one waits at 50."""
    curves = Curves.of(people([(10, SAT), (15, GONE), (20, SAT), (50, WAITING)], [(70, SAT)]))
    assert curves.left[0, [9, 10, 19, 20, 50]].tolist() == pytest.approx([1, 3 / 4, 3 / 4, 3 / 8, 3 / 8])
    for percent, days, reached in ((25, 10, True), (60, 20, True), (90, 50, False)):
        found = curves.percentile(percent)  # where not reached: longer than the longest wait seen
        assert (found[0][0], found[1][0]) == (days, reached)
    assert curves.over(12)[0] == pytest.approx(3 / 4)
    assert curves.over(40)[0] == pytest.approx(3 / 8)
    assert math.isnan(curves.over(90)[0])
    found = at_least(*curves.percentile(90))
    assert (found.days.mean, found.beyond) == (60, 0.5)


def product_limit(rows: Sequence[tuple[int, int]], percent: int) -> tuple[float, bool]:
    """The same percentile, person by person in the order of their waits."""
    left = 1.0
    for day in sorted({wait for wait, ended in rows if ended == SAT}):
        there = sum(wait >= day for wait, _ in rows)
        left *= 1 - sum((wait, ended) == (day, SAT) for wait, ended in rows) / there
        if left <= 1 - percent / 100 + 1e-9:
            return day, True
    return max(wait for wait, _ in rows), False


ENDED = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from((SAT, GONE, WAITING))), min_size=1, max_size=30
)


@given(st.lists(ENDED, min_size=1, max_size=3), st.integers(1, 99))
def test_waits_of_many_futures_are_those_of_each(futures: list[list[tuple[int, int]]], percent: int) -> None:
    days, reached = Curves.of(people(*futures)).percentile(percent)
    assert list(zip(days, reached, strict=True)) == [product_limit(rows, percent) for rows in futures]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.integers(1, 99), st.integers(0, 400))
def test_waits_of_people_who_all_sat_are_plain_percentiles(days: list[int], percent: int, over: int) -> None:
    curves = Curves.of(people([(day, SAT) for day in days]))
    found, reached = curves.percentile(percent)
    assert (found[0], reached[0]) == (in_order(np.sort(days), percent), True)
    assert curves.over(over)[0] == pytest.approx(sum(day > over for day in days) / len(days))


def test_a_queue_that_nobody_joined_has_no_waits() -> None:
    curves = Curves.of(np.zeros((2, 3, 1), dtype=np.int64))
    assert np.isnan(curves.percentile(50)[0]).all()
    assert math.isnan(at_least(*curves.percentile(50)).days.mean)


def test_a_wait_that_is_not_reached_is_written_as_longer() -> None:
    """One sat at once, three still wait: half of them have not sat, and two wait longer than 90 days."""
    spells = waits_of((0, 5, SAT), (1, 200, WAITING), (2, 100, WAITING), (3, 30, WAITING))
    found = waits(made(spells))
    assert (found.still.mean, found.late.mean) == (3, 2)
    assert (found.percentiles[50].days.mean, found.percentiles[50].beyond) == (200, 1.0)
    assert waited(found.percentiles[50]) == ">200 ±?"
    assert found.over_target.mean == pytest.approx(0.75)
    assert cast(Any, found.to_dict()["p50"])["not_reached_in_share_of_futures"] == 1.0


def test_the_longest_wait_offered_counts_a_queue_that_outgrows_its_seats() -> None:
    """Ten seats a week; the queue grows from week 60 on to 1,720 people, 172 weeks of seats."""
    seats, weeks = np.full(104, 10), np.arange(104)
    growing = np.where(weeks < 60, 0, (weeks - 60) * 40)
    assert longest_wait(growing, seats) == pytest.approx(172, abs=5)  # of the last week but one
    assert longest_wait(np.full(104, 45), seats) == 5  # steady: the last weeks are like those before
    assert longest_wait(np.full(104, 0), seats) == 1
    shut = np.where(weeks < 60, 10, 0)
    assert longest_wait(np.full(104, 45), shut) == math.inf  # nothing is open any more
