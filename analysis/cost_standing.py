"""What stands while a figure is typed that cannot be used: the figure as it was, and all the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from analysis.cost_case import CostCase
from analysis.cost_edits import Edit, edited, grouped
from analysis.cost_lines import Figure, unit_words
from rules.errors import InputError, Problem

FAR: Final = 2.0
"""A value this many times beyond an end of the range that was there is warned of."""


@dataclass(frozen=True)
class LeftOut:
    """A figure of which what was typed is left out, and why. `stands` is what is reckoned with meanwhile.

    `stands` is None where the case has no such figure.
    """

    key: str
    problem: Problem
    stands: Figure | None

    @property
    def label(self) -> str:
        """The figure as a person knows it."""
        return self.stands.label if self.stands else self.key

    def words(self) -> str:
        """What is wrong, and what the total is with until it is put right."""
        said = f"{self.problem.message} ({self.problem.code})."
        if self.stands is None:
            return said
        return f"{said} The total is with {_amount(self.stands)} until this is put right."


def usable(
    case: CostCase, edits: Mapping[str, Edit], before: Mapping[str, Sequence[Edit]]
) -> tuple[dict[str, Edit], tuple[LeftOut, ...]]:
    """The edits that can be reckoned with, and what is left out.

    In place of one that cannot be used stands the first of `before` that can, what was typed over that figure
    earlier with the latest first, or else the case's own figure. Who pays the line is as it is typed now.
    """
    found: dict[str, Edit] = {}
    left: list[LeftOut] = []
    for key, edit in edits.items():
        wrong = _wrong(case, key, edit)
        if wrong is None:
            found[key] = edit
            continue
        stands = Edit()
        for earlier in (*(replace(one, payer=edit.payer) for one in (*before.get(key, ()), Edit())), Edit()):
            if _wrong(case, key, earlier) is None:
                found[key] = stands = earlier
                break
        figure = edited(case, {key: stands}).figures[key] if key in case.figures else None
        left.append(LeftOut(key, wrong, figure))
    return found, tuple(left)


def far_outside(case: CostCase, base: CostCase) -> dict[str, str]:
    """By figure: that its value in `case` lies far outside the range that `base` has for it."""
    found = {}
    for key, was in base.figures.items():
        value = case.figures[key].mode
        if value != was.mode and (value > FAR * was.high or value < was.low / FAR):
            found[key] = f"Far outside the case's range, {grouped(was.low)} to {grouped(was.high)}."
    return found


def _wrong(case: CostCase, key: str, edit: Edit) -> Problem | None:
    try:
        edited(case, {key: edit})
    except InputError as error:
        return error.problems[0]
    return None


def _amount(figure: Figure) -> str:
    """A value in its unit, such as "£4,000 a day", "1 day" or "0.35 (share)"."""
    unit, number = unit_words(figure.unit, of_one=figure.mode == 1), grouped(figure.mode)
    if unit.startswith("£"):
        return f"£{number}{unit.removeprefix('£')}"
    if unit in ("share", "ratio", "count"):
        return number
    return f"{number} {unit}"
