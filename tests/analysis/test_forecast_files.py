"""Forecasts as files, and what happened as a CSV: what is read is what was written, and bad rows are told."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.forecast.codes import CODES
from analysis.forecast.files import check_place, read, to_text, write
from analysis.forecast.forecast import Forecast, Row
from analysis.forecast.outturn import COLUMNS, read_outturn, template
from analysis.forecast.series import Point, Series
from rules.errors import InputError

pytestmark = pytest.mark.unit

FORECAST = Forecast(
    "toy",
    "A toy",
    {"seed": 1, "inputs_digest": "abc"},
    (
        Series("assessed", "Assessed", "People", "people", "month"),
        Series("rate", "Rate", "Share", "share", "month"),
    ),
    (
        Row(Point("assessed", "2019-12"), np.array([1.0, 2.0, 4.5])),
        Row(Point("assessed", "2019-12", "phase one"), np.array([1.0, 1.0, 1.25])),
        Row(Point("rate", "2020-03"), np.array([0.5, math.nan, 0.7])),
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "toy.json"
    write(FORECAST, path)
    return path


def codes(found: pytest.ExceptionInfo[InputError]) -> list[tuple[str, int]]:
    return [(one.code, one.place.line if one.place else 0) for one in found.value.problems]


def test_a_forecast_comes_back_as_it_was_written(file: Path) -> None:
    again = read(file)
    assert to_text(again) == to_text(FORECAST) == file.read_text(encoding="utf-8")
    for mine, theirs in zip(again.rows, FORECAST.rows, strict=True):
        assert mine.point == theirs.point
        np.testing.assert_array_equal(mine.sample, theirs.sample)
    assert again.series == FORECAST.series


def test_a_forecast_that_is_there_is_replaced_only_when_asked(file: Path) -> None:
    before = file.read_bytes()
    other = replace(FORECAST, title="Another")
    for call in (lambda: check_place(file), lambda: write(other, file)):
        with pytest.raises(InputError) as found:
            call()
        assert codes(found) == [("F013", 0)]
    assert file.read_bytes() == before
    check_place(file, replace=True)
    write(other, file, replace=True)
    assert read(file).title == "Another"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_forecast_altered_after_looking_is_refused(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("4.5") >= 1
    file.write_text(text.replace("4.5", "4.75"), encoding="utf-8")
    with pytest.raises(InputError) as found:
        read(file)
    assert codes(found) == [("F004", 0)]


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "F003"), ("[1, 2", "F003"), ("[]", "F003"), ('{"a": 1}', "F003"), ("[" * 100_000, "F003")],
    ids=["empty", "cut short", "a list", "something else", "deep"],
)
def test_what_is_not_a_forecast_is_refused(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as found:
        read(path)
    assert codes(found)[0][0] == code


def test_a_forecast_without_its_rows_is_refused_even_with_a_digest_that_fits(file: Path) -> None:
    from analysis.forecast.files import _digest

    body = json.loads(file.read_bytes())
    body.pop("digest")
    body["rows"] = [{"series": "assessed"}]
    file.write_text(json.dumps({**body, "digest": _digest(body)}), encoding="utf-8")
    with pytest.raises(InputError) as found:
        read(file)
    assert codes(found) == [("F003", 0)]


def test_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    for call in (lambda: read(tmp_path / "no.json"), lambda: read_outturn(tmp_path / "no.csv", FORECAST)):
        with pytest.raises(InputError) as found:
            call()
        assert codes(found) == [("F002", 0)]
    with pytest.raises(InputError) as unwritten:
        write(FORECAST, tmp_path / "no" / "folder.json")
    assert codes(unwritten) == [("F012", 0)]


def test_the_template_has_every_point_and_reads_back_empty(tmp_path: Path) -> None:
    path = tmp_path / "outturn.csv"
    path.write_text(template(FORECAST), encoding="utf-8")
    head, *rows = template(FORECAST).splitlines()
    assert head == ",".join(COLUMNS)
    assert len(rows) == len(FORECAST.rows)
    with pytest.raises(InputError) as found:
        read_outturn(path, FORECAST)
    assert codes(found) == [("F011", 0)]
    filled = template(FORECAST).replace("phase one,,", 'phase one,"1,234.5",a letter')
    path.write_text(filled, encoding="utf-8")
    assert read_outturn(path, FORECAST) == {Point("assessed", "2019-12", "phase one"): 1234.5}


def test_every_bad_row_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "outturn.csv"
    path.write_text(
        "Series,when,group,value\n"
        "assessed,2019-12,,3\n"
        "assessed,2019-12,all,4\n"
        "assesed,2019-12,,3\n"
        "assessed,2031-01,,3\n"
        "assessed,2019-12,phase ten,3\n"
        'rate,2020-03,,"0,5"\n'
        "rate,2020-03,,nan\n"
        "rate,2020-03\n"
        "\n"
        "rate,2020-03,,\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as found:
        read_outturn(path, FORECAST)
    assert codes(found) == [
        *(("F010", 3), ("F009", 4), ("F009", 5), ("F009", 6)),
        *(("F008", 7), ("F008", 8), ("F007", 9)),
    ]
    hints = " ".join(one.hint for one in found.value.problems)
    for hint in ("did you mean 'assessed'", "its times are 2019-12", "its groups are: all, phase one"):
        assert hint in hints


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "F006"),
        ("series,when\n", "F006"),
        ("series,when,value,vaule\n", "F006"),
        ("series,when,value,value\n", "F006"),
        ('series,when,value\n"assessed,2019-12,3\n', "F005"),
    ],
)
def test_a_table_that_is_not_one_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "outturn.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as found:
        read_outturn(path, FORECAST)
    assert {one.code for one in found.value.problems} == {code}


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outturn.csv"
    path.write_bytes("series,when,value\nassessed,2019-12,£3\n".encode("latin-1"))
    with pytest.raises(InputError) as found:
        read_outturn(path, FORECAST)
    assert codes(found)[0][0] == "F005"


def test_every_code_has_a_sentence() -> None:
    assert all(text.endswith(".") for text in CODES.values())
