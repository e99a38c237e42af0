"""What can be done on the workplace Capacity."""

from __future__ import annotations

from typing import Any, Final

from tui.actions import Action


def _nothing(screen: Any) -> str:
    return "" if screen.drawn else "nothing was run of this scenario yet"


def _cannot_run(screen: Any) -> str:
    if screen.app.run_going:
        return "a run is going already"
    return "" if screen.app.state.marks else "mark a scenario in the library first"


def _cannot_size(screen: Any) -> str:
    return "a run is going already" if screen.app.run_going else _nothing(screen)


def _one(screen: Any) -> str:
    return "" if len(screen.app.state.marks) > 1 else "one scenario is marked"


def _every_authority(screen: Any) -> str:
    return "" if screen.gap_of else "every authority is shown already"


ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        "capacity.run",
        "Run: what is missing",
        "Runs the marked scenarios.",
        ("r", "ctrl+r"),
        2,
        "Run",
        _cannot_run,
    ),
    Action(
        "capacity.measure",
        "Map: people for seats, seats used, waiting",
        "Shows the next of the three.",
        ("v",),
        3,
        "Show",
        _nothing,
    ),
    Action(
        "capacity.unit",
        "Map: by month or by quarter",
        "Cuts time the other way.",
        ("b",),
        4,
        "By",
        _nothing,
    ),
    Action(
        "capacity.panel",
        "View: next panel",
        "Cell, in words, seats, waits, sizing, gap, what binds.",
        ("f4", "p"),
        5,
        "Panel",
    ),
    Action(
        "capacity.size",
        "Size: the least seats for a target wait",
        "Searches for the least seats of every region, in many random futures.",
        ("z",),
        6,
        "Size",
        _cannot_size,
    ),
    Action(
        "capacity.scenario",
        "Scenario: the next one that is marked",
        "Shows the next marked scenario.",
        ("m",),
        7,
        "Scenario",
        _one,
    ),
    Action(
        "capacity.authorities",
        "Staff gap: every authority",
        "After enter on a cell has shown those of one region.",
        ("a",),
        8,
        "All regions",
        _every_authority,
    ),
)
