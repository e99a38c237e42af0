"""Warnings on standard error: before a run, that seats cannot be enough; after it, queues out of control."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.output import note, paragraph
from reports import red_flags
from reports.at_scale import same_people

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from simulation.parameters import Parameters


def before(arms: Sequence[Arm], taken: Parameters | None = None) -> None:
    """Say of each arm what cannot work, from a sum on averages, with what it takes for granted."""
    for warning in red_flags.before(arms, taken):
        note(paragraph(warning))


def after(results: Results) -> None:
    """Say which queues are out of control at the end."""
    for arm, warning in red_flags.after(results):
        note(paragraph(warning))
        note(f"naas capacity show {arm.name}{same_people(arm)}")  # never folded, so that it can be copied
