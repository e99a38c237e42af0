"""The fast world against the slow one, event for event, on policies nobody chose."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from arms import rollouts, schemes, staff_lists
from hypothesis import HealthCheck, Phase, given, seed, settings
from worlds import arm

from simulation.capacity import STANDBY
from simulation.codes import REGIONS
from simulation.inputs import CapacityPeriod, Inputs
from simulation.journal import Event, Journal, codes_of, details_of
from simulation.plain import prepare_plain, run_plain
from simulation.prepared import prepare_rollout
from simulation.replication import Replication
from simulation.timeline import timeline
from simulation.twin import first_difference, run_twin
from simulation.twin_plain import run_twin_plain
from simulation.world import run_world

pytestmark = pytest.mark.twin

EVENTS_OF_A_SCHEME = {
    *(Event.JOINED, Event.IN_SCOPE, Event.ELIGIBLE, Event.PUT_FORWARD, Event.PREPARED, Event.ENDORSED),
    *(Event.NOT_ENDORSED, Event.NO_SHOW, Event.SAT, Event.RESULT, Event.ACCREDITED, Event.RETAKE_PLANNED),
    *(Event.STOPPED, Event.LEFT),
}


UNEVEN = tuple(
    CapacityPeriod(region, date(2017, 3, 1), date(2021, 12, 31), 20 + 60 * (row % 3), row % 5 + 1)
    for row, region in enumerate(REGIONS)
)
"""Some regions with few seats beside others with more."""


def stable(examples: int) -> settings:
    """The same cases in every run, reported as they are: making one smaller would take minutes."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def rollouts_agree(examples: int, root: int | None = None) -> set[int]:
    """Hold that many random rollouts against their twins; the events that came up.

    Each `root` gives other ones, over shorter times.
    """
    met: set[int] = set()
    manner = stable(examples)

    @(manner if root is None else lambda test: seed(root)(settings(manner, derandomize=False)(test)))
    @given(rollouts())
    def same(inputs: Inputs) -> None:
        until = inputs.until if root is None else min(inputs.until, date(2019, 6, 30))
        prepared = prepare_rollout(replace(inputs, until=until))
        fast = run_world(prepared, 0).journal
        met.update(codes_of(fast).tolist())
        assert first_difference(fast, run_twin(prepared, 0)) is None

    same()
    return met


def schemes_agree(examples: int) -> set[int]:
    """Hold that many random schemes from scratch against their twins; the events that came up."""
    met: set[int] = set()

    @stable(examples)
    @given(schemes())
    def same(inputs: Inputs) -> None:
        assert inputs.plain is not None
        prepared = prepare_plain(inputs, inputs.plain)
        fast = run_plain(prepared, 0).journal
        met.update(codes_of(fast).tolist())
        assert first_difference(fast, run_twin_plain(prepared, 0)) is None

    same()
    return met


def test_any_policy_gives_the_journal_of_its_twin() -> None:
    assert len(rollouts_agree(25)) > 18


@pytest.mark.parametrize("way", ["assessment", "cpd_hours", "endorsement"])
def test_renewal_in_each_way_is_that_of_the_twin(way: str) -> None:
    """Random policies seldom renew anything; these do so every year."""
    inputs = arm("mandatory", f"q9={way}", "q9.years=1", "phase.plan=all_at_once", until=date(2020, 6, 30))
    prepared = prepare_rollout(inputs)
    fast = run_world(prepared, 0).journal
    assert set(codes_of(fast).tolist()) >= {Event.RENEWAL_DUE, Event.RENEWED}
    assert first_difference(fast, run_twin(prepared, 0)) is None


@pytest.mark.parametrize("root", range(1, 8))
def test_two_hundred_policies_in_all_give_the_journals_of_their_twins(root: int) -> None:
    """Seven times as many again as above, in parts that can run side by side."""
    assert len(rollouts_agree(25, root)) > 18


def staff_lists_agree(folder: Path, examples: int) -> set[int]:
    """Hold that many staff lists, under random policies, against their twins; the events that came up."""
    met: set[int] = set()

    @stable(examples)
    @given(rollouts(), staff_lists())
    def same(inputs: Inputs, listed: str) -> None:
        file = folder / f"{hashlib.sha256(listed.encode()).hexdigest()}.csv"
        file.write_text(listed, encoding="utf-8")
        prepared = prepare_rollout(replace(inputs, workforce_file=file, scale=1.0))
        assert prepared.workforce.size == listed.count("\n")
        fast = run_world(prepared, 0).journal
        met.update(codes_of(fast).tolist())
        assert first_difference(fast, run_twin(prepared, 0)) is None

    same()
    return met


