"""Cells of money: what is read and what is exported are scaled by the same unit, and say which it is.

Amounts come in pounds. No other module writes the value of an amount beside its text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from analysis.appraisal import Spread
from reports.money import in_millions, in_pounds, millions, pounds
from reports.page import Cell, Column

MILLION: Final = "£ million"
POUND: Final = "£"

Unit = Literal["£ million", "£"]

_SCALE: Final[dict[Unit, float]] = {MILLION: 1e6, POUND: 1.0}
_ONE: Final[dict[Unit, Callable[..., str]]] = {MILLION: millions, POUND: pounds}
_SPREAD: Final[dict[Unit, Callable[..., str]]] = {MILLION: in_millions, POUND: in_pounds}


def scaled(amount: float, unit: Unit = MILLION) -> float:
    """An amount in pounds as a number of the unit."""
    return amount / _SCALE[unit]


def money(amount: float | Spread, unit: Unit = MILLION, *, signed: bool = False) -> Cell:
    """An amount in pounds in its unit; of a spread its mean, with the 10th and 90th percentiles as read."""
    if isinstance(amount, Spread):
        text = _SPREAD[unit](amount, signed=signed)
        return Cell(text=text, value=scaled(amount.mean, unit), unit=unit)
    return Cell(text=_ONE[unit](amount, signed=signed), value=scaled(amount, unit), unit=unit)


def ends(found: Spread, unit: Unit = MILLION) -> Cell:
    """The 10th to the 90th percentile of an amount in pounds; its value is the lower end."""
    low, high = money(found.p10, unit), money(found.p90, unit)
    return low.model_copy(update={"text": f"{low.text} to {high.text}"})


def before_and_after(before: float, after: float, unit: Unit = MILLION) -> Cell:
    """An amount in pounds and what becomes of it; its value is the first."""
    first, second = money(before, unit), money(after, unit)
    return first.model_copy(update={"text": f"{first.text} → {second.text}"})


def column(name: str, label: str, cells: Sequence[Cell]) -> Column:
    """A column of figures that names their unit, where they share one."""
    units = {cell.unit for cell in cells if cell.value is not None}
    return Column(id=name, label=label, unit=units.pop() if len(units) == 1 else "")
