"""Every case a decision can meet: its facts over their domains, under every lever setting that matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rules.compiled import in_force
from rules.conditions import facts_read, levers_read, setting
from rules.evaluator import evaluate
from rules.hit_policies import Outcome
from rules.lever_kinds import LeverSpec, LeverValue
from rules.levers import COMPUTED, SPECS, Levers
from rules.model import DecisionTable, Fact, Facts, FactSpec, Rule

Setting = Mapping[str, LeverValue]
"""The levers that a case chooses; all others are as in the consultation."""

Choices = Callable[[LeverSpec], Sequence[LeverValue]]
"""The values of a lever that are to be tried."""


@dataclass(frozen=True)
class Situation:
    """One case: the facts, the levers that select among the possible rules, and the rules that fire."""

    facts: Facts
    setting: Setting
    fired: tuple[Outcome, ...]


def domain(spec: FactSpec) -> tuple[Fact, ...]:
    """Every value of a fact; of a set, the empty set, each member alone, and all members together."""
    if spec.kind == "flag":
        return (False, True)
    if spec.kind == "number":
        return tuple(range(spec.low, spec.high + 1))
    if spec.kind == "choice":
        return spec.choices
    return (frozenset(), *(frozenset({choice}) for choice in spec.choices), frozenset(spec.choices))


def profiles(facts: Sequence[str], vocabulary: Mapping[str, FactSpec]) -> Iterator[Facts]:
    """Every combination of the values of these facts, in the order of the vocabulary."""
    for values in product(*(domain(vocabulary[name]) for name in facts)):
        yield dict(zip(facts, values, strict=True))


def every_value(spec: LeverSpec) -> tuple[LeverValue, ...]:
    """The default, then every other option; of a number, the ends of its range and one above the lower."""
    if spec.kind == "choice":
        others = [option.name for option in spec.options if option.name != spec.default]
        return (spec.default, *others)
    if isinstance(spec.low, int) and isinstance(spec.high, int):
        return tuple(dict.fromkeys([spec.default, spec.low, spec.low + 1, spec.high]))
    return (spec.default,)


def spoken_values(spec: LeverSpec) -> tuple[LeverValue, ...]:
    """The options that the consultation asks about or names, the default first; none if all are assumed."""
    if spec.kind != "choice":
        return (spec.default,)
    spoken = [option.name for option in spec.options if option.basis != "assumed"]
    return tuple(sorted(spoken, key=lambda name: name != spec.default))


def is_spoken(rule: Rule) -> bool:
    """Whether a rule rests on the document alone, not on a reading or on an assumed option."""
    return not rule.reading and all(
        any(SPECS[lever].option(name).basis != "assumed" for name in options)
        for lever, options in rule.under.items()
    )


def situations(
    table: DecisionTable,
    vocabulary: Mapping[str, FactSpec],
    rules: Sequence[Rule],
    choices: Choices,
    base: Levers | None = None,
) -> Iterator[Situation]:
    """Every case of a decision over the facts it claims to be complete over, and those its rules read.

    Only levers that select among rules whose condition can hold are varied: the others change nothing, and
    are as in `base`, or as in the consultation.
    """
    read = {fact for rule in table.rules for fact in facts_read(rule.when)}
    facts = [name for name in vocabulary if name in read or name in table.complete_over]
    chosen = _ChosenLevers(base)
    for profile in profiles(facts, vocabulary):
        possible = [rule for rule in rules if _may_hold(rule, profile, choices, chosen)]
        levers = [lever for lever in SPECS if lever in _selecting(possible)]
        tried = [(lever, values) for lever in levers if (values := choices(SPECS[lever]))]
        for values in product(*(values for _, values in tried)):
            choice = dict(zip((lever for lever, _ in tried), values, strict=True))
            yield Situation(profile, choice, _fired(possible, profile, chosen.levers(choice)))


def can_fire(rule: Rule, vocabulary: Mapping[str, FactSpec]) -> bool:
    """Whether there is any case at all in which a rule fires."""
    facts = [name for name in vocabulary if name in facts_read(rule.when)]
    chosen = _ChosenLevers()
    return all(rule.under.values()) and any(
        _may_hold(rule, profile, every_value, chosen) for profile in profiles(facts, vocabulary)
    )


class _ChosenLevers:
    """Levers by setting, each made once."""

    def __init__(self, base: Levers | None = None) -> None:
        self._plain = base or Levers()
        self._known: dict[tuple[tuple[str, LeverValue], ...], Levers] = {}

    def levers(self, choice: Setting) -> Levers:
        key = tuple(choice.items())
        if key not in self._known:
            self._known[key] = self._plain.patched(choice)
        return self._known[key]


def _may_hold(rule: Rule, profile: Facts, choices: Choices, chosen: _ChosenLevers) -> bool:
    """Whether the condition holds under some value of the levers it compares with."""
    levers = [_source(lever) for lever in levers_read(rule.when)]
    return any(
        evaluate(rule.when, profile, chosen.levers(dict(zip(levers, values, strict=True))))
        for values in product(*(choices(SPECS[lever]) for lever in levers))
    )


def _selecting(rules: Sequence[Rule]) -> set[str]:
    named = {lever for rule in rules for lever in rule.under}
    return named | {_source(lever) for rule in rules for lever in levers_read(rule.when)}


def _source(lever: str) -> str:
    return COMPUTED[lever].of if lever in COMPUTED else lever


def _fired(rules: Sequence[Rule], profile: Facts, levers: Levers) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(rule, {name: setting(value, levers) for name, value in rule.then.items()})
        for rule in rules
        if in_force(rule, levers, None) and evaluate(rule.when, profile, levers)
    )
