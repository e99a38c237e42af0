"""A plan of capacity by region and quarter: its table, and what is said beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analysis.capacity.quarter_search import firmer
from analysis.capacity.targets import failures_allowed
from reports.capacity_words import SHORT, chance
from reports.numbers import percent
from reports.scale import date_text
from reports.sizing_words import where

if TYPE_CHECKING:
    from analysis.capacity.quarters import QuarterSized, QuarterSizing


_NAMED: Final = 3
"""Regions and quarters that are named of those that mending did not bring to its aim."""


def rows(found: QuarterSizing) -> list[list[str]]:
    """The table with its head: lumps of every region, all of them, those as it stands, and when to decide."""
    quarters: dict[str, list[QuarterSized]] = {}
    for item in found.quarters:
        quarters.setdefault(item.quarter, []).append(item)
    names = list(dict.fromkeys(item.region for item in found.quarters))
    table = [["", *(SHORT.get(name, name) for name in names), "all", "now", "decide by"]]
    before: dict[str, int] = {}
    for quarter, items in sorted(quarters.items()):
        here = {item.region: item for item in items}
        counts = {name: item.count for name, item in here.items()}
        decided = min(item.decide_by for item in items).isoformat()
        table.append(
            [
                quarter,
                *(f"{here[name].count}{_mark(here[name], found)}" if name in here else "" for name in names),
                f"{sum(counts.values()):,}",
                f"{sum(item.now for item in items):,.1f}",
                date_text(decided) if counts != before else "",
            ]
        )
        before = counts
    return table


def _mark(item: QuarterSized, found: QuarterSizing) -> str:
    if item.at is None:
        return "~"
    return "!" if item in found.short else "?" if item in found.doubtful else ""


def marks(found: QuarterSizing) -> str:
    """What the marks and the columns of the table mean."""
    said = (
        f"Now: as it stands. Decide by: seats come {found.lead_weeks:g} weeks after they are decided "
        "(centre.lead_weeks); a quarter with the numbers of the one before needs no decision."
    )
    if any(item.at is None for item in found.quarters):
        said += " ~ so late, or so few, that they cannot be judged: the number of the quarter before is kept."
    if len(found.doubtful) > len(found.short):
        said += (
            f" ? met a little too seldom when judged: by chance, as happens among so many, or one "
            f"{found.lump.name} short."
        )
    return said + (" ! met too seldom by more than chance." if found.short else "")


def verdict(found: QuarterSizing) -> str:
    """How the plan was made, and what it met in futures that had no part in it."""
    judged = [item for item in found.quarters if item.fresh]
    if not judged:
        return ""
    count, most = found.futures, failures_allowed(firmer(found.confidence), found.futures)
    least = min(judged, key=lambda item: item.fresh.probability if item.fresh else 1.0)
    names, more = list(map(where, found.unmended[:_NAMED])), len(found.unmended) - _NAMED
    left = f" (but for {', '.join(names)}{f' and {more} more' if more > 0 else ''})" if names else ""
    said = (
        f"Planned in {count} futures. Mended in {count} others until no quarter was missed in more than "
        f"{most} of them{left}, half of what may be: a plan does worse in futures that it was not fitted to. "
        f"Judged in {count} more, which had no part in it: every quarter was met there in at least "
        f"{chance(least.fresh)} (least in {where(least)})."
    )
    if not found.doubtful:
        return said
    return (
        f"{said} {len(found.doubtful)} of {len(judged)} regions and quarters came out below "
        f"{percent(found.confidence)} there, {len(found.short) or 'none'} by more than chance among so many."
    )


def one_fewer(found: QuarterSizing) -> str:
    """What one lump fewer did where it was too few, and where it is kept so that there is no dip."""
    lump = found.lump.name
    tried = [(item, item.below) for item in found.quarters if item.below]
    few = [(item, trial) for item, trial in tried if not trial.enough(found.confidence)]
    said = []
    if few:
        item, best = max(few, key=lambda pair: pair[1].probability)
        said.append(
            f"With one {lump} fewer it was met in at most {chance(best)} of futures ({where(item)}), of the "
            f"{len(few)} regions and quarters in which one fewer was too few; --format csv tells each."
        )
    if kept := len(tried) - len(few):
        said.append(
            f"In {kept} more, one fewer was enough, but would be a dip of a single quarter: nobody lets a "
            f"{lump} go and takes it on again so soon."
        )
    return " ".join(said)


def totals(found: QuarterSizing) -> str:
    """The plan's lumps over all quarters, against those as it stands, and of the least number held."""
    lump, total = found.lump.name, sum(item.count for item in found.quarters)
    now = sum(item.now for item in found.quarters)
    held = {item.region: item.count for item in found.held.regions}
    flat = [held[item.region] for item in found.quarters]
    said = f"All quarters together: {total:,} {lump}-quarters, against {now:,.0f} as it stands"
    if None in flat:
        return f"{said}; no number held throughout meets the target in every region."
    throughout = sum(count for count in flat if count is not None)
    return (
        f"{said}, and {throughout:,} with the least number of each region held throughout (--by region), "
        "which is asked of everybody together and not of every quarter's people."
    )
