"""Flows through the queues against a second reading of the journal: plain Python, one event at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from scenarios.verification.reading import spells as stretches_of
from simulation.calendar import day_of
from simulation.delays import delay_by_cause
from simulation.flows import (
    FLOWS,
    GONE,
    MOST_VENUES,
    SAT,
    WAITING,
    Spells,
    delays,
    flows,
    gaps,
    quarters_of,
    spells,
    trips,
    weeks_of,
)
from simulation.journal import Event
from simulation.replicate import Outcome, prepare, replicate
from simulation.stages import Cause, Stage
from simulation.state import LEADER
from tests.simulation.schemes import EVERYONE_AT_ONCE
from tests.simulation.worlds import lives_of, plain
from tests.simulation.worlds import outcome as outcome_of

pytestmark = pytest.mark.unit

NAMES = ("mandatory", "voluntary", "centres-closed")
ELSEWHERE = ("overflow.share=0.8", "overflow.after_days=14", "centre.standby_share=0.7")
"""People travel on after a fortnight, and many seats that are cancelled late are filled again."""


def counted(run: Outcome) -> dict[str, np.ndarray]:
    return dict(zip(FLOWS, flows(run).astype(np.int64), strict=True))


def told(run: Outcome) -> list[tuple[int, int, bool, int, int]]:
    """Every wait as (day joined, days, a retake, how it ended, whose venue), from each life's events in turn.

    The venue is that of the employer and the status with which the wait began.
    """
    found = []
    people, leaders = run.replication.workforce, len(run.replication.regions)
    region = people.employers.region.tolist()
    for worker, life in lives_of(run.replication).items():
        since, failed, of_retake = None, False, False
        employer, status, home = int(people.employer[worker]), 0, -1
        for day, event, detail in life:
            if since is not None and event in ("sat", "left", "promoted", "prepared", "in_scope"):
                found.append((since, day - since, of_retake, SAT if event == "sat" else GONE, home))
                since = None
            if event == "moved":
                employer = detail
            elif event == "in_scope":
                status = detail
            if event == "endorsed":
                since, of_retake = day, failed
                home = leaders if status == LEADER else region[employer]
            elif event == "result":
                failed = detail >> 4 & 15 > 0
            elif event in ("promoted", "accredited", "renewed"):
                failed = False
        if since is not None:
            found.append((since, run.replication.until - since, of_retake, WAITING, home))
    return sorted(found)


def packed(found: Spells) -> list[tuple[int, int, bool, int, int]]:
    """The waits that are kept, in the same form."""
    parts = (found.joined, found.wait, found.retake, found.ended, found.home)
    return sorted(zip(*(part.tolist() for part in parts), strict=True))


def moved_while_waiting(run: Outcome) -> int:
    """How many waits ended with a move to another region."""
    region = run.replication.workforce.employers.region
    lives = run.lives
    rows = lives.rows(Event.MOVED)
    rows = rows[lives.stage[rows] == Stage.AWAITING_SEAT]
    return int((region[lives.employer[rows]] != region[lives.employer[rows - 1]]).sum())


@pytest.mark.parametrize("name", NAMES)
def test_every_wait_is_told_once(name: str) -> None:
    run = outcome_of(name)
    found = Spells.unpacked(spells(run))
    assert packed(found) == told(run)
    assert SAT in found.ended


MOVING = "leaving.moving_share=0.9"
"""Most of those who leave an authority take up post with another."""


@pytest.mark.parametrize("retakes", ["employer_discretion", "fixed_waits"])
def test_who_moves_to_another_region_has_waited_in_the_one_they_left(retakes: str) -> None:
    """A wait is charged where it was spent; a move ends it, since the new authority endorses anew."""
    run = outcome_of("mandatory", MOVING, f"q8={retakes}")
    assert moved_while_waiting(run) > 20
    assert packed(Spells.unpacked(spells(run))) == told(run)
    lives = run.lives
    moved = lives.rows(Event.MOVED)
    moved = moved[lives.stage[moved] == Stage.AWAITING_SEAT]
    assert (lives.code[moved + 1] == Event.PREPARED).all()
    assert (lives.day[moved + 1] == lives.day[moved]).all()
    assert (lives.worker[moved + 1] == lives.worker[moved]).all()


def test_waits_of_sittings_are_those_measured() -> None:
    run = outcome_of("mandatory")
    found = Spells.unpacked(spells(run))
    sat = np.flatnonzero(run.lives.code == 13)
    assert sorted(found.wait[found.ended == SAT]) == sorted(run.replication.waits(run.lives, sat))


@pytest.mark.parametrize("name", NAMES)
def test_whoever_joins_a_queue_sits_leaves_or_waits(name: str) -> None:
    """Week by week and queue by queue: joined so far = sat, or gone, so far, or there now."""
    run = outcome_of(name)
    found, waits = counted(run), Spells.unpacked(spells(run))
    weeks = weeks_of(run.replication.start, run.replication.until)
    for venue in range(run.replication.offered.shape[0]):
        here = waits.home == venue
        left = waits.joined[here] + waits.wait[here]
        for week in range(0, len(weeks), 13):
            end = weeks[week] + 6
            there = (waits.joined[here] <= end) & ((left > end) | (waits.ended[here] == WAITING))
            assert found["waiting"][week, venue] == there.sum()
    assert found["joined_first"].sum() + found["joined_retake"].sum() == len(waits.joined)
    assert found["gone"].sum() == (waits.ended == GONE).sum()


@pytest.mark.parametrize("name", NAMES)
def test_seats_are_used_or_lost(name: str) -> None:
    """Nothing is used that was not offered, in any week at any venue; and the sums are the journal's."""
    run = outcome_of(name)
    found = counted(run)
    used = found["used_first"] + found["used_retake"]
    lost = sum(found[cause] for cause in ("absent", "no_show", "cancelled", "vacated")) - found["standby"]
    assert (used + lost <= found["offered"]).all()
    events = Counter(event for life in lives_of(run.replication).values() for _, event, _ in life)
    assert used.sum() == events["sat"]
    assert found["no_show"].sum() == events["no_show"]
    assert found["cancelled"].sum() == events["cancelled"]
    assert (
        found["vacated"].sum() == events["booked"] - events["sat"] - events["no_show"] - events["cancelled"]
    )
    span = slice(run.replication.start, run.replication.until + 1)
    assert found["offered"].sum() == run.replication.offered[:, span].sum()
    assert found["absent"].sum() == run.replication.absent[:, span].sum()


