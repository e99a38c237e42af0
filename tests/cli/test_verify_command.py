"""`naas verify` as its user types it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from commands import naas

from scenarios.verification import unused
from scenarios.verification.check import Found
from scenarios.verification.running import CHECKS
from scenarios.verification.twin_agrees import SHARED

pytestmark = pytest.mark.unit

Capsys = pytest.CaptureFixture[str]
QUICK = ("--cases", "2", "--only", "unused", "--only", "seats")


def test_the_table_says_what_each_check_shows(capsys: Capsys) -> None:
    ran = naas(capsys, "verify", *QUICK)
    assert ran.code == 0
    for name in ("unused", "seats"):
        assert CHECKS[name].label in ran.out
        assert f"{name}: holds, 2 cases" in ran.err
    assert CHECKS["twin"].label not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_json_csv_and_markdown_hold_the_same_rows(capsys: Capsys) -> None:
    document = naas(capsys, "verify", *QUICK, "--format", "json").document
    rows = list(csv.DictReader(io.StringIO(naas(capsys, "verify", *QUICK, "--format", "csv").out)))
    page = naas(capsys, "verify", *QUICK, "--format", "markdown").out
    assert (
        [row["check"] for row in document["checks"]] == [row["check"] for row in rows] == ["unused", "seats"]
    )
    assert all(f"| `{row['check']}`: {row['label']} | {row['shows']}" in page for row in rows)
    assert document["failures"] == {}


def test_the_page_says_what_the_twin_shares(capsys: Capsys) -> None:
    page = naas(capsys, "verify", "--cases", "1", "--only", "twin", "--format", "markdown").out
    told = page.partition("## What the twin shares with the fast world")[2]
    assert [line.rstrip(";.") for line in told.splitlines() if line.startswith("- ")] == [
        f"- {item}" for item in SHARED
    ]
    kept = Path(__file__).parents[2] / "docs" / "verification.md"
    assert kept.read_text(encoding="utf-8").endswith(told)
    assert "twin" not in naas(capsys, "verify", *QUICK, "--format", "markdown").out


def test_a_failure_is_told_and_ends_with_one(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = unused.UNUSED.__class__(
        "unused", "A label", "A sentence.", lambda _: Found(1, "", "case 0: so")
    )
    monkeypatch.setitem(CHECKS, "unused", failing)
    ran = naas(capsys, "verify", *QUICK)
    assert ran.code == 1
    assert "FAILS" in ran.out
    assert "A label: this does not hold.\ncase 0: so" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--cases", "0"), "C001"),
        (("--scale", "nan"), "C001"),
        (("--scale", "5"), "C001"),
        (("--seed", "-1"), "C001"),
        (("--only", "twins"), "did you mean 'twin'"),
    ],
)
def test_what_cannot_be_run_is_refused(capsys: Capsys, words: tuple[str, ...], said: str) -> None:
    ran = naas(capsys, "verify", *words)
    assert ran.code == 2
    assert said in ran.err
    assert not ran.out
