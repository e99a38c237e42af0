"""What seats are sized for where nothing else is said; what a person asks for takes its place."""

from __future__ import annotations

from typing import Final

TARGET: Final = "p80 wait <= 90 days"
"""A wait as `analysis.capacity.targets` reads it."""

CONFIDENCE: Final = 0.9
"""The share of random futures in which the target is met."""

FUTURES: Final = 40
"""How many random futures are tried."""
