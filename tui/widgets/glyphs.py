"""The signs that charts are drawn with: braille dots, blocks, or plain ASCII."""

from __future__ import annotations

import sys
from typing import Any, ClassVar, Final, Literal

from textual.content import Content
from textual.scrollbar import ScrollBar, ScrollBarRender

from reports.legible import legible_lines

Glyphs = Literal["braille", "block", "ascii"]
GLYPHS: Final[tuple[Glyphs, ...]] = ("braille", "block", "ascii")


def glyphs_of(app: Any) -> Glyphs:
    """The signs that an application draws with: its own `glyphs`, else those of its state.

    Where neither names any, braille; on Windows blocks, since fonts of its consoles lack braille.
    """
    for holder in (app, getattr(app, "state", None)):
        found = getattr(holder, "glyphs", None)
        if found in GLYPHS:
            return found  # type: ignore[no-any-return]
    return "block" if sys.platform == "win32" else "braille"


def change_signs(app: Any) -> None:
    """Draw everything that is shown with the signs that the application draws with now."""
    draw_scroll_bars(glyphs_of(app))
    for screen in app.screen_stack:
        for widget in screen.query("*"):
            refresh = getattr(widget, "refresh_look", None)
            if refresh is not None:
                refresh()


class PlainScrollBars(ScrollBarRender):
    """Scroll bars without partial blocks."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def draw_scroll_bars(glyphs: Glyphs) -> None:
    """Draw every scroll bar of this process with these signs from now on."""
    ScrollBar.renderer = PlainScrollBars if glyphs == "ascii" else ScrollBarRender


def plain_signs(text: str, glyphs: Glyphs) -> str:
    """Words with the signs of typography in ASCII, where nothing else can be shown."""
    if glyphs != "ascii" or text.isascii():
        return text
    text = text.replace("£ ", "GBP ").replace("£,", "GBP,")  # no second space before what follows
    for sign, instead in _INSTEAD.items():
        text = text.replace(sign, instead)
    return text


def drawable(text: str, app: Any) -> Content:
    """Lines of words as an application can show them: legible, never markup, in the signs it draws with."""
    return Content(plain_signs(legible_lines(text), glyphs_of(app)))


_INSTEAD: Final = {
    "…": "~", "·": "-", "–": "-", "—": "-", "±": "+-", "£": "GBP ", "×": "x", "−": "-", "’": "'", "→": "->",
    "←": "<-", "‹": "<", "›": ">",
}  # fmt: skip
