"""What a forecast draws: every number from its range, and every duration longer or shorter.

A comparison holds what its scenarios set; a forecast does not know that either, so it draws those too.
"""

from __future__ import annotations

from typing import Final

from scenarios.uncertainty import Drawing

WORLD: Final = Drawing(as_set=False)
"""What is drawn of a scenario."""

BESIDES: Final = Drawing(("world", "workforce", "costs"), as_set=False)
"""What is drawn of tables of parameters that belong to a forecast alone: everything that has a range."""
