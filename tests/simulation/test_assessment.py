"""What an assessment finds: the trial's shares, the limits of chance, and no surprises in between."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.assessment import ALL_ELEMENTS, LEADER_ELEMENTS, SLOTS, Marking, fixed_marking, marking
from simulation.parameters import Override, Parameters
from simulation.streams import uniforms
from simulation.synthesis import build_workforce
from simulation.workforce import Workforce

pytestmark = pytest.mark.property

ELEMENT = {name: 1 << slot for slot, name in enumerate(SLOTS)}


@lru_cache(maxsize=1)
def nation() -> Workforce:
    return build_workforce(Parameters.shipped(), 1.0, 1)


@lru_cache(maxsize=16)
def marked(*changes: tuple[str, float]) -> Marking:
    overrides = {name: Override(value, assumption="for the test") for name, value in changes}
    return marking(nation(), Parameters.shipped().patched(overrides))


def draws(number: int, count: int) -> np.ndarray:
    return np.vstack([uniforms(2015, number, f"element {slot}", count) for slot in SLOTS])


def sitting(
    found: Marking, number: int, sat: int = ALL_ELEMENTS, developed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Everyone in post at the baseline sits once."""
    count = nation().baseline
    everyone = np.arange(count)
    return found.outcome(everyone, np.full(count, sat), np.full(count, developed), draws(number, count))


def share(flags: np.ndarray) -> float:
    return float(flags.mean())


def test_the_trials_published_shares_come_out() -> None:
    """Of those who took the simulated exercise 20% were at or below the line, 85% of these near misses."""
    sample = [sitting(marked(), number) for number in range(10)]
    failed = np.concatenate([found & ELEMENT["simulated"] for found, _ in sample]) > 0
    near = np.concatenate([found & ELEMENT["simulated"] for _, found in sample]) > 0
    assert len(failed) > 350_000
    # Four standard errors of a share of 0.2 of that many, and of one of 0.85 of a fifth as many, plus the
    # rounding of the lines; both come to well under half a percentage point.
    assert share(failed) == pytest.approx(0.20, abs=4 * math.sqrt(0.16 / len(failed)) + 1e-4)
    assert share(near[failed]) == pytest.approx(0.85, abs=4 * math.sqrt(0.1275 / failed.sum()) + 1e-4)
    assert not near[~failed].any()


@pytest.mark.parametrize("element", SLOTS)
def test_every_element_is_passed_at_its_rate(element: str) -> None:
    rate = Parameters.shipped().value(f"element.{element}")
    sat = LEADER_ELEMENTS if element == "leader" else ALL_ELEMENTS
    failed, _ = sitting(marked(), 3, sat)
    passed = share(failed & ELEMENT[element] == 0)
    assert passed == pytest.approx(rate, abs=4 * math.sqrt(rate * (1 - rate) / nation().baseline))


def test_about_seven_in_ten_pass_a_retake_after_development() -> None:
    """The gain from development is set for 70% at a retake, and its range for 55% to 85%."""
    failed, narrow = sitting(marked(), 0)
    single = (failed > 0) & (failed & failed - 1 == 0) & (failed == narrow)
    pending = np.where(single, failed, ALL_ELEMENTS)
    count = nation().baseline
    for gain, low, high in ((0.80, 0.65, 0.75), (0.0, 0.45, 0.65), (1.60, 0.75, 0.90)):
        again = marked(("ability.development_gain", gain))
        below, _ = again.outcome(np.arange(count), pending, np.ones(count, dtype=np.int64), draws(1, count))
        assert low <= share(below[failed > 0] == 0) <= high, gain


def test_the_same_draws_pass_no_fewer_when_the_rate_is_higher() -> None:
    for element, rates in (("simulated", (0.75, 0.8, 0.9)), ("written", (0.0, 0.5, 1.0))):
        before = None
        for rate in rates:
            failed, _ = sitting(marked((f"element.{element}", rate)), 5)
            now = failed & ELEMENT[element] > 0
            assert before is None or not (now & ~before).any()
            before = now


@pytest.mark.parametrize(("rate", "failing"), [(1.0, 0.0), (0.0, 1.0)])
def test_certain_and_impossible_elements(rate: float, failing: float) -> None:
    found = marked(*((f"element.{slot}", rate) for slot in SLOTS))
    for sat in (ALL_ELEMENTS, LEADER_ELEMENTS):
        failed, _ = sitting(found, 2, sat)
        assert share(failed == sat) == failing
        assert share(failed == 0) == 1 - failing


def test_only_what_is_sat_is_marked() -> None:
    for sat in (ELEMENT["knowledge"], ELEMENT["written"] | ELEMENT["simulated"], LEADER_ELEMENTS, 0):
        failed, narrow = sitting(marked(), 4, sat)
        assert not (failed & ~sat).any()
        assert not (narrow & ~failed).any()


def test_standing_counts_for_more_where_ability_weighs_more() -> None:
    """Ability splits results only when it has weight: at none, the able and the rest pass alike."""
    ability = nation().ability[: nation().baseline]
    gaps = []
    for weight in (0.0, 0.3, 0.5, 0.7):
        changes = [("ability.weight", weight)]
        gone = ("ability.long_service_loss", "ability.minority_ethnic_gap", "ability.aged_50_gap")
        found = marked(*changes, *((name, 0.0) for name in gone))
        failed, _ = sitting(found, 6)
        passed = failed == 0
        gaps.append(share(passed[ability > 0]) - share(passed[ability < 0]))
    assert abs(gaps[0]) < 4 * math.sqrt(0.25 * 4 / len(ability))
    assert gaps == sorted(gaps)
    assert gaps[3] > 0.2


def test_results_of_one_person_go_together_as_far_as_ability_weighs() -> None:
    """Failing one element makes failing another likelier, and with no weight and no groups it does not."""
    gone = [
        (f"ability.{name}", 0.0)
        for name in ("weight", "long_service_loss", "minority_ethnic_gap", "aged_50_gap")
    ]
    for changes, together in (([], True), (gone, False)):
        failed, _ = sitting(marked(*changes), 8)
        one, other = failed & ELEMENT["simulated"] > 0, failed & ELEMENT["written"] > 0
        excess = share(one & other) - share(one) * share(other)
        assert (excess > 0.01) is together
        assert together or abs(excess) < 4 * 0.4 * 0.33 / math.sqrt(nation().baseline)


@given(
    st.tuples(*[st.floats(0, 1)] * 3),
    st.floats(0, 1),
    st.lists(st.floats(0, 1, exclude_max=True), min_size=3, max_size=3),
    st.integers(1, 7),
)
def test_a_plain_scheme_is_marked_by_its_probabilities(
    chances: tuple[float, float, float], narrow_share: float, drawn: list[float], sat: int
) -> None:
    """An element is failed below one minus its probability, and narrowly in the upper part of that."""
    found = fixed_marking(1, chances, narrow_share)
    rows = np.array([*drawn, 0.5])[:, None]
    failed, narrow = found.outcome(np.array([0]), np.array([sat]), np.array([0]), rows)
    for slot, (chance, draw) in enumerate(zip(chances, drawn, strict=True)):
        below = draw < 1 - chance and bool(sat >> slot & 1)
        assert bool(failed[0] >> slot & 1) == below
        assert bool(narrow[0] >> slot & 1) == (below and draw >= (1 - chance) * (1 - narrow_share))
