"""Levers that change nothing as the others stand, such as the years between renewals where there are none."""

from __future__ import annotations

from rules.compiled import levers_of_rule
from rules.lever_kinds import LeverSpec
from rules.levers import COMPUTED, SPECS, Levers
from rules.model import Rule, Rulebook
from rules.wording import setting_words


def idle_levers(book: Rulebook, levers: Levers) -> dict[str, tuple[str, ...]]:
    """Each lever that no rule can use as the others stand, with the settings that keep it from counting.

    Levers that only the simulation reads are left out.
    """
    rules = [rule for table in book.decisions.values() for rule in table.rules]
    found: dict[str, tuple[str, ...]] = {}
    for spec in SPECS.values():
        using = [rule for rule in rules if spec.id in _read(rule)]
        closed = [_against(rule, spec, levers) for rule in using]
        if spec.read_by == "rules" and using and all(closed):
            found[spec.id] = tuple(dict.fromkeys(setting for reasons in closed for setting in reasons))
    return found


def _read(rule: Rule) -> set[str]:
    return {COMPUTED[lever].of if lever in COMPUTED else lever for lever in levers_of_rule(rule)}


def _against(rule: Rule, spec: LeverSpec, levers: Levers) -> list[str]:
    """The other levers that keep a rule from being in force, in words."""
    return [
        f"{lever}: {setting_words(SPECS[lever], levers[lever])}"
        for lever, options in rule.under.items()
        if lever != spec.id and str(levers[lever]) not in options
    ]
