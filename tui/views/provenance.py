"""Where a page made from stored results comes from: scenarios, seed, replications, engine, the command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.page import Provenance

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from tui.asked import Asked


def provenance(
    ready: Sequence[tuple[Scenario, Arm]],
    asked: Asked,
    command: str,
    results: Results | None = None,
    *,
    filter: str = "",
    sources: Sequence[str] = (),
) -> Provenance:
    """What a stranger needs to make the page again; without results there is nothing random to name."""
    from simulation.replicate import ENGINE_VERSION

    interval = f"{asked.interval}% of chance, for the mean of {asked.replications} replications"
    return Provenance(
        scenarios=tuple((scenario.id, arm.digest) for scenario, arm in ready),
        seed=None if results is None else asked.seed,
        used=None if results is None else int(results.whole.sum()),
        requested=None if results is None else results.requested,
        engine=ENGINE_VERSION,
        interval="" if results is None else interval,
        filter=filter,
        command=command,
        sources=tuple(sources),
    )
