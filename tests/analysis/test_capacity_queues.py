"""Queues against theory and against a count of one's own; sizing against what can be worked out by hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.capacity.futures import Futures
from analysis.capacity.inverse import ask
from analysis.capacity.plans import LUMPS, ample, in_lumps, planned
from analysis.capacity.quarter_search import QuarterSearch
from analysis.capacity.quarters import size_by_quarter
from analysis.capacity.replay import in_time, seated
from analysis.capacity.sizing import size
from analysis.capacity.targets import Target
from analysis.readouts import UnfinishedError
from rules.errors import InputError
from scenarios.experiment import Arm, Results, run
from scenarios.record import simulate
from simulation.calendar import date_of, day_of, is_working
from simulation.capacity import seat_plan
from simulation.codes import REGIONS
from simulation.durations import fixed
from simulation.flows import FLOWS, SAT, Spells, weeks_of
from simulation.inputs import Closure, Inputs, PlainScheme
from simulation.parameters import Override
from tests.simulation.worlds import arm, plain

pytestmark = pytest.mark.unit

START, UNTIL = date(2018, 1, 1), date(2019, 12, 31)
EVERYONE_AT_ONCE = PlainScheme(
    count=100,
    regions=(("Here", 1.0),),
    eligible_first=date(2018, 3, 1),
    eligible_last=date(2018, 3, 1),
    seats=(("Here", 5),),
    result=fixed(7),
)


def futures(inputs: Inputs) -> Futures:
    return Futures.of(Arm("tried", inputs), lambda arms, numbers: run(arms, len(numbers), numbers=numbers))


def mean_queue(arrivals: float, seats: int) -> float:
    """The mean number waiting after each service, Poisson arrivals, `seats` served at a time.

    With z_k the roots of z^c = exp(r (z - 1)) inside the unit circle, by the generating function:
    sum 1 / (1 - z_k) - (c (c - 1) - r^2) / (2 (c - r)).
    """
    roots = []
    for k in range(1, seats):
        turn, z = np.exp(2j * math.pi * k / seats), 0j
        for _ in range(500):
            z = turn * np.exp(arrivals * (z - 1) / seats)
        roots.append(z)
    total = sum(1 / (1 - z) for z in roots)
    return float(np.real(total)) - (seats * (seats - 1) - arrivals**2) / (2 * (seats - arrivals))


def chain(arrivals: float, seats: int, week: tuple[bool, ...], top: int = 120) -> list[float]:
    """The mean number waiting at the end of each day of a cycle, by the chain's own law again and again."""
    poisson = np.array(
        [math.exp(-arrivals + k * math.log(arrivals) - math.lgamma(k + 1)) for k in range(top)]
    )
    law = np.eye(top)[0]
    found: list[float] = []
    for _ in range(600):
        found = []
        for is_open in week:
            law = np.convolve(law, poisson)[:top]
            if is_open:
                law = np.append(law[seats:], np.zeros(seats)) + np.eye(top)[0] * law[:seats].sum()
            found.append(float(law @ np.arange(top)))
    return found


@pytest.mark.parametrize(("arrivals", "seats"), [(0.7, 1), (2.4, 3), (5.0, 6)])
def test_the_weekly_count_is_the_queue_of_the_closed_form(arrivals: float, seats: int) -> None:
    """Deterministic service, c at a time: the formula, the chain, and the count on random arrivals agree."""
    wanted = mean_queue(arrivals, seats)
    assert chain(arrivals, seats, (True,))[0] == pytest.approx(wanted, rel=1e-4)
    came = np.random.default_rng(7).poisson(arrivals, (40, 4_000))
    left = np.cumsum(came, axis=1) - seated(came, np.full((1, 4_000), float(seats)))
    by_run = left[:, 500:].mean(axis=1)
    error = by_run.std(ddof=1) / math.sqrt(len(by_run))
    assert by_run.mean() == pytest.approx(wanted, abs=4 * error)
    assert error < 0.1 * wanted


