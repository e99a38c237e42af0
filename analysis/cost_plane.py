"""The cost-effectiveness plane: how many more are accredited against what more it costs, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analysis.cost_product import Product, drawn

Floats = NDArray[np.float64]

DRAWS: Final = 1_000
CORNERS: Final = (
    "more accredited, dearer",
    "more accredited, cheaper",
    "not more accredited, dearer",
    "not more accredited, cheaper",
)


@dataclass(frozen=True, eq=False)
class Plane:
    """One option less another. `more` is by replication; `cost` [draw of prices, replication] in pounds.

    `corners` are the shares of all draws and replications in each of `CORNERS`; no dearer counts as cheaper.
    """

    name: str
    against: str
    more: Floats
    cost: Floats
    corners: dict[str, float]

    def points(self, count: int = 500) -> list[tuple[float, float]]:
        """Up to `count` points (more accredited, more pounds), taken evenly from draws and from replications.

        Every replication has an equal share of them; of more replications than points, some have none.
        """
        draws, replications = self.cost.shape
        count = min(count, draws * replications)
        place = np.arange(count)
        replication = place * max(replications, count) // count % replications
        draw = place * draws // count
        return list(zip(self.more[replication].tolist(), self.cost[draw, replication].tolist(), strict=True))


def plane(one: Product, other: Product, seed: int, draws: int = DRAWS) -> Plane:
    """The first option less the second, prices drawn alike for both and replications paired."""
    values = drawn(one.case, tuple(one.case.figures), draws, seed)
    cost = one.cost(values) - other.cost(values)
    more = one.run.accredited - other.run.accredited
    gains, dearer = np.broadcast_to(more > 0, cost.shape), cost > 0
    found = (gains & dearer, gains & ~dearer, ~gains & dearer, ~gains & ~dearer)
    corners = {name: float(part.mean()) for name, part in zip(CORNERS, found, strict=True)}
    return Plane(one.run.name, other.run.name, more, cost, corners)
