"""A scheme from scratch against dates worked out by hand, closed forms and recursions of its own."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from worlds import Person, days_of_event, lives_of, on, plain, replay, run

from simulation.calendar import date_of, day_of, is_working
from simulation.durations import Duration, fixed
from simulation.inputs import PlainScheme
from simulation.journal import events
from simulation.replication import Replication

pytestmark = pytest.mark.property

START, UNTIL = date(2018, 1, 1), date(2019, 12, 31)
EVERYONE_AT_ONCE = PlainScheme(
    count=100,
    regions=(("Here", 1.0),),
    eligible_first=date(2018, 3, 1),
    eligible_last=date(2018, 3, 1),
    seats=(("Here", 10_000),),
    result=fixed(7),
)

few_at_a_time = settings(max_examples=25, deadline=None)


def simulated(scheme: PlainScheme, replication: int = 0, seed: int = 7) -> Replication:
    return run(plain(scheme, START, UNTIL, seed), replication)


def working_days(first: date, count: int) -> list[date]:
    """The first `count` working days from a date on."""
    found: list[date] = []
    when = first
    while len(found) < count:
        if is_working(when):
            found.append(when)
        when += timedelta(days=1)
    return found


def next_working(day: int) -> int:
    return day_of(working_days(date_of(day), 1)[0])


def first_sittings(found: Replication) -> dict[int, int]:
    return {worker: days[0] for worker, days in days_of_event(found, "sat").items()}


# One person, by hand.


def test_one_person_by_hand_who_passes() -> None:
    """Eligible on Thursday 1 March 2018, then 20 days of preparation and 9 of endorsement: Good Friday.

    The centre is shut on Good Friday, at the weekend and on Easter Monday, so the sitting is on Tuesday
    3 April, and its result fourteen days later.
    """
    scheme = replace(EVERYONE_AT_ONCE, count=1, preparation=fixed(20), endorsement=fixed(9), result=fixed(14))
    assert [(when, event) for _, when, _, event, _ in events(simulated(scheme).journal)] == [
        ("2016-09-30", "joined"),
        ("2018-01-01", "in_scope"),
        ("2018-03-01", "eligible"),
        ("2018-03-01", "put_forward"),
        ("2018-03-21", "prepared"),
        ("2018-03-30", "endorsed"),
        ("2018-04-03", "sat"),
        ("2018-04-17", "result"),
        ("2018-04-17", "accredited"),
    ]


def test_one_person_by_hand_who_fails_for_good() -> None:
    """Always short in one element, narrowly: it alone is sat again 90 days after each result, twice.

    1 March + 7 days is 8 March; + 90 days is Wednesday 6 June. + 7 is 13 June; + 90 is Tuesday 11 September.
    + 7 is 18 September, and the third attempt was the last.
    """
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=1,
        pass_probability=(1.0, 0.0, 1.0),
        narrow_share=1.0,
        narrow_wait=fixed(90),
        attempts=3,
    )
    found = [(when, event, detail) for _, when, _, event, detail in events(simulated(scheme).journal)]
    simulated_part, all_parts = 0b010, 0b111
    narrow = simulated_part << 4 | simulated_part << 8
    assert found[4:] == [
        ("2018-03-01", "prepared", 0),
        ("2018-03-01", "endorsed", 0),
        ("2018-03-01", "sat", all_parts),
        ("2018-03-08", "result", all_parts | narrow),
        ("2018-03-08", "retake_planned", simulated_part),
        ("2018-06-06", "endorsed", 1),
        ("2018-06-06", "sat", simulated_part),
        ("2018-06-13", "result", simulated_part | narrow),
        ("2018-06-13", "retake_planned", simulated_part),
        ("2018-09-11", "endorsed", 1),
        ("2018-09-11", "sat", simulated_part),
        ("2018-09-18", "result", simulated_part | narrow),
        ("2018-09-18", "stopped", 0),
    ]


def test_one_person_by_hand_who_fails_widely() -> None:
    """Two elements short: the whole assessment again after the full wait, 8 March 2018 + 365 days."""
    scheme = replace(
        EVERYONE_AT_ONCE, count=1, pass_probability=(0.0, 0.0, 1.0), narrow_share=1.0, full_wait=fixed(365)
    )
    found = simulated(scheme)
    assert days_of_event(found, "sat")[0] == [on(2018, 3, 1), on(2019, 3, 8)]
    assert [detail for _, _, _, event, detail in events(found.journal) if event == "sat"] == [0b111, 0b111]


def test_one_person_by_hand_who_is_not_endorsed() -> None:
    """Considered every 3 + 30 days, and never endorsed: prepared anew until the period ends."""
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=1,
        endorsement_probability=0.0,
        endorsement=fixed(3),
        endorsement_retry=fixed(30),
    )
    found = simulated(scheme)
    prepared, refused = days_of_event(found, "prepared")[0], days_of_event(found, "not_endorsed")[0]
    assert prepared == list(range(on(2018, 3, 1), on(2020, 1, 1), 33))
    assert refused == [day + 3 for day in prepared if day + 3 < on(2020, 1, 1)]
    assert not days_of_event(found, "endorsed")


# Limits with known answers.


def test_everyone_passes_where_passing_is_certain() -> None:
    found = simulated(EVERYONE_AT_ONCE)
    tally = Counter(event for *_, event, _ in events(found.journal))
    assert tally["accredited"] == tally["sat"] == tally["result"] == 100
    assert tally["retake_planned"] == tally["stopped"] == 0


def test_nobody_passes_where_passing_is_impossible() -> None:
    scheme = replace(EVERYONE_AT_ONCE, pass_probability=(1.0, 1.0, 0.0), full_wait=fixed(100))
    tally = Counter(event for *_, event, _ in events(simulated(scheme).journal))
    assert tally["accredited"] == 0
    # 1 March 2018, then every 107 days or the working day after, fits seven sittings before 2020.
    assert tally["sat"] == 700


def test_with_unlimited_seats_everyone_endorsed_sits_at_once() -> None:
    scheme = replace(
        EVERYONE_AT_ONCE,
        eligible_last=date(2018, 12, 31),
        preparation=Duration("pert", (5, 20, 90)),
        pass_probability=(0.9, 0.7, 0.8),
        narrow_share=0.5,
    )
    found = simulated(scheme)
    endorsed, sat = days_of_event(found, "endorsed"), days_of_event(found, "sat")
    assert sum(map(len, sat.values())) > 130
    for worker, days in endorsed.items():
        reached = [next_working(day) for day in days]
        assert sat[worker] == [day for day in reached if day <= day_of(UNTIL)]


def binomial_interval(count: int, chance: float, beyond: float = 1e-4) -> tuple[int, int]:
    """The counts between which a binomial falls but for `beyond`, summed from its own probabilities."""
    logs = [
        math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1)
        + k * math.log(chance) + (count - k) * math.log1p(-chance)
        for k in range(count + 1)
    ]  # fmt: skip
    cumulative = np.cumsum(np.exp(logs))
    return int(np.searchsorted(cumulative, beyond / 2)), int(np.searchsorted(cumulative, 1 - beyond / 2))


@pytest.mark.parametrize("chances", [(0.95, 0.8, 0.9), (0.5, 1.0, 1.0), (0.99, 0.99, 0.99)])
def test_with_unlimited_seats_first_passes_are_binomial(chances: tuple[float, float, float]) -> None:
    count = 4_000
    low, high = binomial_interval(count, math.prod(chances))
    assert high - low < count / 8
    for replication in range(3):
        found = simulated(replace(EVERYONE_AT_ONCE, count=count, pass_probability=chances), replication)
        results: dict[int, int] = {}
        for _, _, worker, event, detail in events(found.journal):
            if event == "result":
                results.setdefault(worker, detail >> 4 & 0xF)
        assert len(results) == count
        assert low <= sum(failed == 0 for failed in results.values()) <= high


def test_endorsements_no_shows_and_leavers_are_binomial_too() -> None:
    count = 4_000
    scheme = replace(
        EVERYONE_AT_ONCE, count=count, endorsement_probability=0.7, no_show=0.1, leaving_rate=0.3
    )
    found = simulated(replace(scheme, eligible_first=START, eligible_last=START))
    first: dict[int, str] = {}
    seat: dict[int, str] = {}
    left = 0
    for _, _, worker, event, _ in events(found.journal):
        if event in ("endorsed", "not_endorsed"):
            first.setdefault(worker, event)
        if event in ("sat", "no_show"):
            seat.setdefault(worker, event)
        left += event == "left"
    low, high = binomial_interval(len(first), 0.7)
    assert low <= sum(event == "endorsed" for event in first.values()) <= high
    low, high = binomial_interval(len(seat), 0.1)
    assert low <= sum(event == "no_show" for event in seat.values()) <= high
    years = (day_of(UNTIL) - day_of(START)) / 365.25
    low, high = binomial_interval(count, -math.expm1(-0.3 * years))
    assert low <= left <= high


def test_nobody_leaves_where_nobody_may() -> None:
    scheme = replace(EVERYONE_AT_ONCE, pass_probability=(0.5, 0.5, 0.5), leaving_rate=0.0)
    [(_, people)] = replay(simulated(scheme), [day_of(UNTIL)])
    assert all(person.present for person in people)


def test_nobody_sits_without_a_seat() -> None:
    assert not days_of_event(simulated(replace(EVERYONE_AT_ONCE, seats=())), "sat")
    assert not days_of_event(simulated(replace(EVERYONE_AT_ONCE, seats=(("Here", 0),))), "booked")


# Queues.


@few_at_a_time
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

CHANCES = st.tuples(*[st.floats(0.3, 1.0)] * 3)


@st.composite
def schemes(draw: st.DrawFn, attempts: int = 0) -> PlainScheme:
    first = date(2018, 1, 1) + timedelta(days=draw(st.integers(0, 200)))
    names = ("North", "South")[: draw(st.integers(1, 2))]
    return PlainScheme(
        count=draw(st.integers(1, 120)),
        regions=tuple((name, draw(st.floats(0.2, 1.0))) for name in names),
        eligible_first=first,
        eligible_last=first + timedelta(days=draw(st.integers(0, 300))),
        seats=tuple((name, draw(st.integers(0, 3))) for name in names),
        preparation=Duration("pert", (0, 20, 90)),
        endorsement=Duration("lognormal", (21, 0.6)),
        endorsement_probability=draw(st.floats(0.5, 1)),
        pass_probability=draw(CHANCES),
        narrow_share=draw(st.floats(0, 1)),
        narrow_wait=Duration("uniform", (20, 60)),
        full_wait=Duration("triangular", (60, 90, 200)),
        result=Duration("uniform", (1, 20)),
        attempts=attempts,
        leaving_rate=draw(st.sampled_from([0.0, 0.3])),
    )


@few_at_a_time
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


@few_at_a_time
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


@few_at_a_time
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


@few_at_a_time
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


@few_at_a_time
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
