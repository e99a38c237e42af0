"""Money of one year in the prices of another, by the deflator of gross domestic product."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def deflators() -> dict[int, float]:
    """The index of prices by calendar year, 2024 = 100 (HM Treasury, December 2025)."""
    text = files("analysis").joinpath("data/gdp_deflator.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {int(row["year"]): float(row["index"]) for row in rows}


def in_prices_of(year: int, of: int) -> float:
    """What money of the year `of` is multiplied by to be in prices of `year`. Raises KeyError."""
    index = deflators()
    return 1.0 if year == of else index[year] / index[of]


def discount(rate: float, years: int) -> float:
    """What a pound `years` from now is worth today, at a real rate such as 0.035."""
    return float((1 + rate) ** -years)
