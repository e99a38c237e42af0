from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.document import CODES, MAX_DEPTH, MAX_NODES, Node, parse, read_document
from rules.errors import InputError
from rules.reader import Reader

pytestmark = pytest.mark.unit


def codes(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse(text, "f.yaml")
    return [problem.code for problem in caught.value.problems]


def fields(text: str) -> dict[str, Node]:
    value = parse(text, "f.yaml").value
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("2017-01-01", "2017-01-01"),
        ("'12'", "12"),
        ("'no'", "no"),
        ('"true"', "true"),
        ("", None),
        ("null", None),
        ("one two", "one two"),
        ("20-29", "20-29"),
    ],
)
def test_a_plain_value_is_what_it_looks_like(text: str, value: object) -> None:
    found = fields(f"a: {text}")["a"].value
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("word", ["no", "No", "NO", "off", "yes", "on", "True", "FALSE"])
def test_a_bare_word_that_yaml_reads_as_a_truth_value_says_so(word: str) -> None:
    node = fields(f"a: {word}")["a"]
    reader = Reader()
    assert reader.choice(node, ("none", "assessment")) is None
    assert reader.text(node) is None
    assert [problem.code for problem in reader.problems] == ["D016", "D016"]
    truth = "true" if word.lower() in ("yes", "on", "true") else "false"
    assert f"'{word}' is read by YAML as {truth}; one of: none, assessment" in reader.problems[0].message


@pytest.mark.parametrize(
    "number", [".nan", ".inf", "-.inf", "1e9", "1e999", "0x1F", "010", "1_000", "9" * 40]
)
def test_numbers_that_are_not_plain_are_refused(number: str) -> None:
    assert codes(f"a: {number}") == ["D015"]


def test_an_anchor_that_would_explode_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert set(codes("\n".join(lines))) == {"D012"}


def test_depth_and_size_are_refused_while_reading() -> None:
    assert codes("[" * 500_000) == ["D007"]
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["D007"]
    parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f.yaml")
    assert codes("[" + "1," * MAX_NODES + "]") == ["D008"]
    parse("[" + "1," * (MAX_NODES - 1) + "]", "f.yaml")


def test_every_problem_of_a_pass_is_reported_in_the_order_of_the_file() -> None:
    assert codes("a: 1\na: 2\nb: .nan\nc: &x 1\nd: !t 2\nno: 3\n") == ["D011", "D015", "D012", "D013", "D014"]


def test_an_error_shows_the_line_with_a_caret() -> None:
    with pytest.raises(InputError) as caught:
        parse("a: 1\nb:   .nan # here\n", "f.yaml")
    shown = str(caught.value).splitlines()
    assert shown[0].startswith("f.yaml:2:6  D015  ")
    assert shown[1].index(".nan") == shown[2].index("^")


def test_control_characters_never_reach_a_terminal() -> None:
    with pytest.raises(InputError) as caught:
        parse("a: \x1b[31mred\n", "f.yaml")
    assert caught.value.problems[0].code == "D006"
    assert "\x1b" not in str(caught.value)


def test_a_tab_is_named_as_the_cause() -> None:
    with pytest.raises(InputError) as caught:
        parse("a:\n\tb: 1\n", "f.yaml")
    assert "tab" in caught.value.problems[0].hint


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    node = read_document(path)
    assert isinstance(node.value, dict)
    assert list(node.value) == ["a"]


def test_places_count_from_one_and_point_at_keys_and_values() -> None:
    node = parse("a: 1\nb:\n  - x\n  - {c: 2}\n", "f.yaml")
    assert isinstance(node.value, dict)
    assert str(node.key_places["b"]) == "f.yaml:2:1"
    items = node.value["b"].value
    assert isinstance(items, list)
    assert [str(item.place) for item in items] == ["f.yaml:3:5", "f.yaml:4:5"]


def test_a_reader_collects_everything_before_it_raises() -> None:
    read = fields("n: 1.5\nd: 2017-02-30\nc: gren\nl: x\nt: [1]\nx: 1\n")
    reader = Reader()
    top = parse("n: 1\nzz: 2\n", "g.yaml")
    reader.mapping(top, ("n", "m"), required=("m",))
    assert reader.integer(read["n"], 0, 9) is None
    assert reader.date(read["d"]) is None
    assert reader.choice(read["c"], ("green", "red")) is None
    assert list(reader.sequence(read["l"])) == []
    assert reader.text(read["t"]) is None
    assert reader.number(read["x"], 2) is None
    with pytest.raises(InputError) as caught:
        reader.finish()
    got = [problem.code for problem in caught.value.problems]
    assert got == ["D020", "D025", "D023", "D020", "D020", "D024", "D022", "D021"]
    assert caught.value.problems[2].hint == "did you mean 'green'?"


def test_absent_keys_read_as_none_and_report_nothing() -> None:
    reader = Reader()
    assert reader.text(None) is reader.integer(None, 0, 1) is reader.date(None) is reader.flag(None) is None
    reader.finish()


def test_ranges_include_both_ends() -> None:
    read = fields("a: 0\nb: 9\nc: 2017-01-01\n")
    reader = Reader()
    assert (reader.integer(read["a"], 0, 9), reader.integer(read["b"], 0, 9)) == (0, 9)
    assert reader.date(read["c"], date(2017, 1, 1), date(2017, 1, 1)) == date(2017, 1, 1)
    reader.finish()


def test_true_is_not_a_number() -> None:
    reader = Reader()
    assert reader.integer(fields("a: true")["a"], 0, 9) is None
    assert reader.flag(fields("a: 1")["a"]) is None
    assert len(reader.problems) == 2


def outcome(text: str) -> set[str]:
    """The kind of what is read, or the codes of why it is not."""
    try:
        return {parse(text, "f.yaml").kind}
    except InputError as error:
        return {problem.code for problem in error.problems}


@given(st.one_of(st.text(max_size=60), st.text("&*!<[]{}:,-?|>'\"#%@` \t\nab01.~", max_size=60)))
def test_any_text_is_read_or_refused_with_a_code_and_nothing_else(text: str) -> None:
    found = outcome(text)
    assert found
    assert found <= {"mapping", "sequence", "scalar", *CODES}


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_with_a_code_and_nothing_else(content: bytes) -> None:
    assert outcome(content.decode("latin-1"))
