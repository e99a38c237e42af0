"""The documents that rules cite, and the check that a citation points at something that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.document import Node
from rules.errors import nearest
from rules.model import Citation
from rules.reader import Reader

MAX_PARAGRAPH = 10_000
MAX_CITATIONS = 10
MAX_PHRASE = 80
CITATION_KEYS = ("source", "paragraph", "item", "question", "phrase")
"""Only the source is needed."""


@dataclass(frozen=True)
class Source:
    """A document: its paragraphs, bullet points by paragraph, and first and last paragraph by question."""

    id: str
    title: str
    published: str
    first: int
    last: int
    items: Mapping[int, int] = field(default_factory=dict)
    questions: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def read_sources(document: Node, reader: Reader) -> dict[str, Source]:
    """The documents by id. Problems go to the reader."""
    sources: dict[str, Source] = {}
    keys = ("title", "publisher", "published", "paragraphs", "items", "questions")
    for name, node in reader.mapping(document).items():
        fields = reader.mapping(node, keys, required=("title", "published", "paragraphs"))
        published = reader.date(fields.get("published"))
        first, last = _span(fields.get("paragraphs"), reader)
        items = {
            number: reader.integer(value, 1, 100) or 0
            for number, value in _numbered(fields.get("items"), reader).items()
        }
        questions = {
            number: _span(value, reader)
            for number, value in _numbered(fields.get("questions"), reader).items()
        }
        title = reader.text(fields.get("title")) or ""
        sources[name] = Source(name, title, str(published or ""), first, last, items, questions)
    return sources


def read_citations(node: Node | None, reader: Reader, sources: Mapping[str, Source]) -> tuple[Citation, ...]:
    """A list of citations, each of which resolves. Problems (R012 to R014) go to the reader."""
    found = [_citation(item, reader, sources) for item in reader.sequence(node, MAX_CITATIONS, at_least=1)]
    return tuple(citation for citation in found if citation is not None)


def _citation(node: Node, reader: Reader, sources: Mapping[str, Source]) -> Citation | None:
    fields = reader.mapping(node, CITATION_KEYS, required=("source",))
    name = reader.text(fields.get("source"))
    if name is None:
        return None
    source = sources.get(name)
    if source is None:
        hint = nearest(name, sources) or f"one of: {', '.join(sources)}"
        reader.report("R012", f"unknown source '{name}'", fields["source"], hint)
        return None
    paragraph = reader.integer(fields.get("paragraph"), 1, MAX_PARAGRAPH)
    item = reader.integer(fields.get("item"), 1, MAX_PARAGRAPH)
    question = reader.integer(fields.get("question"), 1, MAX_PARAGRAPH)
    if paragraph is not None:
        _check_paragraph(fields, source, paragraph, item, reader)
    if question is not None:
        _check_question(fields, source, paragraph, question, reader)
    phrase = reader.text(fields.get("phrase"), MAX_PHRASE)
    return Citation(name, paragraph, item, question, phrase or "")


def _check_paragraph(
    fields: Mapping[str, Node], source: Source, paragraph: int, item: int | None, reader: Reader
) -> None:
    if not source.first <= paragraph <= source.last:
        said = f"{source.id} has paragraphs {source.first} to {source.last}, and no paragraph {paragraph}"
        reader.report("R013", said, fields["paragraph"])
    elif item is not None and item > source.items.get(paragraph, 0):
        listed = source.items.get(paragraph, 0)
        said = f"paragraph {paragraph} lists {listed or 'no'} items, and no item {item}"
        reader.report("R013", said, fields["item"])


def _check_question(
    fields: Mapping[str, Node], source: Source, paragraph: int | None, question: int, reader: Reader
) -> None:
    if question not in source.questions:
        reader.report("R014", f"{source.id} has no question {question}", fields["question"])
        return
    first, last = source.questions[question]
    if paragraph is not None and not first <= paragraph <= last:
        said = f"question {question} is asked of paragraphs {first} to {last}, not of paragraph {paragraph}"
        reader.report("R014", said, fields["question"], "cite the paragraph without the question")


def _numbered(node: Node | None, reader: Reader) -> dict[int, Node]:
    """The entries of a mapping whose keys are numbers of paragraphs or questions."""
    found: dict[int, Node] = {}
    for key, value in reader.mapping(node).items():
        if len(key) <= 5 and key.isascii() and key.isdecimal():
            found[int(key)] = value
        else:
            reader.report(
                "R018", f"'{key}' is not the number of a paragraph or question", node or value, key=key
            )
    return found


def _span(node: Node | None, reader: Reader) -> tuple[int, int]:
    numbers = [reader.integer(item, 1, MAX_PARAGRAPH) for item in reader.sequence(node, 2, 2)]
    first, last = (number or 0 for number in numbers or (0, 0))
    return first, last
