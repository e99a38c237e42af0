"""The signs that charts are drawn with: braille dots, blocks, or plain ASCII."""

from __future__ import annotations

from typing import Any, Final, Literal

Glyphs = Literal["braille", "block", "ascii"]
GLYPHS: Final[tuple[Glyphs, ...]] = ("braille", "block", "ascii")


def glyphs_of(app: Any) -> Glyphs:
    """The signs that an application draws with: its attribute `glyphs`, braille where it has none."""
    found = getattr(app, "glyphs", "braille")
    return found if found in GLYPHS else "braille"


def plain_signs(text: str, glyphs: Glyphs) -> str:
    """Words with the signs of typography in ASCII, where nothing else can be shown."""
    if glyphs != "ascii" or text.isascii():
        return text
    for sign, instead in _INSTEAD.items():
        text = text.replace(sign, instead)
    return text


_INSTEAD: Final = {
    "…": "~", "·": "-", "–": "-", "—": "-", "±": "+-", "£": "GBP ", "×": "x", "−": "-", "’": "'", "→": "->",
}  # fmt: skip
