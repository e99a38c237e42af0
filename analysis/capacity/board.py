"""Demand, seats and what became of them, by venue and week, month or quarter; over capacity in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figures, over
from analysis.capacity.stored import Stored

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

UNITS: Final = ("week", "month", "quarter")

IDLE, SLACK, BUSY, OVER, CHOKED, NO_SEATS = "idle", "slack", "busy", "over", "choked", "no seats"
WORDS: Final[dict[str, str]] = {
    IDLE: "nobody wants a seat",
    SLACK: "fewer than 7 people for 10 seats",
    BUSY: "7 to 10 people for 10 seats",
    OVER: "more people than seats",
    CHOKED: "more than two people for every seat",
    NO_SEATS: "people wait and nothing is open",
}
"""What is said of a venue in a time, by how many people there are for the seats that are open."""

_SLACK, _FULL, _CHOKED = 0.7, 1.0, 2.0


@dataclass(frozen=True)
class Cell:
    """One venue in one week, month or quarter, over all futures.

    `load` is everyone who could have used a seat (waiting at the beginning, and joined) over the seats open;
    `waiting` is at the end. `over` is the share of futures in which more people than seats were there, and
    `shut` of those in which people were there and no seat was open: these are not in the mean of `load`,
    which is then too low.
    """

    venue: str
    period: str
    first: Figure
    retake: Figure
    offered: Figure
    open: Figure
    used: Figure
    utilisation: Figure
    load: Figure
    waiting: Figure
    over: float
    shut: float
    word: str

    def to_dict(self) -> dict[str, object]:
        """The cell as plain data."""
        figures = ("first", "retake", "offered", "open", "used", "utilisation", "load", "waiting")
        return {
            "venue": self.venue,
            "period": self.period,
            **{name: getattr(self, name).to_dict() for name in figures},
            "over_in_share_of_futures": self.over,
            "people_and_no_seat_in_share_of_futures": self.shut,
            "word": self.word,
        }


def summed(stored: Stored, values: Ints, unit: str) -> Ints:
    """Flows [future, week, venue] summed into [future, period, venue]."""
    return np.asarray(np.add.reduceat(values, stored.begins(unit), axis=1))


def at_end(stored: Stored, values: Ints, unit: str) -> Ints:
    """A stock [future, week, venue] as it stands at the end of each period."""
    begins = stored.begins(unit)
    return values[:, np.append(begins[1:] - 1, values.shape[1] - 1)]


def load(stored: Stored, unit: str) -> Floats:
    """People for seats [future, period, venue]: infinite with people and no seat, NaN with neither."""
    waiting = at_end(stored, stored.of("waiting"), unit)
    joined = summed(stored, stored.of("joined_first") + stored.of("joined_retake"), unit)
    there = joined + np.concatenate([np.zeros_like(waiting[:, :1]), waiting[:, :-1]], axis=1)
    seats = summed(stored, stored.open, unit)
    return np.where((seats == 0) & (there > 0), np.inf, over(there, seats))


def words_for(loads: Floats) -> NDArray[np.str_]:
    """The word for every venue and time, by its loads in all futures [future, ...].

    Where in most futures nobody wants a seat, open or not, that is the word. Otherwise it is told by the
    middle of the futures in which there are people or seats.
    """
    nobody = (np.isnan(loads) | (loads == 0)).mean(axis=0) > 0.5
    known = (~np.isnan(loads)).sum(axis=0)
    in_order = np.sort(loads, axis=0)  # NaN comes last
    middles = [np.maximum(at, 0)[None] for at in ((known - 1) // 2, known // 2)]
    low, high = (np.take_along_axis(in_order, np.minimum(at, len(loads) - 1), axis=0)[0] for at in middles)
    typical = np.where(known > 0, (low + high) / 2, 0.0)
    steps = [nobody, np.isinf(typical), *(typical <= most for most in (_SLACK, _FULL, _CHOKED))]
    return np.select(steps, [IDLE, NO_SEATS, SLACK, BUSY, OVER], CHOKED)


def board(stored: Stored, unit: str = "month") -> tuple[Cell, ...]:
    """Every venue in every week, month or quarter, the venues one after the other."""
    parts = {
        "first": summed(stored, stored.of("joined_first"), unit),
        "retake": summed(stored, stored.of("joined_retake"), unit),
        "offered": summed(stored, stored.of("offered"), unit),
        "open": summed(stored, stored.open, unit),
        "used": summed(stored, stored.used, unit),
        "waiting": at_end(stored, stored.of("waiting"), unit),
    }
    loads = load(stored, unit)
    ratios = {
        "utilisation": over(parts["used"], parts["offered"]),
        "load": np.where(np.isinf(loads), np.nan, loads),
    }
    shown = {part: figures(values) for part, values in {**parts, **ratios}.items()}
    beyond = (np.nan_to_num(loads, nan=0.0) > 1).mean(axis=0)
    shut = np.isinf(loads).mean(axis=0)
    words, periods = words_for(loads), stored.named(unit)
    found = []
    for venue, name in enumerate(stored.venues):
        for place, period in enumerate(periods):
            found.append(
                Cell(
                    venue=name,
                    period=period,
                    over=float(beyond[place, venue]),
                    shut=float(shut[place, venue]),
                    word=str(words[place, venue]),
                    **{part: cells[place, venue] for part, cells in shown.items()},
                )
            )
    return tuple(found)
