"""Who is simulated, in one line for the head of a table or a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.in_post import in_post

if TYPE_CHECKING:
    from scenarios.experiment import Arm


def population(arm: Arm) -> str:
    """Where, how many authorities and how many workers."""
    found = in_post(arm.inputs)
    scaled = f" (scale {arm.inputs.scale:g})" if arm.inputs.scale != 1 else ""
    if arm.inputs.plain is not None:
        regions = len(arm.inputs.plain.regions)
        return f"a scheme from scratch, {regions} regions, {found.people:,} people{scaled}"
    authorities = int((found.employers.kind == 0).sum())
    where = "England" if arm.inputs.workforce_file is None else Path(arm.inputs.workforce_file).name
    noun = "authority" if authorities == 1 else "authorities"
    return f"{where}, {authorities} {noun}, {found.people:,} workers{scaled}"


def horizon(arm: Arm) -> str:
    """The first and the last day that are simulated."""
    inputs = arm.inputs
    return f"{inputs.start.day} {inputs.start:%b %Y} to {inputs.until.day} {inputs.until:%b %Y}"
