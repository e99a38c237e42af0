"""From conditions to the patterns durable-rules is given: flat conjunctions of typed tests.

The C matcher is right for nested `$and` and `$or` over the facts of one message (tried: 90,000 random
decisions on three levels, none wrong), but it fires a rule once per branch that holds, and its limits on
pending branches depend on the shape of the whole set. A rule is therefore written out as its disjunctive
normal form, one flat pattern per conjunction: every limit becomes a count that is checked before C sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.conditions import ConditionError, Constant, normal_form, wanted
from rules.model import AnyOf, Condition, Fact, Facts, FactSpec, Leaf, NoneOf

MAX_CONJUNCTIONS = 256
"""Conjunctions one rule may unfold into; the rules of this project need fewer than a dozen."""

MAX_INTEGER = 2**53
"""Whole numbers up to this size are compared exactly; past 2**63 the C engine saturates."""

GUARD = "kind"
CASE = "case"
_RESERVED = frozenset({GUARD, "id", "sid", "_", "m"})
_OPERATORS = {"at_least": "$gte", "at_most": "$lte", "above": "$gt", "below": "$lt"}


@dataclass(frozen=True, order=True)
class Literal:
    """One test of one property: `operator` is `=` or a durable-rules comparison such as `$gte`."""

    name: str
    operator: str
    value: Constant

    def pattern(self) -> dict[str, object]:
        """The test in the grammar of durable-rules."""
        plain: dict[str, object] = {self.name: self.value}
        return plain if self.operator == "=" else {self.operator: plain}


Conjunction = tuple[Literal, ...]


def conjunctions(condition: Condition, vocabulary: Mapping[str, FactSpec]) -> tuple[Conjunction, ...]:
    """The conjunctions of which at least one holds exactly when the condition does.

    Takes constants only. Raises ConditionError for a test the fact cannot take, or past MAX_CONJUNCTIONS.
    """
    return _unfold(normal_form(condition, vocabulary), vocabulary)


def flat_pattern(conjunction: Conjunction) -> dict[str, object]:
    """One durable-rules pattern, beginning with a guard that the engine's own state message never meets."""
    return {"$and": [{GUARD: CASE}, *(literal.pattern() for literal in conjunction)]}


def message(facts: Facts, reads: Iterable[str], vocabulary: Mapping[str, FactSpec]) -> dict[str, Constant]:
    """The one message of an evaluation: the known facts that are read, a set as one flag per member."""
    flat: dict[str, Constant] = {"id": "f", GUARD: CASE}
    for name in reads:
        value = facts.get(name)
        if value is None:
            continue
        spec = vocabulary[name]
        check_kind(spec, value)
        if isinstance(value, frozenset):
            flat.update((member_name(name, member), member in value) for member in spec.choices)
        else:
            flat[name] = value
    return flat


def check_kind(spec: FactSpec, value: Fact) -> None:
    """Refuse a value whose type is not the declared one: the C engine holds 1, true and "1" to be equal."""
    kinds = {"flag": bool, "number": int, "choice": str, "set": frozenset}
    if type(value) is not kinds[spec.kind]:
        raise ConditionError(f"fact '{spec.name}' is {value!r}, but it is declared a {spec.kind}")
    if spec.kind == "number" and abs(int(value)) > MAX_INTEGER:  # type: ignore[arg-type]
        raise ConditionError(f"fact '{spec.name}' is {value!r}: whole numbers up to 2**53 only")
    members = value if isinstance(value, frozenset) else {value} if isinstance(value, str) else ()
    others = sorted(member for member in members if member not in spec.choices)
    if others:
        found = ", ".join(others)
        raise ConditionError(f"fact '{spec.name}' is {found}; it takes: {', '.join(spec.choices)}")


def member_name(fact: str, member: str) -> str:
    """The property that says whether a set holds a member."""
    return f"{fact}__{member}"


def check_names(names: Iterable[str]) -> None:
    """Refuse names the C engine would confuse: it knows a property by a 32-bit hash of its name only."""
    by_hash: dict[int, str] = {name_hash(name): name for name in sorted(_RESERVED)}
    for name in sorted(set(names)):
        if not (name.isascii() and name.isidentifier() and len(name) <= 64) or name in _RESERVED:
            raise ConditionError(f"'{name}' cannot name a fact: a short plain identifier is needed")
        other = by_hash.setdefault(name_hash(name), name)
        if other != name:
            raise ConditionError(f"facts '{other}' and '{name}' are the same to durable-rules: rename one")


def name_hash(name: str) -> int:
    """FNV-1a in 32 bits, by which the C engine tells property names apart."""
    value = 2166136261
    for byte in name.encode("ascii", "replace"):
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def _unfold(condition: Condition, vocabulary: Mapping[str, FactSpec]) -> tuple[Conjunction, ...]:
    if isinstance(condition, Leaf):
        return tuple((literal,) for literal in _literals(condition, vocabulary))
    if isinstance(condition, NoneOf):  # in normal form: around one `includes`
        (leaf,) = condition.parts
        assert isinstance(leaf, Leaf)
        return tuple((Literal(lit.name, "=", False),) for lit in _literals(leaf, vocabulary))
    parts = [_unfold(part, vocabulary) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return _shortest(conjunction for part in parts for conjunction in part)
    product: tuple[Conjunction, ...] = ((),)
    for part in parts:
        if len(product) * len(part) > 16 * MAX_CONJUNCTIONS:
            raise _too_many()
        product = _shortest(left + right for left in product for right in part)
    return product


def _shortest(found: Iterable[Conjunction]) -> tuple[Conjunction, ...]:
    """Without repeated tests, without contradictions, without a conjunction that another one implies."""
    kept: list[frozenset[Literal]] = []
    for literals in sorted({frozenset(conjunction) for conjunction in found}, key=_by_length):
        equalities = {literal.name for literal in literals if literal.operator == "="}
        contradictory = len(equalities) < sum(literal.operator == "=" for literal in literals)
        if not contradictory and not any(other <= literals for other in kept):
            kept.append(literals)
    if len(kept) > MAX_CONJUNCTIONS:
        raise _too_many()
    return tuple(tuple(sorted(literals, key=_literal_key)) for literals in kept)


def _too_many() -> ConditionError:
    return ConditionError(f"the condition unfolds into more than {MAX_CONJUNCTIONS} cases: split the rule")


def _by_length(literals: frozenset[Literal]) -> tuple[int, list[tuple[str, str, str]]]:
    return len(literals), sorted(map(_literal_key, literals))


def _literal_key(literal: Literal) -> tuple[str, str, str]:
    return literal.name, literal.operator, repr(literal.value)


def _literals(leaf: Leaf, vocabulary: Mapping[str, FactSpec]) -> list[Literal]:
    """The literals of which at least one holds exactly when the leaf does."""
    spec = vocabulary.get(leaf.fact)
    if spec is None:
        raise ConditionError(f"fact '{leaf.fact}' is not in the vocabulary")
    constants = wanted(leaf)
    kinds = ("set",) if leaf.test == "includes" else ("number",) if leaf.test in _OPERATORS else None
    if spec.kind not in (kinds or ("flag", "number", "choice")):
        raise ConditionError(f"fact '{leaf.fact}' is a {spec.kind}: it cannot be tested by '{leaf.test}'")
    for constant in constants:
        check_kind(spec, frozenset({str(constant)}) if leaf.test == "includes" else constant)
    if leaf.test == "includes":
        return [Literal(member_name(leaf.fact, str(constants[0])), "=", True)]
    operator = _OPERATORS.get(leaf.test, "=")
    return [Literal(leaf.fact, operator, constant) for constant in constants]
