"""A screen as SVG, also one that lies under a dialog. The pin of Textual holds what is used here."""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING, Any

from rich.console import Console

from reports.page import Page
from reports.provenance import facts

if TYPE_CHECKING:
    from textual.screen import Screen


def picture(screen: Screen[Any], page: Page) -> str:
    """The screen as it was last laid out. It names where it comes from and fetches nothing from anywhere."""
    width, height = screen.app.size
    console = Console(
        width=width,
        height=height,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        record=True,
        legacy_windows=False,
        safe_box=False,
    )
    console.print(screen._compositor.render_update(full=True))
    return described(console.export_svg(title=page.title), page)


def described(svg: str, page: Page) -> str:
    """The picture with the page in words, and without the fonts that it would fetch."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    told = "\n".join(f"{label}: {text}" for label, text in facts(page))
    said = f"<title>{escape(page.title)}</title><desc>{escape(page.summary)}\n{escape(told)}</desc>"
    return re.sub(r"<svg\b[^>]*>", lambda found: found[0] + said, svg, count=1)
