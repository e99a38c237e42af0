"""Every page says what its intervals hold and what was drawn for it: what was used, not what was asked."""

from __future__ import annotations

import shlex

import pytest

from reports.plain import plain
from tests.tui.conftest import PAIR, SMALL
from tui.desk.desk import Desk
from tui.views.capacity import capacity
from tui.views.compare import compare
from tui.views.costs import costs
from tui.views.council import council
from tui.views.library import card, library
from tui.views.run import run
from tui.views.why import why

pytestmark = pytest.mark.unit

MORE = SMALL.plain() | {"replications": 10, "interval": 95}
"""More than the four replications that are stored."""


def test_intervals_are_those_of_the_replications_used(costed_desk: Desk) -> None:
    mean, replications = (
        "95% of chance, for the mean of 4 replications",
        "10th to 90th percentile of 4 replications",
    )
    pages = {
        compare(costed_desk, PAIR, MORE): mean,
        run(costed_desk, PAIR, MORE): mean,
        capacity(costed_desk, PAIR, MORE): replications,
        costs(costed_desk, PAIR, MORE): replications,
        council(costed_desk, PAIR, MORE, council="leeds"): replications,
    }
    for page, words in pages.items():
        assert (page.provenance.used, page.provenance.requested) == (4, 10)
        assert page.provenance.interval == words
        assert f"Intervals: {words}" in plain(page)


def test_one_replication_has_no_interval_and_none_used_says_none(costed_desk: Desk) -> None:
    one = SMALL.plain() | {"replications": 1}
    for page in (compare(costed_desk, PAIR, one), capacity(costed_desk, PAIR, one)):
        assert page.provenance.interval == "none: one replication tells nothing of chance"
    other = SMALL.plain() | {"seed": 1}
    for page in (
        run(costed_desk, PAIR, other),
        capacity(costed_desk, PAIR, other),
        costs(costed_desk, PAIR, other),
    ):
        assert page.provenance.interval == ""


def test_the_library_tells_whose_replications_its_intervals_hold(costed_desk: Desk) -> None:
    found = library(costed_desk, PAIR, MORE).provenance
    assert found.interval == "95% of chance, for the mean of the replications that each scenario has ready"
    assert found.seed == SMALL.seed
    assert card(costed_desk, "mandatory", MORE).provenance.interval == ""


def test_a_worker_who_is_drawn_names_seed_and_replication(costed_desk: Desk) -> None:
    settings = SMALL.plain() | {"seed": 7, "until": "2018-06-30", "scale": 0.0123456}
    page = why(costed_desk, PAIR, settings, worker="2", replication=3)
    assert (page.provenance.seed, page.provenance.replication) == (7, 3)
    assert "Seed: 7\nReplication: 3\n" in plain(page)
    words = shlex.split(page.provenance.command)
    typed = ["--replication", "3", "--seed", "7", "--scale", "0.0123456", "--until", "2018-06-30"]
    assert words[words.index("--replication") :] == typed
    nobody = why(costed_desk, PAIR, settings, facts=["functions=iro"]).provenance
    assert (nobody.seed, nobody.replication) == (None, None)
    assert not {"--seed", "--scale", "--until"} & set(shlex.split(nobody.command))
    lifeless = why(costed_desk, PAIR, settings, worker="2", life=False).provenance
    assert (lifeless.seed, lifeless.replication) == (7, None)
