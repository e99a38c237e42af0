"""The terms of money as they were typed, checked: the year of prices, the discount rate, a budget."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from rules.errors import problem
from tui.views.costing import prices, valued

if TYPE_CHECKING:
    from tui.desk.desk import Desk

TERMS: Final = ("price_year", "rate", "budget")


def terms(
    desk: Desk, price_year: str = "", rate: str = "", budget: str = ""
) -> dict[str, float | int | None]:
    """Each of the three, None where it is the usual one. Raises `InputError` K008 and K013."""
    typed = dict(zip(TERMS, (price_year, rate, budget), strict=True))
    given = {name: number for name, text in typed.items() if (number := _number(text)) is not None}
    year = given.pop("price_year", None)
    if year is not None and year != int(year):
        raise problem("K008", f"the price year is a whole year, not {price_year}")
    how = valued(given if year is None else given | {"price_year": int(year)})
    prices(desk, "", None, how.price_year)
    found = how.model_dump(exclude_defaults=True)
    return {name: found.get(name) for name in TERMS}


def _number(text: str) -> float | None:
    """What was typed, with or without commas and a pound sign; None for nothing."""
    bare = text.replace(",", "").strip().removeprefix("£")
    try:
        number = float(bare) if bare else None
    except ValueError:
        number = math.nan
    if number is not None and not math.isfinite(number):
        raise problem("K013", f"'{text}' is not a number")
    return number
