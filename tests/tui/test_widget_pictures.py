"""How charts and tables look: in three themes, at three sizes, without colour, in blocks and in ASCII."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.containers import Grid

from reports.page import Page
from tests.reports.pages import empty, hostile, sample
from tests.tui.pictures import compact, matches, words
from tests.tui.showing import showing
from tui.widgets.page_view import BlockView, PageView

pytestmark = pytest.mark.snapshot

SIZES = {"narrow": (80, 24), "middle": (100, 30), "wide": (140, 45)}
THEMES = ("light", "dark", "contrast")


class Charts(Grid):
    """Every kind of block of a page side by side."""

    DEFAULT_CSS = """
    Charts { grid-size: 2; grid-gutter: 1 2; background: $background; }
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        for block in self._page.blocks:
            yield BlockView(block, classes="fill")


def picture_of(name: str, make: Any, keys: tuple[str, ...] = (), **look: Any) -> None:
    async def check() -> None:
        async with showing(make, **look) as (app, pilot):
            await pilot.press(*keys)
            await pilot.pause()
            matches(app, name)

    asyncio.run(check())


@pytest.mark.parametrize("theme", THEMES)
def test_all_charts_in_every_theme(theme: str) -> None:
    keys = ("tab", "left", "left", "left")
    picture_of(f"charts-{theme}", lambda: Charts(sample()), keys, size=SIZES["wide"], theme=f"naas-{theme}")


@pytest.mark.parametrize("glyphs", ["block", "ascii"])
def test_all_charts_in_other_signs(glyphs: str) -> None:
    picture_of(f"charts-{glyphs}", lambda: Charts(sample()), ("tab",), size=SIZES["wide"], glyphs=glyphs)


def test_all_charts_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    picture_of("charts-no-colour", lambda: Charts(sample()), ("tab",), size=SIZES["wide"])


@pytest.mark.parametrize("size", ["narrow", "middle"])
def test_a_page_at_smaller_sizes(size: str) -> None:
    picture_of(f"page-{size}", lambda: PageView(sample()), ("tab", "pageup"), size=SIZES[size])


@pytest.mark.parametrize("block", ["seats", "tornado", "measures", "accredited"])
def test_one_block_at_the_smallest_size(block: str) -> None:
    keys = ("tab", "down", "end") if block != "accredited" else ("tab", "t", "down")
    picture_of(
        f"{block}-narrow",
        lambda: BlockView(sample().block(block), classes="fill"),
        keys,
        size=SIZES["narrow"],
    )


def test_hostile_names() -> None:
    picture_of("hostile-names", lambda: Charts(hostile()), size=SIZES["wide"])


def test_nothing_yet() -> None:
    picture_of("nothing-yet", lambda: PageView(empty()), size=SIZES["middle"])


def test_a_difference_is_told_in_words(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.tui.pictures.KEPT", tmp_path)
    monkeypatch.setenv("NAAS_SNAPSHOTS_ASIDE", str(tmp_path / "aside"))
    monkeypatch.delenv("NAAS_UPDATE_SNAPSHOTS", raising=False)

    async def check() -> None:
        async with showing(lambda: BlockView(sample().block("next")), (60, 6)) as (app, _):
            with pytest.raises(AssertionError, match="no picture"):
                matches(app, "one")
            kept = compact(app.export_screenshot(title="one"))
            assert "Intervals hold chance only." in "\n".join(words(kept))
            assert "http" not in kept.replace("http://www.w3.org", "")
            (tmp_path / "one.svg").write_text(kept, encoding="utf-8")
            matches(app, "one")
            (tmp_path / "one.svg").write_text(kept.replace("chance", "luck&#160;"), encoding="utf-8")
            with pytest.raises(AssertionError, match="chance only"):
                matches(app, "one")
            assert (tmp_path / "aside" / "one.svg").exists()

    asyncio.run(check())
