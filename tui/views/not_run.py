"""What of a comparison is not run: what it does without, what is said of it, and what to press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reports.page import Next, Page, Prose
from tui.views.other_version import other_version
from tui.views.provenance import provenance

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from tui.asked import Asked
    from tui.desk.desk import Desk

    LinedUp = tuple[Scenario, Arm]


def with_results(desk: Desk, ready: Sequence[LinedUp], asked: Asked) -> list[LinedUp]:
    """Those with something to show, where they are two at least; otherwise all."""
    some = [item for item in ready if _stored(desk, item[1], asked)]
    return some if len(some) > 1 else list(ready)


def said_of(desk: Desk, left_out: Sequence[LinedUp], first: LinedUp, baseline: str) -> Iterator[Prose]:
    """One line about the scenarios that are left out; `first` was marked as the baseline."""
    if not left_out:
        return
    names = [scenario.id for scenario, _ in left_out]
    one = len(names) == 1
    other = other_version(desk, [arm for _, arm in left_out])
    have = f"{'has' if one else 'have'} not been run yet"
    why = f"{other.words} " if other.names else ""
    line = f"{why}{' and '.join(names)} {'' if why else f'{have} and '}{'is' if one else 'are'} left out."
    if first in left_out:
        line += f" {baseline} is the baseline meanwhile."
    yield Prose(id="left-out", lines=(line,))


def what_next(desk: Desk, results: Results, left_out: Sequence[LinedUp], command: str) -> Next | None:
    """What to press for what is missing."""
    other = other_version(desk, [arm for _, arm in left_out])
    if other.names:
        return other.next(command)
    if left_out:
        return Next(keys=f"Press r to run {'it' if len(left_out) == 1 else 'them'}.", command=command)
    if results.whole.all():
        return None
    return Next(keys="Press r for the rest.", command=command)


def nothing_yet(desk: Desk, ready: Sequence[LinedUp], asked: Asked, command: str) -> Page:
    """What is said where no replication is finished in every scenario."""
    stored = {scenario.id: _stored(desk, arm, asked) for scenario, arm in ready}
    other = other_version(desk, [arm for _, arm in ready])
    following = Next(keys="Press r to run.", command=command)
    said = "Not run yet. What is finished is kept, and the page is there as soon as it is."
    if other.names:
        said, following = other.words, other.next(command)
    elif any(stored.values()) and len(ready) > 1:
        said = "No replication is finished in every scenario yet."
        keys = "Press r to run the rest, or take the mark off those that are not run (1, then space)."
        following = Next(keys=keys, command=command)
    of = f"of {asked.replications} replications are stored"
    return Page(
        screen="compare",
        title=" and ".join(stored),
        summary=said,
        blocks=(
            Prose(
                id="empty",
                title="Nothing to compare yet",
                lines=tuple(f"{name}: {count} {of}" for name, count in stored.items()),
            ),
        ),
        provenance=provenance(ready, asked, command, interval=""),
        next=following,
    )


def _stored(desk: Desk, arm: Arm, asked: Asked) -> int:
    from scenarios.kept import held

    return len(held(desk.store, arm)[1].intersection(range(asked.replications)))
