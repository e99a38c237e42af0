"""`naas attribute`: the contributions shown are those computed, in every form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from commands import naas

pytestmark = pytest.mark.e2e

Capsys = pytest.CaptureFixture[str]
SMALL = ("--scale", "0.01", "-n", "2", "--until", "2018-12-31", "-j", "1")


@pytest.fixture
def one_lever(tmp_path: Path) -> str:
    file = tmp_path / "firmer.yaml"
    text = (
        "id: firmer\ntitle: F\nwhy: W.\nparent: voluntary\nlevers:\n  q1.practitioner: mandatory\n  q3: 6\n"
    )
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_contributions_add_up_in_every_form(capsys: Capsys, one_lever: str) -> None:
    words = ("attribute", "voluntary", one_lever, *SMALL)
    document = naas(capsys, *words, "--format", "json").document
    assert document["scenarios"] == ["voluntary", "firmer"]
    assert (document["orders"], document["mixes"]) == ("all", 4)
    assert (document["seed"], document["scale"]) == (2017, 0.01)
    assert len(document["measures"]) > 8
    for item in document["measures"]:
        total = item["difference"]["mean"]
        if total is None:
            continue
        assert sum(part["mean"] for part in item["contributions"]) == pytest.approx(total)
        alone = sum(part["alone"]["mean"] for part in item["contributions"])
        assert alone + item["interaction"]["mean"] == pytest.approx(total)
    rows = list(csv.DictReader(io.StringIO(naas(capsys, *words, "--format", "csv").out)))
    parts = [row for row in rows if row["id"] == "accredited" and row["part"] == "q1.practitioner"]
    same = next(item for item in document["measures"] if item["id"] == "accredited")["contributions"]
    assert float(parts[0]["mean"]) == next(it["mean"] for it in same if it["part"] == "q1.practitioner")


def test_the_table_names_the_changes_and_the_interaction(capsys: Capsys, one_lever: str) -> None:
    ran = naas(
        capsys, "attribute", "voluntary", one_lever, *SMALL, "--measure", "put_forward", "--at", "2017-12-31"
    )
    assert ran.code == 0
    assert "q1.practitioner: mandatory, not voluntary" in ran.out
    assert "Put forward at least once, to date, people, 31 Dec 2017" in ran.out
    assert "all together" in ran.out
    assert "interaction" in ran.out
    assert "changes: 2; mixes of them: 4; replications of each: 2" in ran.err
    assert max(map(len, ran.out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("mandatory", "mandatory"), "A003"),
        (("voluntary", "mandatory", "--at", "2018-06-30"), "A002"),
        (("voluntary", "mandatory", "--at", "soon"), "C002"),
        (("voluntary", "mandatory", "--orders", "1"), "C001"),
        (("voluntary", "mandatory", "--measure", "acredited"), "C003"),
    ],
)
def test_mistakes_are_said(capsys: Capsys, words: tuple[str, ...], code: str) -> None:
    ran = naas(capsys, "attribute", *words, "--scale", "0.01", "-n", "1")
    assert (ran.code, ran.out) == (2, "")
    assert code in ran.err


def test_a_narrow_terminal_is_respected(
    capsys: Capsys, one_lever: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    ran = naas(capsys, "attribute", "voluntary", one_lever, *SMALL, "--measure", "accredited_share")
    assert max(map(len, ran.out.splitlines())) <= 70


def test_stored_results_are_reused_and_it_says_so(capsys: Capsys, one_lever: str, tmp_path: Path) -> None:
    words = ("attribute", "voluntary", one_lever, *SMALL, "--store", str(tmp_path / "kept"))
    first, again = naas(capsys, *words), naas(capsys, *words)
    assert "reused" not in first.err
    assert "8 of 8 replications reused" in again.err
    assert again.out == first.out
