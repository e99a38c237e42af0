"""What we do not know apart from chance: parameters drawn by identity, variance parted into its sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from toy import KEYS, arm, toy

from rules.errors import InputError
from scenarios.comparison import compare, spreads
from scenarios.drawn import NO_RANGE, SET, reach
from scenarios.experiment import Arm, Record, run
from scenarios.identity import address
from scenarios.line_up import line_up
from scenarios.store import Store
from scenarios.uncertainty import Drawing, components, drawn, drawn_arm, pert, run_uncertain
from simulation.calendar import day_of
from simulation.inputs import Inputs
from simulation.measures import MEASURES
from simulation.parameters import Override, Parameters
from simulation.streams import uniforms
from simulation.synthesis import build_workforce

pytestmark = pytest.mark.unit

SHIPPED = Parameters.shipped()


def test_pert_is_a_beta_between_its_ends() -> None:
    u = np.linspace(0.01, 0.99, 25)
    shape = stats.beta(1 + 4 * (3 - 2) / (7 - 2), 1 + 4 * (7 - 3) / (7 - 2), loc=2, scale=5)
    assert [pert(x, 2, 3, 7) for x in u] == pytest.approx(shape.ppf(u))
    assert np.mean([pert(x, 2, 3, 7) for x in (np.arange(2000) + 0.5) / 2000]) == pytest.approx(
        (2 + 4 * 3 + 7) / 6, rel=1e-3
    )
    assert pert(0.0, 2, 3, 7) == 2
    assert pert(0.3, 5, 5, 5) == 5


def test_every_parameter_of_the_world_and_of_the_workforce_is_drawn_from_its_range() -> None:
    draws = [drawn(SHIPPED, 2017, draw) for draw in range(200)]
    for name, entry in SHIPPED.items():
        if entry.duration is None:
            found = np.array([parameters.value(name) for parameters in draws])
            assert ((entry.low <= found) & (found <= entry.high)).all(), name
            expected, spread = (entry.low + 4 * entry.mode + entry.high) / 6, entry.high - entry.low
        else:
            found = np.array([parameters.value(name) for parameters in draws]) / entry.value
            assert ((found >= 0.5) & (found <= 2)).all(), name
            expected, spread = 6.5 / 6, 1.5
        assert len(np.unique(found)) > 190 or spread == 0, name
        assert abs(found.mean() - expected) < 0.06 * spread or spread == 0, name
    assert {entry.affects for entry in SHIPPED.values()} == {"world", "workforce"}


def people(arm: Arm) -> bytes:
    inputs = arm.inputs
    built = build_workforce(inputs.parameters, inputs.scale, day_of(date(2017, 12, 31)))
    return b"".join(
        column.tobytes()
        for column in (built.employer, built.role, built.joins, built.functions, built.contract, built.fte)
    )


def test_scenarios_share_the_people_of_a_draw_and_another_draw_has_others() -> None:
    [(_, first), (_, second)] = line_up(["voluntary", "mandatory"], scale=0.02)
    assert people(drawn_arm(first, 5)) == people(drawn_arm(second, 5))
    assert people(drawn_arm(first, 5)) != people(drawn_arm(first, 6))
    assert people(drawn_arm(first, 5)) != people(first)


def test_results_of_draws_that_reach_less_have_another_address() -> None:
    [(_, one)] = line_up(["voluntary"], scale=0.02)
    less = drawn_arm(one, 5, Drawing(("world",)))
    assert people(less) != people(drawn_arm(one, 5))
    found = {address(item.inputs) for item in (one, less, drawn_arm(one, 5), drawn_arm(one, 6))}
    assert len(found) == 4


def test_what_draws_reach_and_what_they_do_not() -> None:
    arms = [arm for _, arm in line_up(["consultation", "as-delivered"], scale=0.02)]
    found = reach(arms)
    kept = {item.parameter.id: item for item in found.kept}
    assert (kept["take_up.voluntary"].why, kept["take_up.voluntary"].arms) == (SET, ("as-delivered",))
    assert (kept["overflow.share"].why, kept["overflow.share"].arms) == (
        NO_RANGE,
        ("consultation", "as-delivered"),
    )
    for one in arms:
        own, other = one.inputs.parameters, drawn_arm(one, 0).inputs.parameters
        moved = {name for name in own if own[name] != other[name]}
        assert moved >= {entry.id for entry in found.drawn}
        assert not moved & {name for name, item in kept.items() if one.name in item.arms}
    assert {entry.id for entry in found.drawn} | set(kept) == set(SHIPPED)
    assert found.affecting("workforce") == sum(entry.affects == "workforce" for entry in SHIPPED.values())


def test_a_draw_is_shared_by_scenarios_and_depends_on_nothing_else() -> None:
    first, second = line_up(["voluntary", "mandatory"], scale=0.02)
    one, other = (drawn_arm(arm, 5).inputs.parameters for _, arm in (first, second))
    held = {name for name in SHIPPED if first[1].inputs.parameters[name].changed_by}
    held |= {name for name in SHIPPED if second[1].inputs.parameters[name].changed_by}
    assert all(one[name] == other[name] for name in SHIPPED if name not in held)
    alone = drawn(Parameters([SHIPPED["centre.no_show"]]), 2017, 5)
    assert alone["centre.no_show"].value == one["centre.no_show"].value
    assert drawn(SHIPPED, 2017, 6)["centre.no_show"] != one["centre.no_show"]
    assert drawn(SHIPPED, 1, 5)["centre.no_show"] != one["centre.no_show"]


def test_what_a_scenario_sets_itself_is_held() -> None:
    override = Override(0.85, assumption="a test", changed_by="mine")
    own = SHIPPED.patched({"element.simulated": override})
    assert drawn(own, 2017, 3)["element.simulated"] == own["element.simulated"]
    assert drawn(own, 2017, 3)["centre.no_show"] == drawn(SHIPPED, 2017, 3)["centre.no_show"]


def parted(inputs: Inputs, replication: int) -> Record:
    """Chance of standard deviation 2, and a parameter whose spread depends on the lever."""
    u = uniforms(inputs.seed, replication, f"toy {inputs.levers['q3']}", 12).sum() - 6
    slope = float(str(inputs.levers["q3"]))
    return Record(KEYS[:1], np.array([slope * 10 * inputs.parameters.value("element.simulated") + 2 * u]))


def test_the_components_are_those_put_in() -> None:
    results = run_uncertain([arm("one", q3=6), arm("two")], 150, 4, simulate=parted)
    spread = np.var([drawn(SHIPPED, 2017, draw).value("element.simulated") for draw in range(150)], ddof=1)
    one, two, difference = components(results, KEYS[0], 4)
    assert [item.arm for item in (one, two, difference)] == ["one", "two", "two - one"]
    assert one.chance == pytest.approx(4, rel=0.15)
    assert difference.chance == pytest.approx(8, rel=0.15)
    assert two.parameters == pytest.approx(120**2 * spread, rel=0.15)
    assert difference.parameters == pytest.approx(60**2 * spread, rel=0.15)
    assert 0 < one.share < 1


def test_the_estimators_by_hand() -> None:
    results = run([arm("one")], 6, simulate=toy)
    values = np.array([[1.0, 3.0], [5.0, 7.0], [6.0, 2.0]]).reshape(1, 6, 1)
    by_hand = replace(results, values=values, keys=KEYS[:1])
    [found] = components(by_hand, KEYS[0], 2)
    assert found.chance == pytest.approx((2 + 2 + 8) / 3)
    assert found.parameters == pytest.approx(4 - found.chance / 2)  # means 2, 6, 4 vary by 4
    [untold] = components(by_hand, KEYS[0], 1)
    assert np.isnan(untold.parameters)
    alike = replace(by_hand, values=np.array([[1.0, 3.0], [3.0, 1.0], [1.0, 3.0]]).reshape(1, 6, 1))
    assert components(alike, KEYS[0], 2)[0].parameters == 0


def test_futures_differ_between_draws_and_everything_can_be_stored(tmp_path: Path) -> None:
    arms = [arm("one"), arm("two", q3=6)]
    some = run_uncertain(arms, 2, 2, simulate=toy, store=Store(tmp_path))
    more = run_uncertain(arms, 3, 2, simulate=toy, store=Store(tmp_path))
    assert len(more.reused) == 8
    assert np.array_equal(more.values[:, :4], some.values, equal_nan=True)
    assert len(np.unique(more.values[0, :, 2])) == 6
    assert np.array_equal(more.values[0, :, 2], more.values[1, :, 2])  # chance is shared by arms
    alone = run_uncertain(arms, 3, 2, simulate=toy, numbers=[5])
    assert np.array_equal(alone.values[:, 0], more.values[:, 5], equal_nan=True)


def test_a_plain_scheme_has_nothing_to_draw() -> None:
    [(_, plain)] = line_up(["scheme-from-scratch"])
    with pytest.raises(InputError, match="S025"):
        run_uncertain([plain], 2)


def test_the_interval_holds_the_replications_and_does_not_shrink() -> None:
    values = np.arange(101.0)[:, None]
    [found] = spreads(values, 0.8)
    assert (found.mean, found.low, found.high) == pytest.approx((50, 10, 90))
    [few] = spreads(np.array([[np.nan], [3.0]]), 0.8)
    assert (few.mean, few.n) == (3.0, 1)
    assert np.isnan(few.low)
    results = run_uncertain([arm("one"), arm("two", q3=6)], 20, simulate=toy)
    comparison = compare(results, MEASURES, spread=True)
    assert comparison.spread
    [row] = [row for row in comparison.rows if row.key == KEYS[0]]
    assert row.differences["two"].estimate.mean == pytest.approx(-60)
