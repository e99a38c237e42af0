"""More of a good thing never makes things worse: exactly where that is a theorem, on the whole where not."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from worlds import AMPLE, INDIFFERENT, SLACK, arm, days_of_event, future, on, run

from simulation.inputs import CapacityPeriod, Inputs
from simulation.replication import Replication

pytestmark = pytest.mark.property

QUARTERS = [on(year, month, 1) for year in range(2017, 2022) for month in (1, 4, 7, 10)] + [on(2022, 1, 1)]
STEADY = (*INDIFFERENT, "leaving.moving_share=0", "promotion.annual_rate=0")
"""Careers that no policy touches and that keep people where they are."""


def seats(inputs: Inputs, factor: int) -> Inputs:
    """So many times the seats, everywhere and always."""
    more = [replace(period, seats_per_day=period.seats_per_day * factor) for period in inputs.centres]
    return replace(inputs, centres=tuple(more))


def firsts(found: Replication, event: str) -> dict[int, int]:
    return {worker: days[0] for worker, days in days_of_event(found, event).items()}


def by_quarter(days: dict[int, int]) -> np.ndarray:
    """How many had the event before each quarter begins."""
    return np.searchsorted(sorted(days.values()), QUARTERS)


def none_later(better: dict[int, int], worse: dict[int, int]) -> bool:
    return worse.keys() <= better.keys() and all(better[worker] <= day for worker, day in worse.items())


def test_more_seats_assess_no_fewer_people_by_any_quarter() -> None:
    """With retakes, movers and releases in one queue this need not hold for each; it does for all."""
    total = []
    for factor in (1, 2, 4):
        runs = [run(seats(arm("mandatory", scale=0.05), factor), number) for number in range(4)]
        total.append(sum(by_quarter(firsts(found, "sat")) for found in runs))
    for fewer, more in pairwise(total):
        assert (more >= fewer).all()
    assert total[1].sum() > 1.02 * total[0].sum(), "seats should bind in the plan"


def test_more_seats_delay_nobody_where_nobody_comes_back() -> None:
    """One attempt, nobody missing a seat, people who stay, and employers that release: each sits no later.

    Seats open all week; with as many on each day of the week the round alone decides. More than the plan's
    seats on every day is more by every day, so the queue of every venue is ahead at every round.
    """
    settings = (
        *(*STEADY, *SLACK, "q8.max_attempts=1", "review=unavailable"),
        *("centre.no_show=0", "centre.late_cancellation=0"),
    )
    inputs = arm("mandatory", *settings, scale=0.05)
    runs = [run(seats(inputs, factor)) for factor in (1, 2, 3)]
    sat = [firsts(found, "sat") for found in runs]
    assert len(sat[0]) > 1_000
    for fewer, more in pairwise(sat):
        assert none_later(more, fewer)
        assert more != fewer


def test_an_extra_centre_only_helps_its_own_region() -> None:
    """Where people stay in their region, seats in London are felt in London alone."""
    base = arm("mandatory", *STEADY, scale=0.05)
    london = CapacityPeriod("London", *(AMPLE[0].first, AMPLE[0].last), 1_000)
    one, other = run(base), run(replace(base, centres=(*base.centres, london)))
    region = one.workforce.employers.region[one.workforce.employer]
    few, many = firsts(one, "sat"), firsts(other, "sat")
    changed = {worker for worker in few.keys() | many.keys() if few.get(worker) != many.get(worker)}
    index = one.regions.index("London")
    assert changed
    assert {int(region[worker]) for worker in changed} == {index}


@pytest.mark.parametrize("rates", [(0.76, 0.8, 0.9), (0.0, 0.5, 1.0)])
def test_a_likelier_pass_accredits_no_fewer_and_nobody_later(rates: tuple[float, ...]) -> None:
    """With capacity to spare: the same draws fail less, and a better result never leads to a longer wait.

    By fixed waits, as the spread of an employer's timing is drawn anew at each retake.
    """
    settings = (*STEADY, *SLACK, "q8=fixed_waits", "review=unavailable")
    accredited = []
    for rate in rates:
        found = future("mandatory", *settings, f"element.simulated={rate}", ample=True)
        accredited.append(firsts(found, "accredited"))
    for lower, higher in pairwise(accredited):
        assert none_later(higher, lower)
        assert higher != lower


def test_a_likelier_pass_accredits_no_fewer_with_the_plans_seats() -> None:
    """Everything as shipped, careers and queues included, over a few futures."""
    total = []
    for rate in (0.76, 0.82, 0.89):
        runs = (
            future("mandatory", f"element.simulated={rate}", scale=0.05, replication=number)
            for number in range(4)
        )
        total.append(sum(by_quarter(firsts(found, "accredited")) for found in runs))
    for lower, higher in pairwise(total):
        assert (higher >= lower).all()
        assert higher.sum() > lower.sum()


@pytest.mark.parametrize("months", [(24, 12), (12, 6), (6, 0)])
def test_earlier_eligibility_delays_nobody_when_there_is_room(months: tuple[int, int]) -> None:
    """Question 3 shortened: the newly qualified are eligible earlier, and nobody sits later than before."""
    late, early = (
        firsts(future("mandatory", *STEADY, *SLACK, f"q3={count}", ample=True), "sat") for count in months
    )
    assert none_later(early, late)
    assert early != late


def test_a_higher_take_up_calls_everyone_whom_a_lower_one_calls() -> None:
    """Whoever comes forward at 10% also does at 40%, on the same day; so do they when it is expected."""
    few, many = (
        firsts(future("voluntary", f"take_up.voluntary={share}", *STEADY), "put_forward")
        for share in (0.1, 0.4)
    )
    expected = firsts(future("consultation", "take_up.expected=0.4", *STEADY), "put_forward")
    assert few.items() < many.items()
    assert many == expected


def test_a_requirement_calls_them_too_and_no_later() -> None:
    free, bound = (firsts(future(name, *STEADY), "put_forward") for name in ("voluntary", "mandatory"))
    assert none_later(bound, free)


def test_more_endorsements_and_more_release_assess_no_fewer() -> None:
    for name, values in (
        ("endorsement.per_manager_week", (0.02, 0.1, 1)),
        ("release.weekly_share", (0.0, 0.05, 0.15)),
        ("endorsement.probability", (0.4, 0.7, 1.0)),
    ):
        total = []
        for value in values:
            found = (
                future("mandatory", f"{name}={value}", scale=0.04, replication=number) for number in range(2)
            )
            total.append(sum(by_quarter(firsts(item, "sat")) for item in found))
        for fewer, more in pairwise(total):
            assert more.sum() >= fewer.sum(), name
        assert total[-1].sum() > total[0].sum(), name
