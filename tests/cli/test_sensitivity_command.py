"""`naas sensitivity`: each method as typed, at a tiny size."""

from __future__ import annotations

import csv
import io

import pytest
from commands import naas

from analysis.codes import CODES

pytestmark = pytest.mark.e2e

Capsys = pytest.CaptureFixture[str]
SMALL = ("--scale", "0.01", "--until", "2017-12-31", "-j", "1")
TWO = ("--parameters", "take_up.voluntary,preparation.elapsed")


def test_a_tornado_of_a_measure_in_every_form(capsys: Capsys) -> None:
    words = ("sensitivity", "voluntary", *SMALL, *TWO, "-n", "2", "--measure", "put_forward")
    document = naas(capsys, *words, "--format", "json").document
    assert (document["method"], document["measure"], document["at"]) == (
        "tornado",
        "put_forward",
        "2017-12-31",
    )
    assert document["scale"] == 0.01
    first, second = document["parameters"]
    assert first["id"] == "take_up.voluntary"
    assert first["swing_mean"] > 0
    assert (first["low"], first["high"]) == (0.02, 0.30)
    assert (second["low"], second["high"], second["unit"]) == (0.5, 2.0, "scale")
    assert document["red_share"] == 1
    rows = list(csv.DictReader(io.StringIO(naas(capsys, *words, "--format", "csv").out)))
    assert [row["id"] for row in rows] == [first["id"], second["id"]]
    ran = naas(capsys, *words)
    assert "2% to 30%" in ran.out
    text = " ".join(ran.out.split())
    assert "Of the variance that the 2 parameters varied make one by one, 100% rests on red-rated" in text
    assert "overflow.after_days (no range). 78 more have a range and were not varied, since --param" in text
    assert "Intervals hold chance only." in text
    assert "scale 0.01" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_one_parameter_is_spoken_of_as_one(capsys: Capsys) -> None:
    words = ("sensitivity", "voluntary", *SMALL, "-n", "2", "--measure", "put_forward")
    text = " ".join(naas(capsys, *words, "--parameters", "take_up.voluntary").out.split())
    assert "Of the variance that the parameter varied makes, 100% rests on red-rated assumptions." in text


def test_morris_of_a_difference_at_any_width(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("sensitivity", "voluntary", "mandatory", *SMALL, *TWO, "--measure", "put_forward")
    ran = naas(capsys, *words, "--method", "morris", "--samples", "2")
    assert ran.code == 0
    assert "mandatory less voluntary" in ran.out
    text = " ".join(ran.out.split())
    assert "Of the variance that the 2 parameters varied make one by one, 100% rests on red-rated" in text
    assert "of the sum of mu*" not in text
    assert "Intervals hold chance, and the choice of trajectories." in " ".join(ran.out.split())
    assert "parameters varied: 2; settings of them: 6; replications of each: 1 in both scenarios" in ran.err
    monkeypatch.setenv("COLUMNS", "60")
    narrow = naas(capsys, *words, "--method", "morris", "--samples", "2")
    assert max(map(len, narrow.out.splitlines())) <= 60
    assert "replications in" not in narrow.err  # everything was stored


def test_sobol_of_a_measure(capsys: Capsys) -> None:
    words = ("sensitivity", "voluntary", *SMALL, *TWO, "--measure", "put_forward", "--method", "sobol")
    document = naas(capsys, *words, "--samples", "8", "-n", "1", "--format", "json").document
    by = {item["id"]: item for item in document["parameters"]}
    assert by["take_up.voluntary"]["total_mean"] > 0.9
    assert document["not_varied"]["overflow.share"] == "it has no range"
    assert document["not_varied"]["agency.leaving_rate"] == "it was not named"
    assert document["deviation"] > 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--parameters", "take_up.volntary"), "A005"),
        (("scheme-from-scratch", "--until", "2020-12-31"), "S022"),
        (("--method", "morris", "--samples", "1"), "A007"),
        (("--samples", "8"), "A007"),
        (("--method", "sobol", "--samples", "9"), "A007"),
        (("--measure", "acredited"), "C003"),
        (("--at", "2017-06-30"), "A002"),
        (("-n", "0"), "C001"),
        (("--method", "guess"), "--method"),
    ],
)
def test_mistakes_are_said(capsys: Capsys, words: tuple[str, ...], code: str) -> None:
    ran = naas(capsys, "sensitivity", "voluntary", *SMALL, *words)
    assert (ran.code, ran.out) == (2, "")
    assert code in ran.err


def test_a_scheme_from_scratch_has_nothing_to_vary(capsys: Capsys) -> None:
    ran = naas(capsys, "sensitivity", "scheme-from-scratch")
    assert (ran.code, ran.out) == (2, "")
    assert "A005" in ran.err


def test_codes_have_a_meaning() -> None:
    assert all(meaning.endswith(".") for meaning in CODES.values())
