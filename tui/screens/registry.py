"""The seven workplaces by name, and every action there is."""

from __future__ import annotations

from typing import Final

from tui.actions import GLOBAL, Action
from tui.screens.capacity import Capacity
from tui.screens.compare import Compare
from tui.screens.costs import Costs
from tui.screens.levers import Levers
from tui.screens.library import Library
from tui.screens.run import Run
from tui.screens.why import Why
from tui.screens.workplace import Workplace
from tui.workplaces import WORKPLACES

SCREENS: Final[dict[str, type[Workplace]]] = {
    screen.WORKPLACE: screen for screen in (Library, Levers, Run, Compare, Why, Costs, Capacity)
}
assert tuple(SCREENS) == tuple(WORKPLACES)


def every_action() -> list[Action]:
    """Every action of every workplace, the global ones first."""
    return [*GLOBAL, *(action for screen in SCREENS.values() for action in screen.ACTIONS)]
