"""A number that does not say where it is from does not load, and no scenario smuggles one in."""

import pickle
from pathlib import Path

import pytest

from rules.errors import InputError
from simulation.durations import Duration
from simulation.parameters import CODES, Override, Parameters

pytestmark = pytest.mark.unit
BAD = Path(__file__).parent / "bad" / "parameters"
GOOD = """\
a.share:
  label: A share
  value: 0.5
  range: [0.1, 0.5, 0.9]
  unit: share
  assumption: A reason.
  rating: red
  dated: 2016
  affects: world
a.wait:
  label: A wait
  distribution: {pert: [14, 42, 120]}
  unit: days
  source: A table
  rating: green
  dated: 2016
  affects: world
"""


@pytest.fixture
def parameters(tmp_path: Path) -> Parameters:
    file = tmp_path / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")
    return Parameters.load([file])


def codes(error: pytest.ExceptionInfo[InputError]) -> set[str]:
    return {problem.code for problem in error.value.problems}


@pytest.mark.parametrize("file", sorted(BAD.glob("P???.yaml")), ids=lambda file: file.stem)
def test_each_bad_file_is_refused_for_its_reason_and_at_its_place(file: Path) -> None:
    files = [file, *BAD.glob(f"{file.stem}-again.yaml")]
    with pytest.raises(InputError) as error:
        Parameters.load(files)
    assert codes(error) == {file.stem}
    place = error.value.problems[0].place
    assert place is not None
    assert place.line >= 1
    assert place.column >= 1


def test_every_code_of_a_file_has_a_bad_file() -> None:
    only_overrides = {"P012", "P013"}
    assert {file.stem for file in BAD.glob("P???.yaml")} == set(CODES) - only_overrides


def test_one_pass_reports_every_number_without_evidence(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    file.write_text(GOOD.replace("  assumption: A reason.\n", "").replace("  source: A table\n", ""), "utf-8")
    with pytest.raises(InputError) as error:
        Parameters.load([file])
    assert [problem.code for problem in error.value.problems] == ["P005", "P005"]
    assert [problem.place.line for problem in error.value.problems if problem.place] == [1, 9]


def test_source_and_assumption_together_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "both.yaml"
    file.write_text(GOOD.replace("  source:", "  assumption: Too.\n  source:"), "utf-8")
    with pytest.raises(InputError) as error:
        Parameters.load([file])
    assert codes(error) == {"P005"}


def test_a_duration_has_its_mean_for_value(parameters: Parameters) -> None:
    assert parameters.value("a.wait") == pytest.approx((14 + 4 * 42 + 120) / 6)
    assert parameters.duration("a.wait") == Duration("pert", (14, 42, 120))
    with pytest.raises(InputError, match="P014"):
        parameters.duration("a.share")


def test_an_override_inside_the_range_needs_no_evidence(parameters: Parameters) -> None:
    changed = parameters.patched({"a.share": Override(0.8, changed_by="a scenario")})
    assert changed.value("a.share") == 0.8
    assert changed["a.share"].changed_by == "a scenario"
    assert parameters.value("a.share") == 0.5


def test_an_override_brings_its_own_range_or_is_the_likeliest_in_the_old_one(parameters: Parameters) -> None:
    old = parameters["a.share"]
    own = parameters.patched({"a.share": Override(0.4, span=(0.3, 0.35, 0.5))})["a.share"]
    assert (own.low, own.mode, own.high) == (0.3, 0.35, 0.5)
    stretched = parameters.patched({"a.share": Override(0.95, source="A table")})["a.share"]
    assert (stretched.low, stretched.mode, stretched.high) == (old.low, 0.95, 0.95)


@pytest.mark.parametrize(
    ("name", "override", "code"),
    [
        ("a.shere", Override(0.5), "P012"),
        ("a.share", Override(0.95), "P013"),
        ("a.share", Override(1.5, source="A table"), "P008"),
        ("a.share", Override(float("nan"), source="A table"), "P006"),
        ("a.share", Override(float("inf"), source="A table"), "P006"),
        ("a.share", Override(1e300, source="A table"), "P006"),
        ("a.share", Override(duration=Duration("fixed", (3,))), "P014"),
        ("a.share", Override(0.5, span=(0.6, 0.7, 0.8)), "P007"),
        ("a.share", Override(0.5, span=(0.4, 0.9, 0.8), source="A table"), "P007"),
        ("a.share", Override(0.5, span=(0.0, 0.5, 1.0)), "P013"),
        ("a.share", Override(0.5, span=(0.0, 0.5, 1.5), source="A table"), "P008"),
        ("a.wait", Override(30.0), "P014"),
        ("a.wait", Override(duration=Duration("fixed", (200,))), "P013"),
    ],
)
def test_bad_overrides(parameters: Parameters, name: str, override: Override, code: str) -> None:
    with pytest.raises(InputError) as error:
        parameters.patched({name: override})
    assert codes(error) == {code}


def test_an_impossible_value_and_a_range_upside_down_are_told_at_once(parameters: Parameters) -> None:
    with pytest.raises(InputError) as caught:
        parameters.patched({"a.share": Override(1.5, span=(0.8, 0.5, 0.2))})
    assert [found.code for found in caught.value.problems] == ["P008", "P007"]


def test_evidence_opens_the_range_but_not_the_domain(parameters: Parameters) -> None:
    changed = parameters.patched({"a.share": Override(0.95, source="A later survey")})
    assert changed["a.share"].evidence == "A later survey"
    assert changed["a.share"].high == 0.95


def test_parameters_are_equal_hashed_and_pickled_by_content(parameters: Parameters) -> None:
    copy = pickle.loads(pickle.dumps(parameters))
    assert copy == parameters
    assert hash(copy) == hash(parameters)
    assert parameters.patched({"a.share": Override(0.8)}) != parameters
    assert parameters.patched({}) is parameters


def test_every_shipped_number_has_evidence_and_lies_in_its_range() -> None:
    shipped = Parameters.shipped()
    assert len(shipped) > 40
    for entry in shipped.values():
        assert bool(entry.source) != bool(entry.assumption), entry.id
        assert entry.low <= entry.value <= entry.high, entry.id
        assert entry.label, entry.id
