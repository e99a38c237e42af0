"""What the rules alone say, in sentences and counts: who is in scope, who must, who is called, who moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reports.page import Cell, Column, Table
from reports.reasons import headline

if TYPE_CHECKING:
    from analysis.standings import Count, Effect, Move

ASKS: Final = {
    "status": "Who must be accredited",
    "mandate": "How strongly it is asked for",
    "phase": "When they are called",
    "window": "From when and by when",
    "endorser": "Who endorses",
    "consequence": "What follows a missed date",
    "retake": "After a fail",
    "review": "Independent review",
    "renewal": "Re-accreditation",
}
"""The decisions as headings."""

_STATUSES: Final = {"supervisor": "practice supervisor", "leader": "practice leader"}
_REQUIREMENTS: Final = {
    "voluntary": "may come forward",
    "expected": "are expected to be accredited",
    "mandatory": "must be accredited",
}

_ASKED: Final = {"voluntary": "May come forward", "expected": "Are expected to", "mandatory": "Must"}


def people(count: int) -> str:
    """A number of people."""
    return f"{count:,}"


def gap(before: int, after: int) -> str:
    """A difference between two counts with its share of the first."""
    if before == after:
        return "no change"
    share = f", {(after - before) / before:+.1%}" if before else ""
    return f"{after - before:+,}{share}"


def moved(count: Count) -> str:
    """A count before and after, as one phrase."""
    if count.before == count.after:
        return f"{people(count.after)}, no change"
    return f"{people(count.before)} -> {people(count.after)} ({gap(count.before, count.after)})"


def effect_lines(found: Effect) -> list[str]:
    """The effect in sentences, the most telling first."""
    lines = [f"In scope: {moved(found.in_scope)}, of {people(found.people)} people in post."]
    most = most_affected(found.by_region)
    if most:
        lines.append(f"Most affected: {most}.")
    lines += [
        f"{_capital(_STATUSES.get(item.name, item.name))}s: {moved(item)}."
        for item in found.by_status
        if item.before != item.after
    ]
    lines += [
        f"People who {_REQUIREMENTS[item.name]}: {moved(item)}."
        for item in found.by_requirement
        if item.before != item.after
    ]
    if found.called.before != found.called.after:
        lines.append(f"Called at some time: {moved(found.called)}.")
    if found.bound.before != found.bound.after:
        lines.append(f"Bound by a latest date: {moved(found.bound)}.")
    return lines + day_lines(found)


def day_lines(found: Effect) -> list[str]:
    """How many people have other days, and why those may be fewer than the people whose window rules move."""
    first = (
        "first day on which they may be assessed",
        "for the others a later day counts, such as being called",
    )
    last = "latest day to be assessed", "the others are bound by another day, or by none"
    lines = []
    for number, by_rules, (what, others) in (
        (found.first_day_moved, found.opening_moved, first),
        (found.last_day_moved, found.closing_moved, last),
    ):
        if not (number or by_rules):
            continue
        noun = "person has" if number == 1 else "people have"
        fewer = f": the rules move it for {people(by_rules)}, {others}" if by_rules > number else ""
        lines.append(f"{people(number)} {noun} another {what}{fewer}.")
    return lines


def most_affected(regions: Sequence[Count], most: int = 2) -> str:
    """The regions whose count changes by the largest share; empty when none does."""
    shares = [
        ((item.after - item.before) / item.before, item.name)
        for item in regions
        if item.before and item.before != item.after
    ]
    largest = sorted(shares, key=lambda pair: (-abs(pair[0]), pair[1]))[:most]
    return ", ".join(f"{name} {share:+.1%}" for share, name in largest)


def effect_table(found: Effect, before: str, after: str) -> Table:
    """Who is in scope by status and by region, before and after."""
    columns = (
        Column(id="group", label="In scope", number=False),
        Column(id="before", label=before),
        Column(id="after", label=after),
        Column(id="change", label="Change"),
    )
    named = [(found.in_scope, "Everyone")]
    named += [(item, _capital(_STATUSES.get(item.name, item.name))) for item in found.by_status]
    named += [(item, item.name) for item in found.by_region]
    named += [(item, _ASKED[item.name]) for item in found.by_requirement]
    rows = tuple(
        (
            Cell(text=name, value=name),
            Cell(text=people(item.before), value=item.before),
            Cell(text=people(item.after), value=item.after),
            Cell(
                text=gap(item.before, item.after),
                value=item.after - item.before,
                mark="*" if item.before != item.after else "=",
            ),
        )
        for item, name in named
    )
    return Table(id="effect", title="Who is in scope, by the rules alone", columns=columns, rows=rows)


def said(decision: str, answer: Mapping[str, object]) -> str:
    """An answer in a few words."""
    if decision == "consequence":
        return {
            "restricted_duties": "Stops holding the functions",
            "record_only": "Is counted, and carries on",
        }.get(str(answer["consequence"]), "Nothing follows")
    return headline(decision, answer)


def moves_table(found: Sequence[Move], before: str, after: str) -> Table:
    """Who gets another answer, by question."""
    columns = (
        Column(id="people", label="People"),
        Column(id="before", label=before, number=False),
        Column(id="after", label=after, number=False),
        Column(id="question", label="Question", number=False),
    )
    rows = tuple(
        (
            Cell(text=people(move.people), value=move.people),
            Cell(text=said(move.decision, move.before), value=said(move.decision, move.before)),
            Cell(text=said(move.decision, move.after), value=said(move.decision, move.after)),
            Cell(text=ASKS[move.decision], value=ASKS[move.decision]),
        )
        for move in found
    )
    return Table(
        id="moves", title="How many people get another answer by the rules", columns=columns, rows=rows
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
