"""How figures of capacity are written: ranges, marks, and sentences about where people outnumber seats."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from analysis.capacity.explosive import TEST
from reports.numbers import amount, half_width, interval
from reports.scale import date_text

if TYPE_CHECKING:
    from analysis.capacity.board import Cell
    from analysis.capacity.explosive import Explosive
    from analysis.capacity.figures import Figure
    from analysis.capacity.show import Showing, Venue
    from analysis.capacity.trials import Trial
    from analysis.capacity.waits import AtLeast

SHORT: Final = {
    "North East": "NE",
    "North West": "NW",
    "Yorkshire and The Humber": "Y&H",
    "East Midlands": "EM",
    "West Midlands": "WM",
    "East of England": "EE",
    "London": "Lon",
    "South East": "SE",
    "South West": "SW",
    "Practice leaders, national": "Lead",
}
"""Venues in the head of a wide table."""

NO_RANGE: Final = "±?"
"""Where a figure is of one future, and nothing is known of its range."""

MARKS: Final = {"idle": "", "slack": "", "busy": "", "over": "+", "choked": "#", "no seats": "x"}


def ranged(found: Figure, unit: str = "") -> str:
    """A mean with the range of eight in ten futures."""
    if math.isnan(found.mean):
        return "none"
    if math.isnan(found.low):
        return f"{amount(found.mean, unit)} {NO_RANGE}"
    if found.low == found.high:  # the same in every future
        return amount(found.mean, unit)
    return f"{amount(found.mean, unit)} {interval(found.low, found.high, unit)}".rstrip()


def give_or_take(found: Figure, unit: str = "") -> str:
    """A mean with half the range of eight in ten futures, for tables."""
    if math.isnan(found.mean):
        return "none"
    if math.isnan(found.low):  # of one future
        return f"{amount(found.mean, unit)} {NO_RANGE}"
    half = half_width(found.low, found.high, unit) if found.low != found.high else ""
    space = "" if half.startswith("±<") else " "  # as wide as any other, for there are 152 rows of these
    return f"{amount(found.mean, unit)}{space}{half}".rstrip()


def whole_percent(found: Figure) -> str:
    """A share in whole percent, give or take half the range of eight in ten futures, for narrow tables."""
    if math.isnan(found.mean):
        return "none"
    half = (found.high - found.low) * 50
    give = NO_RANGE if math.isnan(half) else f"±{half:,.0f}" if half else ""
    return f"{found.mean * 100:,.0f}% {give}".rstrip()


def waited(found: AtLeast) -> str:
    """A wait for tables: with the mark of "more than" where it was not reached in some futures by the end."""
    return f"{BEYOND if found.beyond else ''}{give_or_take(found.days)}"


BEYOND: Final = ">"
"""Before a wait that was not reached in some of the futures: it is longer than this."""

NOT_REACHED: Final = "> longer than this: not reached by the end, since people still wait"


def loaded(cell: Cell) -> str:
    """People for each seat, give or take half the range, and the mark that stands for the word."""
    if cell.word == "idle":
        return "."
    if cell.word == "no seats" or math.isnan(cell.load.mean):
        return "x"
    places = 0 if cell.load.mean >= 9.95 else 1
    half = (cell.load.high - cell.load.low) / 2
    give = NO_RANGE if math.isnan(half) else f"±{half:.{places}f}"
    return f"{more_than(cell)}{cell.load.mean:.{places}f}{give}{MARKS[cell.word] if is_over(cell) else ''}"


def is_over(cell: Cell) -> bool:
    """Whether a venue is over capacity in a time: `OVER_RULE`."""
    return cell.over > 0.5


OVER_RULE: Final = "more people than seats in most futures"

SAID: Final = {
    "over": "over capacity",
    "choked": "far over capacity",
    "no seats": "over capacity, nothing is open",
}
"""What is said of a cell that is over capacity in most futures, beside its number of people for each seat."""


def in_words(cell: Cell) -> str:
    """What is said of a cell; of one with more people than seats, but not in most futures, in how many."""
    if is_over(cell):
        return SAID[cell.word]
    return f"over in {cell.over:.0%} of futures" if cell.word in SAID else cell.word


def more_than(cell: Cell) -> str:
    """The mark of people for each seat where some futures, with no seat for people, are not in the mean."""
    return BEYOND if cell.shut else ""


def people_a_seat(cell: Cell) -> str:
    """People for each seat, for tables, with that mark."""
    if math.isnan(cell.load.mean):
        return "no seat" if cell.shut else "none"
    return f"{more_than(cell)}{give_or_take(cell.load)}"


def crowd(cell: Cell) -> str:
    """People for each seat, for sentences."""
    if math.isnan(cell.load.mean):
        return "nothing open"
    return f"{'more than ' if cell.shut else ''}{ranged(cell.load)} people for each seat"


def not_in_the_mean(cells: Iterable[Cell]) -> str:
    """What that mark means, where any of these cells has it."""
    return SOME_SHUT if any(cell.shut and not math.isnan(cell.load.mean) for cell in cells) else ""


SOME_SHUT: Final = (
    "> more than this: in some futures people wait and nothing is open, which is not in the mean."
)


LEGEND: Final = (
    "People who could use a seat (waiting at the beginning, or joined) for each seat open: mean, give or "
    "take half the range of eight in ten futures. In most futures, + over capacity: more people than seats; "
    "# choked: more than two people for every seat; x people wait and nothing is open; . nobody wants a seat."
)

MAP_LEGEND: Final = (
    "On the map: people who could use a seat (waiting at the beginning, or joined) for each seat open, the "
    f"mean of the futures; ! over capacity, {OVER_RULE}; x people wait and nothing "
    "is open; a dot where nobody wants a seat. The line at the foot says a cell in words, with its range."
)

GAP: Final = (
    "FTE of posts that need an accredited holder, give or take half the range of eight in ten futures: "
    "short of people, covered by agency staff, and uncovered. Extra load: what practitioners who are "
    "there carry more. Vacancies that there would be without any scheme are in it; naas capacity gap "
    "no-scheme shows them alone."
)


def no_ranking(scale: float) -> str:
    """How not to read a list of authorities, worst first."""
    few = f", the more so with {scale:.4g} of their people" if scale != 1 else ""
    return f"No ranking: large authorities come first, and their order is partly chance{few}."


BINDS: Final = (
    "What binds: the cause with most days of delay among people who may be assessed, and its share, give or "
    "take half the range"
)
NOWHERE: Final = "Nowhere: there are seats for everyone who wants one in every period."


def over_capacity(shown: Showing) -> list[str]:
    """One sentence for each venue that is over capacity at any time, worst first; nothing where none is."""
    lines = []
    for venue in shown.worst_first().venues[1:]:
        over = [cell for cell in shown.row(venue.name) if is_over(cell)]
        if not over or venue.worst is None:
            continue
        worst = venue.worst
        lines.append(
            f"{venue.name}: more people than seats in {len(over)} of {len(shown.periods)} {shown.unit}s, "
            f"worst in {date_text(worst.period)} with {crowd(worst)}; "
            f"at most {ranged(venue.peak_waiting)} waiting{_cleared(venue)}."
        )
    return [*lines, out_of_control(shown.explosive)] if shown.explosive else lines


def out_of_control(queues: Sequence[Explosive]) -> str:
    """Queues out of control, the longest first, in one sentence that says by which test."""
    longest = sorted(queues, key=lambda queue: -queue.waiting.mean)
    return f"Out of control, {TEST}: {'; '.join(str(queue) for queue in longest)}."


def _cleared(venue: Venue) -> str:
    found = venue.clearance
    if found is None or found.peak is None:
        return ""
    weeks = f"within {found.target} days"
    if found.never == 1:
        return f"; never back {weeks}"
    if found.never > 0.5:
        return f"; not back {weeks} by the end in {found.never:.0%} of futures"
    if found.day is None:
        return f"; {weeks} throughout"
    ends = f" [{found.low:%b %Y}, {found.high:%b %Y}]" if not math.isnan(venue.peak_waiting.low) else ""
    return f"; back {weeks} by {found.day.day} {found.day:%b %Y}{ends}"


def lost_seats(everything: Venue) -> str:
    """How many seats nobody sat on, by cause, in a sentence."""
    offered = everything.seats["offered"].mean
    lost = ", ".join(
        f"{why} {ranged(found)} ({found.mean / offered:.0%})"
        for why, found in everything.lost.items()
        if offered and found.mean
    )
    closed = everything.seats["lost to closure, not offered"].mean
    more = f" Closures took {closed:,.0f} more before they were offered." if closed else ""
    return f"Seats lost: {lost or 'none'}.{more}"


def longest_offered(venue: Venue) -> str:
    """The longest wait offered, in weeks."""
    if venue.unbounded > 0.5:
        return "none free"
    return give_or_take(venue.offered_weeks)


def rosters(venue: Venue) -> str:
    """How many days circuits are open, and who works in them; and what they are taken to be, if not told."""
    found = venue.roster
    days = ", ".join(f"{name[:-1]} days {ranged(each)}" for name, each in found.days.items())
    said = f"Rosters: circuit days {ranged(found.circuit_days)}; {days}."
    if not found.assumed > 0:
        return said
    part = "" if found.assumed == 1 else f", which is so for {found.assumed:.0%} of these days"
    return (
        f"{said} Where the scenario tells seats and no circuits{part}, a circuit is taken to have "
        f"{found.seats} seats a day."
    )


def chance(trial: Trial | None, futures: int = 0) -> str:
    """A probability with its interval; with the number of futures where it was given up before the last."""
    if trial is None:
        return "not tried"
    low, high = trial.interval()
    given_up = f" in {trial.futures}" if trial.futures < futures else ""
    return f"{trial.probability:.0%} [{low * 100:.0f}, {high * 100:.0f}]{given_up}"