def test_the_simulated_queue_is_that_of_the_chain_on_sunday_nights() -> None:
    """Three seats on working days, arrivals every day, at 80% of what they can take."""
    weeks, seats = 104, 3
    daily = 0.8 * seats * 5 / 7
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=round(daily * 7 * weeks),
        eligible_first=date(2017, 1, 2),
        eligible_last=date(2017, 1, 2) + timedelta(days=7 * weeks - 1),
        seats=(("Here", seats),),
    )
    wanted = chain(daily, seats, (True,) * 5 + (False,) * 2)[-1]
    inputs = plain(scheme, date(2017, 1, 2), date(2018, 12, 30))
    mondays = weeks_of(day_of(date(2017, 1, 2)), day_of(date(2018, 12, 30)))
    # Weeks of early 2018 without a bank holiday, a year after the start and long before the end.
    asked = [at for at, day in enumerate(mondays) if date(2018, 2, 5) <= date_of(day) < date(2018, 3, 19)]
    found = [
        simulate(inputs, replication).arrays["flows"][FLOWS.index("waiting"), asked, 0].mean()
        for replication in range(60)
    ]
    error = np.std(found, ddof=1) / math.sqrt(len(found))
    assert np.mean(found) == pytest.approx(wanted, abs=4 * error)
    assert error < 0.2 * wanted


def test_flows_are_those_of_counting_day_by_day() -> None:
    """Fixed arrivals, two seats a working day: every week's queue and every wait, in plain Python."""
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=300,
        eligible_first=date(2018, 1, 1),
        eligible_last=date(2018, 6, 30),
        seats=(("Here", 2),),
    )
    kept = simulate(plain(scheme, START, UNTIL), 0)
    spells = Spells.unpacked(kept.arrays["spells"])
    arrivals = Counter(spells.joined.tolist())
    mondays = weeks_of(day_of(START), day_of(UNTIL))
    queue: list[int] = []
    waits, ends = [], []
    for day in range(day_of(START), mondays[-1] + 7):
        queue += [day] * arrivals[day]
        if is_working(date_of(day)) and day <= day_of(UNTIL):
            waits += [day - since for since in queue[:2]]
            queue = queue[2:]
        if (day + 1 - mondays[0]) % 7 == 0:
            ends.append(len(queue))
    flows = dict(zip(FLOWS, kept.arrays["flows"][:, :, 0].tolist(), strict=True))
    assert flows["waiting"] == ends
    assert sorted(waits) == sorted(spells.wait[spells.ended == SAT].tolist())
    assert sum(flows["used_first"]) == len(waits)


def test_the_weekly_count_serves_in_time_whom_a_count_by_people_does() -> None:
    came = np.random.default_rng(3).integers(0, 9, (1, 60))
    seats = np.random.default_rng(4).integers(2, 7, (1, 60)).astype(float)
    queue: list[int] = []
    soon = Counter()
    for week in range(60):
        queue += [week] * int(came[0, week])
        for since in queue[: int(seats[0, week])]:
            soon[since] += week - since <= 4
        queue = queue[int(seats[0, week]) :]
    assert in_time(came, seats, 32)[0, :55].tolist() == [soon[week] for week in range(55)]


@pytest.mark.parametrize(("people", "days"), [(100, 14), (100, 30), (37, 7)])
def test_a_crowd_needs_the_seats_that_division_says(people: int, days: int) -> None:
    """All at once, four of five within so many days: their number over the working days, rounded up."""
    inputs = plain(replace(EVERYONE_AT_ONCE, count=people), START, date(2018, 12, 31))
    first = date(2018, 3, 1)
    open_days = sum(is_working(first + timedelta(days=day)) for day in range(days + 1))
    found = size(futures(inputs), Target(80, days), 0.9, LUMPS["seat"], 10)
    (here,) = found.regions
    assert here.count == math.ceil(math.ceil(0.8 * people) / open_days)
    assert here.at is not None
    assert here.below is not None
    assert (here.at.met, here.at.futures) == (10, 10)
    assert here.below.met == 0
    assert here.fresh is not None
    assert (here.fresh.count, here.fresh.met, here.fresh.futures) == (here.count, 10, 10)
    assert found.total == here.count


def test_nothing_is_needed_where_nobody_comes() -> None:
    scheme = replace(
        EVERYONE_AT_ONCE, regions=(("Here", 1.0), ("There", 0.0)), seats=(("Here", 5), ("There", 5))
    )
    found = size(futures(plain(scheme, START, date(2018, 12, 31))), Target(80, 30), 0.9, LUMPS["seat"], 10)
    assert [item.count for item in found.regions][1] == 0


