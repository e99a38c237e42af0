"""`naas forecast` and `naas score` as their user types them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from commands import naas

from analysis.forecast import making, workforce
from scenarios.record import Record
from simulation.inputs import Inputs

pytestmark = pytest.mark.unit

Capsys = pytest.CaptureFixture[str]
SMALL = ("--replications", "2", "--scale", "0.01", "--jobs", "1", "--seed", "3")


def test_a_forecast_is_written_marked_and_the_same_again(capsys: Capsys, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    ran = naas(capsys, "forecast", "workforce", *SMALL, "--out", str(first))
    assert ran.code == 0
    for words in ("People in post (people)", "2020-09-30", "seed 3", "30 September 2016", "scale 0.01"):
        assert words in " ".join(ran.out.split())
    assert naas(capsys, "forecast", "workforce", *SMALL, "--out", str(second), "--format", "csv").code == 0
    assert first.read_bytes() == second.read_bytes()

    template = naas(capsys, "score", str(first), "--template")
    rows = list(csv.DictReader(io.StringIO(template.out)))
    assert len(rows) == 12 * 4
    outturn = tmp_path / "outturn.csv"
    outturn.write_text(
        "series,when,value\nheadcount,2018-09-30,31000\nfte,2018-09-30,29000\n", encoding="utf-8"
    )
    marked = naas(capsys, "score", str(first), str(outturn))
    assert marked.code == 0
    assert "2 of 48 numbers" in marked.err
    assert "CRPS" in marked.out
    assert "all series" in marked.out
    document = naas(capsys, "score", str(first), str(outturn), "--format", "json").document
    assert [row["series"] for row in document["series"]] == ["headcount", "fte", "all series"]
    one = next(
        iter(
            csv.DictReader(
                io.StringIO(naas(capsys, "score", str(first), str(outturn), "--format", "csv").out)
            )
        )
    )
    assert float(one["error"]) == pytest.approx(float(one["mean"]) - 31_000)


def test_a_forecast_that_is_there_is_kept_unless_asked_and_may_say_its_date(
    capsys: Capsys, tmp_path: Path
) -> None:
    file = tmp_path / "kept.json"
    command = ("forecast", "workforce", *SMALL, "--out", str(file))
    assert naas(capsys, *command).code == 0
    before = file.read_bytes()
    again = naas(capsys, *command)
    assert (again.code, "F013" in again.err, "--replace" in again.err) == (2, True, True)
    assert file.read_bytes() == before
    dated = naas(capsys, *command, "--replace", "--made-on", "2026-11-23")
    assert (dated.code, "Made on 2026-11-23" in " ".join(dated.out.split())) == (0, True)
    assert b'"made_on": "2026-11-23"' in file.read_bytes()
    outturn = tmp_path / "outturn.csv"
    outturn.write_text("series,when,value\nheadcount,2018-09-30,31000\n", encoding="utf-8")
    assert "made on 2026-11-23" in naas(capsys, "score", str(file), str(outturn)).out


def test_a_forecast_of_which_a_replication_fails_is_made_of_the_others_and_says_so(
    capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = workforce.simulate

    def fails(inputs: Inputs, replication: int) -> Record:
        if replication == 1:
            raise RuntimeError("out of paper")
        return whole(inputs, replication)

    subject = replace(making.SUBJECTS["workforce"], simulate=fails)
    monkeypatch.setitem(making.SUBJECTS, "workforce", subject)
    file = tmp_path / "f.json"
    ran = naas(capsys, "forecast", "workforce", *SMALL, "--out", str(file))
    told = " ".join(ran.err.split())
    assert ran.code == 1
    assert "1 of 2 replications finished; the forecast is made of these" in told
    assert "replication 1 failed: RuntimeError: out of paper" in told
    assert "To go on" not in told
    assert "1 of 2 replications, seed 3" in " ".join(ran.out.split())
    assert file.exists()


def test_the_delivered_scheme_in_every_form(capsys: Capsys) -> None:
    table = naas(capsys, "forecast", "as-delivered", *SMALL)
    assert table.code == 0
    for words in ("People assessed (people)", "2019-12", "£ million", "2019-20", "running"):
        assert words in table.out
    assert "2019-11" not in table.out
    document = naas(capsys, "forecast", "as-delivered", *SMALL, "--format", "json").document
    rows = list(
        csv.DictReader(io.StringIO(naas(capsys, "forecast", "as-delivered", *SMALL, "--format", "csv").out))
    )
    assert len(rows) == len(document["rows"])
    assert {"median", "low_50", "high_95"} <= set(rows[0])
    assert "2019-11" in {row["when"] for row in rows}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("forecast", "weather"), "F001"),
        (("forecast", "workforce", "--replications", "0"), "C001"),
        (("forecast", "workforce", "--scale", "nan"), "C001"),
        (("score", "nowhere.json", "nothing.csv"), "F002"),
    ],
)
def test_what_cannot_be_done_is_refused(capsys: Capsys, words: tuple[str, ...], code: str) -> None:
    ran = naas(capsys, *words)
    assert ran.code == 2
    assert code in ran.err
    assert not ran.out


def test_a_place_that_takes_no_file_and_an_outturn_left_out(capsys: Capsys, tmp_path: Path) -> None:
    ran = naas(capsys, "forecast", "workforce", *SMALL, "--out", str(tmp_path / "no" / "f.json"))
    assert (ran.code, "F012" in ran.err) == (2, True)
    file = tmp_path / "f.json"
    assert naas(capsys, "forecast", "workforce", *SMALL, "--out", str(file)).code == 0
    ran = naas(capsys, "score", str(file))
    assert (ran.code, "F011" in ran.err, "--template" in ran.err) == (2, True, True)
