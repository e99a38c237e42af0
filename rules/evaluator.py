"""The plain reading of a condition: true, false, or unknown, with the leaves that made it so.

This is the second of two interpreters of the same conditions. durable-rules decides which rules fire; this
one explains, and carries unknown facts (strong Kleene logic: unknown only when the unknown could matter).
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.conditions import ConditionError, Constant, LeverValues, wanted
from rules.model import All, AnyOf, Condition, Fact, Facts, Leaf, NoneOf

Verdict = bool | None
"""True, False, or None for unknown."""


@dataclass(frozen=True)
class Judged:
    """A condition with its verdict on some facts; a leaf also carries the value it read (None: unknown)."""

    condition: Condition
    verdict: Verdict
    value: Fact | None = None
    parts: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class Obstacle:
    """A leaf that stands in the way of a rule, and the value it read.

    `should_hold` is False for a leaf under a `none`, which is in the way because it holds.
    """

    leaf: Leaf
    value: Fact | None
    should_hold: bool = True


def evaluate(condition: Condition, facts: Facts, levers: LeverValues | None = None) -> Verdict:
    """Whether the condition holds on the known facts; None when that depends on an unknown one.

    Raises ConditionError when a lever has no usable value, or a fact is not of the kind its test needs.
    """
    if isinstance(condition, Leaf):
        return _leaf(condition, facts, levers)
    return _join(condition, [evaluate(part, facts, levers) for part in condition.parts])


def judge(condition: Condition, facts: Facts, levers: LeverValues | None = None) -> Judged:
    """As `evaluate`, keeping the verdict of every part and the value each leaf read."""
    if isinstance(condition, Leaf):
        return Judged(condition, _leaf(condition, facts, levers), facts.get(condition.fact))
    parts = tuple(judge(part, facts, levers) for part in condition.parts)
    return Judged(condition, _join(condition, [part.verdict for part in parts]), None, parts)


def obstacles(judged: Judged) -> tuple[Obstacle, ...]:
    """The fewest leaves that would have to read otherwise for a false condition to hold.

    Unknown leaves are not obstacles (see `unknowns`). Of several equally short ways, the one written first.
    A group without parts reads nothing, so it never adds an obstacle.
    """
    return _obstacles(judged, should_hold=True)


def unknowns(judged: Judged) -> tuple[str, ...]:
    """Facts that would have to be known to settle an unknown condition, in the order first read."""
    if judged.verdict is not None:
        return ()
    if isinstance(judged.condition, Leaf):
        return (judged.condition.fact,)
    return tuple(dict.fromkeys(fact for part in judged.parts for fact in unknowns(part)))


def _join(condition: All | AnyOf | NoneOf, verdicts: list[Verdict]) -> Verdict:
    settles = not isinstance(condition, All)  # one such part settles the matter
    if settles in verdicts:
        answer = settles
    elif None in verdicts:
        return None
    else:
        answer = not settles
    return not answer if isinstance(condition, NoneOf) else answer


def _leaf(leaf: Leaf, facts: Facts, levers: LeverValues | None) -> Verdict:
    constants = wanted(leaf, levers)
    value = facts.get(leaf.fact)
    if value is None:
        return None
    if leaf.test in ("is", "one_of"):
        # Flags and whole numbers are different things, although Python holds True == 1.
        return any(type(constant) is type(value) and constant == value for constant in constants)
    if leaf.test == "includes":
        if not isinstance(value, frozenset):
            raise ConditionError(f"fact '{leaf.fact}' is {value!r}: 'includes' needs a set")
        return constants[0] in value
    return _compare(leaf, value, constants[0])


def _compare(leaf: Leaf, value: Fact, constant: Constant) -> bool:
    if type(value) is not int or type(constant) is not int:
        raise ConditionError(f"fact '{leaf.fact}' is {value!r}: '{leaf.test} {constant}' needs whole numbers")
    if leaf.test == "at_least":
        return value >= constant
    if leaf.test == "at_most":
        return value <= constant
    return value > constant if leaf.test == "above" else value < constant


def _obstacles(judged: Judged, should_hold: bool) -> tuple[Obstacle, ...]:
    if judged.verdict is should_hold or judged.verdict is None:
        return ()
    if isinstance(judged.condition, Leaf):
        return (Obstacle(judged.condition, judged.value, should_hold),)
    inner = should_hold is not isinstance(judged.condition, NoneOf)
    ways = [_obstacles(part, inner) for part in judged.parts]
    every_part_needed = isinstance(judged.condition, All) is should_hold
    if isinstance(judged.condition, NoneOf):
        every_part_needed = should_hold
    if every_part_needed:
        return tuple(dict.fromkeys(obstacle for way in ways for obstacle in way))
    return min(ways, key=len, default=())
