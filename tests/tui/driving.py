"""Driving the interface in a test: press keys and wait for what they lead to, never for a clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from reports.page import Page
from tui.app import NaasApp
from tui.desk.client import DeskClient, DeskProblem
from tui.screens.workplace import WORKING

PATIENCE = 60.0
"""Seconds after which a test is sure that nothing will come."""


class InProcessDesk(DeskClient):
    """Answers in this process, without starting another: quick, and for tests of screens only."""

    def __init__(self, desk: Any) -> None:
        super().__init__()
        self._desk = desk

    async def ask(self, name: str, slot: str = "", /, **asked: Any) -> Page | dict[str, Any]:  # noqa: ARG002
        """As the server answers."""
        import json

        from tui.desk.server import answer, written

        found = json.loads(written(answer(self._desk, name, json.loads(json.dumps(asked)))))
        await asyncio.sleep(0)
        if "page" in found:
            return Page.model_validate(found["page"])
        if "problem" in found:
            wrong = found["problem"]
            raise DeskProblem(wrong["text"], wrong.get("lines", ()), bool(wrong.get("own")))
        return dict(found["data"])


class FixedDesk(DeskClient):
    """Answers every question with the page of this name: for pictures that must not change."""

    def __init__(self, pages: dict[str, Page]) -> None:
        super().__init__()
        self.pages = pages
        self.questions: list[tuple[str, dict[str, Any]]] = []

    async def ask(self, name: str, slot: str = "", /, **asked: Any) -> Page | dict[str, Any]:  # noqa: ARG002
        """The page, or a problem when there is none."""
        self.questions.append((name, asked))
        await asyncio.sleep(0)
        if name not in self.pages:
            raise DeskProblem(f"no page '{name}'")
        return self.pages[name]


async def until(true: Callable[[], object], pilot: Pilot[Any] | None = None) -> None:
    """Wait until something holds."""
    limit = asyncio.get_running_loop().time() + PATIENCE
    while not true():
        assert asyncio.get_running_loop().time() < limit, "it never came"
        if pilot is not None:
            await pilot.pause()
        await asyncio.sleep(0.01)
    if pilot is not None:
        await pilot.pause()


@asynccontextmanager
async def opened(
    screen: str = "library",
    desk: DeskClient | None = None,
    size: tuple[int, int] = (100, 30),
    faults: Sequence[type[BaseException]] = (),
) -> AsyncIterator[tuple[NaasApp, Pilot[None]]]:
    """The interface on a screen, with its first page shown. Fails unless just `faults` are told of."""
    app = NaasApp(screen, desk)
    told: list[BaseException] = []
    show = app.show_exception

    def tell(wrong: BaseException) -> None:
        told.append(wrong)
        show(wrong)

    app.show_exception = tell  # type: ignore[method-assign]
    async with app.run_test(size=size) as pilot:
        await until(lambda: settled(app), pilot)
        yield app, pilot
    assert [type(wrong) for wrong in told] == list(faults), told


def settled(app: NaasApp) -> bool:
    """Whether the workplace shows what it asked for, or says why it does not."""
    here = app.workplace
    if here is None or not here.is_mounted:
        return False
    working = [worker for worker in app.workers if not worker.is_finished]
    notice = str(here.query_one("#notice-text", Static).render())
    return not working and (here.page is not None or notice not in ("", WORKING))


async def press(app: NaasApp, pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until everything that they started has come to an end."""
    for key in keys:
        await pilot.press(key)
        await until(lambda: settled(app), pilot)


def played(test: Callable[[], Awaitable[None]]) -> None:
    """Run a test that waits."""
    asyncio.run(test())  # type: ignore[arg-type]
