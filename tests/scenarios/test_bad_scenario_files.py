"""One minimal bad file for each error of a scenario file: its code and its place are what a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.errors import InputError, Problem
from scenarios.codes import CODES
from scenarios.loader import load_scenario
from scenarios.settings import changed, values

pytestmark = pytest.mark.unit

BAD = Path(__file__).parent / "bad"

PLACES = {
    "S002": (4, 1),
    "S003": (1, 5),
    "S004": (4, 9),
    "S005": (4, 9),
    "S006": (6, 10),
    "S007": (5, 5),
    "S008": (5, 13),
    "S009": (8, 26),
    "S010": (7, 12),
    "S011": (6, 26),
    "S012": (5, 3),
    "S014": (5, 5),
    "S015": (5, 3),
    "S016": (5, 7),
    "S017": (5, 3),
    "S018": (9, 7),
    "S019": (7, 7),
    "S021": (5, 7),
    "S029": (6, 14),
    "S030": (5, 5),
    "S031": (5, 5),
    "S032": (11, 11),
    "S033": (9, 18),
    "S034": (7, 7),
    "S035": (10, 11),
}
WITHOUT_A_FILE = {"S001", "S013", "S020", "S022", "S023", "S024", "S025", "S026", "S027", "S028"}


def problems_of(name: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        load_scenario(name)
    return caught.value.problems


@pytest.mark.parametrize("code", PLACES)
def test_each_bad_file_gives_its_code_at_its_place_and_nothing_else(code: str) -> None:
    [found] = problems_of(str(BAD / f"{code}.yaml"))
    assert found.code == code
    assert found.place is not None
    assert (found.place.line, found.place.column) == PLACES[code]
    assert found.excerpt in (BAD / f"{code}.yaml").read_text(encoding="utf-8")


def test_every_code_has_a_case() -> None:
    assert set(PLACES) | WITHOUT_A_FILE == set(CODES)
    assert {path.stem for path in BAD.glob("S*.yaml")} == set(PLACES)


def test_a_misspelt_lever_and_a_yaml_boolean_read_as_the_person_needs(tmp_path: Path) -> None:
    file = tmp_path / "my-option.yaml"
    lines = ["id: my-option", "title: Mine", "why: A test.", "levers:", "    q5.practioner: within_6_months"]
    file.write_text("\n".join([*lines, "    q9: no", "    q3: 400"]), encoding="utf-8")
    first, second, third = (str(found) for found in problems_of(str(file)))
    assert f"{file}:5:5  S014  unknown lever 'q5.practioner'" in first
    assert "did you mean 'q5.practitioner'?" in first
    assert ":6:9  S021  'no' is read by YAML as false; q9 takes one of: none, assessment" in second
    assert ":7:9  S016" in third


@pytest.mark.parametrize(("count", "codes"), [(15, []), (16, ["D026"]), (40, ["D026"])])
def test_a_scheme_has_no_more_regions_than_results_can_tell_apart(
    tmp_path: Path, count: int, codes: list[str]
) -> None:
    names = [f"R{number}" for number in range(count)]
    rest = 1 - 0.01 * (count - 1)
    regions = ", ".join([f"{name}: 0.01" for name in names[:-1]] + [f"{names[-1]}: {rest}"])
    seats = ", ".join(f"{name}: 1" for name in names)
    file = tmp_path / "many.yaml"
    lines = ["id: many", "title: T", "why: W.", "scheme:", "  assumption: made up", "  people: 1000"]
    lines += ["  eligible: {from: 2017-01-02, to: 2017-12-31}", f"  regions: {{{regions}}}"]
    file.write_text("\n".join([*lines, f"  seats_per_working_day: {{{seats}}}"]), encoding="utf-8")
    assert [found.code for found in (problems_of(str(file)) if codes else ())] == codes
    if not codes:
        scheme = load_scenario(str(file)).plain
        assert scheme is not None
        assert len(scheme.regions) == count


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("until: 2019-12-31", "horizon: {until:"),
        ("extends: mandatory", "'parent'"),
        ("description: What it is for", "'why'"),
        ("leverrs: {}", "did you mean 'levers'?"),
    ],
)
def test_a_key_that_a_person_would_think_of_is_told_what_it_is_called(
    tmp_path: Path, line: str, hint: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"id: mine\ntitle: Mine\nwhy: A test.\n{line}\n", encoding="utf-8")
    [found] = problems_of(str(file))
    assert found.code == "D021"
    assert hint in found.hint
    assert found.place is not None
    assert found.place.line == 4


def test_an_unknown_name_suggests_the_nearest() -> None:
    [found] = problems_of("mandatry")
    assert (found.code, found.hint) == ("S001", "did you mean 'mandatory'?")


@pytest.mark.parametrize(
    ("setting", "code", "hint"),
    [
        ("q3", "S013", "for example q3=6"),
        ("q10=6", "S020", ""),
        ("q4.leeder=6", "S020", "did you mean 'q4.leader'?"),
        ("q3=600", "L005", ""),
        ("q9=no", "L004", ""),
        ("take_up.voluntary=nan", "P006", ""),
        ("take_up.voluntary=1.5", "P008", ""),
        ("take_up.voluntary=lots", "S013", ""),
        ("take_up.voluntary=30%", "S013", "write 0.3"),
        ("take_up.delay=normal:1,2", "S011", ""),
        ("take_up.delay=pert:9,2,1", "D101", ""),
    ],
)
def test_bad_settings(setting: str, code: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        changed(load_scenario("consultation"), [setting])
    [found] = caught.value.problems
    assert found.code == code
    assert found.hint == hint or not hint


def test_all_bad_settings_come_at_once() -> None:
    with pytest.raises(InputError) as caught:
        changed(load_scenario("consultation"), ["q3=600", "nothing=1", "q9=none"])
    assert [found.code for found in caught.value.problems] == ["L005", "S020"]


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("take_up.voluntary=nan", "take_up.voluntary"),
        ("take_up.voluntary=1.5", "take_up.voluntary"),
        ("take_up.delay=pert:9,2,1", "take_up.delay"),
        ("take_up.delay=-1", "take_up.delay"),
    ],
)
def test_a_bad_number_comes_with_the_name_of_its_parameter(setting: str, name: str) -> None:
    with pytest.raises(InputError) as caught:
        changed(load_scenario("consultation"), [setting])
    [found] = caught.value.problems
    assert f"'{name}'" in found.message


def test_a_bad_number_of_a_file_comes_with_the_name_of_its_parameter(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    text = "id: mine\ntitle: T\nwhy: W.\nparameters:\n  take_up.voluntary: {value: 1.5, source: A table}\n"
    file.write_text(text, encoding="utf-8")
    [found] = problems_of(str(file))
    assert found.code == "P008"
    assert "'take_up.voluntary'" in found.message


def test_a_key_set_twice_names_both_settings() -> None:
    with pytest.raises(InputError) as caught:
        changed(load_scenario("consultation"), ["q3=6", "q4.leader=6", "q3=12"])
    [found] = caught.value.problems
    assert found.code == "S026"
    assert "'q3=6'" in found.message
    assert "'q3=12'" in found.message


def test_settings_are_told_by_name_and_value() -> None:
    told = values(["q3=6", "q9=none", "phase.one_to=2018-06-30", "take_up.voluntary=0.5", "take_up.delay=7"])
    assert told == {
        "q3": 6,
        "q9": "none",
        "phase.one_to": "2018-06-30",
        "take_up.voluntary": 0.5,
        "take_up.delay": "fixed(7)",
    }


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("horizon: {from: 2017-02-30, until: 2018-01-01}", "D025"),
        ("horizon: {from: 2017-01-01, until: 2099-01-01}", "D024"),
        ("workforce: {scale: .nan}", "D015"),
        ("workforce: {scale: .inf}", "D015"),
        ("workforce: {scale: 1e99}", "D015"),
        ("workforce: {scale: 0}", "D024"),
        ("lever: {q3: 6}", "D021"),
        ("title: Twice", "D011"),
        ("why: &a [*a]", "D012"),
    ],
)
def test_errors_of_the_document_come_with_their_place(tmp_path: Path, line: str, code: str) -> None:
    file = tmp_path / "file.yaml"
    start = "id: file\ntitle: File\n" if line.startswith("why") else "id: file\ntitle: File\nwhy: Bad.\n"
    file.write_text(start + line + "\n", encoding="utf-8")
    found = problems_of(str(file))
    assert code in {item.code for item in found}
    assert all(item.place is not None and item.place.file == str(file) for item in found)


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_path_that_is_no_file(tmp_path: Path, name: str) -> None:
    [found] = problems_of(f"{tmp_path}/{name}")
    assert found.code in {"D001", "D002"}


def test_a_circle_of_two_files_names_its_members(tmp_path: Path) -> None:
    for mine, other in (("one", "two"), ("two", "one")):
        text = f"id: {mine}\ntitle: T\nwhy: W.\nparent: ./{other}.yaml\n"
        (tmp_path / f"{mine}.yaml").write_text(text, encoding="utf-8")
    [found] = problems_of(str(tmp_path / "one.yaml"))
    assert found.code == "S005"
    assert "one -> two -> one" in found.message


def test_what_is_wrong_with_a_parameter_names_it(tmp_path: Path) -> None:
    text = "id: a\ntitle: T\nwhy: W.\nparent: consultation\nparameters:\n  {}:\n    {}\n    assumption: X.\n"
    path = tmp_path / "a.yaml"
    for name, given in (
        ("preparation.elapsed", "distribution: {perd: [14, 42, 120]}"),
        ("preparation.elapsed", "distribution: {pert: [14, 2, 120]}"),
        ("take_up.expected", "value: [1, 2]"),
        ("take_up.expected", "value: 1e999"),
    ):
        path.write_text(text.format(name, given), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_scenario(str(path))
        assert name in caught.value.problems[0].message


def test_a_parent_from_elsewhere_is_never_quoted(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "secret.yaml").write_text("password: hunter2\nlevers: [\n", encoding="utf-8")
    path = tmp_path / "mine" / "a.yaml"
    for parent in ("../secret.yaml", str(tmp_path / "secret.yaml"), "/etc/hostname"):
        path.write_text(f"id: a\ntitle: T\nwhy: W.\nparent: {parent}\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_scenario(str(path))
        [problem] = caught.value.problems
        assert problem.code == "S004"
        assert "hunter2" not in str(problem)
        assert problem.place is not None
        assert problem.place.file == str(path)


def test_a_parent_beside_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("id: b\ntitle: T\nwhy: W.\nlevers: {q3: lots}\n", encoding="utf-8")
    path = tmp_path / "a.yaml"
    path.write_text("id: a\ntitle: T\nwhy: W.\nparent: ./b.yaml\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(str(path))
    assert "q3: lots" in str(caught.value.problems[0])
