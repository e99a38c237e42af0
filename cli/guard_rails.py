"""Warnings on standard error: before a run, that seats cannot be enough; after it, queues out of control."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.output import note, paragraph
from reports import red_flags
from reports.next_commands import as_often, following

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from simulation.parameters import Parameters


def before(arms: Sequence[Arm], taken: Parameters | None = None) -> None:
    """Say of each arm what cannot work, from a sum on averages, with what it takes for granted."""
    for warning in red_flags.before(arms, taken):
        note(paragraph(warning))


def after(results: Results) -> None:
    """Say which queues are out of control at the end."""
    often = as_often(max(results.numbers, default=results.requested - 1) + 1)
    for arm, warning in red_flags.after(results):
        note(paragraph(warning))
        note(f"Next: {following(arm, 'capacity show', then=often)}")  # never folded, so that it can be copied
