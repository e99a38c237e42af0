"""The colours of charts, for a light, a dark and a high-contrast look, safe for colour-blind people.

Colour is never the only sign: lines differ by dashes, areas by their fill, cells carry their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

Pair = tuple[str, str]
"""A background and the colour of text on it."""


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb.

    `series` are those of lines, bars and parts, in order; `faint` is for grid lines, which say nothing that
    is not written elsewhere; `low` and `high` are the two ends of an input; `cursor` is what the cursor is
    on; `share` is how much an interval covers what is under it; `ramp` goes from the least to the most.
    """

    name: str
    surface: str
    text: str
    faint: str
    series: tuple[str, ...]
    low: str
    high: str
    cursor: Pair
    share: float
    ramp: tuple[Pair, ...]

    def band(self, *numbers: int) -> str:
        """The background of a place that lies in the intervals of these series."""
        colour = self.surface
        for number in numbers:
            colour = mixed(colour, self.series[number % len(self.series)], self.share)
        return colour

    def step(self, part: float) -> Pair:
        """The colours for a place between 0, the least, and 1, the most."""
        place = int(min(max(part, 0.0), 1.0) * len(self.ramp))
        return self.ramp[min(place, len(self.ramp) - 1)]


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

LIGHT: Final = Palette(
    name="light",
    surface="#ffffff",
    text="#0b0c0c",
    faint="#b1b4b6",
    series=("#12436d", "#b23c0a", "#950bda", "#521414"),
    low="#b23c0a",
    high="#12436d",
    cursor=("#12436d", "#ffffff"),
    share=0.18,
    ramp=CIVIDIS,
)

DARK: Final = Palette(
    name="dark",
    surface="#101418",
    text="#e8eaed",
    faint="#4a5058",
    series=("#56b4e9", "#e69f00", "#fff2cc", "#3d8f7a"),
    low="#e69f00",
    high="#56b4e9",
    cursor=("#56b4e9", "#000000"),
    share=0.26,
    ramp=CIVIDIS,
)

CONTRAST: Final = Palette(
    name="contrast",
    surface="#000000",
    text="#ffffff",
    faint="#8c8c8c",
    series=("#8ecbff", "#ffd000", "#f4f4be", "#45a145"),
    low="#ffd000",
    high="#8ecbff",
    cursor=("#ffffff", "#000000"),
    share=0.3,
    ramp=CIVIDIS,
)

PALETTES: Final = (LIGHT, DARK, CONTRAST)


def palette_of(app: Any) -> Palette:
    """The palette that goes with an application's theme."""
    theme = app.current_theme
    if "contrast" in theme.name:
        return CONTRAST
    return DARK if theme.dark else LIGHT
