"""Colours that everybody can tell apart, with text that can be read on them."""

from __future__ import annotations

from itertools import combinations, pairwise
from types import SimpleNamespace

import pytest

from reports.colours import CIVIDIS, ON_WHITE, contrast, luminance, mixed
from tests.tui.colour_sight import SIGHTS, difference
from tui.start import LOOKS
from tui.theme import THEMES
from tui.widgets.palette import PALETTES, Palette, palette_of

pytestmark = pytest.mark.unit


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") < 4.5
    assert luminance("#ff0000") == pytest.approx(0.2126)
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_text_can_be_read_wherever_it_stands(palette: Palette) -> None:
    assert contrast(palette.text, palette.surface) >= 7
    assert contrast(*palette.cursor) >= 7
    for colour in (*palette.series, palette.low, palette.high):
        assert contrast(colour, palette.surface) >= 4.5
    for inside in ((0,), (1,), (0, 1), (1, 0), (2,), (3,)):
        assert contrast(palette.text, palette.band(*inside)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_lines_stand_out_of_every_interval(palette: Palette) -> None:
    for number in (0, 1):
        for inside in ((0,), (1,), (0, 1)):
            assert contrast(palette.series[number], palette.band(*inside)) >= 3


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_series_look_apart_to_everybody(palette: Palette, sight: str) -> None:
    first, second = palette.series[:2]
    assert difference(first, second, sight) >= 60
    assert difference(palette.low, palette.high, sight) >= 60
    for one, other in combinations(palette.series, 2):
        assert difference(one, other, sight) >= 25


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_intervals_and_their_overlap_look_apart_to_everybody(palette: Palette, sight: str) -> None:
    places = [palette.surface, palette.band(0), palette.band(1), palette.band(0, 1)]
    for one, other in combinations(places, 2):
        assert difference(one, other, sight) >= 9


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_scale_from_least_to_most_is_in_order_for_everybody(sight: str) -> None:
    assert all(contrast(background, text) >= 4.5 for background, text in CIVIDIS)
    levels = [luminance(background) for background, _ in CIVIDIS]
    assert levels == sorted(levels)
    for (one, _), (other, _) in pairwise(CIVIDIS):
        assert difference(one, other, sight) >= 11


def test_every_look_is_written_once_and_has_its_theme() -> None:
    """A theme takes surface and text from the palette of its look, and no other file writes them."""
    assert list(THEMES) == [palette.theme for palette in PALETTES] == list(LOOKS.values())
    for palette in PALETTES:
        theme = THEMES[palette.theme]
        assert (theme.background, theme.foreground, theme.surface) == (
            palette.surface,
            palette.text,
            palette.surface,
        )
        app = SimpleNamespace(current_theme=theme)
        assert palette_of(app) is palette
        assert contrast(theme.primary, palette.surface) >= 4.5
        assert contrast(str(theme.error), palette.surface) >= 4.5


def test_what_leaves_on_paper_has_the_colours_of_the_light_look() -> None:
    assert PALETTES[0].series == ON_WHITE