def test_trips_are_sittings_by_employer() -> None:
    run = outcome_of("mandatory")
    employer: dict[int, int] = {}
    wanted: dict[tuple[int, int], int] = defaultdict(int)
    people = run.replication.workforce.employer
    for worker, life in lives_of(run.replication).items():
        employer[worker] = int(people[worker])
        for _, event, detail in life:
            if event == "moved":
                employer[worker] = detail
            elif event == "sat":
                wanted[employer[worker], detail >> 4] += 1
    found = trips(run).sum(axis=0)
    assert {(int(e), int(v)): int(found[e, v]) for e, v in np.argwhere(found)} == dict(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_delays_by_quarter_and_region_are_the_delay_all_in_all(name: str) -> None:
    run = outcome_of(name)
    found = delays(run)
    assert found.sum(axis=(1, 2)).tolist() == delay_by_cause(run.lives, run.replication).tolist()
    assert (found >= 0).all()
    assert found.shape[1] == len(quarters_of(run.replication.start, run.replication.until))


def test_delays_are_charged_to_the_region_in_which_they_were_spent() -> None:
    """A mover's days with the old authority are the old region's, whatever stage they were spent at."""
    run = outcome_of("mandatory", MOVING)
    people, start = run.replication.workforce, run.replication.start
    region = people.employers.region.tolist()
    wanted: Counter[tuple[str, int]] = Counter()
    for worker, life in lives_of(run.replication).items():
        stretches = stretches_of(life, int(people.employer[worker]), run.replication.until + 1)
        for first, past, stage, employer, accredited in stretches:
            if not accredited:
                wanted[stage, region[employer]] += max(past - max(first, start), 0)
    found = delays(run).sum(axis=1)
    for stage, causes in (
        ("preparing", (Cause.PREPARING,)),
        ("awaiting endorsement", (Cause.AWAITING_ENDORSEMENT,)),
        ("awaiting seat", (Cause.AWAITING_SEAT, Cause.AWAITING_RELEASE, Cause.CENTRE_CLOSED)),
    ):
        told = [wanted[stage, place] for place in range(len(run.replication.regions))]
        assert found[list(causes)].sum(axis=0).tolist() == told, stage


def test_the_first_quarter_may_begin_before_the_period() -> None:
    quarters = quarters_of(day_of(date(2017, 2, 10)), day_of(date(2017, 12, 31)))
    assert quarters == tuple(day_of(date(2017, month, 1)) for month in (1, 4, 7, 10))


def test_the_gap_is_kept_whole() -> None:
    run = outcome_of("mandatory")
    gap, covered = gaps(run)
    assert (gap == run.gap.gap).all()
    assert (gap - covered == run.gap.uncovered).all()


def test_a_scheme_from_scratch_has_flows_too() -> None:
    scheme = EVERYONE_AT_ONCE
    run = replicate(prepare(plain(scheme, date(2018, 1, 1), date(2019, 12, 31))), 0)
    found = counted(run)
    assert found["joined_first"].sum() == found["used_first"].sum() == scheme.count
    assert found["waiting"][-1].sum() == 0
    assert (delays(run).sum(axis=(1, 2)) == delay_by_cause(run.lives, run.replication)).all()


def many_regions(count: int) -> Outcome:
    """A scheme whose people are spread over so many regions; half of them fail, so that some sit again."""
    names = [f"region {number}" for number in range(count)]
    scheme = replace(
        EVERYONE_AT_ONCE,
        count=10 * count,
        regions=tuple((name, 1 / count) for name in names),
        seats=tuple((name, 1) for name in names),
        pass_probability=(1.0, 0.5, 1.0),
    )
    return replicate(prepare(plain(scheme, date(2018, 1, 1), date(2019, 12, 31))), 0)


def test_waits_of_as_many_regions_as_can_be_told_apart_are_kept_as_they_are() -> None:
    run = many_regions(MOST_VENUES)
    found, kept = run.spells, Spells.unpacked(spells(run))
    for venue in range(MOST_VENUES):
        for name in ("joined", "wait", "venue", "retake", "ended"):
            here = (getattr(spell, name)[spell.home == venue] for spell in (found, kept))
            assert Counter(next(here).tolist()) == Counter(next(here).tolist()), (venue, name)
    assert kept.retake.any()


def test_waits_of_more_regions_are_not_kept_wrong() -> None:
    with pytest.raises(ValueError, match="16 venues"):
        spells(many_regions(MOST_VENUES + 1))


def test_seats_add_up_where_people_travel_on_and_stand_by() -> None:
    """Who is sent is received; a seat that is filled again is lost to nobody; and nothing is used twice."""
    run = outcome_of("mandatory", *ELSEWHERE)
    found, waits = counted(run), Spells.unpacked(spells(run))
    assert found["sent"].sum() == found["received"].sum() > 0
    assert found["standby"].sum() > 0
    assert (found["standby"] <= found["cancelled"]).all()
    used = found["used_first"] + found["used_retake"]
    lost = sum(found[cause] for cause in ("absent", "no_show", "cancelled", "vacated")) - found["standby"]
    assert (used + lost <= found["offered"]).all()
    sat = waits.ended == SAT
    assert (waits.venue[sat] != waits.home[sat]).sum() == found["sent"].sum()
    assert packed(waits) == told(run)
    home = run.replication.workforce.employers.region
    trip = trips(run).sum(axis=0)[:, : len(run.replication.regions)]
    assert trip.sum() - trip[np.arange(len(home)), home].sum() == found["sent"].sum()
