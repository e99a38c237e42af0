"""Queues of a scheme from scratch: closed forms, recursions of their own, and what more seats can promise."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from schemes import (
    CHANCES,
    EVERYONE_AT_ONCE,
    FEW,
    START,
    UNTIL,
    first_sittings,
    schemes,
    simulated,
    working_days,
)
from worlds import Person, days_of_event, lives_of, on, plain, replay, run

from simulation.calendar import date_of, day_of, is_working
from simulation.durations import fixed
from simulation.inputs import PlainScheme
from simulation.replication import Replication

pytestmark = pytest.mark.property


# Queues.


@FEW
@given(st.integers(1, 400), st.integers(1, 40))
def test_a_crowd_takes_as_many_days_as_seats_make_it(count: int, seats: int) -> None:
    """All eligible on one day, k seats a working day: n people take exactly n / k days, rounded up."""
    assume(-(-count // seats) < 400)
    found = first_sittings(simulated(replace(EVERYONE_AT_ONCE, count=count, seats=(("Here", seats),))))
    days = working_days(date(2018, 3, 1), -(-count // seats))
    tally = Counter(date_of(day) for day in found.values())
    assert sorted(tally) == days
    assert [tally[day] for day in days[:-1]] == [seats] * (len(days) - 1)
    assert sum(tally.values()) == count
    assert [found[worker] for worker in range(count)] == sorted(found.values())  # ties go by row


def crowded(count: int, seats: int, load: float) -> PlainScheme:
    """A year's arrivals, spread evenly, that ask for a share `load` of the seats of every working day."""
    days = count / seats / load * 7 / 5
    last = date(2018, 1, 1) + timedelta(days=round(days))
    return replace(
        EVERYONE_AT_ONCE,
        count=count,
        eligible_first=date(2018, 1, 1),
        eligible_last=last,
        seats=(("Here", seats),),
    )


@pytest.mark.parametrize(
    ("count", "seats", "load"), [(350, 1, 0.8), (430, 1, 0.95), (900, 3, 1.2), (2_000, 5, 0.9)]
)
def test_waits_are_those_of_the_queues_recursion(count: int, seats: int, load: float) -> None:
    """Lindley: what waits tonight is what waited last night, and came, less the seats, but never below none.

    The same arrivals, by a recursion on numbers alone; people are then matched to seats in order of arrival.
    """
    found = simulated(crowded(count, seats, load))
    endorsed = {worker: days[0] for worker, days in days_of_event(found, "endorsed").items()}
    arrivals = Counter(endorsed.values())
    order = sorted((day, worker) for worker, day in endorsed.items())
    waiting, served, wanted = 0, 0, {}
    for day in range(day_of(START), day_of(UNTIL) + 1):
        waiting += arrivals[day]
        if is_working(date_of(day)):
            left = max(waiting - seats, 0)
            for _ in range(waiting - left):
                wanted[order[served][1]] = day
                served += 1
            waiting = left
    sat = first_sittings(found)
    assert sat == wanted
    mean_wait = np.mean([sat[worker] - endorsed[worker] for worker in sat])
    assert mean_wait == np.mean([wanted[worker] - endorsed[worker] for worker in wanted])


def test_the_mean_queue_is_that_of_the_formula() -> None:
    """One seat a day and Poisson arrivals of r a day leave r^2 / (2 (1 - r)) waiting at night, on average.

    Weekends bring arrivals and no seat, so the mean is that of the same chain through its weekly cycle, by
    repeated multiplication; without weekends the chain gives the formula. Arrivals spread evenly over two
    years are binomial, close to Poisson.
    """
    replications, weeks, load = 60, 104, 0.7
    a_day = load * 5 / 7
    top = 80
    poisson = np.array([math.exp(-a_day + k * math.log(a_day) - math.lgamma(k + 1)) for k in range(top)])

    def arrive(law: np.ndarray) -> np.ndarray:
        return np.convolve(law, poisson)[:top]

    def serve(law: np.ndarray) -> np.ndarray:
        served = np.append(law[1:], 0.0)
        served[0] += law[0]
        return served

    law = np.eye(top)[0]
    for _ in range(300):
        evening = []
        for weekday in range(7):
            law = arrive(law)
            law = serve(law) if weekday < 5 else law
            evening.append(float(law @ np.arange(top)))
    daily = np.eye(top)[0]
    for _ in range(2_000):
        daily = serve(arrive(daily))
    # The chain itself, without weekends, is the formula; this ties the one to the other.
    assert daily @ np.arange(top) == pytest.approx(a_day**2 / (2 * (1 - a_day)), rel=1e-6)

    days = 7 * weeks
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=round(a_day * days),
        eligible_first=date(2017, 1, 2),
        eligible_last=date(2017, 1, 2) + timedelta(days=days - 1),
        seats=(("Here", 1),),
    )
    queue = []
    # Seven weeks of early 2018 without a bank holiday, a year after the start and long before the end.
    watched = range(on(2018, 2, 5), on(2018, 3, 26))
    for replication in range(replications):
        found = run(plain(scheme, date(2017, 1, 2), date(2018, 12, 30)), replication)
        came, went = (
            np.sort([days[0] for days in days_of_event(found, event).values()])
            for event in ("endorsed", "sat")
        )
        left = np.searchsorted(came, watched, side="right") - np.searchsorted(went, watched, side="right")
        queue.append(left.mean())
    error = np.std(queue, ddof=1) / math.sqrt(replications)
    assert np.mean(queue) == pytest.approx(np.mean(evening), abs=4 * error)
    assert error < 0.2 * np.mean(evening)


# Monotonicity under common random numbers.


