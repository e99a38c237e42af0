"""What benefits would have to be, since none is counted; and what one evaluation claimed, as a what-if."""

from __future__ import annotations

from typing import Final

from analysis.appraisal import Option

CLAIMED: Final = (2.03, 2.28)
"""Pounds saved for each pound spent, "indicative early findings" of the first group of councils (Kantar,
evaluation of phases 1 and 2, November 2020). Rests on little: a what-if, never in a total."""


def break_even(item: Option) -> float:
    """What each accreditation would have to be worth, in pounds, for benefits to equal cost; NaN if none."""
    gained = item.accredited.mean
    return item.present_value.mean / gained if gained > 0 else float("nan")
