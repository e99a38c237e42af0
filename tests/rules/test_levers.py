import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rules.domains import every_value
from rules.errors import InputError
from rules.levers import CODES, COMPUTED, SPECS, Levers, LeverSpec, checked_value, json_schema, parse_value

pytestmark = pytest.mark.unit


def codes(chosen: dict[str, object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        Levers.of(chosen)
    return [problem.code for problem in caught.value.problems]


def test_the_levers_by_default_are_the_consultation_as_written() -> None:
    levers = Levers()
    assert all(levers[lever] == spec.default for lever, spec in SPECS.items())
    assert levers["q3"] == 12
    assert levers["phase.one_to"] == date(2018, 12, 31)
    assert [levers[f"q1.{status}"] for status in ("practitioner", "supervisor", "leader")] == ["expected"] * 3


def test_every_question_from_one_to_nine_has_a_lever() -> None:
    assert {spec.question for spec in SPECS.values()} - {None} == set(range(1, 10))


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_lever_is_documented_bounded_and_cited(spec: LeverSpec) -> None:
    assert spec.label
    assert spec.help.endswith(".")
    assert all(1 <= paragraph <= 79 for paragraph in spec.paragraphs)
    if spec.kind == "choice":
        names = [option.name for option in spec.options]
        assert len(set(names)) == len(names) >= 2
        assert not {"yes", "no", "on", "off", "true", "false"} & set(names)
        for option in spec.options:
            assert option.paragraph is not None or option.basis == "assumed"
    else:
        assert checked_value(spec.id, spec.low) == spec.low
        assert checked_value(spec.id, spec.high) == spec.high


def test_only_levers_that_differ_are_differences() -> None:
    other = Levers.of({"q3": 6, "q9": "assessment"})
    assert other.differences(Levers()) == [("q3", 6, 12), ("q9", "assessment", "none")]
    assert Levers().differences(Levers.of({})) == []
    assert other.patched({"q3": 12}).differences(Levers()) == [("q9", "assessment", "none")]


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"q5.practioner": "within_6_months"}, "L001"),
        ({"q7": "host"}, "L002"),
        ({"q3": "six"}, "L003"),
        ({"q3": 6.5}, "L003"),
        ({"q1.mandatory_from": "2017-02-30"}, "L003"),
        ({"funding.dfe_share": float("nan")}, "L003"),
        ({"funding.dfe_share": float("inf")}, "L003"),
        ({"q9": False}, "L004"),
        ({"q9": "no"}, "L004"),
        ({"q3": True}, "L004"),
        ({"q3": 37}, "L005"),
        ({"q3": -1}, "L005"),
        ({"q3": 10**30}, "L005"),
        ({"funding.dfe_share": 1.01}, "L005"),
        ({"q1.mandatory_from": "2031-01-01"}, "L005"),
        ({"phase.two_from": "2018-12-30"}, "L006"),
        ({"phase.one_to": date(2016, 12, 31)}, "L006"),
    ],
)
def test_a_bad_value_is_refused_with_its_code(chosen: dict[str, object], code: str) -> None:
    assert codes(chosen) == [code]


def test_every_code_is_raised_by_one_of_the_values_above() -> None:
    marks = test_a_bad_value_is_refused_with_its_code.pytestmark  # type: ignore[attr-defined]
    raised = {code for mark in marks if mark.name == "parametrize" for _, code in mark.args[1]}
    assert raised == set(CODES)


def test_all_bad_values_are_named_at_once_with_what_would_be_right() -> None:
    with pytest.raises(InputError) as caught:
        Levers.of({"q5.practioner": "within_6_months", "q9": False, "q3": 99})
    said = str(caught.value)
    assert "did you mean 'q5.practitioner'?" in said
    assert "none, assessment, cpd_hours, endorsement" in said
    assert "from 0 to 36" in said


def test_levers_cannot_be_changed_and_can_be_sent_to_another_process() -> None:
    levers = Levers.of({"q3": 6})
    with pytest.raises(ValidationError):
        levers.q3 = 7  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(levers)) == levers
    assert hash(levers) == hash(Levers.of({"q3": 6}))
    assert levers != Levers()


def test_pydantic_itself_keeps_the_bounds_too() -> None:
    for bad in (
        {"q3": 99},
        {"q7": "host"},
        {"unknown": 1},
        {"q3": "6"},
        {"phase.two_from": date(2018, 1, 1)},
    ):
        with pytest.raises(ValidationError):
            Levers.model_validate(bad)


def test_computed_levers_follow_the_lever_they_are_computed_from() -> None:
    assert Levers.of({"q3": 6})["q3.closes"] == 18
    assert Levers.of({"q8.max_attempts": 3})["q8.last_attempt"] == 3
    last = Levers()["q8.last_attempt"]
    assert isinstance(last, int)
    assert last > 10, "no cap means above every attempt that rules are asked about"
    assert all(spec.of in SPECS for spec in COMPUTED.values())
    with pytest.raises(KeyError):
        Levers()["q11"]


@pytest.mark.parametrize(
    ("lever", "text", "value"),
    [
        ("q3", "6", 6),
        ("q3", " 0 ", 0),
        ("q7", "agency_endorses", "agency_endorses"),
        ("funding.dfe_share", "0.5", 0.5),
        ("funding.dfe_share", "1", 1.0),
        ("phase.one_from", "2017-02-01", date(2017, 2, 1)),
    ],
)
def test_typed_text_becomes_the_levers_own_type(lever: str, text: str, value: object) -> None:
    found = parse_value(lever, text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["6.0", "1_0", "١٢", "nan", "1e1", "9" * 5000, ""])
def test_text_that_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_value("q3", text)


@given(st.sampled_from(sorted(SPECS)), st.text(max_size=20))
def test_any_text_gives_a_valid_value_or_an_input_error(lever: str, text: str) -> None:
    codes: set[str] = set()
    try:
        value = parse_value(lever, text)
        assert checked_value(lever, value) == value
    except InputError as error:
        codes = {problem.code for problem in error.problems}
    assert codes <= set(CODES)


def test_every_value_of_every_lever_is_accepted() -> None:
    for spec in SPECS.values():
        for value in every_value(spec):
            assert Levers.of({spec.id: value})[spec.id] == value
            assert parse_value(spec.id, str(value)) == value


def test_the_json_schema_offers_every_lever_with_its_options() -> None:
    schema = json_schema()
    assert list(schema["properties"]) == list(SPECS)
    assert schema["additionalProperties"] is False
    assert schema["properties"]["q7"]["enum"] == ["host_endorses", "agency_endorses"]
    assert schema["properties"]["q3"]["maximum"] == 36
    assert schema["properties"]["q3"]["question"] == 3
