"""What the department spends on the delivered scheme, in cash, by financial year.

    running cost of the year x months in which the scheme runs / 12
    + price of an assessment x (sittings and seats missed)
    + grant x authorities that join, as far as grants were announced for them

The grants of the third wave were committed before the financial year in which it joined. Running cost falls
while centres are closed. What was committed before the first person sat is added to the
running total only. Prices, grants and running cost come from contracts, allocations and letters, none from
what was spent in the end; they are in `analysis/data/spending.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from analysis.forecast.drawing import BESIDES
from analysis.forecast.series import Point, Series
from scenarios.uncertainty import drawn
from simulation.inputs import Closure
from simulation.parameters import Parameters

OPENS: Final = date(2018, 7, 1)
"""The month in which the scheme begins to run."""

_SECOND, _THIRD = date(2019, 1, 1), date(2020, 1, 1)

_COMMITTED: Final = date(2020, 3, 16)
"""The day by which the grants of the third wave, which joined in April, were counted in what was spent."""

SPENDING: Final = (
    Series(
        "spending",
        "Spending of the department in the financial year",
        "Running cost, delivery and grants from July 2018, in cash",
        "gbp",
        "financial year",
    ),
    Series(
        "spending_to_date",
        "Spending of the department to the end of the financial year",
        "What was committed before the start, and spending in every year so far, in cash",
        "gbp",
        "financial year",
    ),
)
PARTS: Final = ("running", "delivery", "grants")
"""The groups of `spending` besides the whole."""


@dataclass(frozen=True)
class Delivery:
    """What money is spent on: seats used or missed by financial year, days of joining, closures, the end."""

    seats: Mapping[str, float]
    joined: tuple[date, ...]
    closures: tuple[Closure, ...]
    until: date


def financial_year(day: date) -> str:
    """The year from April to March that a day falls in, as 2018-19."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def spending(delivery: Delivery, seed: int, draw: int) -> dict[Point, float]:
    """Spending by financial year, its parts, and in all so far, at the prices of one draw."""
    value = drawn(prices(), seed, draw, BESIDES).value
    second = [day for day in delivery.joined if _SECOND <= day < _THIRD]
    third = [min(day, _COMMITTED) for day in delivery.joined if day >= _THIRD]
    share = min(value("spending.phase_two_granted") / max(1, len(second)), 1.0)
    found: dict[Point, float] = {}
    so_far = value("spending.before")
    for year, months in _months(delivery, value("spending.closed_share")).items():
        of_2019, of_2020 = (sum(financial_year(day) == year for day in wave) for wave in (second, third))
        parts = (
            value("spending.running_cost") * months / 12,
            value("spending.price_of_assessment") * delivery.seats.get(year, 0.0),
            value("spending.grant_of_2019") * share * of_2019 + value("spending.grant_of_2020") * of_2020,
        )
        so_far += sum(parts)
        found[Point("spending", year)] = sum(parts)
        found |= {Point("spending", year, name): part for name, part in zip(PARTS, parts, strict=True)}
        found[Point("spending_to_date", year)] = so_far
    return found


@lru_cache(maxsize=1)
def prices() -> Parameters:
    """Prices, grants and running cost with their evidence."""
    return Parameters.load([Path(str(files("analysis").joinpath("data/spending.yaml")))])


def _months(delivery: Delivery, closed_share: float) -> dict[str, float]:
    """Months of full running cost by financial year; a month with every centre closed counts for less."""
    found: dict[str, float] = {}
    month = OPENS
    while month <= delivery.until:
        middle = month + timedelta(14)
        shut = any(c.region == "all" and c.first <= middle <= c.last for c in delivery.closures)
        year = financial_year(month)
        found[year] = found.get(year, 0.0) + (closed_share if shut else 1.0)
        month = (month + timedelta(32)).replace(day=1)
    return found
