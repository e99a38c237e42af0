"""The answer of a search for seats: exported as it is read, with the regions that fell short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.capacity.plans import LUMPS, Span
from analysis.capacity.quarters import QuarterSized, QuarterSizing
from analysis.capacity.sizing import Sized, Sizing
from analysis.capacity.targets import Target
from analysis.capacity.trials import Trial
from cli.capacity_size import _by_quarter, _unmet
from reports.capacity_tables import held_again, sizing_table
from reports.numbers import replications
from reports.sizing_words import altogether, floor, not_met, reading

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


def test_beside_sizes_is_said_how_to_read_them_and_when_the_lump_decides() -> None:
    found = sizing(region("London", 1, 40), region("South East", 2, 40))
    assert reading(found).startswith("p80 wait <= 90 days: at least 80% of people sit within 90 days.")
    assert "one circuit fewer" in reading(found)
    assert altogether(found) == "All regions: 45 seats a week, against 75 as it stands."
    assert "in London its size decides, not the target; --lumps circuit-day" in floor(found)
    assert "in every region" in floor(sizing(region("London", 1, 40)))
    assert floor(sizing(region("London", 2, 40))) == floor(sizing(region("London", 1, 20))) == ""
    assert altogether(sizing(region("London", None, 0), region("South East", 2, 40))) == ""
    assert "circuits now" in [column.label for column in sizing_table(found).columns]


def test_what_is_not_met_is_said_with_how_far_and_what_to_try() -> None:
    short = not_met(sizing(region("London", 5, 30), region("South East", 2, 40), region("South West", 2, 35)))
    assert "not met in 2 of 3 regions in the further futures, by up to 15 points: in London" in short
    for word in ("75%", "90%", "-n 160", "--confidence", "by hand"):
        assert word in short
    assert not_met(sizing(region("London", 5, 36))) == ""


def test_a_plan_by_quarter_explains_only_the_marks_that_it_has() -> None:
    span = Span(date(2019, 1, 1), date(2019, 3, 31))
    held, missed = Trial(2, 40, 38), Trial(2, 40, 20)
    quarter = QuarterSized("London", "2019-Q1", span, 2, held, None, missed)
    plan = QuarterSizing("x", Target(80, 90), 0.9, LUMPS["circuit"], (quarter,), {}, (), 40, 9)
    assert "~" not in "".join(_by_quarter(plan))
    late = replace(plan, quarters=(quarter, replace(quarter, quarter="2019-Q2", at=None, fresh=None)))
    assert "~ people who join so late" in " ".join(" ".join(_by_quarter(late)).split())
    assert "1 of 1 regions and quarters in the further futures, by up to 40 points: in London 2019-Q1" in (
        not_met(plan)
    )
    assert _unmet(plan)


def test_one_replication_is_one() -> None:
    assert [replications(count) for count in (1, 2, 1_200)] == [
        "1 replication",
        "2 replications",
        "1,200 replications",
    ]
