"""Who pays a line of a cost case, as a person may change it: the department, employers or individuals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from analysis.cost_lines import PAYERS, Line
from rules.errors import InputError, Problem, nearest

if TYPE_CHECKING:
    from analysis.cost_case import CostCase

SETS: Final = ".payer"
"""After the name of a line, in a setting such as `leavers.payer=department`."""


def payer_settings(case: CostCase) -> list[str]:
    """The names of settings that change a payer: one for each line that is no transfer."""
    return [f"{line.key}{SETS}" for line in case.lines if not line.transfer]


def wrong_payer(line: Line, payer: str) -> Problem | None:
    """Why a line cannot be paid by somebody, or None. It costs as much whoever pays it."""
    if line.transfer:
        said = f"'{line.key}' only moves money from one payer to another, and has no other payer"
        return Problem("K015", said)
    if payer not in PAYERS:
        hint = nearest(payer, PAYERS) or f"one of: {', '.join(PAYERS)} (employer: councils and others)"
        return Problem("K015", f"'{payer}' is nobody who pays '{line.key}'", hint=hint)
    return None


def with_payers(case: CostCase, payers: Mapping[str, str]) -> CostCase:
    """The case with other payers of some lines. Raises `InputError` with everything that is wrong."""
    lines = {line.key: line for line in case.lines}
    problems: list[Problem] = []
    for key, payer in payers.items():
        if key in lines:
            wrong = wrong_payer(lines[key], payer)
        elif key in case.figures:
            wrong = Problem("K015", f"'{key}' is a price that lines share; each of them has its payer")
        else:
            wrong = Problem("K002", f"no line is called '{key}'", hint=nearest(key, lines))
        problems += [wrong] if wrong else []
    if problems:
        raise InputError(problems)
    changed = (replace(line, payer=payers.get(line.key, line.payer)) for line in case.lines)
    return replace(case, lines=tuple(changed))


def changed_payers(case: CostCase, base: CostCase) -> dict[str, str]:
    """The lines of a case that somebody else pays than in another, with who pays them."""
    was = {line.key: line.payer for line in base.lines}
    return {line.key: line.payer for line in case.lines if line.payer != was[line.key]}
