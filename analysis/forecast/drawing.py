"""What a forecast draws: every number from its range, and every duration longer or shorter.

A comparison holds what its scenarios set; a forecast does not know that either, so it draws those too, and
the parameters of the workforce.
"""

from __future__ import annotations

from typing import Final

from scenarios.uncertainty import Drawing

STRETCH: Final = (0.5, 1.0, 2.0)
"""Min, mode and max of the factor on all days of a duration. An assumption: none of the durations was
published, so the middle of each is known to half or double."""

WORLD: Final = Drawing(("world", "workforce"), STRETCH, as_set=False)
"""What is drawn of a scenario."""

BESIDES: Final = Drawing(("world", "workforce", "costs"), STRETCH, as_set=False)
"""What is drawn of tables of parameters that belong to a forecast alone: everything that has a range."""
