"""Sentences fold to their panel, and those that hang under another keep their place."""

from __future__ import annotations

import asyncio

import pytest
from textual.containers import VerticalScroll

from reports.page import Prose
from tests.tui.showing import showing
from tui.widgets.prose import ProseView

pytestmark = pytest.mark.pilot

LINES = (
    "Needs practitioner accreditation",
    "  because the work includes deciding whether to accept a referral [para 55]",
    "Alone",
    "",
)


def test_lines_fold_under_themselves_at_any_width() -> None:
    async def check() -> None:
        async with showing(lambda: ProseView(Prose(id="p", lines=LINES)), (40, 12)) as (app, pilot):
            view = app.shown
            text = [view.render_line(y).text.rstrip() for y in range(view.size.height)]
            assert text[:4] == [
                "Needs practitioner accreditation",
                "  because the work includes deciding",
                "    whether to accept a referral [para",
                "    55]",
            ]
            assert text[4] == "Alone"
            await pilot.resize_terminal(100, 12)
            await pilot.pause()
            await pilot.pause()
            assert view.render_line(1).text.rstrip() == LINES[1]
            assert view.render_line(2).text.rstrip() == "Alone"

    asyncio.run(check())


def test_a_long_text_beside_a_scroll_bar_settles() -> None:
    lines = tuple(f"{'word ' * 30}{number}" for number in range(20))

    class Scrolled(VerticalScroll):
        def compose(self):  # type: ignore[no-untyped-def]
            yield ProseView(Prose(id="p", lines=lines))

    async def check() -> None:
        async with showing(Scrolled, (60, 10)) as (app, pilot):
            for _ in range(4):
                await pilot.pause()
            view = app.shown.query_one(ProseView)
            written: list[int] = []
            write = view._write
            view._write = lambda: (written.append(1), write())  # type: ignore[assignment,func-returns-value]
            for _ in range(4):
                await pilot.pause()
            assert written == []
            assert view.virtual_size.width <= 60
            assert view.render_line(0).text.strip().startswith("word word")

    asyncio.run(check())
