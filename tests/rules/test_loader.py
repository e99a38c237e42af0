import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.cases import load_cases
from rules.conditions import facts_read
from rules.errors import InputError
from rules.levers import SPECS
from rules.loader import load_rulebook, load_sources
from rules.model import LeverRef, Rule

pytestmark = pytest.mark.unit

BOOK = load_rulebook()
RULES = {rule.id: rule for table in BOOK.decisions.values() for rule in table.rules}
BASE = Path(__file__).parent / "bad" / "base"


def test_the_decisions_come_in_the_order_of_the_chain() -> None:
    assert list(BOOK.decisions) == [
        "status",
        "mandate",
        "phase",
        "window",
        "endorser",
        "consequence",
        "retake",
        "review",
        "renewal",
    ]


def test_the_shipped_rulebook_is_read_once() -> None:
    assert load_rulebook() is load_rulebook()


def test_every_function_of_paragraphs_55_to_57_has_its_own_rule_and_lever() -> None:
    cited = {
        (rule.cite[0].paragraph, rule.cite[0].item) for rule in BOOK.decisions["status"].rules if rule.under
    }
    assert cited == {(55, n) for n in range(1, 8)} | {(56, n) for n in range(1, 5)} | {(57, None)}
    functions = BOOK.vocabulary["functions"].choices
    assert [f"q2.{name}" for name in functions] == [lever for lever in SPECS if lever.startswith("q2.")]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_cites_its_paragraph_and_explains_itself(rule: Rule) -> None:
    assert all(citation.paragraph for citation in rule.cite)
    assert rule.because.endswith(".")
    assert not rule.title.endswith(".")
    assert rule.effective_from == "2016-12-20"


def test_a_rule_under_a_question_s_lever_cites_that_question() -> None:
    for rule in RULES.values():
        levers = [*rule.under, *(value.lever for value in rule.then.values() if isinstance(value, LeverRef))]
        asked = {int(found[1]) for lever in levers if (found := re.match(r"q(\d)", lever))}
        assert asked <= {citation.question for citation in rule.cite}, rule.id


def test_every_paragraph_that_sets_a_rule_is_cited() -> None:
    cited = {citation.paragraph for rule in RULES.values() for citation in rule.cite}
    stated = {8, 13, 14, 15, 16, 17, 37, 42, 46, 47, 48, 50, 51, 53, 54, 55, 56, 57, 61, 62, 66, 69, 72, 73}
    assert stated | {75, 76, 77, 78} <= cited


def test_the_questions_of_the_consultation_cover_paragraphs_52_to_79_once() -> None:
    questions = load_sources()["naas-2016"].questions
    covered = [number for first, last in questions.values() for number in range(first, last + 1)]
    assert covered == list(range(52, 80))
    assert list(questions) == list(range(1, 11))


def test_a_fact_of_the_vocabulary_is_read_by_some_rule_or_derived_by_one() -> None:
    read = {fact for rule in RULES.values() for fact in facts_read(rule.when)}
    derived = {fact for table in BOOK.decisions.values() for fact in table.derives}
    assert set(BOOK.vocabulary) == read | derived


def test_all_that_is_wrong_in_several_files_is_said_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "book"))
    (folder / "rulebook.yaml").write_text("decisions: [first.yaml, second.yaml, missing.yaml]\n")
    text = (folder / "first.yaml").read_text()
    (folder / "first.yaml").write_text(text.replace("{fact: ready, is: true}", "{fact: redy, is: true}"))
    (folder / "second.yaml").write_text(
        text.replace("decision: first", "decision: second").replace("GO", "G")
    )
    (folder / "third.yaml").write_text("never listed\n")
    with pytest.raises(InputError) as caught:
        load_rulebook(folder)
    found = [(Path(p.place.file).name, p.code) for p in caught.value.problems if p.place]
    assert found == [
        ("first.yaml", "R002"),
        ("rulebook.yaml", "R001"),
        ("rulebook.yaml", "R001"),
        ("second.yaml", "R019"),
    ]


def test_a_rulebook_cannot_reach_outside_its_folder(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "book"))
    (tmp_path / "outside.yaml").write_text("a: 1\n")
    (folder / "rulebook.yaml").write_text("decisions: [../outside.yaml]\n")
    with pytest.raises(InputError) as caught:
        load_rulebook(folder)
    assert [problem.code for problem in caught.value.problems] == ["R001"]


def test_yaml_words_in_a_rule_are_explained_with_what_would_fit(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "book"))
    text = (folder / "first.yaml").read_text()
    (folder / "first.yaml").write_text(text.replace("    when:", "    under: {q9: no}\n    when:"))
    with pytest.raises(InputError) as caught:
        load_rulebook(folder)
    said = "'no' is read by YAML as false; 'q9' takes one of: none, assessment, cpd_hours, endorsement"
    assert caught.value.problems[0].message == said


SPOILS = ["true", "no", "[]", "{}", "null", "12", "-1", "1.5", "{lever: q3}", "{lever: q7}", "[a, b]", ""]
SPOILS += ["2017-01-01", "'99999'", "&a", "*a", "{a: {b: c}}", "[[[]]]", "{all: [{}]}", '"\\0"']


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_spoilt_file_is_read_or_refused_with_places_and_nothing_else(
    tmp_path: Path, data: st.DataObject
) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "book", dirs_exist_ok=True))
    path = data.draw(st.sampled_from(sorted(folder.rglob("*.yaml"))))
    text = path.read_text()
    parts = [
        found.span()
        for found in re.finditer(r"(?<=: )[^\n{}\[\],]+|\{[^{}\n]*\}|\[[^\[\]\n]*\]|\w+(?=:)", text)
    ]
    start, end = data.draw(st.sampled_from(parts))
    path.write_text(text[:start] + data.draw(st.sampled_from(SPOILS)) + text[end:])
    problems = []
    try:
        load_cases(folder)
    except InputError as error:
        problems = list(error.problems)
    assert all(problem.place and problem.place.file.startswith(str(folder)) for problem in problems)
