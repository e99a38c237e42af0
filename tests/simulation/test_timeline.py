"""The timeline against a reading of the same journal one event at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import STAGES, Person, lives_of, on, outcome, replay

from simulation.journal import Event, Recorder
from simulation.timeline import Timeline, timeline

pytestmark = pytest.mark.property

END = 100


@st.composite
def journals(draw: st.DrawFn) -> list[tuple[int, Event, int, int]]:
    """Events of a few workers, each joining first, in any order that a journal can hold."""
    entries = []
    for worker in range(draw(st.integers(1, 4))):
        joined = draw(st.integers(0, 50))
        entries.append((joined, Event.JOINED, worker, 0))
        for _ in range(draw(st.integers(0, 12))):
            event = draw(st.sampled_from([item for item in Event if item != Event.JOINED]))
            detail = draw(st.integers(0, 3)) if event in (Event.IN_SCOPE, Event.MOVED) else 0
            if event == Event.RESULT:
                detail = draw(st.sampled_from([0b0000_111, 0b0010_111]))
            entries.append((draw(st.integers(joined, END - 1)), event, worker, detail))
    return entries


def packed(entries: list[tuple[int, Event, int, int]]) -> Timeline:
    recorder = Recorder()
    for day, event, worker, detail in entries:
        recorder.add(event, np.array([worker]), np.array([day]), np.array([detail]))
    return timeline(recorder.journal(), np.array([10, 11, 12, 13]), END)


@settings(max_examples=200, deadline=None)
@given(journals())
def test_every_row_stands_as_the_events_up_to_it_say(entries: list[tuple[int, Event, int, int]]) -> None:
    found = packed(entries)
    expected = sorted((worker, day, int(event), detail) for day, event, worker, detail in entries)
    columns = (found.worker, found.day, found.code, found.detail)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected
    person = Person(-1)
    for row, (worker, day, code, detail) in enumerate(expected):
        if row == 0 or expected[row - 1][0] != worker:
            person = Person(10 + worker)
        person.take(Event(code).name.lower(), detail)
        standing = (
            *(int(found.employer[row]), int(found.status[row]), STAGES[int(found.stage[row])]),
            *(bool(found.accredited[row]), bool(found.restricted[row])),
        )
        assert standing == (
            person.employer,
            person.status,
            person.stage,
            person.accredited,
            person.restricted,
        )
        last = row + 1 == len(expected) or expected[row + 1][0] != worker
        assert found.until[row] == (END if last else expected[row + 1][1])
        assert found.until[row] >= day


@settings(max_examples=100, deadline=None)
@given(journals(), st.integers(0, END - 1))
def test_one_row_is_in_force_for_everyone_who_has_joined(
    entries: list[tuple[int, Event, int, int]], day: int
) -> None:
    found = packed(entries)
    joined = sorted(worker for when, event, worker, _ in entries if event == Event.JOINED and when <= day)
    assert found.worker[found.at(day)].tolist() == joined


def test_a_real_journal_reads_the_same_both_ways() -> None:
    found = outcome("mandatory", "q9=assessment", "q9.years=1", "q1.mandatory_from=2018-06-01")
    lives = found.lives
    days = [on(2017, 3, 1), on(2018, 7, 2), on(2019, 12, 31), on(2021, 12, 31)]
    for day, everyone in replay(found.replication, days):
        rows = np.flatnonzero(lives.at(day))
        present = [worker for worker, person in enumerate(everyone) if person.stage != "not joined"]
        assert lives.worker[rows].tolist() == present
        columns = (lives.employer, lives.status, lives.stage, lives.accredited, lives.restricted)
        standing = list(zip(*(column[rows].tolist() for column in columns), strict=True))
        people = [everyone[worker] for worker in present]
        assert standing == [
            (each.employer, each.status, STAGES.index(each.stage), each.accredited, each.restricted)
            for each in people
        ]


def test_rows_of_a_kind_are_all_of_that_kind() -> None:
    found = outcome("mandatory")
    lives = lives_of(found.replication)
    for kinds in ((Event.SAT,), (Event.SAT, Event.RESULT, Event.LEFT)):
        names = {kind.name.lower() for kind in kinds}
        wanted = sum(event in names for life in lives.values() for _, event, _ in life)
        rows = found.lives.rows(*kinds)
        assert len(rows) == wanted > 0
        assert np.isin(found.lives.code[rows], kinds).all()
