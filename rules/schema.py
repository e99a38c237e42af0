"""The JSON Schema of rule files, for editors: made from what the loader itself goes by.

It says what a file may look like. What only the file as a whole can show (an answer that is not asked, an id
twice, a paragraph that the document does not have) is left to the loader.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, get_args

from rules.condition_files import FITS, JOINS, MAX_PARTS, MAX_VALUES, TESTS, WHOLE
from rules.decision_files import (
    ANSWER_KEYS,
    ANSWER_TYPES,
    DECISION_KEYS,
    DECISION_NEEDS,
    GAP_KEYS,
    ID,
    MAX_CHOICES,
    MAX_COVERED,
    MAX_GAPS,
    MAX_ID,
    MAX_RANK,
    MAX_RULES,
    MAX_TITLE,
    RULE_KEYS,
    RULE_NEEDS,
)
from rules.levers import COMPUTED, SPECS
from rules.model import FactSpec, HitPolicy
from rules.reader import ISO_DATE, MAX_ITEMS, MAX_TEXT
from rules.sources import CITATION_KEYS, MAX_CITATIONS, MAX_PARAGRAPH, MAX_PHRASE

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def rule_file_schema(facts: Mapping[str, FactSpec], sources: Collection[str]) -> Schema:
    """The JSON Schema of one decision file, against a vocabulary and the documents that may be cited."""
    derived = [name for name, fact in facts.items() if fact.derived]
    shapes: Schema = {
        "decision": text(about="The name of the decision."),
        "asks": text(about="The question that it answers."),
        "answers": {"type": "object", "additionalProperties": _ref("answer")},
        "derives": {
            "type": "object",
            "propertyNames": {"enum": derived},
            "additionalProperties": text(),
            "description": "Facts that later decisions read, and the answer that each is.",
        },
        "hit_policy": {"enum": list(get_args(HitPolicy)), "description": "How rules that apply combine."},
        "order": _texts(MAX_CHOICES, "With the hit policy 'highest': the choices, the lowest first."),
        "complete_over": _listed({"enum": list(facts)}, MAX_COVERED),
        "effective_from": _DATE,
        "rules": _listed(_ref("rule"), MAX_RULES),
        "known_gaps": _listed(_ref("known_gap"), MAX_GAPS),
    }
    return {
        "$schema": DIALECT,
        "title": "A rule file: one decision, its rules, and the cases that the document leaves open",
        **keyed(DECISION_KEYS, shapes, DECISION_NEEDS),
        "$defs": {
            "answer": _answer(),
            "rule": _rule(),
            "known_gap": keyed(GAP_KEYS, _SHARED, GAP_KEYS),
            "citation": _citation(sources),
            "condition": _condition(facts),
            "lever": _lever([*_of_kind(WHOLE), *COMPUTED]),
            "choice_lever": _lever(_of_kind(("choice",))),
        },
    }


def keyed(keys: Sequence[str], shapes: Mapping[str, Schema], needs: Sequence[str] = ()) -> Schema:
    """A mapping of exactly these keys; a key without a shape is a mistake of ours, and a KeyError."""
    found: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: shapes[key] for key in keys},
    }
    return {**found, "required": list(needs)} if needs else found


def text(at_most: int = MAX_TEXT, about: str = "") -> Schema:
    """A text that is not blank."""
    found: Schema = {"type": "string", "maxLength": at_most, "pattern": r"\S"}
    return {**found, "description": about} if about else found


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _texts(at_most: int, about: str = "") -> Schema:
    """A list of texts; one alone may stand for a list."""
    found: Schema = {"anyOf": [text(), _listed(text(), at_most)]}
    return {**found, "description": about} if about else found


def _listed(item: Schema, at_most: int = MAX_ITEMS, at_least: int = 0) -> Schema:
    found: Schema = {"type": "array", "items": item, "maxItems": at_most}
    return {**found, "minItems": at_least} if at_least else found


_DATE: Final[Schema] = {"type": "string", "format": "date", "pattern": f"^{ISO_DATE}$"}
_SHARED: Final[Schema] = {
    "id": {"type": "string", "maxLength": MAX_ID, "pattern": f"^{ID}$"},
    "when": _ref("condition"),
    "cite": _listed(_ref("citation"), MAX_CITATIONS, 1),
    "note": text(),
    "reading": text(about="Where the document is silent: how it is read here."),
}


def _answer() -> Schema:
    value: Schema = {"type": ["boolean", "integer", "string"]}
    shapes: Schema = {"type": {"enum": list(ANSWER_TYPES)}, "choices": _texts(MAX_CHOICES), "default": value}
    return keyed(ANSWER_KEYS, shapes, ("type",))


def _rule() -> Schema:
    answered: Schema = {"anyOf": [{"type": ["boolean", "string"]}, {"type": "integer", "minimum": 0}]}
    answered["anyOf"] += [_ref("lever"), _ref("choice_lever")]
    shapes: Schema = {
        **_SHARED,
        "title": text(MAX_TITLE),
        "effective_from": _DATE,
        "effective_to": _DATE,
        "rank": {"type": "integer", "minimum": 0, "maximum": MAX_RANK},
        "under": _under(),
        "then": {"type": "object", "minProperties": 1, "additionalProperties": answered},
        "because": text(about="One sentence for a person; {q3} stands for a lever or fact that is read."),
    }
    return keyed(RULE_KEYS, shapes, RULE_NEEDS)


def _under() -> Schema:
    """The answers to the consultation's questions that select a rule."""
    options = {lever: [option.name for option in SPECS[lever].options] for lever in _of_kind(("choice",))}
    shapes = {
        lever: {"anyOf": [{"enum": names}, _listed({"enum": names}, at_least=1)], "title": SPECS[lever].label}
        for lever, names in options.items()
    }
    return keyed(tuple(shapes), shapes)


