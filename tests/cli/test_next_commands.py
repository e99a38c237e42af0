"""What is recommended next works when it is pasted, and asks about the same scenario, people and time."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from commands import Ran, naas

from reports.next_commands import as_often, following, same_people
from scenarios.experiment import Arm
from scenarios.line_up import line_up
from tests.simulation.worlds import arm as inputs

pytestmark = pytest.mark.e2e

Capsys = pytest.CaptureFixture[str]

OWN = """\
id: west
title: Seats in the South West alone
why: A test.
parent: mandatory
centres:
  assumption: For a test.
  periods:
    - {from: 2017-04-03, to: 2018-12-31, centre_days_per_week: {South West: 1}}
"""
MADE = ("--scale", "0.01", "--until", "2018-06-30", "--set", "take_up.mandatory=0.5", "--seed", "5")
READ = ("--set", "travel.road=1.4", "--target-days", "60", "-n", "10", "--jobs", "1")
SAID = ": take_up.mandatory = 0.5"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("results") / "the store")


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A person's own file, in a folder with a space, whose name is not its id."""
    folder = tmp_path / "my plans"
    folder.mkdir()
    file = folder / "sw.yaml"
    file.write_text(OWN, encoding="utf-8")
    return str(file)


def recommended(text: str) -> list[list[str]]:
    """Every command that a text recommends, as a shell splits it, without `naas`."""
    lines = (line.partition("naas ")[1:] for line in text.splitlines())
    return [shlex.split("".join(line))[1:] for line in lines if line[0]]


def pasted(capsys: Capsys, words: list[str]) -> Ran:
    ran = naas(capsys, *words, "--jobs", "1")
    assert ran.code in (0, 1), ran.err  # 1: seats were sized, and do not hold
    assert ran.out
    return ran


def test_every_next_command_of_show_works_and_is_of_the_same(capsys: Capsys, own: str, store: str) -> None:
    ran = naas(capsys, "capacity", "show", own, *MADE, *READ, "--store", store)
    found = recommended(ran.out)
    assert [words[:2] for words in found] == [["capacity", "show"]] * 3 + [["capacity", "size"]]
    assert [words[3] for words in found[:3]] == ["--by", "--all", "--region"]
    whose = ran.out.partition("set in")[0]
    for words in found:
        assert words[2] == own
        assert ("--target-days" in words) == (words[1] == "show")
        again = pasted(capsys, words)
        head = " ".join(again.out.split())
        assert f"{SAID}; travel.road = 1.4" in head
        assert " ".join(whose.split()).removesuffix("·").strip() in head
    assert "2017-04" in pasted(capsys, found[0]).out


def test_what_is_recommended_after_a_run_works(capsys: Capsys, own: str, store: str) -> None:
    made = ("--scale", "0.02", "--until", "2020-06-30", "--set", "q3=6", "--seed", "5")
    ran = naas(capsys, "run", own, *made, "-n", "3", "--jobs", "1", "--store", store)
    [words] = recommended(ran.err)
    assert words == ["capacity", "show", own, "--seed", "5", *made[:-2], "-n", "3"]
    told = pasted(capsys, [*words, "--store", store])
    assert "3 replications, seed 5 · set in this scenario: q3 = 6" in " ".join(told.out.split())
    assert "Out of control" in told.out


def test_what_is_recommended_after_a_comparison_works(capsys: Capsys, own: str, store: str) -> None:
    made = ("--scale", "0.01", "--until", "2018-06-30", "--set", "q3=6")
    ran = naas(capsys, "compare", "voluntary", own, *made, "-n", "2", "--jobs", "1", "--store", store)
    words = recommended(ran.out)[-1]
    assert words == ["explain", "--scenario", own, "--worker", "1", *made]
    told = naas(capsys, *words)
    assert told.code == 0
    assert told.out


@pytest.mark.parametrize(
    "words",
    [
        ("show", "mandatory", "--region", "London"),
        ("gap", "mandatory"),
        ("stress", "mandatory", "--shock", "closure:london:8w"),
        ("frontier", "mandatory"),
        ("ask", "demand", "mandatory", "--confidence", "0.5"),
        ("size", "mandatory", "--confidence", "0.5"),
    ],
    ids=lambda words: words[0],
)
def test_every_question_says_what_was_set(capsys: Capsys, store: str, words: tuple[str, ...]) -> None:
    made = ("--scale", "0.01", "--until", "2017-12-31", "--set", "take_up.mandatory=0.5")
    whole = ("capacity", *words, *made, "-n", "2", "--jobs", "1", "--store", store)
    assert f"set in this scenario{SAID}" in " ".join(naas(capsys, *whole).out.split())
    assert naas(capsys, *whole, "--format", "json").document["settings"] == {"take_up.mandatory": 0.5}


def test_nothing_is_recommended_where_nobody_joins_nor_sizes_of_too_few_futures(
    capsys: Capsys, store: str
) -> None:
    small = ("--scale", "0.01", "--until", "2017-12-31", "-n", "2", "--jobs", "1", "--store", store)
    nobody = naas(capsys, "capacity", "show", "no-scheme", *small).out
    assert recommended(nobody) == []
    assert "none" not in nobody
    assert "nobody joined a queue" in nobody
    few = recommended(naas(capsys, "capacity", "show", "mandatory", *small).out)
    assert ("-n" in few[0], "-n" in few[-1]) == (True, False)


def test_options_that_are_usual_are_left_out() -> None:
    [(_, arm)] = line_up(["mandatory"])
    assert following(arm, "capacity show", "--all") == "naas capacity show mandatory --all"
    [(_, arm)] = line_up(["mandatory"], ["q3=6"], seed=9, scale=0.1)
    assert same_people(arm) == " --seed 9 --scale 0.1 --set q3=6"
    assert as_often(20) == ()
    assert as_often(40) == ("-n", "40")


def test_an_arm_that_nobody_typed_is_called_by_its_name() -> None:
    assert following(Arm("mandatory", inputs("mandatory")), "show") == "naas show mandatory"
