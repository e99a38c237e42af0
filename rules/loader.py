"""Reading the whole rulebook: documents, vocabulary, decisions; everything wrong with it is said at once."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from rules.conditions import leaves
from rules.decision_files import read_decision
from rules.document import Node, read_document
from rules.errors import InputError, Place, Problem
from rules.model import DecisionTable, FactSpec, Rulebook
from rules.reader import Reader
from rules.sources import Source, read_sources
from rules.vocabulary import read_vocabulary

CODES: Mapping[str, str] = {
    "R001": "A file of the rulebook is listed but missing, or present but not listed.",
    "R002": "A fact is not in the vocabulary.",
    "R003": "A condition does not have the shape of a condition.",
    "R004": "A test does not fit the kind of its fact.",
    "R005": "A value is not one that the fact can have.",
    "R006": "A lever does not exist.",
    "R007": "An option of a lever does not exist.",
    "R008": "A lever is not of the kind that is needed here.",
    "R009": "A rule answers something the decision does not ask, or only half of it.",
    "R010": "A value is not one that the answer can have.",
    "R011": "An id is used twice.",
    "R012": "A citation names a document that is not listed.",
    "R013": "A citation names a paragraph or an item that the document does not have.",
    "R014": "A citation joins a paragraph and a question that do not belong together.",
    "R015": "A sentence has a placeholder that its rule cannot fill in.",
    "R017": "A rule ends before it begins.",
    "R018": "A name is not written as names are.",
    "R019": "A derived fact is not derived as declared, or is used before it is derived.",
    "R020": "An order does not fit the decision.",
    "R021": "There are too many rules or facts.",
    "R022": "A decision claims to cover a fact that no rule reads.",
    "R023": "A declaration of a fact or an answer contradicts itself.",
    "R024": "A condition has no parts.",
}
"""What each rule-file error means. R090 and above belong to deciding (`rules.engine`)."""

SHIPPED = Path(__file__).parent


def load_rulebook(folder: Path | None = None) -> Rulebook:
    """The rulebook of a folder, or the shipped one (read once). InputError names everything wrong with it."""
    return _shipped() if folder is None else _load(folder)


def load_sources(folder: Path | None = None) -> dict[str, Source]:
    """The documents that the rulebook cites, by id."""
    reader = Reader()
    sources = read_sources(read_document((folder or SHIPPED) / "sources.yaml"), reader)
    reader.finish()
    return sources


@functools.cache
def _shipped() -> Rulebook:
    return _load(SHIPPED)


def _load(folder: Path) -> Rulebook:
    sources = load_sources(folder)
    reader = Reader()
    facts = read_vocabulary(read_document(folder / "vocabulary.yaml"), reader, sources)
    manifest = read_document(folder / "rulebook.yaml")
    listed = reader.mapping(manifest, ("decisions",), required=("decisions",)).get("decisions")
    # Without the vocabulary every rule would look wrong.
    reader.finish()
    tables: dict[str, tuple[DecisionTable, Node]] = {}
    for item in reader.sequence(listed, at_most=100, at_least=1):
        document = _listed(folder, item, reader)
        if document is not None:
            table = read_decision(document, reader, facts, sources)
            if table.name in tables:
                reader.report("R011", f"the decision '{table.name}' is already answered", document)
            tables[table.name] = (table, document)
    _check_ids(tables, reader)
    _check_chain(tables, facts, reader)
    _check_unlisted(folder, tables, manifest, reader)
    reader.finish()
    decisions = {name: table for name, (table, _) in tables.items()}
    return Rulebook(facts, decisions, {name: source.title for name, source in sources.items()})


def _listed(folder: Path, item: Node, reader: Reader) -> Node | None:
    name = reader.text(item)
    if name is None:
        return None
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        reader.report("R001", f"'{name}' is outside the rulebook", item)
        return None
    if not path.is_file():
        reader.report("R001", f"the file '{name}' is listed, but is not there", item)
        return None
    try:
        return read_document(path)
    except InputError as error:
        reader.problems.extend(error.problems)
        return None


def _check_ids(tables: Mapping[str, tuple[DecisionTable, Node]], reader: Reader) -> None:
    seen: dict[str, Place | None] = {}
    for table, document in tables.values():
        for rule in table.rules:
            if rule.id in seen:
                said = f"the id '{rule.id}' is already used at {seen[rule.id]}"
                _at(rule.place, "R011", said, document, reader)
            seen.setdefault(rule.id, rule.place)
        for gap in table.known_gaps:
            if gap.id in seen:
                reader.report("R011", f"the id '{gap.id}' is already used", document)
            seen.setdefault(gap.id, document.place)


def _at(place: Place | None, code: str, message: str, document: Node, reader: Reader) -> None:
    """Report a problem where a rule or a test stands; its node is gone, but its file is here."""
    place = place or document.place
    reader.problems.append(Problem(code, message, place, excerpt=document.text.excerpt(place.line)))


def _check_chain(
    tables: Mapping[str, tuple[DecisionTable, Node]], facts: Mapping[str, FactSpec], reader: Reader
) -> None:
    """A derived fact is derived once, by a decision that stands before those that read it."""
    derived: set[str] = set()
    for table, document in tables.values():
        for leaf in (leaf for rule in table.rules for leaf in leaves(rule.when)):
            if facts[leaf.fact].derived and leaf.fact not in derived:
                said = f"'{leaf.fact}' is read here, but no decision before this one derives it"
                _at(leaf.place, "R019", said, document, reader)
        for fact in table.derives:
            if fact in derived:
                reader.report("R019", f"'{fact}' is already derived by an earlier decision", document)
            derived.add(fact)


def _check_unlisted(
    folder: Path, tables: Mapping[str, tuple[DecisionTable, Node]], manifest: Node, reader: Reader
) -> None:
    """A rule file that nobody lists would be silently ignored."""
    read = {Path(table.file).resolve() for table, _ in tables.values()}
    parents = sorted({path.parent for path in read})
    for parent in parents:
        for path in sorted(parent.glob("*.yaml")):
            special = path.parent == folder.resolve() and path.name in _SPECIAL
            if path not in read and not special and not _fails_already(path, reader):
                said = f"the rule file '{path.relative_to(folder.resolve())}' is not listed"
                reader.report("R001", said, manifest)


_SPECIAL = ("sources.yaml", "vocabulary.yaml", "rulebook.yaml")


def _fails_already(path: Path, reader: Reader) -> bool:
    return any(found.place and Path(found.place.file).resolve() == path for found in reader.problems)
