"""Attribution between real scenarios, with worlds that are formulas of the levers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from toys import KEY, answering

from analysis.attribution import Attribution, Plan, attribute, plan
from analysis.mixes import mixed, parts
from rules.errors import InputError
from scenarios.loader import load_scenario
from scenarios.scenario import Scenario
from simulation.inputs import Inputs

pytestmark = pytest.mark.unit

DAY = date(2021, 12, 31)
Q1 = ("q1.practitioner", "q1.supervisor", "q1.leader")


def ready(scenario: Scenario) -> Inputs:
    return scenario.inputs(scale=0.02)


def planned(first: str, second: str, **options: int) -> Plan:
    return plan(load_scenario(first), load_scenario(second), ready, **options)


def mandatory(inputs: Inputs, lever: str) -> bool:
    return inputs.levers[lever] == "mandatory"


def additive(inputs: Inputs, replication: int) -> float:
    return replication + sum(
        (5 + replication, 7, 11)[i] * mandatory(inputs, name) for i, name in enumerate(Q1)
    )


def only_together(inputs: Inputs, replication: int) -> float:
    return 12.0 * all(mandatory(inputs, name) for name in Q1)


def shared(
    formula: object, first: str = "voluntary", second: str = "mandatory", **options: int
) -> Attribution:
    return attribute(planned(first, second, **options), 3, answering(formula), DAY, {"accredited"})  # type: ignore[arg-type]


def test_an_additive_world_is_shared_out_as_it_is() -> None:
    found = shared(additive)
    assert found.sets == 16
    [row] = found.rows
    by = {item.part.id: item for item in row.contributions}
    assert {name: by[name].averaged.mean for name in by} == {
        **dict(zip(Q1, (6, 7, 11), strict=True)),
        "q1.consequence": 0,
    }
    assert all(item.averaged.mean == item.alone.mean for item in row.contributions)
    assert by["q1.practitioner"].averaged.low < 6 < by["q1.practitioner"].averaged.high
    assert by["q1.supervisor"].averaged.low == by["q1.supervisor"].averaged.high == 7
    assert (row.first.mean, row.second.mean, row.total.mean, row.interaction.mean) == (1, 25, 24, 0)
    assert row.strongest is None


def test_an_interaction_is_named_and_shared_equally() -> None:
    [row] = shared(only_together).rows
    assert {item.part.id: item.averaged.mean for item in row.contributions} == {
        **dict.fromkeys(Q1, 4.0),
        "q1.consequence": 0.0,
    }
    assert all(item.alone.mean == 0 for item in row.contributions)
    assert row.interaction.mean == row.total.mean == 12


def test_more_than_six_changes_are_sampled_with_an_error_that_vanishes_where_order_does_not_matter() -> None:
    found = shared(additive, "voluntary", "as-delivered")
    assert found.orders == 12
    assert len(found.parts) > 6
    [row] = found.rows
    assert all(item.order_error == 0 for item in row.contributions)
    assert sum(item.averaged.mean for item in row.contributions) == pytest.approx(row.total.mean)

    def uneven(inputs: Inputs, replication: int) -> float:
        changed = (inputs.levers["phase.asye"] != "everywhere", bool(inputs.sites), bool(inputs.closures))
        return float(changed[0] * (1 + changed[1]) * (1 + 3 * changed[2]))

    [row] = shared(uneven, "voluntary", "as-delivered").rows
    assert max(item.order_error for item in row.contributions) > 0
    assert sum(item.averaged.mean for item in row.contributions) == pytest.approx(row.total.mean)


def test_grouping_takes_levers_of_one_subject_together() -> None:
    [only] = planned("voluntary", "mandatory", grouped=True).parts
    assert [change.id for change in only.changes] == [*Q1, "q1.consequence"]


def test_replications_in_which_a_mix_is_undefined_are_left_out_of_that_measure() -> None:
    def patchy(inputs: Inputs, replication: int) -> float:
        alone = mandatory(inputs, Q1[0]) and not mandatory(inputs, Q1[1])
        return float("nan") if replication == 1 and alone else additive(inputs, replication)

    [row] = shared(patchy).rows
    assert row.total.n == 2
    assert sum(item.averaged.mean for item in row.contributions) == row.total.mean == 24


def test_the_mixes_run_from_the_first_scenario_to_the_second() -> None:
    found = planned("consultation", "adcs")
    first, second = load_scenario("consultation"), load_scenario("adcs")
    assert {part.id for part in found.parts} >= {"phase.plan", "centres"}
    assert found.arms[0].inputs == ready(first)
    assert found.arms[max(found.arms)].inputs == ready(second)
    assert mixed(first, second, found.parts).inputs(scale=0.02) == ready(second)
    for bit, part in enumerate(found.parts):
        inputs = found.arms[1 << bit].inputs
        assert (inputs.centres == second.centres) == (part.id == "centres")
        assert (inputs.levers["phase.plan"] == "all_at_once") == (part.id == "phase.plan")


def test_parameters_of_a_scenario_are_put_on_and_taken_off() -> None:
    first, second = load_scenario("take-up-collapse"), load_scenario("consultation")
    found = plan(first, second, ready)
    assert {part.id for part in found.parts} == {"take_up.expected", "take_up.voluntary"}
    back = found.arms[1].inputs.parameters
    assert (
        sum(
            back.value(name) == second.parameters.value(name)
            for name in ("take_up.expected", "take_up.voluntary")
        )
        == 1
    )


def test_dates_that_cannot_be_changed_alone_stay_together(tmp_path: Path) -> None:
    file = tmp_path / "later.yaml"
    dates = "phase.one_from: 2019-06-01\n  phase.one_to: 2019-12-31\n  phase.two_from: 2020-01-01"
    file.write_text(
        f"id: later\ntitle: L\nwhy: W.\nparent: consultation\nlevers:\n  {dates}\n", encoding="utf-8"
    )
    [only] = parts(load_scenario("consultation"), load_scenario(str(file)))
    assert only.id == "dates of the phases"
    assert len(only.changes) == 3


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [("mandatory", "scheme-from-scratch", "A001"), ("mandatory", "mandatory", "A003")],
)
def test_what_cannot_be_taken_apart_is_said(first: str, second: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        planned(first, second)


def test_headlines_are_read_on_the_day() -> None:
    found = attribute(planned("voluntary", "mandatory"), 2, answering(additive, only_together), DAY)
    assert [row.key for row in found.rows] == [KEY.__class__("assessed", at=KEY.at), KEY]
    assert np.isclose(found.rows[0].total.mean, 12)