@FEW
@given(schemes(attempts=1), st.integers(1, 5))
def test_more_seats_make_nobody_wait_longer(scheme: PlainScheme, more: int) -> None:
    """Exact where nobody returns to the queue: in turn, each person sits no later with more seats.

    By induction along the queue: whoever is ahead has sat no later, so no more people are ahead on any day.
    """
    wider = replace(scheme, seats=tuple((name, seats + more) for name, seats in scheme.seats))
    few, many = first_sittings(simulated(scheme)), first_sittings(simulated(wider))
    assert few.keys() <= many.keys()
    assert all(many[worker] <= day for worker, day in few.items())


RETURNING = replace(
    EVERYONE_AT_ONCE,
    count=18,
    eligible_first=date(2018, 1, 2),
    eligible_last=date(2018, 1, 30),
    seats=(("Here", 4),),
    pass_probability=(0.5, 0.5, 0.5),
    narrow_share=0.5,
    narrow_wait=fixed(1),
    full_wait=fixed(5),
    result=fixed(1),
)


def assessed_by(found: Replication, days: list[int]) -> np.ndarray:
    return np.searchsorted(sorted(first_sittings(found).values()), days, side="right")


def test_with_retakes_in_the_same_queue_it_is_no_theorem() -> None:
    """A case found by search: a fifth seat brings retakes back together, ahead of one who then waits.

    One person sits a day later with five seats than with four, and a day's count of people assessed is lower.
    """
    few = simulated(RETURNING, seed=1884)
    many = simulated(replace(RETURNING, seats=(("Here", 5),)), seed=1884)
    assert first_sittings(few)[4] == first_sittings(many)[4] - 1 == on(2018, 1, 23)
    assert assessed_by(few, [on(2018, 1, 23)])[0] == assessed_by(many, [on(2018, 1, 23)])[0] + 1


def test_with_retakes_more_seats_assess_no_fewer_people_all_in_all() -> None:
    """What one person may lose to another's retake, everyone together gains many times over."""
    days = list(range(on(2018, 1, 1), on(2018, 12, 31), 14))
    total = []
    for seats in (1, 2, 3, 4):
        scheme = replace(RETURNING, count=60, seats=(("Here", seats),))
        runs = [simulated(scheme, replication) for replication in range(10)]
        total.append(sum(assessed_by(found, days) for found in runs))
    for fewer, more in pairwise(total):
        assert (more >= fewer).all()
        assert more.sum() > fewer.sum()


@FEW
@given(schemes(), CHANCES)
def test_a_likelier_pass_never_delays_accreditation(
    scheme: PlainScheme, other: tuple[float, float, float]
) -> None:
    """Exact with ample seats, and a narrow wait never longer than the full one."""
    scheme = replace(scheme, seats=tuple((name, 10_000) for name, _ in scheme.seats))
    better = tuple(max(pair) for pair in zip(scheme.pass_probability, other, strict=True))
    low = days_of_event(simulated(scheme), "accredited")
    high = days_of_event(simulated(replace(scheme, pass_probability=better)), "accredited")
    assert low.keys() <= high.keys()
    assert all(high[worker][0] <= days[0] for worker, days in low.items())


@FEW
@given(schemes(), st.integers(0, 120), st.integers(0, 120))
def test_earlier_eligibility_delays_nobody_when_seats_are_ample(
    scheme: PlainScheme, first: int, last: int
) -> None:
    scheme = replace(scheme, seats=tuple((name, 10_000) for name, _ in scheme.seats))
    early = replace(
        scheme,
        eligible_first=max(scheme.eligible_first - timedelta(days=first), START),
        eligible_last=max(scheme.eligible_last - timedelta(days=last), START),
    )
    late, soon = (days_of_event(simulated(item), "accredited") for item in (scheme, early))
    assert late.keys() <= soon.keys()
    assert all(soon[worker][0] <= days[0] for worker, days in late.items())


# Conservation.


@FEW
@given(schemes(), st.integers(0, 3))
def test_people_and_seats_are_conserved(scheme: PlainScheme, attempts: int) -> None:
    found = simulated(replace(scheme, attempts=attempts, no_show=0.2))
    for _, people in replay(found, [day_of(START) - 1, day_of(START), on(2018, 9, 1), day_of(UNTIL)]):
        assert len(people) == scheme.count
    taken = np.zeros_like(found.offered)
    for life in lives_of(found).values():
        person, sat, last = Person(0), 0, -1
        for day, event, detail in life:
            assert person.present or event == "joined"
            assert event != "left" or day > last  # nothing else happens on the day of leaving
            last = day
            if event in ("sat", "no_show"):
                assert person.stage == "awaiting seat"
                taken[detail >> 4 if event == "sat" else detail, day] += 1
                sat += event == "sat"
            person.take(event, detail)
        assert attempts == 0 or sat <= attempts
    assert (taken <= found.offered).all()


@FEW
@given(schemes())
def test_no_seat_stays_empty_while_someone_waits(scheme: PlainScheme) -> None:
    """The centre never idles: on a day with a seat over, everyone of the region who could sit has sat."""
    found = simulated(scheme)
    region = found.workforce.employer
    taken, spans = np.zeros_like(found.offered), []
    for worker, life in lives_of(found).items():
        since = None
        for day, event, _ in life:
            if event == "endorsed":
                since = day
            if event in ("sat", "left") and since is not None:
                spans.append((int(region[worker]), since, day))
                since = None
            if event == "sat":
                taken[region[worker], day] += 1
        if since is not None:
            spans.append((int(region[worker]), since, found.until + 1))
    spare = taken < found.offered
    for venue, first, last in spans:
        assert not spare[venue, first:last].any()
