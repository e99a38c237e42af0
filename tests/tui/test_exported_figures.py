"""What is exported beside a figure is the number that is read, in the unit that is named."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from reports.page import Page
from reports.tabular import csv_text, json_text
from tests.tui.conftest import PAIR, SMALL
from tui.desk.desk import Desk
from tui.views.capacity import capacity
from tui.views.compare import compare
from tui.views.costs import costs

pytestmark = pytest.mark.unit

SETTINGS = SMALL.plain()
EDITS = {"leavers": {"mode": "9000"}}

NAMED = ("£ million", "£", "posts", "cases")
"""Units as the head of a column says them; that something is a share goes without saying."""

_READ = re.compile(
    r"(?P<sign>[+-]?)(?P<pound>£?)(?P<number>\d[\d,]*(?P<part>\.\d+)?)(?P<after>%|m\b| points)?"
)


class Told(NamedTuple):
    """A figure as it left: where it stands, as it is read, its value, and the unit that is named for it."""

    where: str
    text: str
    value: float
    unit: str


def differs(told: Told) -> str:
    """Why a value and its unit are not what is read; nothing where they are."""
    read = _READ.search(told.text)
    if read is None:
        return f"{told}: no number is read"
    shown = float(read["number"].replace(",", "")) * (-1 if read["sign"] == "-" else 1)
    near = 0.5 * 10.0 ** -max(len(read["part"] or ".") - 1, 0)
    if read["after"] in ("%", " points"):
        shown, near = shown / 100, near / 100
    if (
        read["pound"]
        and read["after"] != "m"
        and not (told.unit.startswith("£") and "million" not in told.unit)
    ):
        return f"{told}: pounds are read"
    if read["after"] == "m" and told.unit != "£ million":
        return f"{told}: millions are read"
    return "" if abs(shown - told.value) <= near * 1.0001 else f"{told}: {shown} is read"


def in_csv(page: Page) -> Iterator[Told]:
    """Every figure of the CSV file; its unit is in its column's head, or in the row's column of units."""
    head: list[str] = []
    title = ""
    for row in csv.reader(io.StringIO(csv_text(page), newline="")):
        if not row or row[0].startswith("# "):
            title, head = row[0] if row else "", []
        elif not head:
            head = row
        else:
            own = row[head.index("unit")] if "unit" in head else ""
            for place, name in enumerate(head):
                if place and name == f"{head[place - 1]}, as read" and row[place - 1]:
                    named = next((unit for unit in NAMED if unit in head[place - 1]), own)
                    yield Told(f"{title}, {row[0]}, {name}", row[place], float(row[place - 1]), named)


def in_json(page: Page) -> Iterator[Told]:
    """Every figure of the tables of the JSON document; its unit is its own, or its column's."""
    for block in json.loads(json_text(page))["blocks"]:
        for row in block["rows"] if block["kind"] == "table" else ():
            for column, cell in zip(block["columns"], row, strict=True):
                unit = cell["unit"] or column["unit"]
                if isinstance(cell["value"], int | float):
                    yield Told(f"{block['id']}, {row[0]['text']}", cell["text"], cell["value"], unit)
                    assert {cell["unit"], column["unit"]} - {""} == {unit} - {""}


@pytest.fixture
def pages(costed_desk: Desk) -> dict[str, Page]:
    """Costs with every kind of table: two scenarios with a challenge and a council, one, and a budget."""
    budget = {"budget": 50_000_000.0}
    return {
        "pair": costs(costed_desk, PAIR, SETTINGS, edits=EDITS, council="leeds"),
        "one": costs(costed_desk, PAIR[1:], SETTINGS),
        "budget": costs(costed_desk, PAIR[:1], SETTINGS, view=budget),
    }


def test_values_of_costs_are_what_is_read_in_the_unit_named(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for told in (list(in_csv(page)), list(in_json(page))):
            assert len(told) > 100
            assert [wrong for wrong in map(differs, told) if wrong] == []


def test_every_figure_of_costs_names_its_unit(pages: dict[str, Page]) -> None:
    found = {block.id for page in pages.values() for block in page.blocks}
    assert {"glance", "payers", "lines", "now", "bearers", "challenge", "switching", "pays"} <= found
    for page in pages.values():
        unnamed = [told for told in in_csv(page) if not told.unit and "%" not in told.text]
        assert [told for told in unnamed if not told.where.startswith("# Assumptions")] == []


def test_values_of_other_pages_are_what_is_read(costed_desk: Desk) -> None:
    for page in (compare(costed_desk, PAIR, SETTINGS), capacity(costed_desk, PAIR, SETTINGS)):
        told = list(in_csv(page))
        assert len(told) > 50
        assert [wrong for wrong in map(differs, told) if wrong] == []


def test_a_million_is_exported_as_it_is_read(pages: dict[str, Page]) -> None:
    written = csv_text(pages["pair"])
    assert 'voluntary (£ million),"voluntary (£ million), as read"' in written
    rows = {row[0]: row for row in csv.reader(io.StringIO(written, newline="")) if row}
    line = rows["Standards, content bank and pass marks"]
    assert float(line[1]) == pytest.approx(float(line[2]), abs=0.005)
