"""The policy engine: facts go in, decisions come out, each with the rules that gave it.

Rules are matched by durable-rules (`rules.durable`), and each distinct case is decided once. The plain
evaluator (`rules.evaluator`) says which unknown facts could still change an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules.compiled import CompiledDecision, lever_settings
from rules.errors import InputError, Problem, nearest, problem
from rules.levers import Levers
from rules.model import Decision, DecisionTable, Fact, Facts, Rulebook

CODES: Mapping[str, str] = {
    "R090": "There is no decision of that name.",
    "R091": "A rule cannot be compiled: a lever has no usable value, or a test does not fit its fact.",
    "R092": "Two rules of a decision that admits one answer give two.",
    "R093": "A fact is not in the vocabulary, or its value is not of the declared kind.",
}
"""What each error of deciding means."""


class PolicyEngine:
    """The rules under one set of levers. Rules that the levers do not select play no part.

    `rulebook=None` takes the shipped rules. `as_of` leaves out rules whose effective dates do not hold that
    day; without it every rule counts. Decisions are compiled when first asked for, and pickling keeps the
    definition only, so that a child process compiles its own.
    """

    def __init__(self, levers: Levers, rulebook: Rulebook | None = None, as_of: date | None = None) -> None:
        self.levers = levers
        self.as_of = as_of
        self._given = rulebook
        self.rulebook = rulebook if rulebook is not None else _shipped()
        self._compiled: dict[tuple[object, ...], CompiledDecision] = {}
        self._by_name: dict[str, CompiledDecision] = {}

    def __reduce__(self) -> tuple[type[PolicyEngine], tuple[object, ...]]:
        return PolicyEngine, (self.levers, self._given, self.as_of)

    def with_levers(self, levers: Levers) -> PolicyEngine:
        """The same rules under other levers; whatever one compiles, all that come of it share."""
        other = PolicyEngine(levers, self.rulebook, self.as_of)
        other._given = self._given
        other._compiled = self._compiled
        return other

    def decide(self, decision: str, facts: Facts) -> Decision:
        """One decision on the facts as they are; nothing is derived first. Do not modify the answer.

        Raises InputError R090 for an unknown decision, R093 for a fact of the wrong kind, and ConflictError
        (R092) when two rules of a `unique` decision disagree.
        """
        return self.compiled(decision).decide(facts)

    def derive(self, facts: Facts) -> dict[str, Decision]:
        """Every decision in the order of the chain; what one derives, later ones read.

        A derived fact that is given outright stands. Nothing is derived from a decision that an unknown
        fact could still change. Raises as `decide`, and R093 for a fact the vocabulary does not have.
        """
        decisions, _ = self.derivation(facts)
        return decisions

    def derivation(self, facts: Facts) -> tuple[dict[str, Decision], dict[str, Fact]]:
        """As `derive`, with the facts as they stand at the end: those given and those derived."""
        self._check_names(facts)
        known = dict(facts)
        decisions: dict[str, Decision] = {}
        for name, table in self.rulebook.decisions.items():
            decision = decisions[name] = self.compiled(name).decide(known)
            if not decision.missing:
                for fact, field in table.derives.items():
                    value = decision.answer[field]
                    if value is not None:
                        known.setdefault(fact, value)
        return decisions, known

    def reads(self, decision: str) -> frozenset[str]:
        """The facts that the rules of a decision read under these levers."""
        return self.compiled(decision).reads

    def compiled(self, decision: str) -> CompiledDecision:
        """The decision as compiled under these levers. Raises R090 when there is none of that name."""
        found = self._by_name.get(decision)
        if found is None:
            table = self._table(decision)
            # Decisions are shared between engines whose levers differ elsewhere (`with_levers`).
            key = (decision, *lever_settings(table, self.levers).values())
            found = self._compiled.get(key)
            if found is None:
                found = CompiledDecision(table, self.rulebook, self.levers, self.as_of)
                self._compiled[key] = found
            self._by_name[decision] = found
        return found

    def _table(self, decision: str) -> DecisionTable:
        table = self.rulebook.decisions.get(decision)
        if table is None:
            hint = nearest(decision, self.rulebook.decisions)
            raise problem("R090", f"there is no decision '{decision}'", hint=hint)
        return table

    def _check_names(self, facts: Facts) -> None:
        vocabulary = self.rulebook.vocabulary
        if not facts.keys() <= vocabulary.keys():
            raise InputError(
                Problem("R093", f"there is no fact '{name}'", hint=nearest(name, vocabulary))
                for name in facts
                if name not in vocabulary
            )


def _shipped() -> Rulebook:
    # The loader reads YAML, which an engine over a given rulebook has no need of.
    from rules.loader import load_rulebook

    return load_rulebook()
