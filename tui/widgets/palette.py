"""The three looks, light, dark and high contrast: their names and colours, safe for colour-blind people.

Colour is never the only sign: lines differ by dashes, areas by their fill, cells carry their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from reports.colours import ON_WHITE, Pair, mixed


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb; themes of the interface stand on the same surface, with the same text.

    `series` are those of lines, bars and parts, in order; `faint` is for grid lines, which say nothing that
    is not written elsewhere; `low` and `high` are the two ends of an input; `cursor` is what the cursor is
    on; `share` is how much an interval covers what is under it.
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

    @property
    def theme(self) -> str:
        """What the theme of this look is called."""
        return f"naas-{self.name}"

    def band(self, *numbers: int) -> str:
        """The background of a place that lies in the intervals of these series."""
        colour = self.surface
        for number in sorted(numbers):
            colour = mixed(colour, self.series[number % len(self.series)], self.share)
        return colour


LIGHT: Final = Palette(
    name="light",
    surface="#ffffff",
    text="#111111",
    faint="#b1b4b6",
    series=ON_WHITE,
    low="#b23c0a",
    high="#12436d",
    cursor=("#12436d", "#ffffff"),
    share=0.18,
)

DARK: Final = Palette(
    name="dark",
    surface="#14181c",
    text="#eceff2",
    faint="#4a5058",
    series=("#56b4e9", "#e69f00", "#fff2cc", "#3d8f7a"),
    low="#e69f00",
    high="#56b4e9",
    cursor=("#56b4e9", "#000000"),
    share=0.26,
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
)

PALETTES: Final = (LIGHT, DARK, CONTRAST)


def palette_of(app: Any) -> Palette:
    """The palette that goes with an application's theme."""
    theme = app.current_theme
    own = next((palette for palette in PALETTES if palette.theme == theme.name), None)
    return own or (DARK if theme.dark else LIGHT)
