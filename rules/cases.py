"""Rule tests as data: given some facts and levers, the expected answer and the rules that fire.

The files stand beside the rules (`eligibility/cases/`, `retake/cases/`), so that they can be run anywhere the
simulator is installed. A case is a sentence that a policy officer can check against the paragraph it cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rules.condition_files import fact_value
from rules.document import Node, read_document
from rules.engine import PolicyEngine
from rules.errors import InputError, Place, nearest
from rules.levers import Levers
from rules.loader import load_rulebook, load_sources
from rules.model import Citation, DecisionTable, Fact, FactSpec, LeverRef, Rulebook
from rules.reader import Reader
from rules.sources import Source, read_citations

CODES: Mapping[str, str] = {
    "R030": "A case names a decision that the rulebook does not have.",
    "R031": "A case expects a rule that its decision does not have.",
    "R032": "A case expects an answer that its decision does not ask.",
    "R033": "Two cases of a decision have the same name.",
}
"""What each error of a case file means; facts, levers and citations keep their own codes."""

_CASE_KEYS = ("name", "cite", "under", "given", "expect", "fired")


@dataclass(frozen=True)
class Case:
    """One rule test: facts under levers, and what is expected of the decision."""

    decision: str
    name: str
    cite: tuple[Citation, ...]
    levers: Levers
    given: Mapping[str, Fact]
    expect: Mapping[str, bool | int | str | None]
    fired: tuple[str, ...]
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class CaseResult:
    """How a case came out; `differences` is empty when it holds."""

    case: Case
    fired: tuple[str, ...]
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the answer and the fired rules are as expected."""
        return not self.differences


def load_cases(folder: Path | None = None, rulebook: Rulebook | None = None) -> tuple[Case, ...]:
    """Every case beside the rules of a folder (the shipped one by default), in the order of the decisions.

    Raises InputError with everything that is wrong in any of the files.
    """
    book = rulebook or load_rulebook(folder)
    return read_cases(_case_files(book), book, load_sources(folder))


def read_cases(paths: Iterable[Path], book: Rulebook, sources: Mapping[str, Source]) -> tuple[Case, ...]:
    """The cases of some files. Raises InputError with everything that is wrong in any of them."""
    reader = Reader()
    cases: list[Case] = []
    for path in paths:
        try:
            cases.extend(_file(read_document(path), reader, book, sources))
        except InputError as error:
            reader.problems.extend(error.problems)
    reader.finish()
    return tuple(cases)


def run_cases(cases: Iterable[Case], book: Rulebook | None = None) -> tuple[CaseResult, ...]:
    """Decide every case with the policy engine and compare."""
    engine = PolicyEngine(Levers(), book)
    engines: dict[Levers, PolicyEngine] = {}
    results = []
    for case in cases:
        if case.levers not in engines:
            engines[case.levers] = engine.with_levers(case.levers)
        results.append(_run(case, engines[case.levers]))
    return tuple(results)


def _run(case: Case, engine: PolicyEngine) -> CaseResult:
    try:
        decision = engine.decide(case.decision, case.given)
    except InputError as error:
        return CaseResult(case, (), (str(error),))
    differences = [
        f"{name} is {decision.answer[name]}, and {value} is expected"
        for name, value in case.expect.items()
        if decision.answer[name] != value
    ]
    if sorted(decision.fired) != sorted(case.fired):
        fired, expected = ", ".join(decision.fired) or "none", ", ".join(case.fired) or "none"
        differences.append(f"the rules that fire are {fired}, and {expected} are expected")
    return CaseResult(case, decision.fired, tuple(differences))


def _case_files(book: Rulebook) -> list[Path]:
    files = [Path(table.file).parent / "cases" / Path(table.file).name for table in book.decisions.values()]
    return [path for path in files if path.is_file()]


def _file(document: Node, reader: Reader, book: Rulebook, sources: Mapping[str, Source]) -> list[Case]:
    fields = reader.mapping(document, ("decision", "cases"), required=("decision", "cases"))
    name = reader.text(fields.get("decision"))
    if name is None:
        return []
    table = book.decisions.get(name)
    if table is None:
        hint = nearest(name, book.decisions) or f"one of: {', '.join(book.decisions)}"
        reader.report("R030", f"unknown decision '{name}'", fields["decision"], hint)
        return []
    cases = [
        _case(node, table, book.vocabulary, reader, sources)
        for node in reader.sequence(fields.get("cases"), at_least=1)
    ]
    seen: set[str] = set()
    for case, node in zip(cases, reader.sequence(fields.get("cases")), strict=False):
        if case.name in seen:
            reader.report("R033", f"there is already a case '{case.name}'", node)
        seen.add(case.name)
    return cases


def _case(
    node: Node,
    table: DecisionTable,
    facts: Mapping[str, FactSpec],
    reader: Reader,
    sources: Mapping[str, Source],
) -> Case:
    fields = reader.mapping(node, _CASE_KEYS, required=("name", "cite", "given", "expect", "fired"))
    ids = [rule.id for rule in table.rules]
    fired = []
    for item in reader.sequence(fields.get("fired")):
        rule = reader.text(item) or ""
        if rule and rule not in ids:
            reader.report("R031", f"unknown rule '{rule}'", item, nearest(rule, ids))
        fired.append(rule)
    return Case(
        decision=table.name,
        name=reader.text(fields.get("name"), at_most=200) or "",
        cite=read_citations(fields.get("cite"), reader, sources),
        levers=_levers(fields.get("under"), reader),
        given=_given(fields.get("given"), facts, reader),
        expect=_expect(fields.get("expect"), table, reader),
        fired=tuple(fired),
        place=node.place,
    )


def _levers(node: Node | None, reader: Reader) -> Levers:
    """The levers a case is under; a bad one is reported where it stands, with its own code."""
    levers = Levers()
    for lever, value in reader.mapping(node).items():
        try:
            levers = levers.patched({lever: value.value})
        except InputError as error:
            for found in error.problems:
                at, key = (node or value, lever) if found.code == "L001" else (value, None)
                reader.report(found.code, found.message, at, found.hint, key)
    return levers


def _given(node: Node | None, facts: Mapping[str, FactSpec], reader: Reader) -> dict[str, Fact]:
    given: dict[str, Fact] = {}
    for name, value in reader.mapping(node).items():
        if name not in facts:
            reader.report("R002", f"unknown fact '{name}'", node or value, nearest(name, facts), name)
            continue
        if facts[name].kind == "set":
            members = [fact_value(item, facts[name], reader) for item in reader.sequence(value)]
            given[name] = frozenset(str(member) for member in members if member is not None)
            continue
        read = fact_value(value, facts[name], reader)
        if read is not None and not isinstance(read, LeverRef):
            given[name] = read
    return given


def _expect(node: Node | None, table: DecisionTable, reader: Reader) -> dict[str, bool | int | str | None]:
    names = [answer.name for answer in table.answers]
    expect: dict[str, bool | int | str | None] = {}
    for name, value in reader.mapping(node).items():
        if name not in names:
            hint = nearest(name, names) or f"one of: {', '.join(names)}"
            reader.report("R032", f"unknown answer '{name}'", node or value, hint, name)
        elif value.misread or isinstance(value.value, float | list | dict):
            reader.report("R010", f"{value.found()} is not an answer", value)
        else:
            expect[name] = value.value
    return expect
