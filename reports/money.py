"""Money as a person reads it, with no digit that means nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.cost_lines import unit_words
from reports.numbers import UNDEFINED

if TYPE_CHECKING:
    from analysis.appraisal import Spread


def millions(pounds: float, *, signed: bool = False) -> str:
    """Pounds in millions: hundredths below ten, tenths from ten on."""
    if math.isnan(pounds):
        return UNDEFINED
    size = abs(pounds) / 1e6
    places = 1 if size >= 9.995 else 2
    shown = round(pounds / 1e6, places) + 0.0
    return f"{shown:{'+' if signed and shown else ''},.{places}f}"


def pounds(amount: float, *, signed: bool = False) -> str:
    """Pounds, with pence where there are fewer than 100."""
    if math.isnan(amount):
        return UNDEFINED
    places = 2 if abs(amount) < 100 and amount != round(amount) else 0
    sign = "-" if round(amount, places) < 0 else "+" if signed and round(amount, places) else ""
    return f"{sign}£{abs(amount):,.{places}f}"


def in_millions(found: Spread, *, signed: bool = False) -> str:
    """A mean with the 10th and 90th percentiles, in millions."""
    if math.isnan(found.mean):
        return UNDEFINED
    ends = f"{millions(found.p10, signed=signed)} to {millions(found.p90, signed=signed)}"
    return f"{millions(found.mean, signed=signed)} [{ends}]"


def in_pounds(found: Spread, *, signed: bool = False) -> str:
    """A mean with the 10th and 90th percentiles, in pounds."""
    if math.isnan(found.mean):
        return UNDEFINED
    ends = f"{pounds(found.p10, signed=signed)} to {pounds(found.p90, signed=signed)}"
    return f"{pounds(found.mean, signed=signed)} [{ends}]"


def quantity(value: float, unit: str) -> str:
    """A figure of a cost case in its unit: £15,000; 0.35; 3 days."""
    if math.isnan(value):
        return UNDEFINED
    if unit.startswith("gbp"):
        return f"{pounds(value)}{unit.removeprefix('gbp')}"
    digits = number(value)
    if unit in ("share", "ratio", "count"):
        return digits
    return f"{digits} {unit_words(unit, of_one=digits == '1')}"


def number(value: float) -> str:
    """A number to three digits, or whole where it has more."""
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def whole(found: Spread) -> str:
    """A count with its 10th and 90th percentiles."""
    return f"{found.mean:,.0f} [{found.p10:,.0f} to {found.p90:,.0f}]"
