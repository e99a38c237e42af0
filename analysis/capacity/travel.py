"""How far people travel: from where an authority's people live on average to the nearest centre.

Of the region they sit in, that is; with overflow that may be another than their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.capacity.figures import Figure, figure, figures, over
from analysis.capacity.stored import Stored
from simulation.codes import REGIONS
from simulation.neighbours import kilometres, middles, points

Floats = NDArray[np.float64]

BANDS: Final = ("under 30 minutes", "30 to 60 minutes", "60 to 90 minutes", "over 90 minutes")
"""Bands of time one way."""
_EDGES: Final = (30.0, 60.0, 90.0)

MILE: Final = 1.609344


@dataclass(frozen=True)
class Trip:
    """One authority: where its people sat, and how far that was. Miles and minutes are by road, one way."""

    authority: str
    region: str
    sittings: Figure
    miles: float
    minutes: float
    band: str
    elsewhere: Figure

    def to_dict(self) -> dict[str, object]:
        """The trip as plain data."""
        return {
            "authority": self.authority,
            "region": self.region,
            "sittings": self.sittings.to_dict(),
            "miles_to_own_centre": self.miles,
            "minutes_to_own_centre": self.minutes,
            "band": self.band,
            "share_in_other_regions": self.elsewhere.to_dict(),
        }


@dataclass(frozen=True)
class Travel:
    """How far everyone travelled: mean miles one way, and the share of sittings in each band of time."""

    miles: Figure
    bands: dict[str, Figure]
    elsewhere: Figure

    def to_dict(self) -> dict[str, object]:
        """The travel as plain data."""
        return {
            "miles": self.miles.to_dict(),
            "bands": {name: found.to_dict() for name, found in self.bands.items()},
            "share_in_other_regions": self.elsewhere.to_dict(),
        }


def trips(stored: Stored, miles: Floats | None = None) -> tuple[Trip, ...]:
    """Every authority that has a place on the map, in the order of the data; `miles` as for `travel`."""
    where, miles = places(stored), distances(stored) if miles is None else miles
    sat = stored.trips.sum(axis=1)[:, :, : len(REGIONS)]
    home, rows = stored.employers.region.astype(np.int64), np.arange(len(where))
    total = sat.sum(axis=2)
    sittings, elsewhere = figures(total), over(total - sat[:, rows, home], total)
    far = miles[rows, home]
    minutes = minutes_of(stored, far)
    return tuple(
        Trip(
            name,
            REGIONS[home[row]],
            sittings[row,],
            float(far[row]),
            float(minutes[row]),
            band_of(minutes[row]),
            figure(elsewhere[:, row]),
        )
        for row, name in enumerate(stored.employers.name)
        if where[row] is not None
    )


def travel(stored: Stored, region: int | None = None, miles: Floats | None = None) -> Travel:
    """How far the people of one region, or everybody, travelled; `miles` are `distances`, where known."""
    where, miles = places(stored), distances(stored) if miles is None else miles
    rows = np.array([place is not None for place in where])
    if region is not None:
        rows &= stored.employers.region == region
    sat = stored.trips.sum(axis=1)[:, :, : len(REGIONS)][:, rows].astype(np.float64)
    far = miles[rows]
    total = sat.sum(axis=(1, 2))
    band = np.searchsorted(_EDGES, minutes_of(stored, far), side="right")
    shares = {
        name: figure(over((sat * (band == place)).sum(axis=(1, 2)), total))
        for place, name in enumerate(BANDS)
    }
    own = np.arange(len(REGIONS)) == stored.employers.region[rows][:, None]
    return Travel(
        figure(over((sat * far).sum(axis=(1, 2)), total)),
        shares,
        figure(over((sat * ~own).sum(axis=(1, 2)), total)),
    )


def places(stored: Stored) -> list[tuple[float, float] | None]:
    """Where each employer's people live on average; None for those that are no authority."""
    known = points()
    kinds = stored.employers.kind
    return [known.get(name) if kinds[row] == 0 else None for row, name in enumerate(stored.employers.name)]


def distances(stored: Stored) -> Floats:
    """Miles by road from each employer to the nearest centre of each region; zero for who has no place."""
    centres, road = centre_points(stored), stored.assumed.value("travel.road")
    found = np.zeros((len(stored.employers), len(REGIONS)))
    for row, place in enumerate(places(stored)):
        if place is not None:
            nearest = [min(kilometres(place, centre) for centre in region) for region in centres]
            found[row] = np.array(nearest) * road / MILE
    return found


def centre_points(stored: Stored) -> list[list[tuple[float, float]]]:
    """Where each region's centres stand: in the authorities that a scenario names, or in the region's middle.

    Seats of a region are one queue, which does not say who sits at which of its centres.
    """
    known, found = points(), []
    for region, middle in zip(REGIONS, middles(), strict=True):
        named = {period.authority for period in stored.inputs.centres if period.region in (region, "all")}
        found.append([known[name] for name in sorted(named) if name in known] or [middle])
    return found


def minutes_of(stored: Stored, miles: Floats | float) -> Floats:
    """Minutes one way."""
    return np.asarray(np.asarray(miles) * MILE / stored.assumed.value("travel.km_an_hour") * 60)


def band_of(minutes: Floats | float) -> str:
    """The band of a time."""
    return BANDS[int(np.searchsorted(_EDGES, minutes, side="right"))]
