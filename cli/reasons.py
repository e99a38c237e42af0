"""An explanation laid out in lines: each answer, because of what, citing where, and what would change it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from cli.output import emphasis, paragraph, width
from reports import reasons

if TYPE_CHECKING:
    from rules.explain import Explanation, FiredRule
    from simulation.facts import Person

NEAREST: Final = 4
"""Near misses and changes shown; JSON holds all of them."""


def lines_of(explanation: Explanation, who: Person | None = None) -> list[str]:
    """The whole explanation; `who` adds the dates that the rules' months come to for a worker."""
    lines: list[str] = []
    asked = reasons.asked(explanation)
    for item in asked:
        head = reasons.headline(item.decision, item.answer, item.asks, who)
        lines.append(f"  {emphasis(head, 'strong')}")
        for rule in item.fired:
            lines += _reason(rule)
        if not item.fired:
            lines.append(f"    {reasons.NOT_SAID}")
        lines += [paragraph(reasons.left_open(case), "    ") for case in item.open_cases]
        lines += [paragraph(reasons.not_known(unknown.label), "    ") for unknown in item.unknown]
    lines += _listed("Nearly, but no", reasons.nearly(asked))
    return [*lines, *_listed("What would change it", reasons.lever_changes(explanation))]


def _reason(rule: FiredRule) -> list[str]:
    """The reason on the left, the paragraph and the levers on the right, below where there is no room."""
    because, basis = reasons.because(rule), reasons.basis(rule)
    room = width() - 4
    if len(because) + len(basis) + 2 <= room:
        return [f"    {because}{basis:>{room - len(because)}}"]
    folded = textwrap.wrap(because, room)
    return [
        *(f"    {part}" for part in folded),
        *(f"        {part}" for part in textwrap.wrap(basis, room - 4)),
    ]


def _listed(title: str, texts: list[str]) -> list[str]:
    if not texts:
        return []
    lines = ["", f"  {emphasis(title, 'strong')}", *(paragraph(text, "    ") for text in texts[:NEAREST])]
    more = len(texts) - NEAREST
    return [*lines, f"    and {more} more (--format json)"] if more > 0 else lines
