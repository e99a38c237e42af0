"""The JSON Schema of scenario files: the library fits, and what is wrong in shape does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rules.levers import SPECS
from scenarios.names import library
from scenarios.patch import KEYS
from scenarios.schema import scenario_schema
from simulation.parameters import Parameters
from tests.editor import complaints, validator

pytestmark = pytest.mark.unit

BAD = Path(__file__).parent / "bad"
REFUSED = ("S003", "S012", "S014", "S015", "S021")
"""Codes of what the schema sees: an id, a kind of value, unknown levers and parameters, a word like no."""


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return scenario_schema()


def test_every_key_lever_and_parameter_is_offered(schema: dict[str, Any]) -> None:
    offered = schema["properties"]
    assert tuple(offered) == KEYS
    assert set(offered["levers"]["properties"]) == set(SPECS)
    assert set(offered["parameters"]["properties"]) == set(Parameters.shipped())


@pytest.mark.parametrize("name", list(library()))
def test_the_library_fits(schema: dict[str, Any], name: str) -> None:
    assert complaints(schema, library()[name]) == []


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_wrong_in_shape_does_not_fit(schema: dict[str, Any], code: str) -> None:
    assert complaints(schema, BAD / f"{code}.yaml")


def test_a_number_needs_evidence(schema: dict[str, Any]) -> None:
    told = {"id": "mine", "title": "Mine", "why": "To see."}
    bare = {**told, "parameters": {"take_up.voluntary": {"value": 0.2}}}
    argued = {**told, "parameters": {"take_up.voluntary": {"value": 0.2, "assumption": "Asked."}}}
    assert [validator(schema).is_valid(document) for document in (bare, argued)] == [False, True]
