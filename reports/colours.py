"""Colours that everybody can tell apart, and how far text stands out of its background."""

from __future__ import annotations

from typing import Final

Pair = tuple[str, str]
"""A background and the colour of text on it, each #rrggbb."""


def luminance(colour: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines 2.2 define it: 0 black, 1 white."""
    red, green, blue = (_linear(part) for part in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of the same guidelines, from 1 to 21; text needs 4.5, a line of a chart 3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #rrggbb, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(under: str, over: str, share: float) -> str:
    """A colour laid over another with so much cover."""
    parts = (round(a + (b - a) * share) for a, b in zip(channels(under), channels(over), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _readable(background: str) -> Pair:
    return background, max(("#000000", "#ffffff"), key=lambda text: contrast(text, background))


CIVIDIS: Final = tuple(
    _readable(colour)
    for colour in (
        "#00224e", "#123570", "#3b496c", "#575d6d", "#707173",
        "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838",
    )
)  # fmt: skip
"""Cividis (Nuñez, Anderton and Renslow 2018) in ten steps: the same order of lightness for everybody."""

ON_WHITE: Final = ("#12436d", "#b23c0a", "#950bda", "#521414")
"""Lines and parts on white, in order: apart from each other for those who do not see red and green apart."""


def step(part: float) -> Pair:
    """The colours for a place between 0, the least, and 1, the most."""
    place = int(min(max(part, 0.0), 1.0) * len(CIVIDIS))
    return CIVIDIS[min(place, len(CIVIDIS) - 1)]
