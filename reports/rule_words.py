"""A rule of the rulebook in words: what it says, when it applies, where it comes from, what it depends on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rules.compiled import in_force, levers_of_rule
from rules.conditions import wanted
from rules.hit_policies import cited
from rules.levers import COMPUTED, SPECS, Levers
from rules.model import All, Condition, Leaf, NoneOf
from rules.wording import fill, joined, setting_words, words

if TYPE_CHECKING:
    from rules.model import Rule, Rulebook

_TESTS = {"at_least": "at least ", "at_most": "at most ", "above": "more than ", "below": "fewer than "}


def rule_lines(book: Rulebook, rule: Rule, levers: Levers) -> list[str]:
    """Everything about one rule under these levers, a sentence a line."""
    lines = [_because(rule, levers), f"Where from: {cited(rule)}."]
    lines += ["Applies when:", *(f"  {line}" for line in condition_lines(book, rule.when, levers))]
    for lever in chosen_levers(rule):
        spec = SPECS[lever]
        lines.append(f"Lever {lever}: {setting_words(spec, levers[lever])} ({spec.label}).")
    if not in_force(rule, levers, None):
        lines.append("Not in force: the levers choose otherwise.")
    if rule.reading:
        lines.append(f"Read here so, because the text is silent: {' '.join(rule.reading.split())}")
    return lines


def condition_lines(book: Rulebook, condition: Condition, levers: Levers) -> Iterator[str]:
    """When a rule applies, a line for each test."""
    if isinstance(condition, Leaf):
        spec = book.vocabulary[condition.fact]
        values = joined([words(value) for value in wanted(condition, levers)], "or")
        verb = "includes " if condition.test == "includes" else _TESTS.get(condition.test, "")
        yield f"{spec.label}: {verb}{values}"
        return
    parts = list(condition.parts)
    if not parts:
        yield "always"
        return
    head = {All: "", NoneOf: "none of these:"}.get(type(condition), "any of these:")
    if head and not (len(parts) == 1 and not isinstance(condition, NoneOf)):
        yield head
    indent = "  " if head else ""
    for part in parts:
        yield from (f"{indent}{line}" for line in condition_lines(book, part, levers))


def chosen_levers(rule: Rule) -> list[str]:
    """The levers that a person sets and on which a rule depends, in the order written."""
    found = (COMPUTED[lever].of if lever in COMPUTED else lever for lever in levers_of_rule(rule))
    return list(dict.fromkeys(found))


def lever_words(rule: Rule, levers: Levers) -> str:
    """The levers of a rule with their settings, in a few words; empty for a rule that depends on none."""
    return " · ".join(
        f"{lever}: {setting_words(SPECS[lever], levers[lever])}" for lever in chosen_levers(rule)
    )


def _because(rule: Rule, levers: Levers) -> str:
    def value(name: str) -> object:
        return levers[name] if name in SPECS or name in COMPUTED else rule.then.get(name, f"{{{name}}}")

    return fill(rule.because, value)  # type: ignore[arg-type]
