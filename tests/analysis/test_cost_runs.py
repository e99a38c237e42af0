"""Costs of simulated worlds: nothing without a scheme, fixed cost if nobody comes, and nothing run twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from analysis.cost_case import CostCase
from analysis.cost_drivers import Run
from analysis.cost_runs import WITHOUT, arms_to_run, released_of, runs_of, without_scheme
from analysis.cost_summary import SPLITS, split
from analysis.costs import View, reckon
from rules.errors import InputError
from scenarios.experiment import Arm, Results, run
from scenarios.loader import load_scenario
from scenarios.names import library
from scenarios.settings import changed
from scenarios.store import Store
from simulation.replicate import prepare, simulate

pytestmark = pytest.mark.unit

UNTIL = date(2018, 12, 31)


def arm(name: str, *settings: str, scale: float = 0.01) -> Arm:
    return Arm(name, changed(load_scenario(name), settings).inputs(2017, scale, UNTIL))


@lru_cache(maxsize=8)
def costed(*names: str, settings: tuple[str, ...] = ()) -> tuple[list[Run], Results]:
    arms = [arm(name, *settings) for name in names]
    everything, places = arms_to_run(arms)
    results = run(everything, 2)
    return runs_of(results, len(arms), places), results


def test_without_a_scheme_nothing_costs_anything() -> None:
    [nothing], results = costed("no-scheme")
    assert [found.name for found in results.arms] == ["no-scheme"]
    assert not nothing.quantities.any()
    assert not reckon(nothing, CostCase.default()).pence.any()


def test_if_nobody_takes_part_only_fixed_cost_is_left() -> None:
    [run], _ = costed("voluntary", settings=("take_up.voluntary=0.02",))
    nobody = replace(run, quantities=np.zeros_like(run.quantities), known={})
    case = CostCase.default()
    cost = reckon(nobody, case).social().sum(axis=1) / 100
    assert cost == pytest.approx(3_700_000 * 1.54 + 2 * 4_400_000 * 1.41)


def test_a_world_that_nobody_joins_costs_what_is_fixed() -> None:
    """Taking no one forward at all, in a simulated world and not by hand."""
    inputs = changed(load_scenario("voluntary"), ()).inputs(2017, 0.01, UNTIL)
    shares = replace(inputs.parameters["take_up.voluntary"], value=0.0, low=0.0, mode=0.0)
    entries = [shares if name == "take_up.voluntary" else entry for name, entry in inputs.parameters.items()]
    nobody = replace(inputs, parameters=type(inputs.parameters)(entries))
    everything, places = arms_to_run([Arm("nobody", nobody)])
    [found] = runs_of(run(everything, 1), 1, places)
    assert found.total("leavers") == 0
    bill = reckon(found, CostCase.default())
    assert bill.social().sum() / 100 == pytest.approx(3_700_000 * 1.54 + 2 * 4_400_000 * 1.41)


def test_every_scenario_of_the_library_costs_something_and_adds_up() -> None:
    runs, _ = costed("voluntary", "mandatory", "mandatory-unfunded")
    for found in runs:
        bill = reckon(found, CostCase.default(), View("full"))
        social = bill.social().sum(axis=1)
        assert (social > 0).all()
        for by in SPLITS:
            assert np.array_equal(sum(split(bill, by).values()), social), by


def test_without_a_scheme_worlds_with_other_levers_are_one_world() -> None:
    """What only a scheme reads is left out, so that most scenarios share one arm without a scheme."""
    names = [name for name in library() if load_scenario(name).plain is None]
    base = without_scheme(arm("no-scheme").inputs)
    for name in names:
        assert without_scheme(arm(name).inputs) == base, name
    with_all = arm("mandatory-unfunded").inputs
    plainly_closed = replace(
        with_all, levers=load_scenario("no-scheme").levers, centres=(), closures=(), sites=()
    )
    journals = [simulate(prepare(inputs), 0).journal for inputs in (base, plainly_closed)]
    assert journals[0].tobytes() == journals[1].tobytes()


def test_a_world_with_other_leavers_has_its_own_world_without_a_scheme() -> None:
    arms = [arm("voluntary"), replace(arm("voluntary", "promotion.annual_rate=0.05"), name="other")]
    everything, places = arms_to_run(arms)
    assert [found.name for found in everything] == ["voluntary", "other", WITHOUT, f"{WITHOUT} (other)"]
    assert places == [2, 3]


def test_a_scheme_from_scratch_has_no_costs() -> None:
    scenario = load_scenario("scheme-from-scratch")
    with pytest.raises(InputError) as caught:
        arms_to_run([Arm(scenario.id, scenario.inputs(2017, 0.01))])
    assert [problem.code for problem in caught.value.problems] == ["K014"]


def test_costs_of_a_stored_run_need_no_simulation(tmp_path: Path) -> None:
    everything, places = arms_to_run([arm("voluntary")])
    first = run(everything, 1, store=Store(tmp_path / "store"))

    again = run(everything, 1, store=Store(tmp_path / "store"))
    assert again.reused == {(0, 0), (1, 0)}
    bills = [reckon(runs_of(results, 1, places)[0], CostCase.default()) for results in (first, again)]
    assert np.array_equal(bills[0].pence, bills[1].pence)


def test_months_of_release_are_named() -> None:
    _, results = costed("voluntary", "mandatory", "mandatory-unfunded")
    released, months = released_of(results, 0)
    assert released.shape[1] == len(months) == 24
    assert (months[0], months[-1]) == ("January 2017", "December 2018")
