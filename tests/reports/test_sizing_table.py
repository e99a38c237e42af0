"""The answer of a search for seats: exported as it is read, with the regions that fell short."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analysis.capacity.plans import LUMPS, Span
from analysis.capacity.quarters import QuarterSized, QuarterSizing
from analysis.capacity.sizing import Sized, Sizing
from analysis.capacity.targets import Target
from analysis.capacity.trials import Trial
from cli.capacity_size import _unmet
from reports.capacity_tables import held_again, sizing_table, without_answer
from reports.numbers import replications
from reports.quarter_words import marks, one_fewer, rows, totals, verdict
from reports.sizing_words import altogether, floor, not_met, reading

pytestmark = pytest.mark.unit


def region(name: str, count: int | None, met: int) -> Sized:
    at = Trial(40, 38, count or 0)
    fresh = None if count is None else Trial(40, met, count)
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


def quarter(place: int, count: int, fresh: Trial | None, below: Trial | None = None) -> QuarterSized:
    """London in a quarter of 2019, met in 38 of 40 futures where it was mended."""
    span = Span(date(2019, 3 * place + 1, 1), date(2019, 3 * place + 3, 28))
    at = Trial(40, 38, count) if fresh else None
    return QuarterSized("London", span, count, 1.2, span.first - timedelta(weeks=13), at, below, fresh)


def plan(*quarters: QuarterSized) -> QuarterSizing:
    target, lump = Target(80, 90), LUMPS["circuit"]
    held = sizing(region("London", 3, 40))
    return QuarterSizing("x", target, 0.9, lump, quarters, {}, held, 13.0, 40, 9)


def test_a_plan_by_quarter_explains_only_the_marks_that_it_has() -> None:
    held = plan(quarter(0, 2, Trial(40, 36, 2)))
    assert "~" not in marks(held)
    assert "!" not in marks(held)
    late = plan(*held.quarters, quarter(1, 2, None))
    assert [row[1] for row in rows(late)] == ["Lon", "2", "2~"]
    assert "~ so late, or so few" in marks(late)
    missed = plan(quarter(0, 2, Trial(40, 20, 2)))
    assert rows(missed)[1][1] == "2!"
    assert "! met too seldom by more than chance" in marks(missed)
    assert "not met in 1 of 1 regions and quarters in the futures that judged it, by more than chance" in (
        not_met(missed)
    )
    assert "by up to 40 points: in London 2019-Q1" in not_met(missed)
    assert _unmet(missed)


def test_a_little_less_by_chance_is_told_and_is_no_failure() -> None:
    """35 of 40 is below nine of ten, and its interval reaches it."""
    found = plan(quarter(0, 2, Trial(40, 35, 2)), quarter(1, 3, Trial(40, 40, 3)))
    assert "1 of 2 regions and quarters came out below 90% there, none by more than chance among so many" in (
        verdict(found)
    )
    assert [row[1] for row in rows(found)] == ["Lon", "2?", "3"]
    assert "? met a little too seldom" in marks(found)
    assert "no quarter was missed in more than 2 of them, half" in verdict(found)
    assert not _unmet(found)
    assert not_met(found) == ""


def test_what_mending_did_not_bring_to_its_aim_is_named_but_not_at_length() -> None:
    late = [replace(quarter(place, 2, Trial(40, 40, 2)), at=Trial(40, 37, 2)) for place in range(4)]
    assert "(but for London 2019-Q1)" in verdict(plan(*late[:1]))
    assert "London 2019-Q3 and 1 more)" in verdict(plan(*late))
    assert not _unmet(plan(*late))


def test_the_table_of_a_plan_has_what_there_is_and_when_to_decide_a_change() -> None:
    found = plan(
        quarter(0, 2, Trial(40, 40, 2)), quarter(1, 2, Trial(40, 40, 2)), quarter(2, 4, Trial(40, 40, 4))
    )
    assert rows(found)[0][-2:] == ["now", "decide by"]
    assert [row[-2:] for row in rows(found)[1:]] == [
        ["1.2", "2 Oct 2018"],
        ["1.2", ""],
        ["1.2", "1 Apr 2019"],
    ]
    assert "13 weeks" in marks(found)
    assert "8 circuit-quarters, against 4 as it stands, and 9 with the least number of each region" in (
        totals(found)
    )
    without = replace(found, held=sizing(region("London", None, 0)))
    assert "no number held throughout" in totals(without)


def test_one_fewer_is_told_apart_where_it_was_enough() -> None:
    tried = Trial(40, 40, 2)
    found = plan(quarter(0, 2, tried, Trial(20, 15, 1)), quarter(1, 2, tried, Trial(20, 20, 1)))
    assert "in at most 75% [61, 85] of futures (London 2019-Q1), of the 1 regions" in one_fewer(found)
    assert "In 1 more, one fewer was enough, but would be a dip" in one_fewer(found)


def test_how_often_ample_seats_met_a_target_that_cannot_be_met() -> None:
    least = replace(region("London", None, 0), ample=Trial(10, 4, 166))
    (said,) = without_answer(sizing(least))
    assert said.endswith("With ample seats it was met in 40% [23, 60] of 10 futures.")
    assert sizing(least).to_dict()["regions"][0]["with_ample_seats"]["met"] == 4  # type: ignore[index]


def test_one_replication_is_one() -> None:
    assert [replications(count) for count in (1, 2, 1_200)] == [
        "1 replication",
        "2 replications",
        "1,200 replications",
    ]
