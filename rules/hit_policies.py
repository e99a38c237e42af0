"""How the rules that fire make one answer: unique, first, highest, strictest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.conditions import Constant
from rules.errors import InputError, Problem
from rules.model import AnswerField, DecisionTable, Rule

Answer = Mapping[str, Constant | None]


@dataclass(frozen=True)
class Outcome:
    """A rule with what it answers under the levers in force."""

    rule: Rule
    then: Mapping[str, Constant]


class ConflictError(InputError):
    """Two rules of a decision that admits one answer give two. Names both and their paragraphs."""

    def __init__(self, table: DecisionTable, field: str, one: Outcome, other: Outcome) -> None:
        self.rules = (one.rule.id, other.rule.id)
        said = " but ".join(
            f"{outcome.rule.id} ({cited(outcome.rule)}) says {outcome.then[field]}"
            for outcome in (one, other)
        )
        message = f"two rules of the decision '{table.name}' disagree on {field}: {said}"
        super().__init__([Problem("R092", message, other.rule.place)])


def cited(rule: Rule) -> str:
    """The citations of a rule in one phrase, such as `para 72, question 7; para 37`."""
    return "; ".join(str(citation) for citation in rule.cite) or "no citation"


def answer(table: DecisionTable, fired: Sequence[Outcome]) -> Answer:
    """The answer that the fired rules (in file order) make together; fields nobody sets have their default.

    - unique: every rule that fires has its say, and no two may say different things (ConflictError)
    - first: the rule of the lowest rank, then the first in the file, answers alone
    - highest: the rule whose value of the first answer field comes last in `table.order` answers alone
    - strictest: the latest opening and the earliest closing, each with what it counts from
    """
    defaults = {field.name: field.default for field in table.answers}
    if not fired:
        return defaults
    ranked = sorted(fired, key=lambda outcome: outcome.rule.rank)  # stable: file order within a rank
    if table.hit_policy == "first":
        return {**defaults, **ranked[0].then}
    if table.hit_policy == "highest":
        return {**defaults, **_highest(table, ranked).then}
    if table.hit_policy == "strictest":
        return {**defaults, **_strictest(table, ranked)}
    return {**defaults, **_agreed(table, fired)}


def decisive(table: DecisionTable, fired: Sequence[Outcome]) -> tuple[str, ...]:
    """The fired rules without which the answer would be another, in file order.

    Where two rules each give the whole answer, neither alone is needed: then both are named.
    """
    full = answer(table, fired)
    needed = tuple(
        outcome.rule.id
        for outcome in fired
        if len(fired) == 1 or answer(table, [other for other in fired if other is not outcome]) != full
    )
    return needed or tuple(outcome.rule.id for outcome in fired if answer(table, [outcome]) == full)


def _agreed(table: DecisionTable, fired: Sequence[Outcome]) -> dict[str, Constant]:
    says: dict[str, Outcome] = {}
    for outcome in fired:
        for field, value in outcome.then.items():
            earlier = says.setdefault(field, outcome)
            if earlier.then[field] != value:
                raise ConflictError(table, field, earlier, outcome)
    return {field: outcome.then[field] for field, outcome in says.items()}


def _highest(table: DecisionTable, ranked: Sequence[Outcome]) -> Outcome:
    field = table.answers[0]
    order = list(table.order or field.choices)
    return max(ranked, key=lambda outcome: order.index(str(outcome.then[field.name])))


def _strictest(table: DecisionTable, ranked: Sequence[Outcome]) -> dict[str, Constant]:
    """The months decide; between equal months, the later start opens and the earlier start closes.

    The choices of the `..._after` fields are declared in the order of life: service, role, end of the phase.
    """
    orders = {field.name: _order(field) for field in table.answers}

    def lateness(then: Mapping[str, Constant], edge: str) -> tuple[int, int]:
        after = f"{edge}_after"
        return int(then[f"{edge}_months"]), orders[after].get(then.get(after), -1)

    found: dict[str, Constant] = {}
    for edge in ("opens", "closes"):
        edges = [outcome.then for outcome in ranked if f"{edge}_months" in outcome.then]
        if edges:
            late = [lateness(then, edge) for then in edges]
            best = edges[late.index(max(late) if edge == "opens" else min(late))]
            found |= {name: value for name, value in best.items() if name.startswith(edge)}
    return found


def _order(field: AnswerField) -> dict[Constant | None, int]:
    return {choice: place for place, choice in enumerate(field.choices)}
