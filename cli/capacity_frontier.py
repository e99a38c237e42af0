"""`naas capacity frontier`: what more seats would buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.batches import ended, stopped
from cli.capacity_options import CapacityOptions
from cli.capacity_running import about, head, trying
from cli.capacity_words import block, flat
from cli.output import Format, paragraph, write, write_csv, write_json
from cli.typed import typed
from reports.capacity_words import NOT_REACHED, give_or_take, waited
from reports.numbers import replications

if TYPE_CHECKING:
    from analysis.capacity.frontier import Frontier


def frontier(name: str, asked: CapacityOptions, lumps: str) -> int:
    """Try capacities, and write waits and costs against them."""
    from analysis.capacity.frontier import frontier as drawn
    from analysis.capacity.plans import LUMPS
    from analysis.readouts import UnfinishedError

    [(_, arm)] = asked.lined_up([name])
    store = asked.opened()
    futures = trying(arm, asked, store)
    try:
        found = drawn(futures, LUMPS[lumps], asked.replications)
    except UnfinishedError as error:
        ended(futures.failures, store)
        return stopped(typed(), str(error), store)
    if asked.form is Format.json:
        write_json({**about(arm, found.futures, asked), **found.to_dict()})
    elif asked.form is Format.csv:
        rows = [flat(point.to_dict()) for point in found.points]
        write_csv(rows, tuple(rows[0]))
    else:
        write(paragraph(head(arm, found.futures, asked)))
        for line in ["", *_frontier(found)]:
            write(line)
    return ended(futures.failures, store)


def _frontier(found: Frontier) -> list[str]:
    rows = [[f"{found.lump.name}s", "seats a week", "P90 wait, days", "still wait"]]
    rows[0] += ["a candidate, £", "of seats used", ""]
    rows += [
        [
            f"{point.total:,}",
            f"{point.total * found.lump.weekly:,}",
            waited(point.p90),
            give_or_take(point.still),
            give_or_take(point.cost),
            give_or_take(point.used, "share"),
            "<- knee" if point.knee else "",
        ]
        for point in found.points
    ]
    said = (
        f"A {found.lump.name} is {found.lump.means}; shared over the regions as people come. Waits of "
        f"everyone who joined a queue; {NOT_REACHED}. A candidate's cost is delivery built up from "
        f"circuits, in prices of {found.price_year} (naas cost). The knee is where the waits lie farthest "
        "below the line from the fewest to the most: beyond it more capacity buys less and less."
    )
    lines = block("Circuits against waits and cost, give or take half the range", rows, range(6))
    return [*lines, "", paragraph(said), paragraph(f"{replications(found.runs)} run for this.")]