def made_up(inputs: Inputs, wait: Callable[[Inputs, int, int], int | None]) -> tuple[Futures, list[int]]:
    """Futures that are not simulated: ten people a region, who all wait so long; and numbers asked for."""
    asked: list[int] = []

    def go(arms: Sequence[Arm], numbers: Sequence[int]) -> Any:
        asked.extend(numbers)
        records = {}
        for place, number in enumerate(numbers):
            days = [(region, wait(arms[0].inputs, region, number)) for region in range(9)]
            rows = [
                (day_of(START) + day, spell, region | region << 4)
                for region, spell in days
                if spell is not None
                for day in range(365, 375)
            ]
            spells = np.array(rows, dtype=np.int16).reshape(-1, 3).T
            records[0, place] = SimpleNamespace(
                arrays={"spells": spells, "delays": np.zeros((20, 20, 10, 10), np.int64)}
            )
        whole = np.ones(len(numbers), dtype=np.bool_)
        return SimpleNamespace(records=records, whole=whole, failures=(), interrupted=False, stopped="")

    return Futures.of(Arm("made up", inputs), go), asked


def seats(inputs: Inputs, region: int) -> int:
    return sum(period.seats_per_day for period in inputs.centres if period.region == REGIONS[region])


def test_ten_futures_do_not_decide_what_all_of_them_allow() -> None:
    """Missed in three of the first ten with any seats, and in none of thirty more: four may be missed."""

    def wait(inputs: Inputs, region: int, number: int) -> int | None:
        if region == 1:  # nobody comes from here in the first ten futures
            return None if number < 10 else (5 if seats(inputs, region) >= 3 else 500)
        return 500 if number < 3 and region == 0 else (5 if seats(inputs, region) >= 6 else 500)

    tried, _ = made_up(arm("consultation"), wait)
    found = size(tried, Target(80, 90), 0.9, LUMPS["circuit"], 40)
    assert [item.because for item in found.regions] == [""] * 9
    assert [item.count for item in found.regions] == [2, 1, *[2] * 7]


def test_the_answer_is_tried_together_in_futures_that_the_search_did_not_see() -> None:
    """In the further futures every second one is missed, by those at their own answer alone."""

    def wait(inputs: Inputs, region: int, number: int) -> int:
        enough = seats(inputs, region) >= 6
        return 500 if not enough or (number >= 10 and number % 2) else 5

    tried, asked = made_up(arm("consultation"), wait)
    found = size(tried, Target(80, 90), 0.9, LUMPS["circuit"], 10)
    assert asked[-10:] == list(range(10, 20))
    assert set(asked[:-10]) == set(range(10))
    for item in found.regions:
        assert item.at is not None
        assert item.fresh is not None
        assert (item.at.met, item.fresh.met, item.fresh.futures) == (10, 5, 10)
    assert found.short == REGIONS


def one_circuit(inputs: Inputs) -> Inputs:
    return planned(inputs, LUMPS["circuit"], {"London": (1,)})


@pytest.mark.parametrize("change", [ample, one_circuit])
def test_seats_of_regions_do_not_stand_in_for_a_centre_that_is_closed(change: Any) -> None:
    own = arm("consultation")
    shut = replace(own, closures=(Closure("London", START, START, "one"),))
    with pytest.raises(InputError) as error:
        change(shut)
    assert error.value.problems[0].code == "Q010"


def test_a_target_that_no_seats_can_meet_is_said_to_be_so() -> None:
    inputs = replace(
        arm("mandatory", until=date(2018, 12, 31)),
        closures=(Closure("all", date(2017, 1, 1), date(2018, 12, 31)),),
    )
    found = size(futures(inputs), Target(80, 90), 0.9, LUMPS["circuit"], 10)
    unmet = [item for item in found.regions if item.count is None]
    assert unmet
    assert all("centres are closed" in item.because for item in unmet)
    assert all(item.ample is not None and item.ample.met < 9 for item in unmet)
    assert all(item.ample is None for item in found.regions if item.count is not None)
    assert found.total is None
    assert found.runs == 10


def test_a_wait_longer_than_the_period_is_refused() -> None:
    with pytest.raises(InputError) as error:
        size(futures(arm("mandatory", until=date(2017, 12, 31))), Target(80, 400), 0.9, LUMPS["circuit"], 10)
    assert error.value.problems[0].code == "Q004"


