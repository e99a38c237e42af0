"""What is compared, in the words of the questions and of their answers, for a reader who knows no ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rules.wording import setting_words

if TYPE_CHECKING:
    from rules.levers import LeverSpec
    from scenarios.differences import Change
    from scenarios.scenario import Scenario


def compared_words(scenarios: Sequence[Scenario]) -> Iterator[str]:
    """Each scenario with its title, the baseline first, and below each other one what it does otherwise."""
    from scenarios.differences import differences

    first, *others = scenarios
    yield f"{first.id}: {first.title}" + (" (the baseline)" if others else "")
    for other in others:
        yield f"{other.id}: {other.title}"
        found = differences(other, first)
        yield from (f"  {changed(item)}" for item in found)
        if not found:
            yield f"  nothing differs from {first.id}"


def changed(change: Change) -> str:
    """One change: "q3, time in post before assessment: 6 instead of 12 months"."""
    from rules.levers import SPECS

    if change.kind != "lever":
        return f"{change.id or change.kind}: {change.mine} instead of {change.theirs}"
    spec = SPECS[change.id]
    mine, theirs = _answer(spec, change.mine), _answer(spec, change.theirs)
    if spec.kind != "choice" and spec.unit:
        mine = mine.removesuffix(f" {spec.unit}")
    label = f"{spec.label[0].lower()}{spec.label[1:]}"
    return f"{change.id}, {label}{'' if label.endswith('?') else ':'} {mine} instead of {theirs}"


def _answer(spec: LeverSpec, value: str) -> str:
    """A lever's value as its question offers it: an option with its meaning, a number with its unit."""
    meant = next((option.label for option in spec.options if option.name == value), "")
    said = setting_words(spec, value)
    return f"{said} ({meant[0].lower()}{meant[1:]})" if meant else said
