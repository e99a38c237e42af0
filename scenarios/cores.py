"""How many processes a run is worth."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scenarios.tasks import Arm

ENOUGH_FOR_PROCESSES: Final = 4.0
"""National replications below which starting more processes costs more time than it saves."""


def processes(jobs: int, arms: Sequence[Arm], replications: int) -> int:
    """How many processes to use: as asked, or every core when there is enough to do."""
    if jobs:
        return jobs
    work = sum(1.0 if arm.inputs.plain else arm.inputs.scale for arm in arms) * replications
    cores = os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count()
    return min(cores or 1, len(arms) * replications) if work > ENOUGH_FOR_PROCESSES else 1
