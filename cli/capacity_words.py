"""How figures of capacity are written: a mean with its range, a load with its mark, a table in blocks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from cli.output import columns, emphasis, width
from reports.numbers import amount, half_width, interval

if TYPE_CHECKING:
    from analysis.capacity.board import Cell
    from analysis.capacity.figures import Figure

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

MARKS: Final = {"idle": "", "slack": "", "busy": "", "over": "+", "choked": "#", "no seats": "x"}


def ranged(found: Figure, unit: str = "") -> str:
    """A mean with the range of eight in ten futures."""
    if math.isnan(found.mean):
        return "none"
    if found.low == found.high:  # the same in every future
        return amount(found.mean, unit)
    return f"{amount(found.mean, unit)} {interval(found.low, found.high, unit)}".rstrip()


def give_or_take(found: Figure, unit: str = "") -> str:
    """A mean with half the range of eight in ten futures, for tables."""
    if math.isnan(found.mean):
        return "none"
    half = half_width(found.low, found.high, unit) if found.low != found.high else ""
    return f"{amount(found.mean, unit)} {half}".rstrip()


def loaded(cell: Cell) -> str:
    """People for each seat, give or take half the range, and the mark that stands for the word."""
    if cell.word == "idle":
        return "."
    if cell.word == "no seats" or math.isnan(cell.load.mean):
        return "x"
    places = 0 if cell.load.mean >= 9.95 else 1
    half = (cell.load.high - cell.load.low) / 2
    return f"{cell.load.mean:.{places}f}±{half:.{places}f}{MARKS[cell.word]}"


def block(title: str, rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """A titled table with its head in the first row; where too wide, one entry below the other."""
    shown = columns(rows, right)
    if any(len(line) > width() for line in shown):
        head, *rest = rows
        shown = []
        for row in rest:
            shown.append(row[0])
            shown += [f"    {name}: {cell}" for name, cell in zip(head[1:], row[1:], strict=True) if cell]
    return [emphasis(title, "strong"), *shown]


def flat(found: Mapping[str, object], before: str = "") -> dict[str, object]:
    """A nested document as one row, its names joined by underscores."""
    row: dict[str, object] = {}
    for name, value in found.items():
        if isinstance(value, Mapping):
            row |= flat(value, f"{before}{name}_")
        else:
            row[f"{before}{name}"] = value
    return row
