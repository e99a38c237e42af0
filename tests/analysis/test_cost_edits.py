"""Figures changed by hand: what is typed, what is refused, and a file that gives the same case back."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cost_case import CostCase
from analysis.cost_edits import NO_REASON, Edit, changed_figures, edited, save, written
from analysis.cost_lines import UNITS
from analysis.cost_payers import changed_payers
from rules.errors import InputError

pytestmark = pytest.mark.unit

CASE = CostCase.default()


def test_a_value_alone_stretches_the_range_and_gives_up_the_old_evidence() -> None:
    figure = edited(CASE, {"leavers": Edit(mode="£9,000")}).figures["leavers"]
    assert (figure.low, figure.mode, figure.high) == (9_000, 9_000, 40_000)
    assert (figure.source, figure.assumption, figure.rating) == ("", NO_REASON, "red")


def test_evidence_is_kept_as_typed_and_a_share_may_be_a_percentage() -> None:
    edit = Edit(mode="35%", low="10%", high="0.5", source="  Our returns,\n2017 ", rating="green")
    figure = edited(CASE, {"backfill.share": edit}).figures["backfill.share"]
    assert (figure.low, figure.mode, figure.high) == (0.1, 0.35, 0.5)
    assert (figure.source, figure.assumption, figure.rating) == ("Our returns, 2017", "", "green")


def test_what_says_the_same_changes_nothing() -> None:
    same = edited(CASE, {"leavers": Edit(mode="20000", low="10,000"), "venue": Edit()})
    assert changed_figures(same, CASE) == {}


@pytest.mark.parametrize(
    ("key", "edit", "code"),
    [
        ("leavers", Edit(mode="many"), "K004"),
        ("leavers", Edit(mode="nan"), "K004"),
        ("leavers", Edit(mode="1e400"), "K004"),
        ("leavers", Edit(low="30000"), "K005"),
        ("leavers", Edit(mode="-5"), "K009"),
        ("leavers", Edit(mode="5%"), "K004"),
        ("backfill.share", Edit(mode="150%"), "K009"),
        ("leavers", Edit(source="a", assumption="b"), "K006"),
        ("leavers", Edit(rating="blue"), "K010"),
        ("leaver", Edit(mode="1"), "K002"),
        ("leavers", Edit(payer="councils"), "K015"),
        ("grant", Edit(payer="employer"), "K015"),
        ("pay.overhead", Edit(payer="employer"), "K015"),
    ],
)
def test_what_cannot_be_is_refused_by_its_code(key: str, edit: Edit, code: str) -> None:
    with pytest.raises(InputError) as caught:
        edited(CASE, {key: edit})
    assert [problem.code for problem in caught.value.problems] == [code]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        edited(CASE, {"leavers": Edit(mode="x"), "venue": Edit(mode="y"), "travel.miles": Edit(mode="50")})
    assert len(caught.value.problems) == 2


@given(
    st.sampled_from(sorted(CASE.figures)), st.floats(0, 1), st.floats(0, 1), st.text(min_size=1), st.data()
)
def test_a_case_comes_back_from_its_file(
    key: str, one: float, other: float, said: str, data: st.DataObject
) -> None:
    least, most = UNITS[CASE.figures[key].unit]
    ends = sorted(least + part * (min(most, 1e6) - least) for part in (one, other))
    kind = data.draw(st.sampled_from(["source", "assumption"]))
    edit = Edit(repr(ends[0]), repr(ends[0]), repr(ends[1]), **{kind: said}, rating="amber")
    case = edited(CASE, {key: edit})
    text = written(case, CASE, "mine", said)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        again = CostCase.load(path)
    assert changed_figures(again, case) == {}


def test_who_pays_is_changed_written_and_read_without_touching_a_figure(tmp_path: Path) -> None:
    case = edited(CASE, {"leavers": Edit(payer="department"), "training": Edit(mode="2", payer="department")})
    assert changed_payers(case, CASE) == {"training": "department", "leavers": "department"}
    assert set(changed_figures(case, CASE)) == {"training"}
    again = CostCase.load(save(case, CASE, tmp_path, "ours", "Ours"))
    assert changed_payers(again, CASE) == changed_payers(case, CASE)
    assert changed_figures(again, case) == {}
    set_too = CASE.set(["leavers.payer=department", "training.payer=department"])
    assert changed_payers(set_too, case) == {}


def test_saving_never_overwrites(tmp_path: Path) -> None:
    case = edited(CASE, {"leavers": Edit(mode="9000")})
    first = save(case, CASE, tmp_path, "My council: 2017/18", "Ours")
    second = save(CASE, CASE, tmp_path, "My council: 2017/18", "Ours")
    assert first.name == "My-council--2017-18.yaml"
    assert second.name == "My-council--2017-18-2.yaml"
    assert CostCase.load(first).figures["leavers"].mode == 9_000
    assert CostCase.load(second).figures["leavers"].mode == 20_000
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([first.name, second.name])


def test_saving_needs_no_links_and_a_case_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", no_links)
    case = edited(CASE, {"leavers": Edit(mode="9000")})
    assert CostCase.load(save(case, CASE, tmp_path, "ours", "Ours")).figures["leavers"].mode == 9_000
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(case, CASE, tmp_path, "ours", "Ours")
    assert [path.name for path in tmp_path.iterdir()] == ["ours.yaml"]
