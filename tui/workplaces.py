"""The seven workplaces, in the order of the keys 1 to 7."""

from __future__ import annotations

from typing import Final

WORKPLACES: Final = {
    "library": "Library",
    "levers": "Levers",
    "run": "Run",
    "compare": "Compare",
    "why": "Why",
    "costs": "Costs",
    "capacity": "Capacity",
}
"""Their labels by name."""
