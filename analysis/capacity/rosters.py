"""Who has to be there: days of actors, assessors and facilitators for the seats that are offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.capacity.figures import Figure, figure
from analysis.capacity.stored import Stored
from analysis.cost_case import CostCase

STAFF: Final = ("actors", "assessors", "facilitators")


@dataclass(frozen=True)
class Layout:
    """What a circuit is: its seats in a day (one a session), and who works in it."""

    sessions: int
    staff: dict[str, float]

    @classmethod
    def shipped(cls) -> Layout:
        """The layout that costs are reckoned with."""
        case = CostCase.default()
        staff = {name: case.value(f"layout.{name}") for name in STAFF}
        return cls(round(case.value("layout.sessions")), staff)


@dataclass(frozen=True)
class Roster:
    """Days of circuits, and of the people who work in them, for one venue or all over the whole time."""

    circuit_days: Figure
    days: dict[str, Figure]

    def to_dict(self) -> dict[str, object]:
        """The roster as plain data."""
        return {
            "circuit_days": self.circuit_days.to_dict(),
            **{f"{name}_days": found.to_dict() for name, found in self.days.items()},
        }


def roster(stored: Stored, venues: list[int]) -> Roster:
    """Days worked at these venues; staff come for every seat that is rostered, used or not."""
    layout = Layout.shipped()
    days = stored.of("offered")[..., venues].sum(axis=(1, 2)) / layout.sessions
    return Roster(figure(days), {name: figure(days * each) for name, each in layout.staff.items()})