def _citation(sources: Collection[str]) -> Schema:
    number: Schema = {"type": "integer", "minimum": 1, "maximum": MAX_PARAGRAPH}
    shapes: Schema = {
        "source": {"enum": list(sources)},
        "paragraph": number,
        "item": number,
        "question": number,
        "phrase": text(MAX_PHRASE),
    }
    return keyed(CITATION_KEYS, shapes, ("source",))


def _condition(facts: Mapping[str, FactSpec]) -> Schema:
    """A test of one fact, or `all`, `any` and `none` over conditions."""
    joins = [keyed((join,), {join: _listed(_ref("condition"), MAX_PARTS, 1)}, (join,)) for join in JOINS]
    test: Schema = {
        "type": "object",
        "required": ["fact"],
        "minProperties": 2,
        "maxProperties": 2,
        "properties": {"fact": {"enum": list(facts)}, **dict.fromkeys(TESTS, True)},
        "additionalProperties": False,
        "allOf": [_tests_of(fact) for fact in facts.values()],
    }
    return {"if": {"required": ["fact"]}, "then": test, "else": {"anyOf": joins}}


def _tests_of(fact: FactSpec) -> Schema:
    """Which tests fit a fact, and the values that they take."""
    value = _value(fact)
    shapes = {name: _listed(value, MAX_VALUES, 1) if name == "one_of" else value for name in FITS[fact.kind]}
    asked: Schema = {"title": fact.label, "const": fact.name}
    fits = keyed(("fact", *shapes), {"fact": asked, **shapes})
    return {"if": {"properties": {"fact": {"const": fact.name}}, "required": ["fact"]}, "then": fits}


def _value(fact: FactSpec) -> Schema:
    if fact.kind == "flag":
        return {"type": "boolean"}
    if fact.kind == "number":
        number: Schema = {"type": "integer", "minimum": fact.low, "maximum": fact.high}
        return {"anyOf": [number, _ref("lever")]}
    return {"enum": list(fact.choices)}


def _of_kind(kinds: Collection[str]) -> list[str]:
    return [name for name, spec in SPECS.items() if spec.kind in kinds]


def _lever(names: Sequence[str]) -> Schema:
    return keyed(("lever",), {"lever": {"enum": list(names)}}, ("lever",))
