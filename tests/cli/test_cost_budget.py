"""`naas cost budget` and budgets of `naas cost switching`, as their user types them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from commands import Ran, naas

pytestmark = pytest.mark.e2e

Capsys = pytest.CaptureFixture[str]

SMALL = ("--scale", "0.01", "-n", "2", "--until", "2018-12-31", "--jobs", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("budgets")


def cost(capsys: Capsys, folder: Path, *words: str) -> Ran:
    return naas(capsys, "cost", *words, *SMALL, "--store", str(folder / "store"))


def test_the_published_amount_is_beside_what_the_department_bears(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "budget", "mandatory")
    said = " ".join(ran.out.split())
    assert ran.code == 0
    for part in (
        "Quoted by directors, March 2017 23.0",
        "The department bears, 2017 to 2018",
        "Valued in cash",
        "not discounted",
        "Community Care, 14 March 2017",
        "Written answer 28085",
    ):
        assert part in said
    assert all(len(line) <= 100 for line in ran.out.splitlines())


def test_the_department_bears_what_the_appraisal_says_in_cash(capsys: Capsys, folder: Path) -> None:
    found = cost(capsys, folder, "budget", "mandatory", "--format", "json").document
    words = ("mandatory", "--valuation", "cash", "--rate", "0", "--format", "json")
    [scenario] = cost(capsys, folder, *words).document["scenarios"]
    assert (found["valuation"], found["discount_rate"]) == ("cash", 0)
    assert found["budget"] == 23_000_000
    assert found["department"]["in_all"] == scenario["borne"]["department"]
    assert {item["id"] for item in found["published"]} == {"quoted", "spent"}


def test_a_budget_of_ones_own_takes_the_place_of_the_published_one(capsys: Capsys, folder: Path) -> None:
    ran = cost(capsys, folder, "budget", "mandatory", "--budget", "£1,000,000")
    assert "The budget given" in ran.out
    assert "million more than £1,000,000" in " ".join(ran.out.split())
    out = cost(capsys, folder, "budget", "mandatory", "--format", "csv").out
    rows = {row["what"]: row for row in csv.DictReader(io.StringIO(out))}
    assert {"in_all", "2017", "2018", "quoted", "spent"} <= set(rows)
    assert float(rows["quoted"]["mean"]) == 23_000_000
    years = float(rows["2017"]["mean"]) + float(rows["2018"]["mean"])
    assert years == pytest.approx(float(rows["in_all"]["mean"]))


def test_switching_says_whose_budget_it_is(capsys: Capsys, folder: Path) -> None:
    words = ("switching", "mandatory", "--budget", "60000000")
    everyones = " ".join(cost(capsys, folder, *words).out.split())
    assert "the social cost of mandatory, whoever pays, is exactly £60,000,000" in everyones
    assert "--budget-of department" in everyones
    departments = " ".join(cost(capsys, folder, *words, "--budget-of", "department").out.split())
    assert "what the department bears of mandatory is exactly £60,000,000" in departments
    assert "Valued in cash" in departments
    found = cost(capsys, folder, *words, "--budget-of", "department", "--format", "json").document
    told = found["valuation"], found["discount_rate"], found["budget"], found["budget_of"]
    assert told == ("cash", 0, 60_000_000, "department")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("budget", "mandatory", "--budget", "23m"), "--budget 23000000"),
        (("switching", "mandatory", "--budget", "1.5 million"), "--budget 1500000"),
        (("switching", "mandatory", "--budget", "lots"), "for example --budget 23000000"),
        (("mandatory", "--budget", "23000000"), "--budget goes with naas cost budget or naas cost switching"),
        (("budget", "mandatory", "--budget-of", "department"), "--budget-of goes with naas cost switching"),
        (("budget", "one", "two"), "unexpected extra argument"),
    ],
)
def test_what_is_no_budget_is_refused_with_what_was_meant(
    capsys: Capsys, folder: Path, words: tuple[str, ...], hint: str
) -> None:
    ran = cost(capsys, folder, *words)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err
