"""`naas export`: any screen as a file, the same bytes each time, and nothing before it has been run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from commands import naas

pytestmark = pytest.mark.e2e

SMALL = ("--scale", "0.02", "--replications", "2", "--until", "2017-12-31")


def test_a_screen_without_results_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    ran = naas(capsys, "export", "levers", "mandatory", "--form", "markdown")
    assert ran.code == 0
    assert ran.out.startswith("# Levers of mandatory")
    assert ran.err == ""


def test_a_comparison_is_exported_once_it_has_been_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("voluntary", "mandatory", *SMALL)
    ran = naas(capsys, "export", "compare", *words, "--to", str(tmp_path / "brief.html"))
    assert ran.code == 2
    assert "C014" in ran.err
    assert "naas compare voluntary mandatory" in ran.err
    assert naas(capsys, "compare", *words, "--jobs", "1").code == 0
    for name in ("brief.html", "again.html", "brief.json", "brief.csv"):
        ran = naas(capsys, "export", "compare", *words, "--to", str(tmp_path / name))
        assert (ran.code, ran.out, ran.err) == (0, "", f"Written: {tmp_path / name}\n")
    assert (tmp_path / "brief.html").read_bytes() == (tmp_path / "again.html").read_bytes()
    page = json.loads((tmp_path / "brief.json").read_bytes())
    assert page["provenance"]["used"] == 2
    assert page["provenance"]["seed"] == 2017
    assert page["provenance"]["command"].startswith("naas export compare voluntary mandatory")
    ran = naas(capsys, "export", "compare", *words, "--to", str(tmp_path / "brief.html"))
    assert (ran.code, "X002" in ran.err) == (2, True)
    ran = naas(capsys, "export", "compare", *words, "--to", str(tmp_path / "brief.html"), "--replace")
    assert ran.code == 0


def test_a_stranger_makes_the_same_file_from_what_it_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("voluntary", "mandatory", *SMALL, "--seed", "7")
    assert naas(capsys, "compare", *words, "--jobs", "1").code == 0
    mine = tmp_path / "mine.json"
    assert naas(capsys, "export", "compare", *words, "--to", str(mine)).code == 0
    said = json.loads(mine.read_bytes())["provenance"]["command"].split()
    assert said[:3] == ["naas", "export", "compare"]
    monkeypatch.setenv("NAAS_RESULTS", str(tmp_path / "elsewhere"))
    theirs = tmp_path / "theirs.json"
    refused = naas(capsys, *said[1:], "--to", str(theirs))
    assert (refused.code, theirs.exists()) == (2, False)
    [first] = re.findall(r"first: naas (compare [^\n)]+)", refused.err)
    assert naas(capsys, *first.split(), "--jobs", "1").code == 0
    assert naas(capsys, *said[1:], "--to", str(theirs)).code == 0
    assert theirs.read_bytes() == mine.read_bytes()


@pytest.mark.parametrize(
    ("words", "code"),
    [(("levers", "mandatory", "--to", "x.pdf"), "X001"), (("levers", "mandatory", "--form", "htlm"), "X001")],
)
def test_an_unknown_form_is_refused_at_once(
    words: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = naas(capsys, "export", *words)
    assert ran.code == 2
    assert code in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "voluntary", "mandatory", *SMALL, "--measure", "wait_median_days", "--by", "status"),
        ("why", "voluntary", "mandatory", "--worker", "7", "--replication", "1", "--scale", "0.02"),
        ("why", "mandatory", "--fact", "functions=iro", "--fact", "contract=agency"),
        ("levers", "mandatory", "--set", "q2.iro=excluded"),
        ("levers", "mandatory"),
    ],
)
def test_what_a_page_says_it_was_made_by_makes_it(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    if words[0] == "compare":
        assert naas(capsys, "compare", "voluntary", "mandatory", *SMALL, "--jobs", "1").code == 0
    page = naas(capsys, "export", *words, "--form", "json")
    assert (page.code, page.err) == (0, "")
    said = shlex.split(json.loads(page.out)["provenance"]["command"])
    assert said[:2] == ["naas", "export"]
    assert naas(capsys, *said[1:], "--form", "json").out == page.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("library", "--worker", "7"), "C010"),
        (("why", "mandatory", "--by", "region"), "C010"),
        (("levers", "mandatory", "--set", "q9x=none"), "S020"),
        (("levers", "mandatory", "--set", "q3=6", "--set", "q3 = 9"), "S026"),
        (("levers", "mandatory", "--set", "take_up.mandatory=0.9"), "L001"),
    ],
)
def test_an_option_of_another_screen_is_refused(
    words: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = naas(capsys, "export", *words)
    assert (ran.code, ran.out) == (2, "")
    assert code in ran.err
