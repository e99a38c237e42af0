"""The command beside a failure gives the very inputs that failed, whatever was changed in them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analysis.capacity.futures import Futures
from analysis.factors import factors
from analysis.mixes import arm_of, mixed, parts
from analysis.study import at_point
from rules.errors import InputError
from scenarios.again import again
from scenarios.experiment import Arm, Failure, Results
from scenarios.identity import address
from scenarios.line_up import line_up
from simulation.inputs import Inputs
from simulation.parameters import Override

pytestmark = pytest.mark.unit

UNTIL = date(2018, 12, 31)


def arm(name: str, *settings: str) -> Arm:
    [(_, found)] = line_up([name], settings, seed=7, scale=0.02, until=UNTIL)
    return found


def typed(command: str) -> Inputs:
    """What a person gets who types the command."""
    naas, run, name, *rest = shlex.split(command)
    assert (naas, run) == ("naas", "run")
    given = list(zip(rest[::2], rest[1::2], strict=True))
    said = dict(given)
    settings = [value for option, value in given if option == "--set"]
    last = date.fromisoformat(said["--until"])
    [(_, found)] = line_up([name], settings, int(said["--seed"]), float(said["--scale"]), last)
    return found.inputs


def test_an_arm_as_it_is_has_its_own_command() -> None:
    own = arm("mandatory", "q3=6")
    assert again(own, own.inputs) == own.command
    assert address(typed(own.command)) == address(own.inputs)


def test_every_parameter_at_the_end_of_its_range_is_typed_as_it_was() -> None:
    own = arm("mandatory", "q3=6")
    varied = factors([own.inputs.parameters])
    known = {factor.id: factor for factor in varied}
    ends = {factor.id: factor.high if place % 2 else factor.low for place, factor in enumerate(varied)}
    moved = at_point(own, known, ends)
    assert moved.command.count("--set") > len(varied) / 2
    assert address(typed(moved.command)) == address(moved.inputs) != address(own.inputs)


def test_what_was_set_and_is_varied_is_set_once() -> None:
    own = arm("mandatory", "take_up.mandatory=0.9", "q3=6", "result.elapsed=pert:5,10,20")
    known = {factor.id: factor for factor in factors([own.inputs.parameters])}
    moved = at_point(own, known, {"take_up.mandatory": 0.95, "result.elapsed": 2.0})
    assert moved.command.endswith(
        "--set q3=6 --set result.elapsed=pert:10.0,20.0,40.0 --set take_up.mandatory=0.95"
    )
    assert address(typed(moved.command)) == address(moved.inputs)


@pytest.mark.parametrize(
    ("first", "second"), [("voluntary", "mandatory"), ("consultation", "centres-closed")]
)
def test_every_mix_of_two_scenarios_is_typed_from_one_of_them(first: str, second: str) -> None:
    (before, base), (after, other) = line_up([first, second], scale=0.02, until=UNTIL)
    for part in parts(before, after):
        mix = mixed(before, after, [part])
        inputs = mix.inputs(scale=0.02, until=UNTIL)
        made = arm_of(mix, inputs, [base, other])
        assert made.name == mix.id
        assert address(typed(made.command)) == address(inputs)


def test_a_future_tried_is_told_with_the_command_that_repeats_it_or_with_none() -> None:
    own = arm("consultation", "q3=6")
    run: list[Arm] = []

    def fails(arms: Sequence[Arm], _: Sequence[int]) -> Results:
        run.extend(arms)
        failed = (Failure("consultation", 0, "no room", ""),)
        return Results(tuple(arms), 1, (), np.empty((1, 1, 0)), np.zeros((1, 1), dtype=np.bool_), failed)

    futures = Futures.of(own, fails)
    factor = Override(0.5, assumption="a test", changed_by="a test")
    fewer = replace(own.inputs, parameters=own.inputs.parameters.patched({"centre.seats_factor": factor}))
    for inputs in (fewer, replace(own.inputs, centres=own.inputs.centres[1:])):
        with pytest.raises(InputError, match="no room"):
            futures.results(inputs, "fewer seats", [0])
    assert address(typed(run[0].command)) == address(fewer) != address(own.inputs)
    assert run[1].command == ""


def test_what_no_setting_can_say_has_no_command() -> None:
    own, other = arm("consultation"), arm("as-delivered")
    assert again(own, replace(own.inputs, centres=other.inputs.centres)) == ""
    assert again(replace(own, command=""), own.inputs) == ""
