"""A setting that is a price of a cost case, given to a command that knows none: where it belongs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.errors import Problem

_UNKNOWN = "S020"


def of_costs(found: Problem) -> Problem:
    """The problem, with the command that takes the setting where its name is a price or line of costs."""
    named = re.match(r"'([^']+)' is neither", found.message) if found.code == _UNKNOWN else None
    if named is None:
        return found
    from analysis.cost_case import CostCase

    if named[1] not in CostCase.default().figures:
        return found
    hint = f"it is a price of naas cost, and changes no run: naas cost SCENARIO --set {named[1]}=…"
    return replace(found, hint=hint)
