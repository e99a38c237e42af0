"""One decision as written in a rule file: its answer, its rules, and the cases the document leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from rules.condition_files import WHOLE, known_lever, read_condition, read_lever
from rules.conditions import facts_read, levers_read
from rules.document import Node
from rules.errors import nearest
from rules.levers import SPECS
from rules.model import (
    AnswerField,
    DecisionTable,
    FactSpec,
    HitPolicy,
    KnownGap,
    LeverRef,
    Rule,
    Value,
)
from rules.reader import Reader
from rules.sources import Source, read_citations

MAX_RULES = 40
"""Rules in one decision: what a person can still read, and the matcher can still hold."""

MAX_GAPS: Final = 20
MAX_COVERED: Final = 20
"""Facts that a decision claims to cover."""
MAX_CHOICES: Final = 40
"""Choices of one answer."""
MAX_RANK: Final = 100
MAX_TITLE: Final = 120
MAX_ID: Final = 60

DECISION_KEYS: Final = (
    "decision",
    "asks",
    "answers",
    "derives",
    "hit_policy",
    "order",
    "complete_over",
    "effective_from",
    "rules",
    "known_gaps",
)
DECISION_NEEDS: Final = ("decision", "asks", "answers", "hit_policy", "effective_from", "rules")
ANSWER_KEYS: Final = ("type", "choices", "default")
ANSWER_TYPES: Final = ("flag", "number", "choice")
RULE_KEYS: Final = (
    "id",
    "title",
    "cite",
    "reading",
    "effective_from",
    "effective_to",
    "rank",
    "under",
    "when",
    "then",
    "because",
)
RULE_NEEDS: Final = ("id", "title", "cite", "when", "then", "because")
GAP_KEYS: Final = ("id", "when", "cite", "note", "reading")
"""All of them are needed."""

ID: Final = r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*"
_ID = re.compile(ID)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass
class _Scope:
    """What a file is read against."""

    reader: Reader
    facts: Mapping[str, FactSpec]
    sources: Mapping[str, Source]
    effective_from: str = ""


def read_decision(
    document: Node, reader: Reader, facts: Mapping[str, FactSpec], sources: Mapping[str, Source]
) -> DecisionTable:
    """The decision of a file. Problems (D020 to D026, R002 to R024) go to the reader."""
    scope = _Scope(reader, facts, sources)
    fields = reader.mapping(document, DECISION_KEYS, DECISION_NEEDS)
    scope.effective_from = _date(fields.get("effective_from"), reader)
    answers = tuple(
        _answer(name, node, reader) for name, node in reader.mapping(fields.get("answers")).items()
    )
    policy = cast(HitPolicy, reader.choice(fields.get("hit_policy"), get_args(HitPolicy)) or "unique")
    before = len(reader.problems)
    rules = _rules(fields.get("rules"), answers, scope)
    # A rule that could not be read may well be the one that reads the fact.
    used = {fact for rule in rules for fact in facts_read(rule.when)}
    readable = None if len(reader.problems) > before else used
    table = DecisionTable(
        name=reader.text(fields.get("decision")) or "",
        asks=reader.text(fields.get("asks")) or "",
        answers=answers,
        hit_policy=policy,
        rules=rules,
        complete_over=_complete_over(fields.get("complete_over"), readable, scope),
        derives=_derives(fields.get("derives"), answers, scope),
        known_gaps=tuple(
            _known_gap(node, scope) for node in reader.sequence(fields.get("known_gaps"), MAX_GAPS)
        ),
        order=tuple(reader.texts(fields.get("order"), MAX_CHOICES)),
        file=document.place.file,
    )
    _check_order(table, fields, document, reader)
    return table


def _answer(name: str, node: Node, reader: Reader) -> AnswerField:
    fields = reader.mapping(node, ANSWER_KEYS, required=("type",))
    kind = reader.choice(fields.get("type"), ANSWER_TYPES) or "flag"
    choices = tuple(reader.texts(fields.get("choices"), MAX_CHOICES))
    if (kind == "choice") != bool(choices):
        reader.report("R023", f"an answer of type {kind} has {'no' if choices else 'its'} choices", node)
    field = AnswerField(name, cast(Literal["flag", "number", "choice"], kind), choices)
    if "default" not in fields:
        return field
    default = _answer_value(fields["default"], field, reader)
    return AnswerField(name, field.kind, choices, None if isinstance(default, LeverRef) else default)


def _answer_value(node: Node, field: AnswerField, reader: Reader) -> Value | None:
    if node.kind == "mapping":
        return read_lever(node, reader, WHOLE if field.kind == "number" else ("choice",))
    value = node.value
    if field.kind == "flag" and isinstance(value, bool):
        return value
    if field.kind == "number" and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if field.kind == "choice" and isinstance(value, str) and value in field.choices:
        return value
    wants = {"flag": "true or false", "number": "a whole number, 0 or more"}
    said = f"{node.found()} does not answer '{field.name}', which takes "
    if node.misread:
        said = f"'{value}' is read by YAML as {node.misread}; '{field.name}' takes "
    said += wants.get(field.kind, f"one of: {', '.join(field.choices)}")
    reader.report("R010", said, node, nearest(str(value), field.choices))
    return None


def _rules(node: Node | None, answers: tuple[AnswerField, ...], scope: _Scope) -> tuple[Rule, ...]:
    items = scope.reader.sequence(node)
    if node is not None and len(items) > MAX_RULES:
        said = f"{len(items)} rules in one decision, and {MAX_RULES} are the most"
        scope.reader.report("R021", said, node)
        return ()
    return tuple(_rule(item, answers, scope) for item in items)


def _rule(node: Node, answers: tuple[AnswerField, ...], scope: _Scope) -> Rule:
    reader = scope.reader
    fields = reader.mapping(node, RULE_KEYS, RULE_NEEDS)
    when = read_condition(fields.get("when"), reader, scope.facts)
    then = _then(fields.get("then"), answers, reader)
    start = _date(fields.get("effective_from"), reader) or scope.effective_from
    end = _date(fields.get("effective_to"), reader)
    if end and end < start:
        reader.report("R017", f"the rule ends ({end}) before it begins ({start})", fields["effective_to"])
    rule = Rule(
        id=_id(fields.get("id"), reader),
        title=reader.text(fields.get("title"), MAX_TITLE) or "",
        cite=read_citations(fields.get("cite"), reader, scope.sources),
        when=when,
        then=then,
        because=reader.text(fields.get("because")) or "",
        under=_under(fields.get("under"), reader),
        effective_from=start,
        effective_to=end,
        rank=reader.integer(fields.get("rank"), 0, MAX_RANK) or 0,
        reading=reader.text(fields.get("reading")) or "",
        place=node.place,
    )
    _check_because(fields.get("because"), rule, reader)
    return rule


def _then(node: Node | None, answers: tuple[AnswerField, ...], reader: Reader) -> dict[str, Value]:
    names = [field.name for field in answers]
    then: dict[str, Value] = {}
    given = reader.mapping(node)
    for name, value in given.items():
        if name not in names:
            hint = nearest(name, names) or f"one of: {', '.join(names)}"
            reader.report("R009", f"unknown answer '{name}'", node or value, hint, key=name)
            continue
        read = _answer_value(value, answers[names.index(name)], reader)
        if read is not None:
            then[name] = read
    if node is not None:
        for name in given:
            partner = name.replace("_months", "_after")
            if partner != name and partner in names and partner not in given:
                reader.report("R009", f"'{name}' is given without '{partner}'", node, key=name)
        if not given and isinstance(node.value, dict):
            reader.report("R009", "the rule answers nothing", node)
    return then


def _under(node: Node | None, reader: Reader) -> dict[str, tuple[str, ...]]:
    under: dict[str, tuple[str, ...]] = {}
    for lever, value in reader.mapping(node).items():
        if not known_lever(lever, node or value, reader, key=lever):
            continue
        if lever not in SPECS or SPECS[lever].kind != "choice":
            reader.report("R007", f"lever '{lever}' has no options to select by", node or value, key=lever)
            continue
        options = [option.name for option in SPECS[lever].options]
        items = [value] if value.kind == "scalar" else list(reader.sequence(value, at_least=1))
        chosen = []
        for item in items:
            if item.value in options and not item.misread:
                chosen.append(str(item.value))
                continue
            takes = f"'{lever}' takes one of: {', '.join(options)}"
            said = f"{item.found()} is not an option; {takes}"
            if item.misread:
                said = f"'{item.value}' is read by YAML as {item.misread}; {takes}"
            reader.report("R007", said, item, nearest(str(item.value), options))
        under[lever] = tuple(chosen)
    return under


def _check_because(node: Node | None, rule: Rule, reader: Reader) -> None:
    """Every placeholder is a fact or a lever that the rule reads; anything else could not be filled in."""
    if node is None or not rule.because:
        return
    readable = {*facts_read(rule.when), *levers_read(rule.when), *rule.under}
    readable |= {value.lever for value in rule.then.values() if isinstance(value, LeverRef)}
    for name in _PLACEHOLDER.findall(rule.because):
        if name not in readable:
            hint = nearest(name, sorted(readable)) or f"one of: {', '.join(sorted(readable))}"
            reader.report("R015", f"'{{{name}}}' is no fact or lever that this rule reads", node, hint)
    if set("{}") & set(_PLACEHOLDER.sub("", rule.because)):
        reader.report("R015", "a brace stands alone; a placeholder is written {name}", node)


def _complete_over(node: Node | None, used: set[str] | None, scope: _Scope) -> tuple[str, ...]:
    names = []
    for item in scope.reader.sequence(node, MAX_COVERED):
        name = scope.reader.text(item)
        if name is None:
            continue
        if name not in scope.facts:
            scope.reader.report("R002", f"unknown fact '{name}'", item, nearest(name, scope.facts))
        elif used is not None and name not in used:
            scope.reader.report("R022", f"no rule reads '{name}', so nothing depends on it", item)
        names.append(name)
    return tuple(names)


def _derives(node: Node | None, answers: tuple[AnswerField, ...], scope: _Scope) -> dict[str, str]:
    derives: dict[str, str] = {}
    by_name = {field.name: field for field in answers}
    for fact, value in scope.reader.mapping(node).items():
        at = node or value
        answer = scope.reader.text(value)
        if fact not in scope.facts:
            scope.reader.report("R002", f"unknown fact '{fact}'", at, nearest(fact, scope.facts), key=fact)
        elif not scope.facts[fact].derived:
            scope.reader.report("R019", f"'{fact}' is not declared as a derived fact", at, key=fact)
        elif answer is not None and answer not in by_name:
            scope.reader.report("R009", f"unknown answer '{answer}'", value, nearest(answer, by_name))
        elif answer is not None and set(by_name[answer].choices) != set(scope.facts[fact].choices):
            scope.reader.report("R019", f"'{answer}' and '{fact}' do not have the same choices", value)
        if answer is not None:
            derives[fact] = answer
    return derives


def _known_gap(node: Node, scope: _Scope) -> KnownGap:
    reader = scope.reader
    fields = reader.mapping(node, GAP_KEYS, GAP_KEYS)
    return KnownGap(
        id=_id(fields.get("id"), reader),
        when=read_condition(fields.get("when"), reader, scope.facts),
        cite=read_citations(fields.get("cite"), reader, scope.sources),
        note=reader.text(fields.get("note")) or "",
        reading=reader.text(fields.get("reading")) or "",
    )


def _check_order(table: DecisionTable, fields: Mapping[str, Node], document: Node, reader: Reader) -> None:
    """`highest` needs an order of exactly the choices of the first answer; no other policy has one."""
    choices = table.answers[0].choices if table.answers else ()
    if table.hit_policy == "highest" and sorted(table.order) != sorted(choices):
        at = fields.get("order", document)
        reader.report("R020", f"the order has to list each of: {', '.join(choices)}", at)
    elif table.hit_policy != "highest" and "order" in fields:
        reader.report("R020", "only the hit policy 'highest' has an order", fields["order"])


def _id(node: Node | None, reader: Reader) -> str:
    name = reader.text(node, MAX_ID) or ""
    if node is not None and name and not _ID.fullmatch(name):
        reader.report("R018", f"'{name}' is not an id: capitals and digits, joined by hyphens", node)
    return name


def _date(node: Node | None, reader: Reader) -> str:
    read = reader.date(node)
    return "" if read is None else read.isoformat()
