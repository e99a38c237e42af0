"""Draws keyed by identity: uniform, unrelated, and the same however they are asked for."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.draws import Draws, draws_of
from simulation.durations import Duration
from simulation.hazards import thresholds
from simulation.streams import key_of, uniforms

pytestmark = pytest.mark.property

MANY = 20_000
STREAMS = ("take-up", "leaving", "result", "no-show", "element simulated", "assessor absence London")


def kolmogorov(values: np.ndarray) -> float:
    """The largest distance between the share below a point and the point itself, worked out by hand."""
    ordered = np.sort(values)
    steps = np.arange(1, len(ordered) + 1) / len(ordered)
    return float(np.maximum(steps - ordered, ordered - (steps - 1 / len(ordered))).max())


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("replication", [0, 999])
def test_every_stream_is_uniform(stream: str, replication: int) -> None:
    draws = uniforms(2017, replication, stream, MANY)
    assert draws.min() >= 0
    assert draws.max() < 1
    # Beyond this distance once in ten thousand samples: sqrt(ln(2 / 0.0001) / 2) over the root of the count.
    assert kolmogorov(draws) < math.sqrt(math.log(2e4) / 2 / MANY)


def test_one_worker_is_uniform_over_replications_and_over_occasions() -> None:
    """What one person meets in a thousand futures, and in a thousand occasions of one, is uniform too."""
    over = np.array([uniforms(7, number, "leaving", 3)[2] for number in range(1_000)])
    along = np.array([uniforms(7, 0, "leaving", 3, occasion)[2] for occasion in range(1_000)])
    bound = math.sqrt(math.log(2e4) / 2 / 1_000)
    assert kolmogorov(over) < bound
    assert kolmogorov(along) < bound


def test_no_two_blocks_are_alike_or_related() -> None:
    keys = list(itertools.product((2017, 2018, "workforce"), (0, 1), ("leaving", "moving"), (0, 1)))
    blocks = [
        uniforms(root, replication, stream, 4_000, occasion) for root, replication, stream, occasion in keys
    ]
    related = np.corrcoef(blocks) - np.eye(len(blocks))
    # 276 pairs; a correlation of 4,000 pairs has standard deviation 1/63, and 5 of these are past chance.
    assert np.abs(related).max() < 5 / math.sqrt(4_000)
    assert len({block.tobytes() for block in blocks}) == len(keys)


def test_identity_is_read_whole() -> None:
    """Neighbouring identities never run together, such as replication 11 of seed 1 and 1 of seed 11."""
    identities = [
        *((1, 11, "a", 1), (11, 1, "a", 1), (1, 1, "1a", 1), (1, 1, "a1", 1), (1, 1, "a", 11)),
        *((11, 1, "a", 11), (1, 11, "a", 11), (111, 1, "a", 1), (1, 111, "a", 1), (1, 1, "11a", 1)),
    ]
    assert len({key_of(*identity) for identity in identities}) == len(identities)


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from(STREAMS), st.integers(0, 5))
def test_a_larger_population_changes_nobodys_draw(few: int, more: int, stream: str, occasion: int) -> None:
    small, large = sorted((few, more))
    assert (uniforms(1, 2, stream, large, occasion)[:small] == uniforms(1, 2, stream, small, occasion)).all()


@given(st.lists(st.tuples(st.sampled_from(STREAMS), st.integers(0, 19), st.integers(0, 6)), max_size=20))
def test_the_order_of_asking_changes_nothing(asked: list[tuple[str, int, int]]) -> None:
    draws = Draws(3, 4, 20)
    for stream, worker, occasion in asked:
        found = draws.at(stream, np.array([worker]), np.array([occasion]))[0]
        assert found == uniforms(3, 4, stream, 20, occasion)[worker]
    assert len(draws.at("take-up", np.array([], dtype=np.int64), np.array([], dtype=np.int64))) == 0


def test_scenarios_of_a_replication_share_its_draws_and_what_is_laid_down_from_them() -> None:
    wait = Duration("pert", (2, 10, 30))
    first = draws_of(3, 4, 20)
    laid_down = first.waits("take-up delay", wait), first.thresholds("leaving")
    assert draws_of(3, 4, 20) is first
    assert first.waits("take-up delay", wait) is laid_down[0]
    assert first.thresholds("leaving") is laid_down[1]
    assert (laid_down[0] == wait.days(uniforms(3, 4, "take-up delay", 20))).all()
    assert (laid_down[1] == thresholds(uniforms(3, 4, "leaving", 20))).all()
    with pytest.raises(ValueError, match="read-only"):
        laid_down[0][0] = 1
    other = draws_of(3, 5, 20)
    assert other is not first
    assert (other.waits("take-up delay", wait) == wait.days(uniforms(3, 5, "take-up delay", 20))).all()


def test_known_draws_stay_the_same_on_every_machine() -> None:
    """The generator is Philox 4x64 of ten rounds; these came from it once and may never change."""
    assert uniforms(2017, 0, "take-up", 3).tolist() == KNOWN


KNOWN = [0.9925549559617505, 0.5545527631074529, 0.07255557556328929]
