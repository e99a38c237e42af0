"""One small scenario, event for event: a change in anybody's life shows as a difference to be reviewed."""

from __future__ import annotations

import difflib

import pytest
from golden_journal import HOW, JOURNAL, golden_run, told

from simulation.journal import Event
from simulation.prepared import prepare_rollout
from simulation.replication import Replication
from simulation.twin import first_difference, run_twin

pytestmark = pytest.mark.snapshot


@pytest.fixture(scope="module")
def run() -> Replication:
    return golden_run()


def test_the_journal_is_the_golden_one(run: Replication) -> None:
    kept = JOURNAL.read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(kept, told(run), "golden", "now", lineterm="", n=2))
    assert not difference, "\n".join([f"lives have changed; if they were meant to, {HOW}", *difference])


def test_the_golden_journal_shows_nearly_every_event() -> None:
    """Nobody joins a staff list later, so that nobody moves: there are no openings."""
    seen = {line.split()[2] for line in JOURNAL.read_text(encoding="utf-8").splitlines()}
    assert seen == {event.name.lower() for event in Event} - {"moved"}


def test_the_twin_tells_the_golden_journal_too(run: Replication) -> None:
    slow = run_twin(prepare_rollout(run.inputs), 0)
    assert first_difference(run.journal, slow) is None
