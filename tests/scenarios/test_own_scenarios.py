"""A person's own scenarios: each edit is a new file, and none is ever written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import InputError
from scenarios.loader import load_scenario
from scenarios.names import own_scenarios
from scenarios.own import next_version, save

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAAS_STATE", str(tmp_path))
    return tmp_path / "scenarios"


def test_an_edit_of_the_library_is_a_file_that_changes_just_that(folder: Path) -> None:
    shipped = load_scenario("mandatory")
    levers = shipped.levers.patched({"q1.leader": "voluntary", "q3": 6, "phase.one_from": "2017-06-01"})
    path = save(next_version(shipped, levers))
    assert path == folder / "mandatory-v2.yaml"
    saved = load_scenario("mandatory-v2")
    assert saved.levers == levers
    assert saved.parent is not None
    assert saved.parent.id == "mandatory"
    assert saved.title == "Mandatory for every status, version 2"
    assert "q1.leader voluntary instead of mandatory" in saved.why


def test_a_version_of_a_version_has_the_same_parent_and_the_next_number(folder: Path) -> None:
    first = save(next_version(load_scenario("mandatory"), load_scenario("voluntary").levers))
    before = first.read_bytes()
    second = load_scenario("mandatory-v2")
    version = next_version(second, second.levers.patched({"q3": 6}))
    save(version)
    assert (version.name, version.parent) == ("mandatory-v3", "mandatory")
    assert version.title == "Mandatory for every status, version 3"
    assert first.read_bytes() == before
    assert sorted(own_scenarios()) == ["mandatory-v2", "mandatory-v3"]


def test_what_a_file_says_besides_levers_is_kept_by_having_it_as_the_parent(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "id: mine\ntitle: Mine\nwhy: Because.\nparent: consultation\nhorizon: {until: 2019-12-31}\n"
    )
    mine = load_scenario(str(path))
    save(next_version(mine, mine.levers.patched({"q3": 0})))
    saved = load_scenario("mine-v2")
    assert str(saved.until) == "2019-12-31"
    assert saved.levers["q3"] == 0


def test_nothing_is_written_over(folder: Path) -> None:
    shipped = load_scenario("mandatory")
    version = next_version(shipped, shipped.levers)
    path = save(version)
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        save(version)
    assert caught.value.problems[0].code == "S028"
    assert path.read_bytes() == before
    assert sorted(item.name for item in folder.iterdir()) == ["mandatory-v2.yaml"]


def test_a_folder_that_cannot_be_written_to_is_said(folder: Path) -> None:
    shipped = load_scenario("mandatory")
    folder.parent.joinpath("scenarios").write_text("in the way")
    with pytest.raises(InputError) as caught:
        save(next_version(shipped, shipped.levers))
    assert caught.value.problems[0].code == "S027"


@pytest.mark.parametrize(
    "title",
    [
        "Kingston [upon] Thames",
        "[/foo] x",
        "yes",
        "2017-01-01",
        "a: b # c",
        "مرحبا بالعالم",
        "x" * 200,
        "two\nlines\tand \x07 a bell",
        "- 'quoted\" &anchor *alias !tag",
    ],
)
def test_any_title_comes_back_as_typed(folder: Path, title: str) -> None:
    shipped = load_scenario("mandatory")
    save(next_version(shipped, shipped.levers.patched({"q3": 1}), title, f"Because {title}"))
    saved = load_scenario("mandatory-v2")
    kept = "".join(letter if letter.isprintable() or letter.isspace() else " " for letter in title)
    assert saved.title == " ".join(kept.split())[:120]
    assert saved.levers["q3"] == 1
