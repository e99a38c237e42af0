"""The journal: what is packed comes out again, in one order whatever the order of recording."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.calendar import date_of
from simulation.journal import (
    LAST_DAY,
    MEANING,
    MOST_WORKERS,
    Event,
    Recorder,
    before,
    codes_of,
    days_of,
    details_of,
    events,
    workers_of,
)
from simulation.stages import STAGE_AFTER, Stage

pytestmark = pytest.mark.property

ENTRIES = st.tuples(
    st.integers(0, LAST_DAY),
    st.sampled_from(Event),
    st.integers(0, MOST_WORKERS - 1),
    st.integers(0, 2**16 - 1),
)
Entry = tuple[int, Event, int, int]


def recorded(entries: list[Entry]) -> Recorder:
    recorder = Recorder()
    for day, event, worker, detail in entries:
        recorder.add(event, np.array([worker]), np.array([day]), np.array([detail]))
    return recorder


@given(st.lists(ENTRIES, max_size=30))
def test_what_goes_in_comes_out_in_order(entries: list[Entry]) -> None:
    journal = recorded(entries).journal()
    columns = days_of(journal), codes_of(journal), workers_of(journal), details_of(journal)
    found = list(zip(*(column.tolist() for column in columns), strict=True))
    assert found == sorted((day, int(event), worker, detail) for day, event, worker, detail in entries)


@given(st.lists(ENTRIES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_recording_leaves_no_trace(entries: list[Entry], chance: object) -> None:
    shuffled = entries.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert recorded(entries).journal().tobytes() == recorded(shuffled).journal().tobytes()


@given(st.lists(ENTRIES, max_size=20), st.integers(0, LAST_DAY))
def test_before_is_every_event_before(entries: list[Entry], day: int) -> None:
    found = before(recorded(entries).journal(), day)
    assert len(found) == sum(entry[0] < day for entry in entries)
    assert (days_of(found) < day).all()


def test_one_call_records_many_workers_with_one_day_and_one_detail() -> None:
    recorder = Recorder()
    recorder.add(Event.SAT, np.array([5, 3]), 40, np.array([7, 8]))
    recorder.add(Event.LEFT, np.array([3]), np.array([41]))
    recorder.add(Event.LEFT, np.array([], dtype=np.int64), 41)
    assert list(events(recorder.journal())) == [
        (40, date_of(40).isoformat(), 3, "sat", 8),
        (40, date_of(40).isoformat(), 5, "sat", 7),
        (41, date_of(41).isoformat(), 3, "left", 0),
    ]


def test_an_empty_journal_is_a_journal() -> None:
    journal = Recorder().journal()
    assert (len(journal), journal.dtype) == (0, np.uint64)
    assert list(events(journal)) == []


def test_every_event_has_words_and_every_stage_is_reached() -> None:
    assert set(MEANING) == set(Event)
    assert set(STAGE_AFTER.values()) == set(Stage) - {Stage.NOT_JOINED}
