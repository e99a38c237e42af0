"""Facts, tests and settings in a reader's words, short enough for one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from rules.conditions import Constant
from rules.evaluator import Obstacle
from rules.lever_kinds import LeverSpec
from rules.model import Fact, FactSpec

Plain = bool | int | str | tuple[str, ...] | None
"""A value that any output format can show; a set is a tuple in the order of its choices."""

_PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
_TESTS = {"at_least": "at least", "at_most": "at most", "above": "more than", "below": "fewer than"}


def plain(spec: FactSpec, value: Fact | None) -> Plain:
    """The value of a fact for output: sets as tuples in the order of the vocabulary, unknown as None."""
    if isinstance(value, frozenset):
        return tuple(choice for choice in spec.choices if choice in value)
    return value


def words(value: Plain | float | date) -> str:
    """A value in words, for example `other social work`, `yes`, `iro and conference chair`, `unknown`."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return joined([words(member) for member in value], "and") or "none"
    return str(value).replace("_", " ")


def joined(parts: list[str], last: str) -> str:
    """Words in a row, for example `a, b or c`."""
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def needed(obstacle: Obstacle, constants: tuple[Constant, ...]) -> str:
    """What a leaf that stands in the way would need to read, for example `agency or self employed`."""
    leaf = obstacle.leaf
    values = joined([words(constant) for constant in constants], "or")
    test = _TESTS.get(leaf.test, "")
    phrase = f"{test} {values}".strip() or "nothing"
    return phrase if obstacle.should_hold else f"not {phrase}"


def setting_words(spec: LeverSpec, value: object) -> str:
    """A lever's value as a reader would say it: an option in words, `12 months`, a date."""
    if spec.kind == "choice" or isinstance(value, date) or not spec.unit:
        return words(value if isinstance(value, str | int | float | date) else str(value))
    return f"{value} {spec.unit}"


def fill(text: str, value_of: Callable[[str], Plain | float | date]) -> str:
    """The text with each `{name}` replaced by its value in words."""
    return _PLACEHOLDER.sub(lambda found: words(value_of(found.group(1))), text)


def changed_fields(
    before: Mapping[str, Constant | None], after: Mapping[str, Constant | None]
) -> tuple[tuple[str, Constant | None, Constant | None], ...]:
    """The answer fields that differ, each with its value before and after."""
    return tuple((field, value, after[field]) for field, value in before.items() if after[field] != value)
