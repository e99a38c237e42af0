"""The shapes that policy takes once read: conditions, rules, decisions. Pure data, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rules.errors import Place

Fact = bool | int | str | frozenset[str]
"""What a rule may ask about: yes or no, a whole number, one of some choices, or a set of choices."""

Facts = Mapping[str, Fact]
"""Known facts by name. A fact that is absent is unknown; it is never taken for false."""

Test = Literal["is", "one_of", "includes", "at_least", "at_most", "above", "below"]
HitPolicy = Literal["unique", "first", "highest", "strictest"]


@dataclass(frozen=True)
class LeverRef:
    """A value that a lever supplies, written `{lever: q3}` in a rule file."""

    lever: str


Value = bool | int | str | LeverRef


@dataclass(frozen=True)
class Leaf:
    """One test of one fact, for example `{fact: attempt, at_least: 3}`."""

    fact: str
    test: Test
    value: Value | tuple[Value, ...]
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class All:
    """Every part holds. An empty `All` always holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds. An empty `AnyOf` never holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class NoneOf:
    """No part holds."""

    parts: tuple[Condition, ...] = ()


Condition = Leaf | All | AnyOf | NoneOf


@dataclass(frozen=True)
class Citation:
    """Where a rule comes from, for example paragraph 55, item 2, question 2 of the consultation."""

    source: str
    paragraph: int | None = None
    item: int | None = None
    question: int | None = None
    phrase: str = ""

    def __str__(self) -> str:
        parts = [f"para {self.paragraph}"] if self.paragraph else []
        parts += [f"item {self.item}"] if self.item else []
        parts += [f"question {self.question}"] if self.question else []
        return ", ".join(parts) or self.source


@dataclass(frozen=True)
class FactSpec:
    """A fact of the vocabulary: its type, its choices or range, and what it means."""

    name: str
    kind: Literal["flag", "number", "choice", "set"]
    label: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    cite: tuple[Citation, ...] = ()
    derived: bool = False


@dataclass(frozen=True)
class Rule:
    """One record of a rule file. `rank` orders rules of equal standing: lower comes first.

    `reading` says, where the document is silent, how this project reads it; empty where the document speaks.
    """

    id: str
    title: str
    cite: tuple[Citation, ...]
    when: Condition
    then: Mapping[str, Value]
    because: str
    under: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    effective_from: str = ""
    effective_to: str = ""
    rank: int = 0
    reading: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True)
class KnownGap:
    """A case the document leaves open, found by the audit, with the reading this project takes of it."""

    id: str
    when: Condition
    cite: tuple[Citation, ...]
    note: str
    reading: str = ""


@dataclass(frozen=True)
class AnswerField:
    """One field of a decision's answer and the values it may take."""

    name: str
    kind: Literal["flag", "number", "choice"]
    choices: tuple[str, ...] = ()
    default: bool | int | str | None = None


@dataclass(frozen=True)
class DecisionTable:
    """One question that the rules answer, such as which status a worker's functions call for."""

    name: str
    asks: str
    answers: tuple[AnswerField, ...]
    hit_policy: HitPolicy
    rules: tuple[Rule, ...]
    complete_over: tuple[str, ...] = ()
    derives: Mapping[str, str] = field(default_factory=dict)
    known_gaps: tuple[KnownGap, ...] = ()
    order: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True)
class Rulebook:
    """Everything the rule files say: the vocabulary, and the decisions in the order they chain."""

    vocabulary: Mapping[str, FactSpec]
    decisions: Mapping[str, DecisionTable]
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """The answer to one question for one set of facts, with the rules that gave it.

    `answer` holds every answer field; a field no rule set has its declared default (None when it has none).
    `decided` is False when no rule fired. `missing` names unknown facts that could still change the answer.
    """

    decision: str
    answer: Mapping[str, bool | int | str | None]
    fired: tuple[str, ...]
    decided: bool = True
    missing: tuple[str, ...] = ()
