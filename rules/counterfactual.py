"""What would change an answer: the smallest change of the levers, and the smallest change of the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, product
from typing import Any, Literal

from rules.compiled import lever_settings, levers_of_rule
from rules.conditions import Constant, leaves, wanted
from rules.engine import PolicyEngine
from rules.errors import InputError
from rules.levers import COMPUTED, SPECS, LeverSpec, LeverValue
from rules.model import Decision, Fact, Facts, FactSpec
from rules.wording import Plain, changed_fields, plain, setting_words, words

MOST_PAIRS = 150
"""Pairs of settings tried for one decision that no single setting alters."""

Decisions = Mapping[str, Decision]


@dataclass(frozen=True)
class Setting:
    """A lever or a fact, what it is and what it would be; `was` and `becomes` in words are for a sentence."""

    id: str
    label: str
    was: Plain
    becomes: Plain
    was_words: str
    becomes_words: str


@dataclass(frozen=True)
class Altered:
    """A decision that would come out otherwise; `fields` are those that differ: (field, before, after)."""

    decision: str
    fields: tuple[tuple[str, Constant | None, Constant | None], ...]


@dataclass(frozen=True)
class Change:
    """A change and every decision it alters, in the order of the chain."""

    kind: Literal["lever", "fact"]
    settings: tuple[Setting, ...]
    altered: tuple[Altered, ...]

    def sentence(self) -> str:
        """The change and its first consequence in one line."""
        made = " and ".join(f"{setting.label}: {setting.becomes_words}" for setting in self.settings)
        first = self.altered[0]
        then = ", ".join(f"{words(field)} {words(after)}" for field, _, after in first.fields)
        return f"{made} -> {then}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def lever_changes(engine: PolicyEngine, facts: Facts) -> tuple[Change, ...]:
    """Single lever settings that alter a decision on these facts; pairs for a decision that none alters.

    Every option of a choice is tried. Of a number, the lowest setting, the consultation's own and the
    highest are tried, then the nearest; the first that alters an answer is kept. In the order of the
    consultation.
    """
    before = engine.derive(facts)
    found: list[Change] = []
    for lever in _relevant(engine):
        spec = SPECS[lever]
        for value in _alternatives(spec, engine.levers[lever]):
            change = _tried(engine, facts, before, {lever: value})
            if change is not None:
                found.append(change)
                if spec.kind != "choice":
                    break
    open_to_single = {altered.decision for change in found for altered in change.altered}
    for name, decision in before.items():
        if decision.fired and name not in open_to_single:
            found += _pairs(engine, facts, before, name)
    return tuple(found)


def fact_changes(engine: PolicyEngine, facts: Facts) -> tuple[Change, ...]:
    """Changes of one known fact that alter a decision, in the order of the vocabulary.

    A set gains or loses one member; of numbers, the nearest on either side that alters an answer is kept.
    """
    before = engine.derive(facts)
    found: list[Change] = []
    for name, spec in engine.rulebook.vocabulary.items():
        if name not in facts:
            continue
        for alternatives in _fact_alternatives(engine, spec, facts[name]):
            for value in alternatives:
                after = _derived(engine, {**facts, name: value})
                altered = _altered(before, after) if after is not None else ()
                if altered:
                    was, becomes = plain(spec, facts[name]), plain(spec, value)
                    setting = Setting(name, spec.label, was, becomes, words(was), words(becomes))
                    found.append(Change("fact", (setting,), altered))
                    break
    return tuple(found)


def _relevant(engine: PolicyEngine) -> list[str]:
    """The levers that some rule reads, in the order of the consultation."""
    read = {
        _chosen(lever)
        for table in engine.rulebook.decisions.values()
        for lever in lever_settings(table, engine.levers)
    }
    return [lever for lever in SPECS if lever in read]


def _chosen(lever: str) -> str:
    """The lever that a person sets, for a number that is worked out from one."""
    return COMPUTED[lever].of if lever in COMPUTED else lever


def _alternatives(spec: LeverSpec, current: LeverValue) -> Iterator[LeverValue]:
    """Other settings of a lever, the most telling first. Dates and shares are not conditions of a rule."""
    if spec.kind == "choice":
        yield from (option.name for option in spec.options if option.name != current)
    elif isinstance(current, int) and isinstance(spec.low, int) and isinstance(spec.high, int):
        telling = [spec.low, spec.default, spec.high]
        near = sorted(range(spec.low, spec.high + 1), key=lambda value: (abs(value - current), value))
        yield from (value for value in dict.fromkeys([*telling, *near]) if value != current)


def _tried(
    engine: PolicyEngine, facts: Facts, before: Decisions, chosen: Mapping[str, LeverValue]
) -> Change | None:
    """The change as one with consequences; None without any, or when the levers cannot be set so."""
    try:
        levers = engine.levers.patched(chosen)
    except InputError:
        return None
    after = _derived(engine.with_levers(levers), facts)
    altered = _altered(before, after) if after is not None else ()
    if not altered:
        return None
    settings = tuple(_lever_setting(SPECS[lever], engine.levers[lever], chosen[lever]) for lever in chosen)
    return Change("lever", settings, altered)


def _lever_setting(spec: LeverSpec, was: LeverValue, becomes: LeverValue) -> Setting:
    return Setting(
        spec.id, spec.label, str(was), str(becomes), setting_words(spec, was), setting_words(spec, becomes)
    )


def _derived(engine: PolicyEngine, facts: Facts) -> Decisions | None:
    """The decisions; None when the changed levers or facts make two rules disagree."""
    try:
        return engine.derive(facts)
    except InputError:
        return None


def _altered(before: Decisions, after: Decisions) -> tuple[Altered, ...]:
    differing = ((name, changed_fields(before[name].answer, after[name].answer)) for name in before)
    return tuple(Altered(name, fields) for name, fields in differing if fields)


def _pairs(engine: PolicyEngine, facts: Facts, before: Decisions, decision: str) -> list[Change]:
    """The first pair of settings that alters the decision, among the levers its fired rules depend on."""
    rules = {rule.id: rule for rule in engine.rulebook.decisions[decision].rules}
    levers = dict.fromkeys(
        _chosen(lever) for fired in before[decision].fired for lever in levers_of_rule(rules[fired])
    )
    tried = 0
    for one, other in combinations(levers, 2):
        ways = product(
            _alternatives(SPECS[one], engine.levers[one]), _alternatives(SPECS[other], engine.levers[other])
        )
        for values in ways:
            if tried == MOST_PAIRS:
                return []
            tried += 1
            change = _tried(engine, facts, before, dict(zip((one, other), values, strict=True)))
            if change is not None and any(altered.decision == decision for altered in change.altered):
                return [change]
    return []


def _fact_alternatives(engine: PolicyEngine, spec: FactSpec, value: Fact) -> Iterator[Sequence[Fact]]:
    """Other values of a fact, in groups of which only the first that matters is wanted."""
    if spec.kind == "flag":
        yield [not value]
    elif spec.kind == "choice":
        yield from ([choice] for choice in spec.choices if choice != value)
    elif isinstance(value, frozenset):
        yield from ([value ^ {member}] for member in spec.choices)
    elif isinstance(value, int):
        edges = {
            edge
            for name in engine.rulebook.decisions
            for condition in engine.compiled(name).conditions.values()
            for leaf in leaves(condition)
            if leaf.fact == spec.name
            for constant in wanted(leaf)
            for edge in (int(constant) - 1, int(constant), int(constant) + 1)
            if spec.low <= edge <= spec.high
        }
        yield sorted((edge for edge in edges if edge < value), reverse=True)
        yield sorted(edge for edge in edges if edge > value)
