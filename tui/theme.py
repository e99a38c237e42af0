"""Themes for the three looks: light on white for offices, dark, and high contrast. No others are offered.

Colour is never the only mark of anything: verdicts carry a sign and a word, lines differ by dash.
"""

from __future__ import annotations

from typing import Any, Final

from textual.theme import Theme

from tui.widgets import palette


def _theme(look: palette.Palette, **colours: Any) -> Theme:
    """A theme on the surface of a look, with its text."""
    return Theme(
        name=look.theme,
        foreground=look.text,
        background=look.surface,
        surface=look.surface,
        **colours,
    )


LIGHT: Final = _theme(
    palette.LIGHT,
    primary="#12436D",
    secondary="#28607F",
    accent="#A8410C",
    panel="#EEF1F4",
    boost="#E3E9EF",
    warning="#7A4B00",
    error="#A3150F",
    success="#135E43",
    dark=False,
    variables={
        "border": "#12436D",
        "border-blurred": "#6F7B87",
        "footer-key-foreground": "#12436D",
        "block-cursor-background": "#12436D",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-blurred-background": "#CFDCE8",
        "block-cursor-blurred-foreground": "#111111",
        "input-selection-background": "#BBD3EA",
        "scrollbar": "#AAB6C2",
        "scrollbar-background": "#FFFFFF",
        "scrollbar-hover": "#6F7B87",
        "text-muted": "#4A545E",
        "link-color": "#12436D",
    },
)

DARK: Final = _theme(
    palette.DARK,
    primary="#56B4E9",
    secondary="#8CC8EE",
    accent="#E69F00",
    panel="#222930",
    boost="#2B343D",
    warning="#F0C14B",
    error="#FF9A8F",
    success="#7FD1AE",
    dark=True,
    variables={
        "border": "#56B4E9",
        "border-blurred": "#7C8894",
        "footer-key-foreground": "#56B4E9",
        "block-cursor-background": "#56B4E9",
        "block-cursor-foreground": "#0B0E11",
        "block-cursor-blurred-background": "#33485A",
        "block-cursor-blurred-foreground": "#ECEFF2",
        "input-selection-background": "#33485A",
        "scrollbar": "#4B5763",
        "scrollbar-background": "#14181C",
        "scrollbar-hover": "#7C8894",
        "text-muted": "#B4BEC8",
        "link-color": "#56B4E9",
    },
)

CONTRAST: Final = _theme(
    palette.CONTRAST,
    primary="#FFFF00",
    secondary="#00FFFF",
    accent="#FFFF00",
    panel="#000000",
    boost="#1A1A1A",
    warning="#FFFF00",
    error="#FFB3AD",
    success="#9CFFCF",
    dark=True,
    variables={
        "border": "#FFFFFF",
        "border-blurred": "#B8B8B8",
        "footer-key-foreground": "#FFFF00",
        "block-cursor-background": "#FFFF00",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#4D4D00",
        "block-cursor-blurred-foreground": "#FFFFFF",
        "input-selection-background": "#4D4D00",
        "scrollbar": "#B8B8B8",
        "scrollbar-background": "#000000",
        "scrollbar-hover": "#FFFFFF",
        "text-muted": "#FFFFFF",
        "link-color": "#FFFF00",
    },
)

THEMES: Final = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}


def next_of(choices: tuple[str, ...], now: str) -> str:
    """The choice after this one, round and round."""
    return choices[(choices.index(now) + 1) % len(choices)] if now in choices else choices[0]
