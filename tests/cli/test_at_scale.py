"""What is said of counts at a scale below England's, and small mercies for a person who mistypes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.parameters import _elsewhere
from reports.at_scale import counts_as_run, not_grossed_up, seats_as_run, whole_circuits
from tests.cli.commands import naas

pytestmark = pytest.mark.unit

Capsys = pytest.CaptureFixture[str]


def test_nothing_is_said_at_full_size() -> None:
    assert not_grossed_up(1) == seats_as_run(1) == whole_circuits(1) == counts_as_run(1) == ""


def test_the_number_to_multiply_by_is_said() -> None:
    assert "multiply them by 20 for full size" in not_grossed_up(0.05)
    assert "multiply them by 10 for full size" in seats_as_run(0.1)
    assert counts_as_run(0.05) == "counts as run: ×20 for full size"
    assert "not to be multiplied" in whole_circuits(0.1)


def test_a_comparison_at_a_scale_says_whose_counts_these_are(capsys: Capsys) -> None:
    words = ("compare", "voluntary", "mandatory", "--scale", "0.01", "-n", "1", "--until", "2017-12-31")
    said = naas(capsys, *words, "--measure", "accredited").out
    assert "multiply them by 100 for full size" in " ".join(said.split())
    following = "naas explain --scenario mandatory --worker 1 --scale 0.01 --until 2017-12-31"
    assert said.rstrip().endswith(f"Next: {following}")


@pytest.mark.parametrize("written", ["£15,000", "15,000", "15k"])
def test_a_price_written_as_people_write_it_is_answered_with_one_that_fits(
    capsys: Capsys, written: str
) -> None:
    told = naas(capsys, "cost", "voluntary", "--set", f"leavers={written}")
    assert told.code == 2
    assert "no comma" in told.err
    assert "leavers=20000" in told.err


def test_a_wrong_unit_is_answered_with_the_right_one(capsys: Capsys, tmp_path: Path) -> None:
    case = tmp_path / "ours.yaml"
    case.write_text(
        "case: ours\nlines:\n  leavers:\n    value: 9000\n    unit: gbp a leaver\n    source: us\n"
    )
    told = naas(capsys, "cost", "voluntary", "--case", str(case))
    assert told.code == 2
    assert "'leavers' is in gbp" in told.err


def test_a_name_of_another_list_is_pointed_to() -> None:
    assert "naas show consultation --all" in _elsewhere("funding")
    assert "naas cost lines" in _elsewhere("leavers")
    assert _elsewhere("take_upp") == ""


def test_a_question_without_its_words_is_answered_with_an_example(capsys: Capsys) -> None:
    assert "such as naas cost council Leeds mandatory" in naas(capsys, "cost", "council").err
    assert "--budget 100000000" in naas(capsys, "cost", "switching", "mandatory").err


def test_a_bad_choice_is_told_without_the_name_of_an_exception(capsys: Capsys) -> None:
    told = naas(capsys, "cost", "voluntary", "--grants", "percouncil")
    assert "'percouncil' is not one of" in told.err
    assert "Value error" not in told.err
