"""The screen Run shows the run as it is by now: come back to, another one, and after many messages."""

from __future__ import annotations

import pytest
from textual.widgets import Button, Log, Static

from tests.tui.driving import InProcessDesk, opened, played, press, until
from tui.app import NaasApp
from tui.desk.desk import Desk
from tui.runs.client import MOST_MESSAGES, RunNow

pytestmark = pytest.mark.pilot


def lines(app: NaasApp) -> list[str]:
    return [line for line in app.screen.query_one(Log).lines if line]


def going(app: NaasApp, *messages: str) -> RunNow:
    """Another run, at work."""
    now = app.run_client.now = RunNow(("voluntary",), app.state.asked, "running", done=3, of=8)
    now.tell(*messages)
    return now


def test_a_run_that_ended_elsewhere_is_shown_as_ended(desk: Desk) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            now = going(app, "started")
            app._run_told(False)
            await until(lambda: app.screen.query_one("#stop", Button).display, pilot)
            await press(app, pilot, "1")
            now.stage, now.outcome, now.said, now.done = "ended", "done", "All of it was run.", 8
            now.tell("ended")
            app._run_told(True)
            await press(app, pilot, "3")
            assert not app.screen.query_one("#stop", Button).display
            assert "All of it was run." in str(app.screen.query_one("#sofar", Static).render())
            assert lines(app) == ["started", "ended"]

    played(test)


def test_the_log_goes_on_after_as_many_messages_as_are_kept(desk: Desk) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            now = going(app)
            for number in range(MOST_MESSAGES + 20):
                now.tell(f"message {number}")
                if number % 100 == 99:
                    app._run_told(False)
                    await until(lambda number=number: lines(app)[-1:] == [f"message {number}"], pilot)
            app._run_told(False)
            await until(lambda: lines(app)[-1] == f"message {MOST_MESSAGES + 19}", pilot)
            assert len(now.messages) == MOST_MESSAGES

    played(test)


def test_the_messages_of_another_run_take_the_place_of_those_before(desk: Desk) -> None:
    async def test() -> None:
        async with opened("run", desk=InProcessDesk(desk)) as (app, pilot):
            going(app, "one", "two")
            app._run_told(False)
            await until(lambda: lines(app) == ["one", "two"], pilot)
            going(app, "three", "four")
            app._run_told(False)
            await until(lambda: lines(app) == ["three", "four"], pilot)

    played(test)
