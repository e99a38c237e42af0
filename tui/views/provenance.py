"""Where a page made from stored results comes from: scenarios, seed, replications, engine, the command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.page import Provenance

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from scenarios.scenario import Scenario
    from tui.asked import Asked


def exported(asked: Asked, words: Sequence[str], *more: str) -> str:
    """The command that makes a page again from what is stored: `words` are the screen and its scenarios."""
    return asked.model_copy(update={"jobs": 0, "precision": ""}).command("export", words, *more)


def provenance(
    ready: Sequence[tuple[Scenario, Arm]],
    asked: Asked,
    command: str,
    results: Results | None = None,
    *,
    interval: str,
    replication: int | None = None,
    drawn: bool = False,
    filter: str = "",
    sources: Sequence[str] = (),
) -> Provenance:
    """What a stranger needs to make the page again.

    `interval` says what the intervals of this page hold, in the words of `reports.provenance`; empty where it
    shows none. The seed is named where there are results or where something else on the page is `drawn` by
    it, such as one worker, and `replication` where the page is about one random future.
    """
    from simulation.replicate import ENGINE_VERSION

    return Provenance(
        scenarios=tuple((scenario.id, arm.digest) for scenario, arm in ready),
        seed=asked.seed if drawn or results is not None else None,
        replication=replication,
        used=None if results is None else int(results.whole.sum()),
        requested=None if results is None else results.requested,
        engine=ENGINE_VERSION,
        interval=interval,
        filter=filter,
        command=command,
        sources=tuple(sources),
    )
