"""The JSON Schema of rule files: what is shipped fits, and what is wrong in shape does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rules.decision_files import DECISION_KEYS, read_decision
from rules.document import read_document
from rules.errors import InputError
from rules.loader import load_rulebook, load_sources
from rules.reader import Reader
from rules.schema import rule_file_schema
from tests.editor import complaints

pytestmark = pytest.mark.unit

BAD = Path(__file__).parent / "bad"
BASE = BAD / "base"
IN_SHAPE = {"D027", "R009", "R010", "R011", "R013", "R014", "R015", "R017", "R019", "R020", "R022"}
"""Codes of what only a reader of the whole file, of the documents cited, or of signs unseen can see."""


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return rule_file_schema(load_rulebook().vocabulary, load_sources())


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    return rule_file_schema(load_rulebook(BASE).vocabulary, load_sources(BASE))


def test_every_shipped_rule_file_fits(shipped: dict[str, Any]) -> None:
    assert tuple(shipped["properties"]) == DECISION_KEYS
    for table in load_rulebook().decisions.values():
        assert complaints(shipped, Path(table.file)) == [], table.name


@pytest.mark.parametrize("path", sorted(BAD.glob("[DR]*.first.yaml")), ids=lambda path: path.stem)
def test_a_file_that_is_wrong_in_shape_does_not_fit(small: dict[str, Any], path: Path) -> None:
    try:
        document = read_document(path)
    except InputError:
        return  # it is no document at all, which an editor says by itself
    found = complaints(small, path)
    assert bool(found) == (path.name[:4] not in IN_SHAPE), found
    reader = Reader()
    read_decision(document, reader, load_rulebook(BASE).vocabulary, load_sources(BASE))
    assert reader.problems or not found, "the schema refuses what the loader takes"
