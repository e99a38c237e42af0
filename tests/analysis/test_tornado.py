"""The tornado on worlds that are formulas of the parameters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from toys import KEY, Formula, answering

from analysis.factors import factors
from analysis.study import Study, defined
from analysis.tornado import Bar, tornado, tornado_points
from rules.errors import InputError
from scenarios.experiment import Arm
from scenarios.loader import load_scenario
from simulation.inputs import Inputs
from simulation.streams import uniforms

pytestmark = pytest.mark.unit

CHOSEN = ("take_up.mandatory", "element.knowledge", "preparation.elapsed", "leaving.annual_headcount")


def study(formula: Formula, *names: str, parameters: tuple[str, ...] = CHOSEN) -> Study:
    arms = [Arm(name, load_scenario(name).inputs(scale=0.02)) for name in names or ("mandatory",)]
    varied = factors([arm.inputs.parameters for arm in arms], parameters)
    return Study(arms, varied, "accredited", date(2021, 12, 31), answering(formula))


def value(inputs: Inputs, name: str) -> float:
    return inputs.parameters.value(name)


def world(inputs: Inputs, replication: int) -> float:
    """Take-up counts 100 for each unit, a day of preparation -1; knowledge is not read."""
    days = inputs.parameters.duration("preparation.elapsed").mean
    return 1000 * replication + 100 * value(inputs, "take_up.mandatory") - days


def bars(formula: Callable[[Inputs, int], float], *names: str) -> dict[str, Bar]:
    return {bar.factor.id: bar for bar in tornado(study(formula, *names), 3).bars}


def test_swings_are_those_of_the_formula_ranked_and_exact_under_common_draws() -> None:
    found = tornado(study(world), 3)
    assert [bar.factor.id for bar in found.bars[:2]] == ["preparation.elapsed", "take_up.mandatory"]
    by = {bar.factor.id: bar for bar in found.bars}
    mean = (14 + 4 * 42 + 120) / 6
    assert by["preparation.elapsed"].swing.mean == pytest.approx(-mean * 1.5)
    assert by["preparation.elapsed"].at_low.mean == pytest.approx(mean / 2)
    assert by["take_up.mandatory"].at_high.mean == pytest.approx(100 * (0.99 - 0.95))
    assert by["take_up.mandatory"].swing.high - by["take_up.mandatory"].swing.low == pytest.approx(
        0, abs=1e-9
    )
    assert by["element.knowledge"].reach == 0
    stretch = (13 / 12 - 0.5) * (2 - 13 / 12) / 7
    assert by["preparation.elapsed"].variance == pytest.approx(mean**2 * stretch, rel=5e-3)
    assert by["element.knowledge"].variance == 0
    assert not by["element.knowledge"].clear
    assert by["take_up.mandatory"].clear
    assert found.base.mean == pytest.approx(1000 + 95 - mean)
    assert found.red == pytest.approx(1.0)


def test_an_end_where_the_parameter_stands_is_not_run_again() -> None:
    points = tornado_points(factors([load_scenario("mandatory").parameters], CHOSEN))
    assert sum("leaving.annual_headcount" in point for point in points) == 1
    assert len(points) == 1 + 2 * len(CHOSEN) - 1


def test_a_difference_cancels_what_both_arms_share() -> None:
    def shared(inputs: Inputs, replication: int) -> float:
        own = 5 * value(inputs, "element.knowledge") * (inputs.levers["q1.practitioner"] == "mandatory")
        return world(inputs, replication) + own

    by = bars(shared, "voluntary", "mandatory")
    assert by["take_up.mandatory"].reach == pytest.approx(0, abs=1e-9)
    assert by["element.knowledge"].swing.mean == pytest.approx(5 * (0.97 - 0.80))


def test_a_swing_within_chance_is_not_clear_and_counts_for_little() -> None:
    def noisy(inputs: Inputs, replication: int) -> float:
        stream = f"noise {value(inputs, 'take_up.mandatory')}"
        real = 100 * (value(inputs, "element.knowledge") - 0.9)
        return float(uniforms(1, replication, stream, 1)[0]) + real

    found = tornado(study(noisy), 20)
    by = {bar.factor.id: bar for bar in found.bars}
    assert not by["take_up.mandatory"].clear
    assert by["element.knowledge"].clear
    assert found.red < 0.001


def test_failures_and_keys_are_kept() -> None:
    found = study(world)
    tornado(found, 2)
    assert found.key == KEY
    assert found.failures == []


def test_a_measure_that_is_not_defined_is_said() -> None:
    with pytest.raises(InputError, match="A008"):
        defined(study(lambda *_: float("nan")).values([{}], [0, 1]))
