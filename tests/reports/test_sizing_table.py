"""The answer of a search for seats: exported as it is read, with the regions that fell short."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.capacity.plans import LUMPS
from analysis.capacity.sizing import Sized, Sizing
from analysis.capacity.targets import Target
from analysis.capacity.trials import Trial
from cli.capacity_size import _unmet
from reports.capacity_tables import held_again, sizing_table

pytestmark = pytest.mark.unit


def region(name: str, count: int | None, met: int) -> Sized:
    at = Trial(count or 0, 40, 38)
    fresh = None if count is None else Trial(count, 40, met)
    because = "" if count else "centres are closed"
    return Sized(name, count, LUMPS["circuit"].weekly, 2.5, at, None, (at,), because, fresh)


def sizing(*regions: Sized, confidence: float = 0.9) -> Sizing:
    return Sizing("mandatory", Target(80, 90), confidence, LUMPS["circuit"], regions, 40, 100)


def test_seats_a_week_are_seats_in_number_and_text() -> None:
    table = sizing_table(sizing(region("London", 1_003, 40), region("South East", 2, 40)))
    seats = [column.id for column in table.columns].index("seats a week")
    for row, count in zip(table.rows, (1_003, 2, 1_005), strict=True):
        assert row[seats].value == count * LUMPS["circuit"].weekly
        assert row[seats].text == f"{count * LUMPS['circuit'].weekly:,}"
    nobody = sizing_table(sizing(region("London", None, 0)))
    assert (nobody.rows[0][seats].value, nobody.rows[0][seats].text) == (None, "")
    assert "London cannot be met because centres are closed." in nobody.note


def test_regions_that_fell_short_are_named_and_are_no_answer() -> None:
    short = sizing(region("London", 5, 30), region("South East", 2, 40), region("South West", 2, 35))
    assert "met in less than 90% of them: London, South West." in sizing_table(short).note
    assert _unmet(short)
    held = sizing(region("London", 5, 36), region("South East", 2, 40))
    assert "every answer was met in at least 90% of them" in sizing_table(held).note
    assert not _unmet(held)


def test_a_confidence_has_all_its_digits() -> None:
    found = replace(sizing(region("London", 5, 39)), confidence=0.999)
    assert "in at least 99.9% of the futures" in sizing_table(found).title
    assert "less than 99.9% of them" in held_again(found)
