"""Who gets which seat when capacity falls, when people may travel, when cancelled seats are filled again."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from worlds import STAYING, arm, future, lives_of, on, run

from simulation import stories
from simulation.calendar import day_of
from simulation.capacity import LEADERS, STANDBY, VENUES
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod, Closure, Inputs
from simulation.neighbours import neighbours
from simulation.replication import Replication

pytestmark = pytest.mark.property

LONDON, SOUTH_EAST = REGIONS.index("London"), REGIONS.index("South East")
UNTIL = date(2018, 12, 31)
SHUT = Closure("all", date(2017, 5, 19), date(2017, 9, 5))
"""From a Friday to a Tuesday."""
RUSH = (
    "phase.plan=all_at_once",
    "take_up.delay=0",
    "take_up.mandatory=1",
    "endorsement.per_manager_week=1000",
)
"""Everyone comes at once, so that queues are long for a year."""
CERTAIN = (
    "centre.no_show=0",
    "centre.late_cancellation=0",
    "centre.assessor_absence=0",
    "release.weekly_share=1",
)
"""Nothing but seats decides who sits when."""

Booking = tuple[int, int, int, int]
"""The day of booking, the worker, the day from which the queue counts, the venue."""


def world(*settings: str, seats: dict[str, int], closures: tuple[Closure, ...] = ()) -> Inputs:
    """The mandate with so many tenths of a seat a day by region, for a fiftieth of England."""
    inputs = arm("mandatory", *STAYING, "promotion.annual_rate=0", *RUSH, *settings, until=UNTIL)
    span = date(2017, 1, 1), UNTIL
    centres = tuple(CapacityPeriod(region, *span, 5 * count) for region, count in seats.items())
    return replace(inputs, centres=centres, closures=closures)


def bookings(found: Replication) -> list[Booking]:
    """Every booking of a practitioner or supervisor, in order of day and worker."""
    listed = []
    for worker, life in lives_of(found).items():
        queued = -1
        for day, event, detail in life:
            if event in ("endorsed", "cancelled", "no_show"):
                queued = day
            elif event == "booked" and VENUES[detail % STANDBY] != LEADERS:
                listed.append((day, worker, queued, detail))
    return sorted(listed)


def home_of(found: Replication, worker: int) -> int:
    """The region of a worker who never moves."""
    return int(found.workforce.employers.region[found.workforce.employer[worker]])


FEW = dict.fromkeys(REGIONS, 3)


@pytest.mark.parametrize("what", ["closure", "fewer seats", "nothing"])
def test_whoever_is_booked_has_the_seat_whatever_falls(what: str) -> None:
    """Every booking ends in its week, on a day with a staffed seat, or with a change of post."""
    base = arm("mandatory", *RUSH, until=UNTIL)
    changes = {
        "closure": replace(base, closures=(SHUT,)),
        "fewer seats": replace(
            base, centres=tuple(replace(item, last=min(item.last, SHUT.first)) for item in base.centres)
        ),
        "nothing": base,
    }
    found = run(changes[what])
    staffed = found.offered - found.absent
    edges = dict(pairwise([*found.rounds, found.until + 1]))
    kept = 0
    for life in lives_of(found).values():
        for (day, event, detail), (then, next_event, _) in pairwise(life):
            if event != "booked" or next_event in ("moved", "promoted", "left"):
                continue
            assert next_event in ("sat", "cancelled", "no_show")
            assert day <= then < edges[day]
            assert staffed[detail, then] > 0
            kept += 1
    assert kept > 10


def test_a_closure_changes_nothing_before_it_and_keeps_places_in_the_queue() -> None:
    quiet = world(*CERTAIN, seats=FEW)
    runs = [run(replace(quiet, closures=closed)) for closed in ((SHUT,), ())]
    with_it, without = map(bookings, runs)
    first, again = day_of(SHUT.first), day_of(SHUT.last) + 1
    monday = on(2017, 5, 15)
    before = [item for item in without if item[0] < monday]
    assert [item for item in with_it if item[0] < monday] == before != []
    week = [item for item in with_it if monday <= item[0] < first]
    assert len(week) == runs[0].offered[:-1, monday:first].sum() > 0
    later = [item for item in with_it if item[0] >= first]
    assert min(later)[0] == again - 2  # the Monday of the week in which they open on the Wednesday
    assert {venue for *_, venue in later[: 3 * len(REGIONS)]} == set(range(len(REGIONS)))
    waited = [queued for *_, queued, _ in later[: 3 * len(REGIONS)]]
    assert max(waited) < monday  # those who were waiting when it closed


def test_nobody_is_passed_over_in_a_region() -> None:
    """Without losses and departures, people of a region sit in order of endorsement, closure or not."""
    found = run(world(*CERTAIN, seats=FEW, closures=(SHUT,)))
    for region in range(len(REGIONS)):
        mine = [item for item in bookings(found) if item[3] == region]
        for (day, _, _, _), (then, _, queued, _) in pairwise(sorted(mine, key=lambda item: item[2])):
            assert then >= day or queued > day


def test_people_travel_only_after_the_wait_to_a_neighbour_whose_own_queue_is_served() -> None:
    """London has no seats, the South East more than it needs: who travels, from where, and after how long."""
    after = 60
    seats = {"South East": 80, "East of England": 80}
    settings = (*CERTAIN, "overflow.share=1", f"overflow.after_days={after}")
    found = run(world(*settings, seats=seats))
    away: Counter[tuple[int, int]] = Counter()
    for day, worker, queued, venue in bookings(found):
        home = home_of(found, worker)
        if venue != home:
            assert day - queued > after
            assert venue in neighbours()[home]
            away[home, venue] += 1
    assert away[LONDON, SOUTH_EAST] > 50
    homes = {home for home, _ in away}
    assert {REGIONS[home] for home in homes} == {"London", "South West", "West Midlands", "East Midlands"}
    told = {home: venue for home, venue in away if REGIONS[home] in ("London", "South West")}
    assert set(told.values()) == {SOUTH_EAST}  # the nearest, or the only one, with a seat


def test_those_who_travel_go_in_order_of_endorsement_over_all_regions() -> None:
    """Seats of one region that all those around it, without any, compete for."""
    settings = (*CERTAIN, "overflow.share=1", "overflow.after_days=0")
    found = run(world(*settings, seats={"South East": 30}))
    listed = bookings(found)
    travellers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for day, worker, queued, _ in listed:
        if home_of(found, worker) != SOUTH_EAST:
            travellers[day].append((queued, worker))
    around = {home for home, near in enumerate(neighbours()) if SOUTH_EAST in near}
    rounds = sorted(travellers)
    assert len(rounds) > 20
    waits = {(worker, queued): day for day, worker, queued, _ in listed}
    endorsed = [
        (day, worker)
        for worker, life in lives_of(found).items()
        for day, event, _ in life
        if event == "endorsed" and home_of(found, worker) in around
    ]
    for day in rounds:
        last = max(travellers[day])
        left_behind = [
            (queued, worker)
            for queued, worker in endorsed
            if queued < day and (queued, worker) < last and waits.get((worker, queued), 10**6) > day
        ]
        leaders = set(np.flatnonzero(found.workforce.functions >> 11 & 1).tolist())
        assert not [item for item in left_behind if item[1] not in leaders]


def test_only_the_willing_travel() -> None:
    settings = (*CERTAIN, "overflow.after_days=0")
    everyone, half, nobody = (
        {worker for _, worker, _, venue in bookings(found) if venue != home_of(found, worker)}
        for found in (
            run(world(*settings, f"overflow.share={share}", seats={"South East": 400}))
            for share in (1, 0.5, 0)
        )
    )
    assert not nobody
    assert 0.35 < len(half) / len(everyone) < 0.65


def test_rules_that_nobody_meets_change_nothing() -> None:
    """A rule of overflow where nobody travels, and a lead time where nothing is decided."""
    base = future("mandatory").journal
    for setting in ("overflow.after_days=0", "centre.lead_weeks=26", "centre.seats_factor=1"):
        assert (future("mandatory", setting).journal == base).all()


def test_with_everyone_on_the_list_no_seat_cancelled_late_is_lost_while_people_wait() -> None:
    settings = (*CERTAIN[2:], "centre.no_show=0", "centre.late_cancellation=0.4", "centre.standby_share=1")
    found = run(world(*settings, seats=FEW))
    cancelled, called = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for life in lives_of(found).values():
        for (day, event, detail), (then, next_event, _) in pairwise([*life, (found.until + 1, "", 0)]):
            cancelled[detail, day] += event == "cancelled"
            if event == "booked" and detail >= STANDBY:
                called[detail - STANDBY, day] += 1
                assert (then, next_event) == (day, "sat")
    assert called.total() > 100
    assert called <= cancelled
    busy = range(on(2017, 5, 1), on(2017, 7, 1))  # queues outlast the seats of every week
    lost = {(venue, day) for venue, day in cancelled - called if day in busy and VENUES[venue] != LEADERS}
    assert not lost


def test_half_a_standby_list_fills_about_half() -> None:
    settings = (*CERTAIN[2:], "centre.no_show=0", "centre.late_cancellation=0.4", "centre.standby_share=0.5")
    found = run(world(*settings, seats=FEW))
    events = Counter(
        event if event != "booked" or detail < STANDBY else "called"
        for life in lives_of(found).values()
        for _, event, detail in life
    )
    assert 0.35 < events["called"] / events["cancelled"] < 0.55


def test_a_standby_list_makes_nobody_of_it_wait_longer() -> None:
    """Seats that would be empty are used: more people sit, by every day."""
    settings = (*CERTAIN[2:], "centre.no_show=0", "centre.late_cancellation=0.3")
    without, with_list = (
        sorted(
            day
            for life in lives_of(run(world(*settings, f"centre.standby_share={share}", seats=FEW))).values()
            for day, event, _ in life
            if event == "sat"
        )
        for share in (0, 1)
    )
    assert len(with_list) > len(without)
    assert all(sooner <= later for sooner, later in zip(with_list, without, strict=False))


def test_a_life_says_where_the_seat_was_and_how_it_came() -> None:
    settings = ("overflow.share=1", "overflow.after_days=0", "centre.standby_share=1", "centre.no_show=0")
    found = run(world(*settings, "centre.late_cancellation=0.4", seats={"South East": 30, "London": 3}))
    told = {words for worker in range(found.workforce.size) for _, words in stories.life(found, worker)}
    assert {
        "booked a seat: South East",
        "booked a seat: London",
        f"booked a seat: {LEADERS}",
        "called from the standby list to a seat that was cancelled late",
    } <= told
    assert "booked a seat" not in told
    plain = run(world(seats=FEW))
    assert "booked a seat" in {words for worker in range(300) for _, words in stories.life(plain, worker)}
