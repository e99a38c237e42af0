"""Who changes outcome: everyone is counted once, and nobody changes against themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis.changed import ACCREDITATION, CUTS, OUTCOMES, Followed
from analysis.pairs import EVERYONE, counted, paired, simulate_pair
from rules.errors import InputError
from scenarios.experiment import Arm, run
from scenarios.loader import load_scenario
from simulation.inputs import Inputs
from simulation.parameters import Override
from simulation.replicate import prepare, simulate
from simulation.stories import life

pytestmark = pytest.mark.unit


def small(name: str, until: date = date(2019, 12, 31), **levers: object) -> Inputs:
    inputs = load_scenario(name).inputs(scale=0.02, until=until)
    return replace(inputs, levers=inputs.levers.patched(levers))


@pytest.fixture(scope="module")
def followed() -> Followed:
    return Followed(small("voluntary"), small("mandatory"), 1)


def test_everyone_has_exactly_one_outcome_of_accreditation(followed: Followed) -> None:
    marks = sum(followed.masks[name].astype(int) for name in ACCREDITATION)
    assert set(np.unique(marks)) <= {0, 1}  # 0 for those who join after the end
    assert marks.sum() == followed.everyone > 700
    assert all(followed.masks[name].any() for name in ("gained", "later", "left"))


@pytest.mark.parametrize("cut", CUTS)
def test_every_cut_adds_up_to_the_count(followed: Followed, cut: str) -> None:
    counts = followed.counts()
    for outcome in OUTCOMES:
        parts = sum(count for (name, by, _), count in counts.items() if (name, by) == (outcome, cut))
        assert parts == counts[outcome, "", ""]


def test_nobody_changes_against_the_same_scenario() -> None:
    same = Followed(small("mandatory"), small("mandatory"), 0)
    counts = same.counts()
    assert counts["unaffected", "", ""] == same.everyone
    assert all(counts[name, "", ""] == 0 for name in OUTCOMES if name != "unaffected")
    assert same.behind("unaffected")[0].parting is None


def test_no_scheme_loses_accreditation_and_gains_none() -> None:
    counts = Followed(small("consultation"), small("no-scheme"), 0).counts()
    assert counts["lost", "", ""] > 0
    assert all(counts[name, "", ""] == 0 for name in ("gained", "earlier", "later", "restricted"))


def test_the_list_behind_a_count_is_true_of_the_journals(followed: Followed) -> None:
    listed = followed.behind("gained")
    assert len(listed) == followed.counts()["gained", "", ""]
    runs = [simulate(prepare(small(name)), 1) for name in ("voluntary", "mandatory")]
    for person in listed[:5]:
        one, two = (life(run, person.worker) for run in runs)
        assert not any(what == "accredited" for _, what in one)
        assert (person.accredited_second, "accredited") in two
        assert person.accredited_first == ""
        assert person.parting is not None
        shared = [event for event in one if event in two and event[0] < person.parting.day]
        assert shared == [event for event in one if event[0] < person.parting.day]
        assert shared == [event for event in two if event[0] < person.parting.day]


def test_different_people_cannot_be_followed() -> None:
    other = small("mandatory")
    fewer = other.parameters.patched({"joining.starters_later_years": Override(4500)})
    with pytest.raises(InputError, match="A004"):
        Followed(other, replace(other, parameters=fewer), 0)


def test_means_are_those_of_the_replications() -> None:
    arms = [Arm(name, small(name, date(2018, 6, 30))) for name in ("voluntary", "mandatory")]
    counts = counted(run([paired(*arms)], 2, simulate=simulate_pair), 0.8)
    alone = [Followed(arms[0].inputs, arms[1].inputs, number) for number in range(2)]
    for item in counts:
        if item.outcome == EVERYONE:
            assert item.mean.mean == np.mean([one.everyone for one in alone])
        else:
            each = [one.counts()[item.outcome, item.cut, item.category] for one in alone]
            assert item.mean.mean == np.mean(each)
