"""What a multiplier on the hazard of leaving means as turnover in a year."""

from __future__ import annotations

from typing import Final

TURNOVER: Final = 0.134
"""Turnover in the year to 30 September 2017, by full-time equivalents (DfE, revised series)."""

HAZARDS: Final = (1.2, 1.85, 2.33)
"""A small effect, and the effects of medical revalidation after passing and while awaiting (2019)."""


def turnover_at(hazard: float, turnover: float = TURNOVER) -> float:
    """Turnover in a year when everyone's hazard of leaving is multiplied, hazards being proportional."""
    return float(1 - (1 - turnover) ** hazard)
