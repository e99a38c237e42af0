"""What a set of replications of one arm kept about its queues, read once for every question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.assumed import assumed
from rules.errors import problem
from scenarios.experiment import Results
from scenarios.in_post import in_post
from simulation.calendar import LAST, date_of, day_of
from simulation.capacity import LEADERS, VENUES, SeatPlan, seat_plan
from simulation.flows import FLOWS, Spells, quarters_of, weeks_of
from simulation.inputs import Inputs
from simulation.parameters import Parameters
from simulation.staffing import month_ends
from simulation.workforce import Employers

Ints = NDArray[np.int64]

WEEK: Final = 7
ENDS: Final = 3
"""Ways in which a wait ends: with a sitting, without one, or not by the end of the period."""

ABSENT, FREE = "assessor or actor absent", "nobody booked"
MISSED: Final = ("did not attend", "cancelled late", "left before the day")
"""Why nobody sat on a seat: the staff, the booking, or one of these by whoever had booked it."""


@dataclass(frozen=True, eq=False)
class Stored:
    """One arm. `flows` [future, of `FLOWS`, week, venue]; `spells` one a future; the rest as in the records.

    `assumed` is what readouts of it take for granted. Amounts are as run: a workforce at a tenth of the
    scale has a tenth of the people and of the seats.
    """

    name: str
    inputs: Inputs
    venues: tuple[str, ...]
    flows: Ints
    spells: tuple[Spells, ...]
    results: Results
    arm: int
    assumed: Parameters = field(default_factory=assumed)

    @property
    def futures(self) -> int:
        """How many replications every arm finished."""
        return len(self.spells)

    @property
    def start(self) -> int:
        """The first day."""
        return max(day_of(self.inputs.start), 0)

    @property
    def until(self) -> int:
        """The last day."""
        return day_of(min(self.inputs.until, LAST))

    @cached_property
    def employers(self) -> Employers:
        """Those that arrays by employer are of, in their order."""
        return in_post(self.inputs).employers

    @cached_property
    def shut(self) -> Ints:
        """The seats [week, venue] that closures took, before they were offered; none in a plain scheme."""
        found = np.zeros(self.flows.shape[2:], dtype=np.int64)
        if self.inputs.plain is None:
            week = self.week_of(np.arange(self.until + 1))
            inside = week >= 0
            np.add.at(found, week[inside], self.plan.shut[:, inside].T)
        return found

    @cached_property
    def plan(self) -> SeatPlan:
        """Seats by venue and day, as laid down before any future; not of a plain scheme."""
        return seat_plan(self.inputs, self.until)

    @cached_property
    def weeks(self) -> Ints:
        """The Monday of every week."""
        return np.array(weeks_of(self.start, self.until))

    @cached_property
    def quarters(self) -> Ints:
        """The first day of every quarter."""
        return np.array(quarters_of(self.start, self.until))

    @property
    def regions(self) -> tuple[str, ...]:
        """The venues that are regions."""
        return tuple(name for name in self.venues if name != LEADERS)

    def of(self, name: str) -> Ints:
        """One of the flows [future, week, venue]."""
        return self.flows[:, FLOWS.index(name)]

    @cached_property
    def open(self) -> Ints:
        """Seats that were there to be taken [future, week, venue]: rostered, less those without assessors."""
        return self.of("offered") - self.of("absent")

    @cached_property
    def used(self) -> Ints:
        """Seats on which somebody sat [future, week, venue]."""
        return self.of("used_first") + self.of("used_retake")

    @cached_property
    def lost(self) -> dict[str, Ints]:
        """Seats that nobody sat on, by cause [future, week, venue]; with `used` they add up to `offered`."""
        late = self.of("cancelled") - self.of("standby")
        taken = self.used + self.of("no_show") + late + self.of("vacated")
        return {
            ABSENT: self.of("absent"),
            **dict(zip(MISSED, (self.of("no_show"), late, self.of("vacated")), strict=True)),
            FREE: self.open - taken,
        }

    @cached_property
    def waited(self) -> Ints:
        """People by how long they waited [future, venue, first sitting or retake, how it ended, day]."""
        days = max(int(each.wait.max(initial=0)) for each in self.spells) + 1
        shape = len(self.venues), 2, ENDS, days
        found = np.empty((len(self.spells), *shape), dtype=np.int64)
        for each, people in zip(self.spells, found, strict=True):
            cell = ((each.home * 2 + each.retake) * ENDS + each.ended) * days + each.wait
            people[:] = np.bincount(cell, minlength=people.size).reshape(shape)
        return found

    @cached_property
    def trips(self) -> Ints:
        """Sittings [future, year, employer, venue]."""
        return self.results.recorded("trips", self.arm).astype(np.int64)

    @cached_property
    def gaps(self) -> Ints:
        """The staffing gap and what is covered [future, of two, month, employer, status], FTE x 100."""
        return self.results.recorded("gaps", self.arm).astype(np.int64)

    @cached_property
    def delays(self) -> Ints:
        """Worker-days of delay [future, cause, quarter, region]."""
        return self.results.recorded("delays", self.arm).astype(np.int64)

    @cached_property
    def month_ends(self) -> tuple[int, ...]:
        """The last day of every month."""
        return month_ends(max(self.start, 1), self.until)

    def begins(self, unit: str) -> Ints:
        """The first week, by its place, of every "week", "month" or "quarter".

        A week belongs to where its Thursday lies, and every month has at least one.
        """
        if unit == "week":
            return np.arange(len(self.weeks))
        every = 3 if unit == "quarter" else 1
        days = self._thursdays
        numbers = [(day.year * 12 + day.month - 1) // every for day in days]
        return np.flatnonzero(np.diff(numbers, prepend=-1))

    def named(self, unit: str) -> tuple[str, ...]:
        """The weeks, months or quarters by name, such as 2019-W05, 2019-03, 2019-Q1."""
        thursdays = self._thursdays
        days = [thursdays[place] for place in self.begins(unit)]
        if unit == "week":
            return tuple(f"{day.isocalendar().year}-W{day.isocalendar().week:02d}" for day in days)
        if unit == "quarter":
            return tuple(f"{day.year}-Q{(day.month - 1) // 3 + 1}" for day in days)
        return tuple(f"{day:%Y-%m}" for day in days)

    @cached_property
    def _thursdays(self) -> list[date]:
        """The day of each week that says where the week belongs; one of the period."""
        return [date_of(min(max(int(day) + 3, self.start), self.until)) for day in self.weeks]

    def week_of(self, day: Ints) -> Ints:
        """The place of the week that a day lies in."""
        return np.asarray((day - self.weeks[0]) // WEEK)


def stored(results: Results, arm: int = 0, taken: Parameters | None = None) -> Stored:
    """What the results keep of an arm, to be read with what is `taken` for granted, if not the usual.

    Raises `InputError` Q012 when no replication was finished.
    """
    places = np.flatnonzero(results.whole)
    if not len(places):
        raise problem("Q012", "no replication was finished; there is nothing to show")
    inputs = results.arms[arm].inputs
    venues = VENUES if inputs.plain is None else tuple(name for name, _ in inputs.plain.regions)
    flows = results.recorded("flows", arm).astype(np.int64)
    spells = tuple(Spells.unpacked(results.records[arm, int(p)].arrays["spells"]) for p in places)
    return Stored(results.arms[arm].name, inputs, venues, flows, spells, results, arm, taken or assumed())
