"""The lines of a cost case: what drives each, who pays, and which figures it is the product of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rules.errors import Place

UNITS: Final[dict[str, tuple[float, float]]] = {
    "gbp": (0.0, 1e10),
    "gbp a year": (0.0, 1e10),
    "gbp a day": (0.0, 1e6),
    "gbp an hour": (0.0, 1e5),
    "gbp a mile": (0.0, 1e3),
    "share": (0.0, 1.0),
    "ratio": (0.0, 100.0),
    "days": (0.0, 3_660.0),
    "days per planned day": (0.0, 100.0),
    "hours": (0.0, 1e4),
    "miles": (0.0, 1e4),
    "fte": (0.0, 1e3),
    "count": (0.0, 1e7),
}
"""Every unit, with the lowest and highest number that makes sense in it."""


def unit_words(unit: str, *, of_one: bool = False) -> str:
    """A unit as a person reads it: "£ a day" for what a file writes as "gbp a day"; `of_one`, "1 day"."""
    words = unit.replace("gbp", "£").replace("fte", "FTE")
    first, space, rest = words.partition(" ")
    return f"{first.removesuffix('s')}{space}{rest}" if of_one else words


RATINGS: Final = ("green", "amber", "red")
VALUATIONS: Final = {
    "cash": "cash: only what is newly spent, time not counted",
    "pay": "pay and on-costs: time at what it is paid",
    "full": "full unit cost: time at pay, on-costs and overheads",
}
MODES: Final = {
    "contract": "delivery at contract price, falling with volume",
    "bottom-up": "delivery built up from venues, actors and assessors",
}
GRANTS: Final = {
    "lever": "the department pays the share that the scenario says, of everything; employers bear the rest",
    "per-council": "the department pays for its own lines and a grant for each council that joins",
    "per-assessment": "the department pays for its own lines and a grant for each first sitting of a council",
    "none": "the department pays for its own lines, and nothing to employers",
}
"""How the department pays employers; the first is the usual one."""

PAYERS: Final = ("department", "employer", "individual")
BEHAVIOURS: Final = ("fixed", "variable")
TIMINGS: Final = ("one-off", "annual")

GRADES: Final = ("practitioner", "supervisor", "leader")
BY_STATUS: Final = (
    "sitting_days",
    "preparation_days",
    "considered",
    "supported_fails",
)

DRIVERS: Final[dict[str, str]] = {
    "opening": "opening of the scheme",
    "years_open_pilot": "years open, as far as volume is that of a pilot",
    "years_open_national": "years open, as far as volume is national",
    "delivered_pilot": "sittings and no-shows, as far as volume is that of a pilot",
    "delivered_national": "sittings and no-shows, as far as volume is national",
    "centre_days": "days of a whole centre, by seats offered",
    "circuit_days": "days of a circuit, by seats offered",
    "knowledge_sittings": "sittings with the knowledge test",
    "sittings": "sittings, practice leaders apart",
    "leader_sittings": "sittings of practice leaders",
    "trips": "sittings of everyone",
    "reviews": "independent reviews",
    "sitting_days": "days released for sittings",
    "preparation_days": "days released to prepare",
    "release_days": "days released to prepare and to sit",
    "considered": "endorsements considered",
    "supported_fails": "results below the standard that are followed by development",
    "put_forward": "people put forward",
    "first_attempts": "first sittings",
    "accredited": "accreditations gained",
    "leavers": "leavers beyond those without a scheme",
    "cover_restricted": "days covered for people who may not hold their functions",
    "taking_part": "years of employers taking part",
    "joined": "employers that join",
}
"""What quantities a line can be driven by, in words."""

VALUED_AT: Final[dict[str, tuple[str, ...]]] = {
    "worker_day": ("pay.social_worker_day", "pay.manager_day", "pay.leader_day"),
    "worker_hour": ("pay.social_worker_hour", "pay.manager_hour", "pay.leader_hour"),
    "manager_hour": ("pay.manager_hour", "pay.manager_hour", "pay.leader_hour"),
    "manager_day": ("pay.manager_day",),
    "post_year": ("pay.social_worker_year",),
    "agency_day": (),
}
"""Ways to value time, with the price for each grade. Posts and agency days are cash; other time is not."""

_CASH: Final = ("post_year", "agency_day")


@dataclass(frozen=True)
class Figure:
    """One number of a cost case with its range and its evidence. `key` is the name of its price or line."""

    key: str
    label: str
    low: float
    mode: float
    high: float
    unit: str
    price_year: int
    source: str
    assumption: str
    rating: str
    dated: int
    owner: str = ""
    place: Place | None = None

    @property
    def evidence(self) -> str:
        """The source, or the assumption named as one."""
        return self.source or f"assumption: {self.assumption}"


@dataclass(frozen=True)
class Term:
    """A driver, and the figures that it is multiplied by."""

    driver: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of a cost case; its own figure is the one of its key.

    A transfer has `paid_to`; one with `grants` counts only where employers are paid that way. A line with
    `share_of` is a share of other lines and has no driver.
    """

    key: str
    label: str
    payer: str
    behaviour: str
    timing: str
    driver: str = ""
    valued_at: str = ""
    times: tuple[str, ...] = ()
    share_of: tuple[str, ...] = ()
    mode: str = ""
    views: tuple[str, ...] = tuple(VALUATIONS)
    paid_to: str = ""
    grants: str = ""

    @property
    def transfer(self) -> bool:
        """Whether the line only moves money from one payer to another."""
        return bool(self.paid_to)

    def counts(self, valuation: str, mode: str) -> bool:
        """Whether the line costs anything in a valuation and a mode of delivery."""
        timed = self.valued_at and self.valued_at not in _CASH
        return valuation in self.views and self.mode in ("", mode) and not (timed and valuation == "cash")

    def terms(self, valuation: str) -> tuple[Term, ...]:
        """The products that add up to the line, besides shares of other lines."""
        if self.share_of:
            return ()
        common = (self.key, *self.times)
        if self.valued_at == "agency_day":
            day = ("agency.uplift", "pay.hours_a_day")
            return (
                Term(f"{self.driver}@elsewhere", (*common, "agency.hour", *day)),
                Term(f"{self.driver}@London", (*common, "agency.hour_london", *day)),
            )
        over = ("pay.overhead",) if self.valued_at and valuation == "full" else ()
        prices = VALUED_AT.get(self.valued_at, ())
        if self.driver in BY_STATUS:
            return tuple(
                Term(f"{self.driver}.{grade}", (*common, price, *over))
                for grade, price in zip(GRADES, prices, strict=True)
            )
        return (Term(self.driver, (*common, *prices, *over)),)
