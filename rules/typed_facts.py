"""Facts about a person as a person types them: `functions=iro`, `contract=agency`, `attempt=2`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rules.errors import InputError, Problem, nearest, problem
from rules.model import Fact, FactSpec

TRUE: Final = ("true", "yes")
FALSE: Final = ("false", "no")
SHORT: Final = {"role": "functions", "function": "functions"}
"""Names that people try first, and the fact they mean."""


def parse_facts(texts: Sequence[str], vocabulary: Mapping[str, FactSpec]) -> dict[str, Fact]:
    """Typed facts. Raises `InputError` (C005) with every bad one at once."""
    found: dict[str, Fact] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            name, value = _parsed(text, vocabulary)
        except InputError as error:
            problems.extend(error.problems)
            continue
        before = found.get(name)
        both = isinstance(before, frozenset) and isinstance(value, frozenset)
        if name in found and before != value and not both:
            said = f"'{name}' cannot be both {_written(before)} and {_written(value)}"
            problems.append(Problem("C005", said, hint="give it once"))
            continue
        found[name] = frozenset({*before, *value}) if both else value  # type: ignore[misc]
    if problems:
        raise InputError(problems)
    return found


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parsed(text: str, vocabulary: Mapping[str, FactSpec]) -> tuple[str, Fact]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not value:
        raise problem("C005", f"'{text}' is not written as name=value", hint="for example contract=agency")
    name = SHORT.get(name, name)
    if name not in vocabulary:
        hint = nearest(name, vocabulary) or f"one of: {', '.join(vocabulary)}"
        raise problem("C005", f"there is no fact '{name}'", hint=hint)
    spec = vocabulary[name]
    if spec.kind == "flag":
        if value.lower() not in (*TRUE, *FALSE):
            raise problem("C005", f"{name} is true or false, not '{value}'")
        return name, value.lower() in TRUE
    if spec.kind == "number":
        if not value.isdecimal() or not spec.low <= int(value) <= spec.high:
            raise problem("C005", f"{name} is a whole number from {spec.low} to {spec.high}, not '{value}'")
        return name, int(value)
    chosen = [part.strip() for part in value.split(",")] if spec.kind == "set" else [value]
    if chosen == ["none"] and spec.kind == "set":
        return name, frozenset()
    for part in chosen:
        if part not in spec.choices:
            hint = nearest(part, spec.choices) or f"one of: {', '.join(spec.choices)}"
            raise problem("C005", f"'{part}' is not a value of {name}", hint=hint)
    return name, frozenset(chosen) if spec.kind == "set" else value
