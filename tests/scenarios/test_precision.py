"""Stopping by rule: enough replications and no more, the same number whoever runs them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from toy import KEYS, arm, toy

from rules.errors import InputError
from scenarios.experiment import Record, Results, run
from scenarios.pairing import pairings
from scenarios.precision import (
    Target,
    look_ahead,
    parse_target,
    primary_key,
    stopping_point,
    until_precise,
)
from simulation.inputs import Inputs
from simulation.measures import MeasureKey
from simulation.streams import uniforms

pytestmark = pytest.mark.unit


def half_width(values: np.ndarray, level: float) -> float:  # type: ignore[type-arg]
    n = len(values)
    return float(stats.t.ppf(0.5 + level / 2, n - 1) * values.std(ddof=1) / np.sqrt(n))


def noisy(inputs: Inputs, replication: int) -> Record:
    """A lever of 12 adds 50 to 1,000; shared noise of 30, and noise of each arm's own of 10."""
    u = uniforms(inputs.seed, replication, "shared", 2)
    own = uniforms(inputs.seed, replication, f"own {inputs.levers['q3']}", 1)[0]
    value = 1000 + (50 if inputs.levers["q3"] == 12 else 0) + 30 * (u[0] + u[1]) + 10 * own
    return Record(KEYS[:1], np.array([value]))


def extend(*arms: object, simulate: object = noisy) -> object:
    def extended(count: int, before: Results | None) -> Results:
        return run(arms, count, simulate=simulate, before=before)  # type: ignore[arg-type]

    return extended


def test_the_rule_by_hand() -> None:
    rng = np.random.Generator(np.random.Philox(7))
    values = rng.normal(100, 10, 500)
    for target in (Target("accredited", 2.0, False), Target("accredited", 0.01, True)):
        enough, needed = stopping_point(values[:, None], target, 0.95)
        allowed = [2.0 if not target.relative else 0.01 * abs(values[: n or 1].mean()) for n in range(501)]
        small = [n >= 3 and half_width(values[:n], 0.95) <= allowed[n] for n in range(501)]
        ahead = 5 if enough <= 100 else enough * 5 // 100
        assert all(small[enough : enough + ahead + 1])
        assert not small[enough - 1]
        assert needed == enough + ahead
        for start in range(3, enough):  # no earlier start stays small as far as it has to be looked at
            reach = start + (5 if start <= 100 else start * 5 // 100)
            assert not all(small[start : reach + 1])


def test_the_look_ahead_of_hoad_and_others() -> None:
    assert [look_ahead(n) for n in (3, 100, 120, 200, 1000)] == [5, 5, 6, 10, 50]


def test_a_width_that_grows_again_starts_the_count_anew() -> None:
    calm = np.array([10.0, 10.1, 9.9, 10.0, 10.1])
    series = np.concatenate([calm, [14.0], np.tile(calm, 8)])
    enough, needed = stopping_point(series[:, None], Target("accredited", 0.3, False), 0.8)
    assert enough > 6
    assert needed == enough + 5


def test_the_paired_difference_counts_and_not_the_arms() -> None:
    target = Target("accredited", 2.0, False)
    both = extend(arm("one", q3=6), arm("two"))
    results, achieved = until_precise(both, target, 500, 0.95)  # type: ignore[arg-type]
    _, alone = until_precise(extend(arm("two")), target, 500, 0.95)  # type: ignore[arg-type]
    assert achieved.reached
    assert achieved.half_width <= 2
    assert achieved.mean == pytest.approx(50, abs=6)
    assert results.requested == achieved.run == achieved.enough + look_ahead(achieved.enough)
    assert alone.run > achieved.run
    assert len(results.records) == 2 * achieved.run


def test_the_number_does_not_depend_on_how_it_is_run() -> None:
    def at_once(count: int, before: Results | None) -> Results:
        return run([arm("one", q3=6), arm("two")], 200, simulate=noisy)

    target = Target("accredited", 0.02, True)
    one, first = until_precise(extend(arm("one", q3=6), arm("two")), target, 200, 0.8)  # type: ignore[arg-type]
    other, second = until_precise(at_once, target, 200, 0.8)
    assert first == second
    assert np.array_equal(one.values, other.values)
    assert one.numbers == other.numbers


def test_the_most_is_kept_to_and_said() -> None:
    target = Target("accredited", 0.001, False)
    results, achieved = until_precise(extend(arm()), target, 12, 0.8)  # type: ignore[arg-type]
    assert (results.requested, achieved.reached, achieved.run, achieved.refused) == (12, False, 12, "")
    assert achieved.needed > 12


def test_a_share_of_nothing_is_refused() -> None:
    target = Target("accredited", 0.01, True)
    _, achieved = until_precise(extend(arm("one", q3=6), arm("two", q3=7)), target, 200, 0.8)  # type: ignore[arg-type]
    assert not achieved.reached
    assert "near zero" in achieved.refused
    assert "accredited=50" in achieved.refused
    assert achieved.run < 200
    same = extend(arm("one"), arm("two"), simulate=toy)
    assert "near zero" in until_precise(same, target, 200, 0.8)[1].refused  # type: ignore[arg-type]


def test_targets_as_typed() -> None:
    assert parse_target("accredited=1%") == Target("accredited", 0.01, True)
    assert parse_target(" accredited = 50 ") == Target("accredited", 50.0, False)
    assert str(parse_target("accredited_share=0.5%")) == "accredited_share=0.5%"
    for text, code in (
        ("accredited", "C011"),
        ("accredited=-1", "C011"),
        ("accredited=0%", "C011"),
        ("accredited=1%%", "C011"),
        ("accredited=nan", "C011"),
        ("acredited=1%", "C003"),
    ):
        with pytest.raises(InputError, match=code):
            parse_target(text)


def test_the_national_key_of_the_whole_time_or_the_end_is_primary() -> None:
    at = [MeasureKey("accredited", at=f"{year}-12-31") for year in (2018, 2017)]
    cut = MeasureKey("accredited", at="2019-12-31", by=(("region", "London"),))
    year = MeasureKey("delay_days", period="2018")
    whole = MeasureKey("delay_days", period="2017-01-01/2018-12-31")
    keys = [*at, cut, whole, year]
    assert primary_key(keys, "accredited", whole.period) == at[0]
    assert primary_key(keys, "delay_days", whole.period) == whole
    with pytest.raises(InputError, match="C003"):
        primary_key(keys, "leavers", whole.period)


def test_what_shared_draws_achieve() -> None:
    results = run([arm("one", q3=6), arm("two")], 200, simulate=noisy)
    [found] = pairings(results, KEYS[0])
    one, two = results.of(0)[:, 0], results.of(1)[:, 0]
    assert found.correlation == pytest.approx(np.corrcoef(one, two)[0, 1])
    apart = one.var(ddof=1) + two.var(ddof=1)
    assert found.variance_reduction == pytest.approx(1 - (two - one).var(ddof=1) / apart)
    assert found.variance_reduction > 0.8  # 300 of variance is shared, 17 is not
