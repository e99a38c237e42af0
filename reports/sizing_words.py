"""What is said beside sizes of capacity: how to read them, when the lump decides, and where they fail."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from reports.numbers import percent

if TYPE_CHECKING:
    from analysis.capacity.quarters import QuarterSizing
    from analysis.capacity.sizing import Sizing

_SMALLEST: Final = "circuit-day"
_SEAT: Final = "seat"
"""The lump of a scheme from scratch, which has no other."""


def reading(found: Sizing) -> str:
    """How the target and the columns are read, in a line."""
    target, lump = found.target, found.lump.name
    return (
        f"{target}: at least {target.percent:g}% of people sit within {target.days} days. "
        f"{lump.capitalize()}s now: as it stands, on average. One below: the share of futures in "
        f"which one {lump} fewer meets it."
    )


def altogether(found: Sizing) -> str:
    """All seats of the answer, against those as it stands; nothing where a region has no answer."""
    if found.total is None:
        return ""
    weekly, now = found.lump.weekly, sum(item.now for item in found.regions)
    return f"All regions: {found.total * weekly:,} seats a week, against {now * weekly:,.0f} as it stands."


def floor(found: Sizing) -> str:
    """Where one lump is the answer and enough, that its size decides; nothing where it is not."""
    ones = [item.region for item in found.regions if item.count == 1 and item.region not in found.short]
    if not ones or found.lump.name == _SEAT:
        return ""
    where = "every region" if len(ones) == len(found.regions) else ", ".join(ones)
    said = f"One {found.lump.name} is the least there is: in {where} its size decides, not the target"
    return said + ("." if found.lump.name == _SMALLEST else f"; --lumps {_SMALLEST} tries less.")


def not_met(found: Sizing | QuarterSizing) -> str:
    """That the target is not met in further futures, by how much, and what to try; nothing where it is."""
    from analysis.capacity.sizing import Sizing

    if isinstance(found, Sizing):
        tried = [(item.region, item.fresh) for item in found.regions if item.fresh]
        each = "regions"
    else:
        tried = [(f"{item.region} {item.quarter}", item.fresh) for item in found.quarters if item.fresh]
        each = "regions and quarters"
    missed = [(where, trial.probability) for where, trial in tried if trial.probability < found.confidence]
    if not missed:
        return ""
    where, least = min(missed, key=lambda item: item[1])
    points = math.ceil((found.confidence - least) * 100 - 1e-9)
    return (
        f"The target is not met in {len(missed)} of {len(tried)} {each} in the further futures, by up to "
        f"{points} points: in {where} it was met in {least:.0%} of them, and {percent(found.confidence)} "
        f"were asked for. Try more futures (-n {found.futures * 4}), a higher --confidence, or add a "
        f"{found.lump.name} there by hand, in a scenario file (centres)."
    )
