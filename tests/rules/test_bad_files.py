"""One smallest broken file for each error code: the code, the line and the column are the promise."""

import shutil
from pathlib import Path

import pytest

import rules.cases
import rules.document
import rules.loader
from rules.cases import load_cases
from rules.document import MAX_BYTES, MAX_NODES, read_document
from rules.errors import InputError

pytestmark = pytest.mark.unit

BAD = Path(__file__).parent / "bad"

# file, line, column of its first problem; the file's name begins with the code and names what it replaces.
FILES = [
    ("D005.first.yaml", 15, 16),
    ("D006.first.yaml", 14, 9),
    ("D007.first.yaml", 13, 73),
    ("D009.first.yaml", 0, 0),
    ("D010.first.yaml", 9, 1),
    ("D011.first.yaml", 3, 1),
    ("D012.first.yaml", 4, 33),
    ("D013.first.yaml", 15, 14),
    ("D014.first.yaml", 13, 12),
    ("D015.first.yaml", 13, 27),
    ("D016.first.yaml", 11, 12),
    ("D020.first.yaml", 15, 14),
    ("D021.first.yaml", 15, 5),
    ("D022.first.yaml", 10, 5),
    ("D023.first.yaml", 6, 13),
    ("D024.first.yaml", 15, 11),
    ("D025.first.yaml", 8, 17),
    ("D026.first.yaml", 15, 14),
    ("D027.first.yaml", 15, 14),
    ("R001.rulebook.yaml", 1, 25),
    ("R002.first.yaml", 13, 18),
    ("R003.first.yaml", 13, 25),
    ("R004.first.yaml", 13, 25),
    ("R005.first.yaml", 13, 30),
    ("R006.first.yaml", 13, 35),
    ("R007.first.yaml", 13, 17),
    ("R008.first.yaml", 13, 35),
    ("R009.first.yaml", 14, 12),
    ("R010.first.yaml", 14, 18),
    ("R011.first.yaml", 16, 5),
    ("R012.first.yaml", 12, 21),
    ("R013.first.yaml", 12, 39),
    ("R014.first.yaml", 12, 52),
    ("R015.first.yaml", 15, 14),
    ("R017.first.yaml", 15, 19),
    ("R018.first.yaml", 10, 9),
    ("R019.first.yaml", 13, 11),
    ("R020.first.yaml", 7, 8),
    ("R021.first.yaml", 10, 3),
    ("R022.first.yaml", 7, 24),
    ("R023.vocabulary.yaml", 2, 8),
    ("R024.first.yaml", 13, 11),
    ("R030.cases.yaml", 1, 11),
    ("R031.cases.yaml", 7, 13),
    ("R032.cases.yaml", 6, 14),
    ("R033.cases.yaml", 8, 5),
]
NOT_ABOUT_CONTENT = {"D001", "D002", "D003", "D004", "D008"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BAD / "base", tmp_path / "book"))


@pytest.mark.parametrize(("name", "line", "column"), FILES)
def test_a_broken_file_is_refused_where_it_is_broken(name: str, line: int, column: int, book: Path) -> None:
    code, target, _ = name.split(".")
    place = book / ("cases/first.yaml" if target == "cases" else f"{target}.yaml")
    shutil.copy(BAD / name, place)
    with pytest.raises(InputError) as caught:
        load_cases(book)
    found = caught.value.problems
    assert [problem.code for problem in found] == [code], str(caught.value)
    assert found[0].place is not None
    assert (found[0].place.file, found[0].place.line, found[0].place.column) == (str(place), line, column)


def test_the_sound_book_beside_them_loads(book: Path) -> None:
    assert [case.name for case in load_cases(book)] == ["Whoever is ready goes"]


def test_every_code_has_its_broken_file() -> None:
    codes = {*rules.document.CODES, *rules.loader.CODES, *rules.cases.CODES}
    assert {name.split(".")[0] for name, _, _ in FILES} == codes - NOT_ABOUT_CONTENT
    assert {name for name, _, _ in FILES} == {path.name for path in BAD.glob("*.yaml")}


def codes_of(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_document(path)
    return [problem.code for problem in caught.value.problems]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert codes_of(tmp_path / "missing.yaml") == ["D001"]


def test_a_directory_is_not_a_file(tmp_path: Path) -> None:
    assert codes_of(tmp_path) == ["D002"]


def test_a_device_is_not_a_file() -> None:
    assert codes_of(Path("/dev/zero")) == ["D002"]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.yaml"
    path.write_text("a: 1\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert codes_of(path) == ["D003"]


def test_one_byte_too_many(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * MAX_BYTES + b"\n")
    assert codes_of(path) == ["D004"]


def test_one_value_too_many(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text("[" + "1," * MAX_NODES + "]")
    assert codes_of(path) == ["D008"]
