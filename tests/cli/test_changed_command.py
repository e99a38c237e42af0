"""`naas changed`: counts, cuts, and the people behind them with a command that explains each."""

from __future__ import annotations

import csv
import io
import shlex
from pathlib import Path

import pytest
from commands import naas

from scenarios.loader import library

pytestmark = pytest.mark.e2e

Capsys = pytest.CaptureFixture[str]
SMALL = ("--scale", "0.01", "--until", "2019-12-31")
ARMS = ("changed", "voluntary", "mandatory")


def test_counts_partition_everyone_in_every_form(capsys: Capsys) -> None:
    words = (*ARMS, *SMALL, "-n", "2", "-j", "1")
    document = naas(capsys, *words, "--format", "json").document
    assert (document["seed"], document["scale"]) == (2017, 0.01)
    assert document["interval_holds"] == "chance"
    counts = {item["outcome"]: item for item in document["counts"] if not item["cut"]}
    five = ("gained", "lost", "earlier", "later", "unaffected")
    assert sum(counts[name]["count"] for name in five) == counts["everyone"]["count"]
    assert sum(counts[name]["mean"] for name in five) == pytest.approx(counts["everyone"]["mean"])
    rows = list(csv.DictReader(io.StringIO(naas(capsys, *words, "--format", "csv").out)))
    assert len(rows) == len(document["counts"])
    ran = naas(capsys, *words, "--by", "route")
    assert ran.code == 0
    assert "gained, by route" in ran.out
    assert "Intervals (80%) hold chance only." in ran.out
    assert "accredited by the end under mandatory only" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_everyone_listed_comes_with_a_command_that_works_as_typed(capsys: Capsys) -> None:
    words = (*ARMS, *SMALL, "--list", "gained", "--replication", "1", "--set", "q3=6")
    rows = list(csv.DictReader(io.StringIO(naas(capsys, *words, "--format", "csv").out)))
    document = naas(capsys, *words, "--format", "json").document
    assert [int(row["worker"]) for row in rows] == [item["worker"] for item in document["workers"]]
    assert (document["seed"], document["scale"], document["replication"]) == (2017, 0.01, 1)
    command = shlex.split(rows[0]["explain"])
    assert command[0] == "naas"
    told = naas(capsys, *command[1:], "--format", "json").document
    assert told["worker"]["worker"] == int(rows[0]["worker"])
    assert (told["seed"], told["scale"], told["replication"]) == (2017, 0.01, 1)
    assert [rows[0]["accredited_second"], "accredited"] in told["life"]
    table = naas(capsys, *words).out
    assert f"gained: {len(rows)} people" in table
    assert rows[0]["explain"] in table


def test_people_of_a_scheme_from_scratch_are_followed_without_rules_to_explain(
    capsys: Capsys, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.yaml"
    text = library()["scheme-from-scratch"].read_text(encoding="utf-8")
    copy.write_text(text.replace("id: scheme-from-scratch", "id: copy"), encoding="utf-8")
    words = (
        "changed",
        "scheme-from-scratch",
        str(copy),
        "--scale",
        "0.01",
        "--list",
        "unaffected",
    )
    ran = naas(capsys, *words)
    assert ran.code == 0
    assert "unaffected: 50 people" in ran.out
    assert "naas explain" not in ran.out


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--replication", "-1"), "C006"), (("-n", "0"), "C001"), (("--list", "nobody"), "--list")],
)
def test_mistakes_are_said(capsys: Capsys, words: tuple[str, ...], code: str) -> None:
    ran = naas(capsys, *ARMS, *SMALL, *words)
    assert (ran.code, ran.out) == (2, "")
    assert code in ran.err