def test_nobody_called_leaves_nothing_to_size() -> None:
    with pytest.raises(InputError) as error:
        size(futures(arm("no-scheme", until=date(2018, 12, 31))), Target(80, 90), 0.9, LUMPS["circuit"], 10)
    assert error.value.problems[0].code == "Q005"


def test_a_plan_gives_the_seats_it_says() -> None:
    inputs = arm("consultation")
    plan = planned(inputs, LUMPS["circuit-day"], {"London": (7,), "North East": (2,)})
    assert in_lumps(plan, LUMPS["circuit-day"], "London") == pytest.approx(7)
    assert in_lumps(plan, LUMPS["circuit-day"], "South West") == 0
    assert in_lumps(ample(inputs), LUMPS["circuit"], "London") > 100


def test_planned_seats_are_those_that_are_said_whatever_multiplies_the_scenarios_own() -> None:
    own = arm("consultation")
    half = Override(0.5, assumption="a test", changed_by="a test")
    halved = replace(own, parameters=own.parameters.patched({"centre.seats_factor": half}))
    until, lump = day_of(own.until), LUMPS["circuit"]
    for change in (ample, lambda inputs: planned(inputs, lump, {"London": (2,)})):
        wanted = seat_plan(change(own), until).planned
        assert (seat_plan(change(halved), until).planned == wanted).all()
    assert in_lumps(halved, lump, "London") == pytest.approx(in_lumps(own, lump, "London") / 2)


def failing(inputs: Inputs, fine: int) -> Futures:
    """Futures of which only the first few finish."""

    def some(arm: Arm, replication: int, *rest: Any, **named: Any) -> Any:
        if replication >= fine:
            raise ArithmeticError("made to fail")
        return simulate(arm, replication, *rest, **named)

    def go(arms: Sequence[Arm], numbers: Sequence[int]) -> Results:
        return run(arms, len(numbers), 1, numbers=numbers, simulate=some)

    return Futures.of(Arm("tried", inputs), go)


def test_one_fewer_is_told_only_of_the_number_that_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lumps that are added after one fewer was tried leave nothing tried that is one below the answer."""
    trimmed = QuarterSearch.trimmed

    def then_more(search: QuarterSearch, numbers: Sequence[int]) -> Any:
        below = trimmed(search, numbers)
        assert below
        for region in search.going:
            region.counts = [count + 1 for count in region.counts]
        return below

    monkeypatch.setattr(QuarterSearch, "trimmed", then_more)
    inputs = arm("mandatory", scale=0.01, until=date(2018, 3, 31))
    found = size_by_quarter(futures(inputs), Target(60, 45), 0.75, LUMPS["circuit-day"], 4)
    assert found.quarters
    assert all(item.below is None for item in found.quarters)


@pytest.mark.parametrize("search", [size, size_by_quarter])
def test_a_future_that_fails_is_no_future_in_which_the_target_was_met(search: Any) -> None:
    inputs = arm("mandatory", scale=0.01, until=date(2018, 3, 31))
    tried = failing(inputs, 2)
    with pytest.raises(UnfinishedError, match=r"replication 2 of ample seats failed: .*made to fail"):
        search(tried, Target(80, 60), 0.75, LUMPS["circuit"], 4)
    assert {failure.replication for failure in tried.failures} == {2, 3}


def test_a_question_of_futures_that_all_fail_has_no_answer() -> None:
    inputs = arm("mandatory", scale=0.01, until=date(2018, 3, 31))
    with pytest.raises(InputError) as error:
        ask(failing(inputs, 0), "demand", Target(80, 60), 0.75, 4)
    assert error.value.problems[0].code == "Q012"


def test_more_circuits_shorten_waits() -> None:
    """On the same futures, more of everything is never worse for the share served in time."""
    inputs = arm("mandatory", until=date(2019, 6, 30))
    tried = futures(inputs)
    shares = []
    for count in (1, 2, 4):
        plan = planned(inputs, LUMPS["circuit-day"], dict.fromkeys(["London", "South East"], (count,)))
        (spells,) = tried.spells(plan, f"{count}", [0])
        soon, late = Target(80, 60).counted(spells, 6, day_of(date(2017, 4, 3)), day_of(date(2019, 4, 1)))
        shares.append(soon / (soon + late))
    assert all(more >= fewer for fewer, more in pairwise(shares))
    assert shares[-1] > shares[0]
