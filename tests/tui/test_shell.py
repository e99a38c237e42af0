"""The seven workplaces stand, are reached by their numbers, and escape never ends the program."""

from __future__ import annotations

import pytest

from tests.tui.driving import InProcessDesk, opened, played, press
from tui.actions import WORKPLACES
from tui.desk.desk import Desk

pytestmark = pytest.mark.pilot


def test_numbers_open_the_seven_workplaces_and_escape_goes_back_without_ending(desk: Desk) -> None:
    async def test() -> None:
        async with opened(desk=InProcessDesk(desk)) as (app, pilot):
            for number, name in enumerate(WORKPLACES, start=1):
                await press(app, pilot, str(number))
                assert app.workplace is not None
                assert name == app.workplace.WORKPLACE
            for _ in range(12):
                await press(app, pilot, "escape")
            assert app.is_running
            assert app.workplace is not None
            assert app.workplace.WORKPLACE == "library"

    played(test)