def test_a_staff_list_gives_the_journal_of_its_twin(tmp_path: Path) -> None:
    assert staff_lists_agree(tmp_path, 20) >= {Event.SAT, Event.ACCREDITED, Event.RESTRICTED, Event.LEFT}


def test_random_policies_call_by_waves_of_sites_too() -> None:
    """The policies that are held against the twin name groups and authorities, joining more than once."""
    met: set[int] = set()

    @stable(25)
    @given(rollouts())
    def counted(inputs: Inputs) -> None:
        met.add(len(inputs.sites))

    counted()
    assert met >= {0, 1, 2}


@pytest.mark.slow
def test_many_more_staff_lists_give_the_journals_of_their_twins(tmp_path: Path) -> None:
    assert len(staff_lists_agree(tmp_path, 250)) > 15


@pytest.mark.slow
def test_many_more_policies_give_the_journals_of_their_twins() -> None:
    assert len(rollouts_agree(250)) > 20


def seats_of(run: Replication) -> Iterator[str]:
    """The unusual ways in which seats were given."""
    booked = details_of(run.journal)[codes_of(run.journal) == Event.BOOKED]
    if (booked & STANDBY).any():
        yield "from the standby list"
    seen = timeline(run.journal, run.workforce.employer.astype(np.int64), run.until + 1)
    sat = seen.rows(Event.SAT)
    home = run.workforce.employers.region[seen.employer[sat]]
    venue = seen.detail[sat] >> 4
    if ((venue != home) & (venue < len(REGIONS))).any():
        yield "in another region"


@pytest.mark.parametrize("after", [0, 40])
def test_seats_taken_in_other_ways_are_those_of_the_twin(after: int) -> None:
    """Few seats, long waits and many late cancellations, so that both ways are used often."""
    shares = ("overflow.share=0.8", "centre.standby_share=0.7", "centre.late_cancellation=0.3")
    inputs = arm("mandatory", *shares, f"overflow.after_days={after}", until=date(2020, 12, 31))
    prepared = prepare_rollout(replace(inputs, centres=UNEVEN))
    run = run_world(prepared, 0)
    assert set(seats_of(run)) == {"from the standby list", "in another region"}
    assert first_difference(run.journal, run_twin(prepared, 0)) is None


def test_any_scheme_from_scratch_gives_the_journal_of_its_twin() -> None:
    assert schemes_agree(60) == EVENTS_OF_A_SCHEME


@pytest.mark.slow
def test_many_more_schemes_from_scratch_give_the_journals_of_their_twins() -> None:
    assert schemes_agree(1_500) == EVENTS_OF_A_SCHEME


def journal(*events: tuple[int, Event, int]) -> Journal:
    """A journal of (day, event, worker)."""
    return np.array(sorted(day << 48 | code << 40 | worker << 16 for day, code, worker in events), np.uint64)


def test_equal_journals_have_no_difference() -> None:
    assert first_difference(journal((0, Event.JOINED, 3)), journal((0, Event.JOINED, 3))) is None


def test_the_first_difference_is_shown_with_both_histories_of_its_worker() -> None:
    shared = [(0, Event.JOINED, 3), (0, Event.JOINED, 4), (9, Event.LEFT, 4)]
    fast = journal(*shared, (5, Event.PREPARED, 3), (8, Event.LEFT, 3))
    slow = journal(*shared, (6, Event.PREPARED, 3), (8, Event.LEFT, 3))
    told = first_difference(fast, slow)
    assert told is not None
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert lines == [
        "2 events differ; the first is of worker 3:",
        *("fast:", "day 0 joined 0", "-> day 5 prepared 0", "day 8 left 0"),
        *("slow:", "day 0 joined 0", "day 6 prepared 0", "day 8 left 0"),
    ]


def test_an_event_written_twice_is_a_difference() -> None:
    once, twice = journal((0, Event.JOINED, 3)), journal((0, Event.JOINED, 3), (0, Event.JOINED, 3))
    assert "as often" in str(first_difference(once, twice))
