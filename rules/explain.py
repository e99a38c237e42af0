"""Why: which rules answered, which nearly did, what is not known, and what would change the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from rules.compiled import levers_of_rule
from rules.conditions import Constant
from rules.counterfactual import Change, fact_changes, lever_changes
from rules.engine import PolicyEngine
from rules.evaluator import judge
from rules.hit_policies import Outcome, cited, decisive
from rules.levers import COMPUTED, SPECS
from rules.model import Citation, Decision, Facts, Rule
from rules.near_misses import NearMiss, near_misses
from rules.wording import Plain, fill, plain, setting_words, words


@dataclass(frozen=True)
class LeverSetting:
    """A lever that a rule depends on, with its present value; `words` is how a reader would say it."""

    id: str
    label: str
    value: str
    words: str
    question: int | None


@dataclass(frozen=True)
class FiredRule:
    """A rule that applied. `decisive` is False when the answer would be the same without it."""

    rule: str
    title: str
    because: str
    cite: tuple[Citation, ...]
    cited: str
    levers: tuple[LeverSetting, ...]
    decisive: bool


@dataclass(frozen=True)
class OpenCase:
    """A case that the consultation leaves open, and how it is read here."""

    id: str
    note: str
    reading: str
    cited: str


@dataclass(frozen=True)
class Unknown:
    """A fact that would have to be known for a settled answer."""

    fact: str
    label: str


@dataclass(frozen=True)
class Explained:
    """One decision of the chain with its reasons.

    `touched` is False when none of the facts that the decision reads is known: it was not asked.
    """

    decision: str
    asks: str
    answer: dict[str, Constant | None]
    decided: bool
    touched: bool
    fired: tuple[FiredRule, ...]
    near_misses: tuple[NearMiss, ...]
    unknown: tuple[Unknown, ...]
    open_cases: tuple[OpenCase, ...]

    def sentences(self) -> tuple[str, ...]:
        """The answer and its reasons, a line each, without layout."""
        said = ", ".join(f"{words(field)} {words(value)}" for field, value in self.answer.items())
        lines = [f"{self.asks} {said}"]
        lines += [f"because {rule.because} ({_basis(rule)})" for rule in self.fired]
        lines += [f"open in the text: {case.note} ({case.cited})" for case in self.open_cases]
        lines += [f"not known: {unknown.label}" for unknown in self.unknown]
        for near in self.near_misses:
            failed = "; ".join(failed.sentence() for failed in near.failed)
            lines.append(f"nearly: {near.title} ({near.cited}): {failed}")
        return tuple(lines)


@dataclass(frozen=True)
class Explanation:
    """Every decision with its reasons, and the changes of levers and facts that would alter one."""

    facts: dict[str, Plain]
    derived: dict[str, Plain]
    decisions: tuple[Explained, ...]
    lever_changes: tuple[Change, ...]
    fact_changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: dictionaries, sequences, strings, whole numbers, flags and None."""
        return asdict(self)


def explain(engine: PolicyEngine, facts: Facts, near: int = 3, changes: bool = True) -> Explanation:
    """Why the rules answer as they do on these facts.

    `near` bounds the near misses of a decision; without `changes` no other levers or facts are tried.
    Raises InputError for facts the vocabulary does not have, as `PolicyEngine.derive`.
    """
    decisions, known = engine.derivation(facts)
    vocabulary = engine.rulebook.vocabulary
    seen = {name: plain(spec, known.get(name)) for name, spec in vocabulary.items() if name in known}
    return Explanation(
        facts={name: value for name, value in seen.items() if name in facts},
        derived={name: value for name, value in seen.items() if name not in facts},
        decisions=tuple(_explained(engine, decision, known, near) for decision in decisions.values()),
        lever_changes=lever_changes(engine, facts) if changes else (),
        fact_changes=fact_changes(engine, facts) if changes else (),
    )


def _explained(engine: PolicyEngine, decision: Decision, known: Facts, near: int) -> Explained:
    compiled = engine.compiled(decision.decision)
    vocabulary = engine.rulebook.vocabulary
    fired = [compiled.outcomes[rule] for rule in decision.fired]
    needed_rules = decisive(compiled.table, fired)
    gaps = [gap for gap in compiled.table.known_gaps if judge(gap.when, known, engine.levers).verdict]
    return Explained(
        decision=decision.decision,
        asks=compiled.table.asks,
        answer=dict(decision.answer),
        decided=decision.decided,
        touched=not compiled.reads or any(fact in known for fact in compiled.reads),
        fired=tuple(_fired(engine, outcome, known, outcome.rule.id in needed_rules) for outcome in fired),
        near_misses=near_misses(compiled, vocabulary, known, fired)[:near],
        unknown=tuple(Unknown(fact, vocabulary[fact].label) for fact in decision.missing),
        open_cases=tuple(
            OpenCase(gap.id, gap.note, gap.reading, "; ".join(str(each) for each in gap.cite)) for gap in gaps
        ),
    )


def _fired(engine: PolicyEngine, outcome: Outcome, known: Facts, is_decisive: bool) -> FiredRule:
    rule = outcome.rule
    because = fill(rule.because, _value_of(engine, outcome, known))
    settings = _settings(engine, rule)
    return FiredRule(rule.id, rule.title, because, rule.cite, cited(rule), settings, is_decisive)


def _value_of(engine: PolicyEngine, outcome: Outcome, known: Facts) -> Callable[[str], Any]:
    """What a placeholder of a reason stands for: an answer field, else a lever, else a fact."""

    def value(name: str) -> Any:
        if name in outcome.then:
            return outcome.then[name]
        if name in SPECS or name in COMPUTED:
            return engine.levers[name]
        spec = engine.rulebook.vocabulary.get(name)
        return plain(spec, known.get(name)) if spec is not None else f"{{{name}}}"

    return value


def _settings(engine: PolicyEngine, rule: Rule) -> tuple[LeverSetting, ...]:
    """The levers a rule depends on; a number worked out from a lever is shown as that lever."""
    chosen = dict.fromkeys(
        COMPUTED[lever].of if lever in COMPUTED else lever for lever in levers_of_rule(rule)
    )
    return tuple(
        LeverSetting(
            lever,
            SPECS[lever].label,
            str(engine.levers[lever]),
            setting_words(SPECS[lever], engine.levers[lever]),
            SPECS[lever].question,
        )
        for lever in chosen
    )


def _basis(rule: FiredRule) -> str:
    settings = [f"{setting.id}: {setting.words}" for setting in rule.levers]
    return " · ".join([rule.cited, *settings])
