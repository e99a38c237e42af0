"""Who is in post, told without building anybody: the same employers and as many people as are built."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from scenarios.in_post import in_post
from simulation.inputs import Inputs
from simulation.replicate import prepare
from simulation.staff_list import template
from tests.simulation.worlds import arm

pytestmark = pytest.mark.unit


def same(inputs: Inputs) -> bool:
    found, built = in_post(inputs), prepare(inputs).workforce
    columns = [field.name for field in fields(built.employers)]
    return found.people == built.baseline and all(
        np.array_equal(getattr(found.employers, name), getattr(built.employers, name)) for name in columns
    )


@pytest.mark.parametrize("scale", [0.003, 0.05, 1.0])
def test_as_many_people_at_any_scale(scale: float) -> None:
    assert same(arm("mandatory", scale=scale))
    assert same(arm("mandatory", "other_employers.size=900", scale=scale))


def test_those_of_a_staff_list_and_of_a_scheme_from_scratch(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(template(), encoding="utf-8")
    listed = replace(arm("mandatory"), workforce_file=tmp_path / "staff.csv")
    assert 0 < in_post(listed).people < 100
    assert same(listed)
    assert same(arm("scheme-from-scratch", scale=0.1))
