"""What the lines of a cost case are driven by: quantities of a run, beyond those of a run without a scheme.

Everything is an increment: the same quantity of the same replication without a scheme is taken off, so that
without a scheme every driver, and so every cost, is zero. Quantities of a scaled workforce are grossed up to
its full size, but for counts of employers, whose number does not depend on the scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.cost_case import CostCase
from analysis.cost_lines import GRADES
from rules.levers import Levers
from simulation.quantities import QUANTITIES
from simulation.workforce import Employers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KINDS = ("council", "other employer", "centre")
ENGLAND = "England as a whole"
"""Where costs fall that belong to no region."""

_NOT_SCALED = ("taking_part", "joined")


@dataclass(frozen=True)
class Place:
    """Where costs fall: a region and who is there, or England as a whole."""

    region: str
    kind: str


@dataclass(frozen=True, eq=False)
class Run:
    """Quantities of an arm's replications, lined up for costing.

    `quantities` is [quantity, replication, year, employer] in the order of `QUANTITIES`, increments over no
    scheme; `seats` is [replication, year, region]; `shares` is how much of each year the run covers.
    Employers are in order of `order`, which puts those of one place next to each other: `begins` says where
    each place starts.
    """

    name: str
    years: tuple[int, ...]
    shares: Floats
    open: bool
    develops: bool
    department_share: float
    scale: float
    employers: Employers
    regions: tuple[str, ...]
    order: Ints
    begins: Ints
    places: tuple[Place, ...]
    quantities: Floats = field(repr=False)
    seats: Floats = field(repr=False)
    known: dict[tuple[float | str, ...], Drivers] = field(default_factory=dict, repr=False)

    @property
    def replications(self) -> int:
        """How many replications there are."""
        return int(self.quantities.shape[1])

    @cached_property
    def accredited(self) -> Floats:
        """Accreditations gained, by replication."""
        return self.total("accredited")

    def of(self, quantity: str) -> Floats:
        """A quantity [replication, year, employer]."""
        return np.asarray(self.quantities[_INDEX[quantity]])

    def total(self, quantity: str) -> Floats:
        """A quantity over the whole run, by replication."""
        return np.asarray(self.of(quantity).sum(axis=(1, 2)))


_INDEX = {name: index for index, name in enumerate(QUANTITIES)}


def line_up_run(
    name: str,
    levers: Levers,
    years: tuple[int, ...],
    shares: Floats,
    employers: Employers,
    regions: tuple[str, ...],
    scale: float,
    quantities: Floats,
    seats: Floats,
    without: Floats | None = None,
) -> Run:
    """Make a run ready from arrays [replication, quantity, year, employer] and [replication, year, region].

    `without` are the quantities without a scheme, of the same replications; None where nothing need be taken
    off.
    """
    order, begins, places = _ordered(employers, regions)
    increments = quantities if without is None else quantities - without
    factors = np.array([1.0 if item in _NOT_SCALED else 1 / scale for item in QUANTITIES])
    placed = np.moveaxis(increments, 1, 0)[..., order] * factors[:, None, None, None]
    return Run(
        name=name,
        years=years,
        shares=shares,
        open=levers["phase.plan"] != "closed",
        develops=levers["support.development"] == "provided",
        department_share=float(str(levers["funding.dfe_share"])),
        scale=scale,
        employers=employers,
        regions=regions,
        order=order,
        begins=begins,
        places=places,
        quantities=np.ascontiguousarray(placed),
        seats=np.asarray(seats / scale),
    )


@dataclass(frozen=True, eq=False)
class Drivers:
    """Every driver of a run under a case, each by what it belongs to.

    By employer they are [replication, year, employer], by region [replication, year, region], and for England
    as a whole [replication, year].
    """

    run: Run
    by_employer: Mapping[str, Floats]
    by_region: Mapping[str, Floats]
    national: Mapping[str, Floats]

    def over_england(self, driver: str) -> Floats:
        """A driver [replication, year] of all employers and regions together."""
        if driver in self.national:
            return self.national[driver]
        found = self.by_employer[driver] if driver in self.by_employer else self.by_region[driver]
        return np.asarray(found.sum(axis=2))

    def names(self) -> frozenset[str]:
        """Every driver there is."""
        return frozenset({*self.by_employer, *self.by_region, *self.national})


_SHAPING = ("scale.pilot_volume", "scale.national_volume", "layout.sessions", "layout.circuits")


def drivers(run: Run, case: CostCase, mode: str) -> Drivers:
    """The drivers of a run; some depend on the case, as on the volume at which prices become national."""
    shaping: list[float | str] = [case.value(name) for name in _SHAPING]
    key = (mode, *shaping)
    if key not in run.known:
        run.known.clear()
        run.known[key] = _drivers(run, case, mode)
    return run.known[key]


def _drivers(run: Run, case: CostCase, mode: str) -> Drivers:
    employer: dict[str, Floats] = {
        name: run.of(name)
        for name in ("knowledge_sittings", "sittings", "leader_sittings", "trips", "reviews", "put_forward")
    }
    council = run.employers.kind[run.order] == 0
    employer["first_attempts"] = run.of("first_attempts") * council
    employer |= {name: run.of(name) for name in ("accredited", "leavers", "taking_part")}
    for grade in GRADES:
        for name in ("sitting_days", "preparation_days", "considered"):
            employer[f"{name}.{grade}"] = run.of(f"{name}.{grade}")
        employer[f"supported_fails.{grade}"] = run.of(f"fails.{grade}") * run.develops
    employer["joined"] = run.of("joined") * council
    london = run.employers.region[run.order] == (
        run.regions.index("London") if "London" in run.regions else -1
    )
    released = sum(
        (run.of(f"{name}.{grade}") for name in ("sitting_days", "preparation_days") for grade in GRADES),
        start=np.zeros_like(run.of("trips")),
    )
    for name, days in (("release_days", released), ("cover_restricted", run.of("cover_restricted"))):
        employer[f"{name}@London"] = days * london
        employer[f"{name}@elsewhere"] = days * ~london
    delivered = run.of("sittings") + run.of("no_shows")
    weight = _national_weight(delivered.sum(axis=2) / run.shares, case)
    employer["delivered_national"] = delivered * weight[:, :, None]
    employer["delivered_pilot"] = delivered * (1 - weight)[:, :, None]
    # Built up from its parts, delivery recovers no indirect cost: the whole running cost stands beside it.
    recovered = weight if mode == "contract" else np.zeros_like(weight)
    open_for = np.broadcast_to(run.shares * run.open, weight.shape)
    opening = np.zeros_like(weight)
    opening[:, 0] = run.open
    circuits = run.seats / case.value("layout.sessions")
    return Drivers(
        run,
        employer,
        {"circuit_days": circuits, "centre_days": circuits / case.value("layout.circuits")},
        {
            "opening": opening,
            "years_open_pilot": open_for * (1 - recovered),
            "years_open_national": open_for * recovered,
        },
    )


def _national_weight(volume: Floats, case: CostCase) -> Floats:
    """How far a yearly volume has gone from pilot to national scale, 0 to 1, by its logarithm."""
    low, high = case.value("scale.pilot_volume"), case.value("scale.national_volume")
    if low >= high:
        return np.asarray(volume >= high, dtype=np.float64)
    return np.asarray(np.clip(np.log(np.maximum(volume, 1.0) / low) / np.log(high / low), 0.0, 1.0))


def _ordered(employers: Employers, regions: tuple[str, ...]) -> tuple[Ints, Ints, tuple[Place, ...]]:
    """Employers by kind and region, where each place of them begins, and all places: England comes last."""
    cell = employers.kind.astype(np.int64) * len(regions) + employers.region
    order = np.argsort(cell, kind="stable")
    found, begins = np.unique(cell[order], return_index=True)
    places = [Place(regions[cell % len(regions)], KINDS[cell // len(regions)]) for cell in found.tolist()]
    places += [Place(region, "centre") for region in regions]
    return order, begins.astype(np.int64), (*places, Place(ENGLAND, ""))
