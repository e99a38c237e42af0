"""What is said beside sizes of capacity: how to read them, when the lump decides, and where they fail."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from reports.numbers import percent

if TYPE_CHECKING:
    from analysis.capacity.quarters import QuarterSized, QuarterSizing
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
        tried = {item.region: item.fresh.probability for item in found.regions if item.fresh}
        short = list(found.short)
        each = "regions in the further futures"
    else:
        tried = {where(item): item.fresh.probability for item in found.quarters if item.fresh}
        short = [where(item) for item in found.short]
        each = "regions and quarters in the futures that judged it, by more than chance"
    if not short:
        return ""
    worst = min(short, key=lambda name: tried[name])
    points = math.ceil((found.confidence - tried[worst]) * 100 - 1e-9)
    return (
        f"The target is not met in {len(short)} of {len(tried)} {each}, by up to "
        f"{points} points: in {worst} it was met in {tried[worst]:.0%} of them, and "
        f"{percent(found.confidence)} were asked for. Try more futures (-n {found.futures * 4}), a higher "
        f"--confidence, or add a {found.lump.name} there by hand, in a scenario file (centres)."
    )


def where(item: QuarterSized) -> str:
    """A region and a quarter."""
    return f"{item.region} {item.quarter}"
