"""Pages about capacity hold the figures of `naas capacity`, say what is not run, and never simulate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.capacity.show import showing
from analysis.capacity.stored import stored
from cli.app import app as commands
from cli.failures import guarded
from reports.capacity_words import MAP_LEGEND
from reports.page import HeatChart, Prose, Table
from reports.scale import date_text
from rules.errors import InputError
from scenarios.stopping import Stop
from tests.tui.conftest import PAIR, SMALL
from tui.desk.desk import Desk
from tui.runs import sizing
from tui.screens.capacity_panels import of_region
from tui.views import capacity as views
from tui.views.capacity import capacity

pytestmark = pytest.mark.unit

SETTINGS = SMALL.plain()
SAME = ("--scale", "0.02", "-n", "4", "--jobs", "1")
Typed = Callable[..., str]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """What a command prints, as one line of single spaces; it finds everything in the store."""
    monkeypatch.setenv("COLUMNS", "160")

    def run(*words: str) -> str:
        capsys.readouterr()
        assert guarded(lambda: commands(list(words), prog_name="naas", standalone_mode=False)) == 0
        return " ".join(capsys.readouterr().out.split())

    return run


def test_every_figure_is_one_that_the_command_prints(desk: Desk, typed: Typed) -> None:
    page = capacity(desk, PAIR, SETTINGS)
    out = typed("capacity", "show", "mandatory", "--all", *SAME)
    said = page.block("over")
    assert isinstance(said, Prose)
    assert [line for line in said.lines if line not in out] == []
    for name in ("seats", "waits"):
        table = page.block(name)
        assert isinstance(table, Table)
        assert [cell.text for row in table.rows for cell in row if cell.text.strip() not in out] == []
    out = typed("capacity", "gap", "mandatory", "--top", "0", *SAME)
    table = page.block("gap")
    assert isinstance(table, Table)
    assert len(table.rows) == 152
    shown = [
        cell.text
        for row in table.rows
        for cell, column in zip(row, table.columns, strict=True)
        if column.id not in ("covered", "region")  # for which there is no room in a terminal
    ]
    assert [text for text in shown if text not in out] == []
    assert "±" in table.rows[0][4].text
    binds = page.block("binds")
    assert isinstance(binds, Table)
    assert all("±" in cell.text for row in binds.rows for cell in row[1:2])


@pytest.mark.parametrize(
    ("measure", "of"), [("load", "load"), ("use", "utilisation"), ("waiting", "waiting")]
)
def test_the_map_is_that_of_the_analysis(desk: Desk, measure: str, of: str) -> None:
    chart = capacity(desk, PAIR, SETTINGS, measure=measure).block("heat")
    assert isinstance(chart, HeatChart)
    [arm] = [arm for _, arm in desk.line_up(["mandatory"], SETTINGS)]
    shown = showing(stored(desk.results([arm], SMALL)))
    factor = 100 if measure == "use" else 1
    for row, name in enumerate(chart.rows):
        for column, cell in enumerate(shown.row(name)):
            value = chart.cells[row][column].value
            if cell.word == "idle":
                assert value is None
            elif value is not None:
                assert value == pytest.approx(getattr(cell, of).mean * factor)
            assert chart.about[row][column].startswith(f"{name}, {date_text(cell.period)}: ")
            over = cell.over > 0.5  # more people than seats in most futures
            assert ("over capacity" in chart.about[row][column]) == over
            assert (chart.cells[row][column].mark == "!") == (over and measure == "load")


def test_a_cell_is_a_number_of_people_for_each_seat_and_its_meaning_in_words(desk: Desk) -> None:
    chart = capacity(desk, PAIR, SETTINGS).block("heat")
    assert isinstance(chart, HeatChart)
    assert "people for each seat" in chart.title
    rows = zip(chart.cells, chart.about, strict=True)
    cells = [pair for row, about in rows for pair in zip(row, about, strict=True)]
    seen = {"each seat, far over capacity;", "each seat, over capacity;", "each seat;"}
    for cell, words in cells:
        if isinstance(cell.value, float):
            number = words.partition(": ")[2]
            assert number.startswith(f"{cell.text.replace('>', 'more than ')} ")
            assert " people for each seat" in number
            assert ("over capacity" in words) == (cell.mark == "!")
        seen -= {said for said in seen if said in words}
    assert not seen


def test_the_notes_tell_the_marks_of_the_map_and_no_others(desk: Desk) -> None:
    notes = capacity(desk, PAIR, SETTINGS).block("notes")
    assert isinstance(notes, Prose)
    assert MAP_LEGEND in notes.lines
    assert not any("# choked" in line for line in notes.lines)


def test_the_gap_of_a_region_is_of_its_own_authorities(desk: Desk) -> None:
    gap = capacity(desk, PAIR, SETTINGS).block("gap")
    assert isinstance(gap, Table)
    west = of_region(gap, "North West")
    names = [row[0].text for row in west.rows]
    assert len(names) == 23
    assert "Bath and North East Somerset" not in names  # of the South West
    assert "North West only, 23 of 152 authorities" in west.title
    assert of_region(gap, "Practice leaders, national") is gap


def test_another_scenario_and_quarters(desk: Desk) -> None:
    page = capacity(desk, PAIR, SETTINGS, scenario="voluntary", unit="quarter")
    chart = page.block("heat")
    assert isinstance(chart, HeatChart)
    assert "voluntary" in page.title
    assert "--by quarter" in page.provenance.command
    assert len(chart.columns) == 20


def test_what_is_not_run_or_cannot_be_asked_is_said(results_elsewhere: Path, desk: Desk) -> None:
    with pytest.raises(InputError, match="Q010"):
        capacity(desk, PAIR, SETTINGS, measure="colour")
    page = capacity(desk, PAIR, {**SETTINGS, "seed": 1})
    assert "not run yet" in page.summary
    assert capacity(desk, (), SETTINGS).block("empty")
    page = capacity(desk, PAIR, {**SETTINGS, "replications": 6})
    assert page.summary.startswith("4 of 6 replications")


def test_sizing_is_told_once_its_search_was_run(
    own_store: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page replays the search on stored futures; where one is missing it says how to search."""
    monkeypatch.setattr(views, "FUTURES", 5)
    settings = {**SETTINGS, "until": "2018-03-31"}
    aim = {"target": "p80 wait <= 300 days", "confidence": 0.5}
    before = capacity(desk, ["mandatory"], settings, **aim)  # type: ignore[arg-type]
    assert "not run yet" in before.summary
    told: list[dict[str, object]] = []
    with Stop(at_once=False) as stop:
        sizing.search("mandatory", settings, aim | {"futures": 5}, told.append, stop)
    assert told[-1]["outcome"] == "done"
    [(_, arm)] = desk.line_up(["mandatory"], settings)
    [block] = views._sizing(desk, arm, "mandatory", desk.asked(settings), "p80 wait <= 300 days", 0.5)
    assert isinstance(block, Table)
    assert block.rows[-1][0].text == "All regions"
    assert str(told[-1]["said"]).startswith(f"Sized: {block.rows[-1][1].text} circuits")
    [block] = views._sizing(desk, arm, "mandatory", desk.asked(settings), "p80 wait <= 10 days", 0.5)
    assert isinstance(block, Prose)
    [block] = views._sizing(desk, arm, "mandatory", desk.asked(settings), "soon", 0.5)
    assert "Q001" in " ".join(block.lines)  # type: ignore[union-attr]
