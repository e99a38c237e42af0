"""Conditions and values as written in rule files, checked against the vocabulary and the levers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast, get_args

from rules.document import Node
from rules.errors import nearest
from rules.levers import COMPUTED, SPECS
from rules.model import All, AnyOf, Condition, FactSpec, Leaf, LeverRef, NoneOf, Test, Value
from rules.reader import Reader

TESTS: Final[tuple[str, ...]] = get_args(Test)
JOINS: Final[Mapping[str, type[All] | type[AnyOf] | type[NoneOf]]] = {
    "all": All,
    "any": AnyOf,
    "none": NoneOf,
}
FITS: Final[Mapping[str, tuple[str, ...]]] = {
    "flag": ("is",),
    "choice": ("is", "one_of"),
    "set": ("includes",),
    "number": ("is", "one_of", "at_least", "at_most", "above", "below"),
}
WHOLE: Final = ("months", "count", "days", "years")
"""The kinds of lever that give a whole number."""
MAX_PARTS: Final = 100
MAX_VALUES: Final = 40


def read_condition(node: Node | None, reader: Reader, facts: Mapping[str, FactSpec]) -> Condition:
    """A condition tree. Problems (R002 to R008, R024) go to the reader, and an empty `All` comes back."""
    fields = reader.mapping(node)
    if node is None or not fields:
        if node is not None and isinstance(node.value, dict):
            reader.report("R003", "a condition is empty", node)
        return All()
    joins = [key for key in fields if key in JOINS]
    if not joins:
        return _leaf(node, fields, reader, facts)
    if len(fields) > 1:
        said = f"'{joins[0]}' stands beside other keys; put them inside its list"
        reader.report("R003", said, node, key=joins[0])
    parts = reader.sequence(fields[joins[0]], MAX_PARTS)
    if isinstance(fields[joins[0]].value, list) and not parts:
        reader.report(
            "R024", f"'{joins[0]}' has no parts, so the condition would not depend on anything", node
        )
    return JOINS[joins[0]](tuple(read_condition(part, reader, facts) for part in parts))


def _leaf(node: Node, fields: Mapping[str, Node], reader: Reader, facts: Mapping[str, FactSpec]) -> Condition:
    tests = [key for key in fields if key in TESTS]
    strange = [key for key in fields if key != "fact" and key not in TESTS]
    for key in strange:
        hint = nearest(key, ("fact", *TESTS, *JOINS)) or f"one of: {', '.join(TESTS)}"
        reader.report("R003", f"unknown key '{key}' in a condition", node, hint, key)
    if "fact" not in fields or len(tests) != 1:
        if not strange:
            reader.report("R003", f"a test names one fact and one of: {', '.join(TESTS)}", node)
        return All()
    name = reader.text(fields["fact"])
    if name is None:
        return All()
    fact = facts.get(name)
    if fact is None:
        reader.report("R002", f"unknown fact '{name}'", fields["fact"], nearest(name, facts))
        return All()
    test = tests[0]
    if test not in FITS[fact.kind]:
        said = f"'{test}' does not fit '{name}', a {fact.kind}, which takes: {', '.join(FITS[fact.kind])}"
        reader.report("R004", said, node, key=test)
        return All()
    value = _wanted(fields[test], test, fact, reader)
    return All() if value is None else Leaf(name, cast(Test, test), value, node.place)


def _wanted(node: Node, test: str, fact: FactSpec, reader: Reader) -> Value | tuple[Value, ...] | None:
    if test != "one_of":
        return fact_value(node, fact, reader)
    values = [fact_value(item, fact, reader) for item in reader.sequence(node, MAX_VALUES, at_least=1)]
    given = [value for value in values if value is not None]
    return tuple(given) if given and len(given) == len(values) else None


def fact_value(node: Node, fact: FactSpec, reader: Reader) -> Value | None:
    """A value that the fact can have, or a lever for a number; anything else is reported (R005, R008)."""
    if node.kind == "mapping":
        if fact.kind == "number":
            return read_lever(node, reader, WHOLE)
        reader.report("R008", f"'{fact.name}' is a {fact.kind}: only numbers are compared with a lever", node)
        return None
    if fact.kind == "flag" and isinstance(node.value, bool):
        return node.value
    if fact.kind == "number" and isinstance(node.value, int) and not isinstance(node.value, bool):
        if fact.low <= node.value <= fact.high:
            return node.value
    elif fact.kind in ("choice", "set") and node.value in fact.choices and isinstance(node.value, str):
        return node.value
    said = f"{node.found()} is not a value of '{fact.name}', which takes {takes(fact)}"
    if node.misread:
        said = f"'{node.value}' is read by YAML as {node.misread}; '{fact.name}' takes {takes(fact)}"
    reader.report("R005", said, node, nearest(str(node.value), fact.choices))
    return None


def takes(fact: FactSpec) -> str:
    """What values a fact has, in words."""
    if fact.kind == "flag":
        return "true or false"
    if fact.kind == "number":
        return f"a whole number from {fact.low} to {fact.high}"
    return f"one of: {', '.join(fact.choices)}"


def read_lever(node: Node, reader: Reader, kinds: tuple[str, ...]) -> LeverRef | None:
    """A value written `{lever: q3}`, of a lever of one of these kinds (R006, R008)."""
    fields = reader.mapping(node, ("lever",), required=("lever",))
    name = reader.text(fields.get("lever"))
    if name is None:
        return None
    if not known_lever(name, fields["lever"], reader):
        return None
    kind = "count" if name in COMPUTED else SPECS[name].kind
    if kind not in kinds:
        said = f"lever '{name}' is a {kind}, and {' or '.join(kinds)} is needed"
        reader.report("R008", said, fields["lever"])
        return None
    return LeverRef(name)


def known_lever(name: str, at: Node, reader: Reader, key: str | None = None) -> bool:
    """Whether there is such a lever, computed ones included; R006 goes to the reader when there is none."""
    if name in SPECS or name in COMPUTED:
        return True
    reader.report("R006", f"unknown lever '{name}'", at, nearest(name, [*SPECS, *COMPUTED]), key)
    return False
