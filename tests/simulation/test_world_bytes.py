"""The same inputs give the same bytes: in this process, in another, and with another hash seed."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from worlds import arm, future, outcome

from simulation.replicate import Outcome, prepare, replicate

pytestmark = pytest.mark.unit

UNTIL = date(2019, 6, 30)
ARMS = (("mandatory",), ("as-delivered", "take_up.voluntary=0.5"), ("scheme-from-scratch",))


def digest(found: Outcome) -> str:
    """A fingerprint of the journal, the measures, the gap and what they are of."""
    parts = (
        found.journal.tobytes(),
        found.table.values.tobytes(),
        repr(found.table.keys).encode(),
        found.gap.gap.tobytes(),
        found.replication.stages.tobytes(),
        found.replication.binding.tobytes(),
    )
    return hashlib.sha256(b"|".join(parts)).hexdigest()


def digests(replication: int = 1) -> list[str]:
    """The fingerprints of one replication of each arm, worked out anew."""
    return [digest(replicate(prepare(arm(*settings, until=UNTIL)), replication)) for settings in ARMS]


def in_another_process(hash_seed: str) -> list[str]:
    """The same in a fresh interpreter."""
    here = Path(__file__).resolve().parent
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": f"{here.parent.parent}{os.pathsep}{here}",
    }
    code = "from test_world_bytes import digests; print(*digests())"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.split()


@pytest.mark.parametrize("hash_seed", ["0", "424242"])
def test_the_hash_seed_leaves_no_trace(hash_seed: str) -> None:
    assert in_another_process(hash_seed) == digests()


def test_a_spawned_worker_gives_the_same_bytes() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(digests) == digests()


def test_replications_do_not_depend_on_one_another() -> None:
    """Out of order, again, and after other arms: each is a pure function of its number."""
    prepared = prepare(arm("mandatory", until=UNTIL))
    forwards = [digest(replicate(prepared, number)) for number in (0, 1, 2)]
    backwards = [digest(replicate(prepared, number)) for number in (2, 1, 0, 0)]
    assert forwards == backwards[2::-1]
    assert backwards[2] == backwards[3]
    assert len(set(forwards)) == 3


def test_the_seed_and_the_number_each_give_another_future() -> None:
    futures = [
        digest(outcome("mandatory", until=UNTIL, seed=seed, replication=number))
        for seed in (1, 11)
        for number in (0, 1, 11)
    ]
    assert len(set(futures)) == 6


def test_the_people_are_the_same_in_every_future() -> None:
    """Who is there does not depend on seed or replication; only what happens to them does."""
    one, other = (future("mandatory", until=UNTIL, seed=seed).workforce for seed in (1, 2))
    assert one.ability.tobytes() == other.ability.tobytes()
    assert one.joins.tobytes() == other.joins.tobytes()
