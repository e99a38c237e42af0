"""How much of what was asked for a page rests on: replications so far, and whether it is a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.page import Prose
from reports.provenance import FEW

if TYPE_CHECKING:
    from scenarios.experiment import Results
    from tui.asked import Asked


def reached(asked: Asked, results: Results) -> Asked:
    """What a command asks for to show just the replications used; all where those are not the first."""
    used = int(results.whole.sum())
    if not used or not results.whole[:used].all():
        return asked
    return asked.model_copy(update={"replications": used, "precision": ""})


def so_far(asked: Asked, results: Results) -> str:
    """That a page is of a part of the replications asked for; "" where it is of all, or of none."""
    used, requested = int(results.whole.sum()), results.requested
    if used in (0, requested):
        return ""
    most = "at most " if asked.precision else ""
    said = f"{used} of {most}{requested} replications so far."
    if not results.whole[:used].all():
        said += " They are not the first ones: the command runs the others too, and shows more."
    return said


def sample(name: str, asked: Asked, results: Results, scale: float) -> list[Prose]:
    """One line, in a block of this name, where costs are not to be quoted: too few people or replications."""
    used = int(results.whole.sum())
    of = [f"{scale * 100:.3g}% of the people (grossed up)"] if scale < 1 else []
    of += [f"{used} replication{'s' if used != 1 else ''}"] if used < FEW else []
    demo = f"A demonstration, not to be quoted: {', and '.join(of)}." if of else ""
    said = " ".join(filter(None, [demo, so_far(asked, results)]))
    return [Prose(id=name, lines=(said,))] if said else []
