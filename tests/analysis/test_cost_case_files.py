"""Cost case files: what is shipped says where it is from, and what is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.cost_case import DEFAULT, CostCase
from analysis.cost_codes import CODES
from analysis.cost_lines import BEHAVIOURS, DRIVERS, MODES, PAYERS, TIMINGS, VALUATIONS, VALUED_AT
from analysis.deflator import in_prices_of
from rules.errors import InputError, Problem
from rules.levers import SPECS
from simulation.parameters import Parameters

pytestmark = pytest.mark.unit

BAD = Path(__file__).parent / "bad"
PLACES = {
    "K001": (4, 5),
    "K002": (3, 3),
    "K003": (4, 5),
    "K004": (4, 19),
    "K005": (4, 12),
    "K006": (4, 5),
    "K007": (5, 11),
    "K008": (6, 17),
    "K009": (4, 12),
    "K010": (8, 13),
    "K015": (4, 12),
}
WITHOUT_A_FILE = {"K011", "K012", "K013", "K014"}

OURS = """\
case: ours
title: Our figures
price_year: 2016
lines:
  leavers:
    value: [9000, 15000, 20000]
    unit: gbp
    price_year: 2018
    source: Our exit interviews, 2018
    rating: green
    dated: 2018
    owner: Director of children's services
"""


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        CostCase.load(path)
    return caught.value.problems


def written(folder: Path, text: str) -> Path:
    path = folder / "ours.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("code", PLACES)
def test_each_bad_file_gives_its_code_at_its_place_and_nothing_else(code: str) -> None:
    [found] = problems_of(BAD / f"{code}.yaml")
    assert found.code == code
    assert found.place is not None
    assert (found.place.line, found.place.column) == PLACES[code]
    assert found.excerpt in (BAD / f"{code}.yaml").read_text(encoding="utf-8")


def test_every_code_has_a_case() -> None:
    assert set(PLACES) | WITHOUT_A_FILE == set(CODES)
    assert {path.stem for path in BAD.glob("K*.yaml")} == set(PLACES)


@pytest.mark.parametrize("number", [".nan", ".inf", "1e999", "-.inf", "yes", "'15000'", "[]", "[1, 2]", "~"])
def test_what_is_no_number_is_told_on_its_line(tmp_path: Path, number: str) -> None:
    text = OURS.replace("[9000, 15000, 20000]", number)
    found = problems_of(written(tmp_path, text))
    assert [problem.place.line for problem in found if problem.place] == [6]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    price_year: 2018\n", "", "K008"),
        ("    unit: gbp\n", "", "K001"),
        ("unit: gbp", "unit: pounds", "K007"),
        ("2018\n    rating", "2018\n    assumption: both\n    rating", "K006"),
        ("dated: 2018", "dated: soon", "K010"),
        ("price_year: 2016\nlines", "price_year: 2040\nlines", "K008"),
        ("    owner", "    behaviour: fixed\n    owner", "K003"),
        ("lines:", "line:", "K003"),
    ],
)
def test_other_ways_to_be_wrong(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in OURS
    assert code in {found.code for found in problems_of(written(tmp_path, OURS.replace(old, new)))}


def test_all_problems_come_at_once_and_in_order(tmp_path: Path) -> None:
    text = OURS.replace("unit: gbp", "unit: days").replace("rating: green", "rating: blue")
    text += "  reviews:\n    value: [3, 2, 1]\n    unit: gbp\n    price_year: 2016\n    source: x\n"
    found = problems_of(written(tmp_path, text))
    assert [problem.code for problem in found] == ["K007", "K010", "K005"]


def test_a_misspelt_line_is_told_with_the_nearest() -> None:
    [found] = problems_of(BAD / "K002.yaml")
    assert "leavers" in found.hint


def test_a_persons_figures_take_the_place_of_ours(tmp_path: Path) -> None:
    case = CostCase.load(written(tmp_path, OURS))
    figure = case.figures["leavers"]
    assert (figure.low, figure.mode, figure.high) == (9_000, 15_000, 20_000)
    assert (figure.owner, figure.rating, figure.label) == (
        "Director of children's services",
        "green",
        CostCase.default().figures["leavers"].label,
    )
    assert case.value("leavers") == pytest.approx(15_000 * in_prices_of(2016, 2018))
    others = {key for key in case.figures if case.figures[key] != CostCase.default().figures[key]}
    assert others == {"leavers"}


def test_the_template_as_written_changes_nothing() -> None:
    """A whole file may be edited in place, so the shipped one has to read as itself."""
    assert CostCase.load(DEFAULT).figures == CostCase.default().figures


def test_what_is_shipped_is_whole() -> None:
    case = CostCase.default()
    for figure in case.figures.values():
        assert figure.low <= figure.mode <= figure.high
        assert bool(figure.source) != bool(figure.assumption)
        assert figure.unit.startswith("gbp") == bool(figure.price_year)
        assert 2013 <= figure.dated <= 2022
    for line in case.lines:
        assert line.payer in PAYERS
        assert line.behaviour in BEHAVIOURS
        assert line.timing in TIMINGS
        assert line.mode in ("", *MODES)
        assert set(line.views) <= set(VALUATIONS)
        assert line.valued_at in ("", *VALUED_AT)
        assert bool(line.share_of) != (line.driver in DRIVERS)
        for term in line.terms("full"):
            assert set(term.figures) <= set(case.figures)
        assert set(line.share_of) <= {other.key for other in case.lines}
    assert {line.driver for line in case.lines if line.driver} == set(DRIVERS)


def test_no_figure_has_the_name_of_a_lever_or_a_parameter() -> None:
    """One option sets all of them."""
    assert not set(CostCase.default().figures) & {*SPECS, *Parameters.shipped()}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("leavers", "K011"),
        ("leavers=many", "K011"),
        ("leaver=3", "K002"),
        ("leavers=nan", "K004"),
        ("leavers=inf", "K004"),
        ("leavers=1,2", "K004"),
        ("leavers=-5", "K009"),
        ("leavers=3,2,1", "K005"),
        ("pay.own_time=1.5", "K009"),
        ("leavers.payer=councils", "K015"),
        ("grant.payer=employer", "K015"),
        ("nobody.payer=employer", "K002"),
    ],
)
def test_a_bad_setting_is_one_clear_error(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        CostCase.default().set([text])
    assert [problem.code for problem in caught.value.problems] == [code]


def test_one_number_fixes_a_figure_and_three_are_its_range() -> None:
    figure = CostCase.default().set(["leavers=15000"]).figures["leavers"]
    assert (figure.low, figure.mode, figure.high) == (15_000, 15_000, 15_000)
    assert figure.owner == "command line"
    for text in ("leavers=1,2,3", "leavers=1:2:3"):
        figure = CostCase.default().set([text]).figures["leavers"]
        assert (figure.low, figure.mode, figure.high) == (1, 2, 3)
