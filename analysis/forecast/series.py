"""What is forecast: series, the times they are read at, and the groups they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simulation.measures import MeasureKey

TOTAL: Final = "all"
"""The group of everyone."""


@dataclass(frozen=True)
class Series:
    """One series. `times` says what its times are: dates, months or financial years."""

    id: str
    label: str
    definition: str
    unit: str
    times: str


@dataclass(frozen=True, order=True)
class Point:
    """One number of a forecast: a series, a time (2019-12-31, 2019-12 or 2019-20) and a group."""

    series: str
    when: str
    group: str = TOTAL

    @property
    def key(self) -> MeasureKey:
        """The point as experiments carry it."""
        return MeasureKey(self.series, at=self.when, by=(("group", self.group),))

    @staticmethod
    def of(key: MeasureKey) -> Point:
        """The point that a key of an experiment stands for."""
        [(_, group)] = key.by
        return Point(key.id, key.at, group)

    def __str__(self) -> str:
        return f"{self.series} {self.when} {self.group}"
