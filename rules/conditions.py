"""Rewriting conditions: levers become constants, denials move down to single tests, facts are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from rules.model import All, AnyOf, Condition, FactSpec, Leaf, LeverRef, NoneOf, Value


class LeverValues(Protocol):
    """Anything that gives a lever's value by its id: `Levers`, or a plain dictionary in a test."""

    def __getitem__(self, lever: str, /) -> object: ...


Constant = bool | int | str
"""What a rule compares a fact with, or answers, once levers have their values."""


class ConditionError(ValueError):
    """A condition that means nothing: a lever without a value, or a test that its fact cannot take."""


def setting(value: Value, levers: LeverValues | None) -> Constant:
    """The constant that a value stands for; a `LeverRef` is looked up in `levers`.

    Raises ConditionError when the lever is not set, or holds something no rule can compare (a date, a share).
    """
    if not isinstance(value, LeverRef):
        return value
    if levers is None:
        raise ConditionError(f"lever '{value.lever}' is referred to, but no levers were given")
    try:
        found = levers[value.lever]
    except KeyError as error:
        raise ConditionError(f"lever '{value.lever}' is referred to, but does not exist") from error
    if isinstance(found, bool | int | str):
        return found
    raise ConditionError(f"lever '{value.lever}' is {found!r}: a rule can use whole numbers and options only")


def wanted(leaf: Leaf, levers: LeverValues | None = None) -> tuple[Constant, ...]:
    """The constants a leaf compares its fact with: one, or those of `one_of`."""
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return tuple(setting(value, levers) for value in values)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf, in the order written."""
    if isinstance(condition, Leaf):
        yield condition
        return
    for part in condition.parts:
        yield from leaves(part)


def facts_read(condition: Condition) -> frozenset[str]:
    """The facts that a condition asks about."""
    return frozenset(leaf.fact for leaf in leaves(condition))


def levers_read(condition: Condition) -> tuple[str, ...]:
    """The levers that supply a value, in the order first written."""
    refs: dict[str, None] = {}
    for leaf in leaves(condition):
        for value in leaf.value if isinstance(leaf.value, tuple) else (leaf.value,):
            if isinstance(value, LeverRef):
                refs[value.lever] = None
    return tuple(refs)


def resolve(condition: Condition, levers: LeverValues | None) -> Condition:
    """The same condition with every lever replaced by its value."""
    if isinstance(condition, Leaf):
        constants = wanted(condition, levers)
        many = isinstance(condition.value, tuple)
        return Leaf(condition.fact, condition.test, constants if many else constants[0], condition.place)
    return type(condition)(tuple(resolve(part, levers) for part in condition.parts))


def normal_form(condition: Condition, vocabulary: Mapping[str, FactSpec]) -> Condition:
    """An equal condition in which `NoneOf` stands only around a single `includes` leaf.

    The vocabulary tells what a denial leaves open: the other choices, the other flag, the numbers on either
    side. Equal also for unknown facts: both are true, false or unknown together. Takes constants only
    (`resolve` first).
    """
    return _normal(condition, vocabulary, holds=True)


def _normal(condition: Condition, vocabulary: Mapping[str, FactSpec], holds: bool) -> Condition:
    if isinstance(condition, Leaf):
        return condition if holds else _denied(condition, vocabulary)
    inner = holds is not isinstance(condition, NoneOf)
    parts = tuple(_normal(part, vocabulary, inner) for part in condition.parts)
    # all holds: All; none holds, or any is denied: All of the denials; the other two are AnyOf.
    together = holds is not isinstance(condition, AnyOf)
    if isinstance(condition, NoneOf):
        together = holds
    return All(parts) if together else AnyOf(parts)


_OTHER_SIDE = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most"}


def _denied(leaf: Leaf, vocabulary: Mapping[str, FactSpec]) -> Condition:
    """The condition that holds exactly when the leaf does not."""
    spec = vocabulary.get(leaf.fact)
    if spec is None:
        raise ConditionError(f"fact '{leaf.fact}' is not in the vocabulary")
    if leaf.test == "includes":
        return NoneOf((leaf,))
    if leaf.test in _OTHER_SIDE:
        return Leaf(leaf.fact, _OTHER_SIDE[leaf.test], leaf.value, leaf.place)  # type: ignore[arg-type]
    constants = wanted(leaf)
    if spec.kind == "number":
        apart = [
            AnyOf((Leaf(leaf.fact, "below", value, leaf.place), Leaf(leaf.fact, "above", value, leaf.place)))
            for value in constants
        ]
        return apart[0] if len(apart) == 1 else All(tuple(apart))
    domain: tuple[Constant, ...] = (False, True) if spec.kind == "flag" else spec.choices
    return Leaf(
        leaf.fact, "one_of", tuple(choice for choice in domain if choice not in constants), leaf.place
    )
