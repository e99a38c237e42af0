"""One decision table under one set of levers, ready to decide; each distinct case is decided once."""

from __future__ import annotations

from datetime import date

from rules.conditions import ConditionError, LeverValues, facts_read, levers_read, resolve, setting
from rules.durable import Ruleset
from rules.errors import problem
from rules.evaluator import judge, unknowns
from rules.hit_policies import ConflictError, Outcome, answer
from rules.model import Condition, Decision, DecisionTable, Facts, LeverRef, Rule, Rulebook


def levers_of_rule(rule: Rule) -> tuple[str, ...]:
    """The levers that switch a rule on or supply a value to it, in the order written."""
    supplied = [value.lever for value in rule.then.values() if isinstance(value, LeverRef)]
    return tuple(dict.fromkeys([*rule.under, *levers_read(rule.when), *supplied]))


def lever_settings(table: DecisionTable, levers: LeverValues) -> dict[str, object]:
    """The levers that can change a decision with their values, in the order its rules name them.

    Raises InputError R091 for a rule that names a lever there is not.
    """
    settings: dict[str, object] = {}
    for rule in table.rules:
        for lever in levers_of_rule(rule):
            try:
                settings[lever] = levers[lever]
            except KeyError as error:
                raise problem("R091", f"rule {rule.id}: there is no lever '{lever}'", rule.place) from error
    return settings


def in_force(rule: Rule, levers: LeverValues, as_of: date | None) -> bool:
    """Whether the levers select a rule and the date, if one is given, lies in its effective dates."""
    if as_of is not None:
        day = as_of.isoformat()
        if day < rule.effective_from or (rule.effective_to and day > rule.effective_to):
            return False
    return all(str(levers[lever]) in options for lever, options in rule.under.items())


class CompiledDecision:
    """The rules of one decision that are in force, compiled for durable-rules, with a memory of past cases.

    Raises InputError R091 for a rule that cannot be compiled.
    """

    def __init__(self, table: DecisionTable, book: Rulebook, levers: LeverValues, as_of: date | None) -> None:
        self.table = table
        self.outcomes: dict[str, Outcome] = {}
        self.conditions: dict[str, Condition] = {}
        for rule in table.rules:
            if in_force(rule, levers, as_of):
                try:
                    self.conditions[rule.id] = resolve(rule.when, levers)
                    then = {name: setting(value, levers) for name, value in rule.then.items()}
                except ConditionError as error:
                    raise problem("R091", f"rule {rule.id}: {error}", rule.place) from error
                self.outcomes[rule.id] = Outcome(rule, then)
        read = {fact for condition in self.conditions.values() for fact in facts_read(condition)}
        self.reads = frozenset(read)
        self._names = tuple(sorted(read))
        try:
            self._ruleset = Ruleset(self.conditions, book.vocabulary)
        except ConditionError as error:
            raise problem("R091", f"decision '{table.name}': {error}") from error
        self._known: dict[tuple[object, ...], Decision] = {}

    def decide(self, facts: Facts) -> Decision:
        """The decision on these facts; others do not matter. InputError R093 for a fact of the wrong kind."""
        values = tuple(map(facts.get, self._names))
        # The types belong to the key because Python holds True and 1 to be the same key.
        key = (values, tuple(map(type, values)))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._decide(facts, None in values)
        return found

    def fired(self, facts: Facts) -> list[Outcome]:
        """The rules that fire, in file order. InputError R093 for a fact of the wrong kind."""
        try:
            return [self.outcomes[rule] for rule in self._ruleset.fired(facts)]
        except ConditionError as error:
            raise problem("R093", str(error)) from error

    def _decide(self, facts: Facts, some_unknown: bool) -> Decision:
        fired = self.fired(facts)
        given = answer(self.table, fired)
        missing = self._missing(facts, fired) if some_unknown else ()
        return Decision(
            self.table.name, given, tuple(outcome.rule.id for outcome in fired), bool(fired), missing
        )

    def _missing(self, facts: Facts, fired: list[Outcome]) -> tuple[str, ...]:
        """Unknown facts of rules that might yet fire and would change the answer."""
        missing: dict[str, None] = {}
        for rule, condition in self.conditions.items():
            open_facts = unknowns(judge(condition, facts))
            if open_facts and (not fired or self.would_change(fired, rule)):
                missing.update(dict.fromkeys(open_facts))
        return tuple(missing)

    def would_change(self, fired: list[Outcome], rule: str) -> bool:
        """Whether the answer of the fired rules would be another, or none, if this rule fired as well."""
        names = {outcome.rule.id for outcome in fired} | {rule}
        together = [outcome for name, outcome in self.outcomes.items() if name in names]
        try:
            return answer(self.table, together) != answer(self.table, fired)
        except ConflictError:
            return True
