"""The plain text of a page holds every figure in words and aligned columns, and nothing drawn."""

from __future__ import annotations

import math

import pytest

from reports.legible import legible, spoken, width
from reports.page import BandChart, Column, HeatChart, Page, Prose, Table, TornadoChart
from reports.plain import plain, row_sentence, table_lines
from tests.reports.pages import HOSTILE, PAGES, cell, hostile, measures, sample

pytestmark = pytest.mark.unit

DRAWN = {chr(code) for block in ((0x2500, 0x25A0), (0x2800, 0x2900)) for code in range(*block)}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("cells", [60, 80, 100, 140])
def test_no_line_is_wider_than_asked_or_drawn(name: str, cells: int) -> None:
    for line in plain(PAGES[name](), cells).splitlines():
        assert width(line) <= cells
        assert line == line.rstrip()
        assert not set(line) & DRAWN


def test_every_figure_is_there() -> None:
    page = sample()
    told = " ".join(plain(page, 100).split())
    for block in page.blocks:
        if isinstance(block, Prose):
            continue
        table = block if isinstance(block, Table) else block.table()
        over = "over" if isinstance(block, HeatChart) else ""
        assert all(spoken(item, over) in told for row in table.rows for item in row)
    for text in ("voluntary (version 3f2a9c1b)", "Seed: 2017", "18 of 20", page.provenance.command):
        assert text in told


def test_columns_stand_under_their_heads() -> None:
    head, *rows = list(table_lines(measures(), 140))
    start = head.index("difference") + len("difference")
    assert [row[:start].rstrip()[-1] for row in rows] == ["]", "]", "]"]
    assert all(row[start : start + 2] == "  " for row in rows)


def test_a_wide_table_is_told_in_parts_each_with_the_names_of_rows() -> None:
    columns = (
        Column(id="row", label="Region", number=False),
        *(Column(id=str(place), label=f"column {place}") for place in range(30)),
    )
    rows = tuple(
        (cell(name), *(cell(f"{place:,}", place) for place in range(30))) for name in ("North", "South")
    )
    lines = list(table_lines(Table(id="t", title="T", columns=columns, rows=rows), 80))
    assert all(len(line) <= 80 for line in lines)
    parts = "\n".join(lines).split("\n\n")
    assert len(parts) > 2
    assert all(part.startswith("Region") for part in parts)
    north = [line for line in lines if line.startswith("North")]
    assert len(north) == len(parts)
    assert [int(word) for line in north for word in line.split()[1:]] == list(range(30))


def test_a_row_in_words() -> None:
    assert row_sentence(measures(), 0) == (
        "Accredited, share of in scope: voluntary 31.0% [27.2, 34.9]; mandatory 78.4% [74.0, 82.1]; "
        "difference +47.4 points [41.8, 52.6]; Verdict higher"
    )


def test_rows_left_out_are_said() -> None:
    assert "All measures (3 of 31 rows)" in plain(sample())
    assert "None." in plain(PAGES["empty"]())


def test_hostile_names_are_all_told() -> None:
    told = "".join(plain(hostile(), 100).split())
    for name in HOSTILE:
        assert "".join(legible(name).split()) in told


def test_a_figure_that_does_not_exist_says_so() -> None:
    chart = BandChart(
        id="b",
        title="Waits",
        unit="days",
        axis=("2019-01-01",),
        bands=({"name": "A", "value": (math.nan,), "low": (math.nan,), "high": (math.nan,)},),  # type: ignore[arg-type]
        texts=(("not defined",),),
    )
    assert "not defined" in plain(Page(screen="s", title="t", summary="", blocks=(chart,)))


def test_a_tornado_keeps_its_centre() -> None:
    chart = sample().block("tornado")
    assert isinstance(chart, TornadoChart)
    assert chart.centre_text in plain(sample())
