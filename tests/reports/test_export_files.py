"""A file is written whole or not at all, in the form that its name says, and replaces nothing unasked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reports.export import CODES, FORMS, form_of, part, text_of, write, write_text
from rules.errors import InputError
from tests.reports.pages import sample

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("form", FORMS)
def test_the_ending_says_the_form(form: str, tmp_path: Path) -> None:
    for ending in FORMS[form].endings:
        path = write(sample(), tmp_path / f"page{ending.upper()}")
        assert path.read_bytes().decode() == FORMS[form].mark + text_of(sample(), form)
    assert sorted(item.name for item in tmp_path.iterdir()) == sorted(
        f"page{ending.upper()}" for ending in FORMS[form].endings
    )


def test_a_form_may_be_named_whatever_the_ending(tmp_path: Path) -> None:
    path = write(sample(), tmp_path / "deep" / "brief", form="markdown")
    assert path.read_text(encoding="utf-8").startswith("# voluntary against mandatory")


def test_a_spreadsheet_gets_a_byte_order_mark(tmp_path: Path) -> None:
    assert write(sample(), tmp_path / "page.csv").read_bytes().startswith(b"\xef\xbb\xbf# voluntary")


@pytest.mark.parametrize("name", ["page", "page.xlsx", "page.pdf"])
def test_an_unknown_ending_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="X001") as caught:
        form_of(tmp_path / name)
    assert ".csv" in str(caught.value)
    assert "picture" not in str(caught.value)


def test_who_asks_for_a_picture_is_told_where_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"one of \.html.*a picture \(\.svg\).*naas tui, then x"):
        form_of(tmp_path / "page.svg")


def test_a_misspelt_form_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'markdown'"):
        text_of(sample(), "markdwon")


def test_nothing_is_replaced_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="X002"):
        write(sample(), path)
    assert path.read_text(encoding="utf-8") == "mine"
    write(sample(), path, replace=True)
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [item.name for item in tmp_path.iterdir()] == ["page.html"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "page.html"
    path.write_text("mine", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"X003.*No space left"):
        write(sample(), path, replace=True)
    assert path.read_text(encoding="utf-8") == "mine"
    assert [item.name for item in tmp_path.iterdir()] == ["page.html"]


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="X003"):
        write_text("x", tmp_path / "file" / "page.txt")


@pytest.mark.parametrize("name", ["", ".", "/", "~nobody-of-this-name/page.txt", "a\0b.txt"])
@pytest.mark.parametrize("replace", [False, True])
def test_a_name_that_no_file_can_have_is_said(name: str, replace: bool) -> None:
    with pytest.raises(InputError, match="X003"):
        write_text("x", Path(name), replace=replace)


def test_a_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert write_text("x", Path("~/page.txt")) == tmp_path / "page.txt"
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == "x"


def test_a_part_of_a_page_keeps_where_it_comes_from() -> None:
    one = part(sample(), "measures")
    assert [block.id for block in one.blocks] == ["measures"]
    assert one.provenance == sample().provenance
    with pytest.raises(InputError, match="X004"):
        part(sample(), "nothing")


def test_codes_are_said() -> None:
    assert set(CODES) == {"X001", "X002", "X003", "X004"}
