"""What cannot work and what got out of control, in the sentences that the prompt and a page share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from simulation.parameters import Parameters


def before(arms: Sequence[Arm], taken: Parameters | None = None) -> list[str]:
    """What of each arm cannot work, from a sum on averages, with what it takes for granted."""
    from analysis.capacity.load import check_load

    return [f"{arm.name}: {warning}" for arm in arms for warning in check_load(arm.inputs, taken).warnings()]


def after(results: Results) -> list[tuple[Arm, str]]:
    """Which queues of each arm are out of control at the end, with the arm that it is said of."""
    from analysis.capacity.explosive import told

    return told(results)
