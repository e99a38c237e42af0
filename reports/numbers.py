"""Numbers as a person reads them: thousands apart, percent for shares, no digit that means nothing."""

from __future__ import annotations

import math
from typing import Final

UNDEFINED: Final = "not defined"
"""What stands for a number that does not exist, such as a pass rate when nobody sat."""

_POINTS: Final = "share"


def amount(value: float, unit: str) -> str:
    """A value of a measure: 0.1234 of a share is 12.3%, and 12345.6 people are 12,346."""
    if math.isnan(value):
        return UNDEFINED
    return f"{_digits(value * 100, 1)}%" if unit == _POINTS else _digits(value, _places(value))


def interval(low: float, high: float, unit: str, *, signed: bool = False) -> str:
    """The two ends of an interval in brackets; nothing when there is none."""
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"[{_end(low, unit, signed)}, {_end(high, unit, signed)}]"


def half_width(low: float, high: float, unit: str) -> str:
    """An interval as plus or minus, in the digits of its figure; nothing when there is none.

    A width that these digits cannot show is "±<0.1": only what is exact reads as nothing.
    """
    if math.isnan(low) or math.isnan(high):
        return ""
    half = (high - low) / 2 * (100 if unit == _POINTS else 1)
    written = _digits(half, 1 if unit == _POINTS else _places(half))
    return "±<0.1" if half and written == "0.0" else f"±{written}"


def percent(share: float) -> str:
    """A share that somebody asked for, with all the digits that it has: 90%, 99.9%."""
    return f"{share * 100:.10g}%"


def replications(count: int) -> str:
    """How many replications, in words: "1 replication", "1,200 replications"."""
    return f"{count:,} replication{'' if count == 1 else 's'}"


def change(value: float, unit: str) -> str:
    """A difference with its sign; shares differ by percentage points."""
    if math.isnan(value):
        return UNDEFINED
    if unit == _POINTS:
        return f"{_digits(value * 100, 1, signed=True)} points"
    return _digits(value, _places(value), signed=True)


def reads_as_zero(value: float, unit: str) -> bool:
    """Whether nothing is left of a difference once it is written: 0.0004 of a share is 0.0 points."""
    return change(value, unit).startswith("0")


def _end(value: float, unit: str, signed: bool) -> str:
    if unit == _POINTS:
        return _digits(value * 100, 1, signed=signed)
    return _digits(value, _places(value), signed=signed)


def _places(value: float) -> int:
    """Decimals worth showing: none from ten on, where the first digits say enough."""
    return 0 if abs(value) >= 9.95 or value == round(value) else 1


def _digits(value: float, places: int, *, signed: bool = False) -> str:
    rounded = round(value, places) + 0.0  # adding zero turns -0 into 0
    sign = "+" if signed and rounded != 0 else ""
    return f"{rounded:{sign},.{places}f}"
