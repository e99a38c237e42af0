"""What to say when the facts given decide nothing: which further facts would settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.output import columns

if TYPE_CHECKING:
    from rules.explain import Explanation
    from rules.model import Rulebook


def undecided(explanation: Explanation, rulebook: Rulebook) -> list[str]:
    """Lines that name the facts still needed, or none when a rule answers or a case is known to be open."""
    if any(item.fired or item.open_cases for item in explanation.decisions):
        return []
    wanted = [rulebook.vocabulary[name] for name in _missing(explanation, rulebook)]
    rows = [[f"  --fact {spec.name}=...", spec.label] for spec in wanted]
    return ["Nothing can be decided from these facts. Known besides, these would settle it:", *columns(rows)]


def _missing(explanation: Explanation, rulebook: Rulebook) -> list[str]:
    """The facts that the decisions asked about lack; for a derived one, what it is derived from."""
    by_name = {item.decision: item for item in explanation.decisions}
    source = {fact: name for name, table in rulebook.decisions.items() for fact in table.derives}
    found: dict[str, None] = {}

    def settle(decision: str) -> None:
        for unknown in by_name[decision].unknown:
            if unknown.fact in source:
                settle(source[unknown.fact])
            else:
                found[unknown.fact] = None

    for item in explanation.decisions:
        if item.touched:
            settle(item.decision)
    if not found:
        settle(explanation.decisions[0].decision)
    return list(found)
