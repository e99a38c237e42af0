"""What `naas tui`, `serve` and `export` are asked for: a screen, scenarios, and which results are meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tui.workplaces import WORKPLACES

if TYPE_CHECKING:
    from tui.start import Wanted

NAMES: Final = ", ".join(WORKPLACES)
"""The screens, for the help of an argument."""

GlyphsOption = Annotated[
    str | None, typer.Option("--glyphs", help="Draw charts with braille, block or ascii signs.")
]
ThemeOption = Annotated[str | None, typer.Option("--theme", help="light, dark or contrast.")]
CaseOption = Annotated[
    Path | None,
    typer.Option("--case", metavar="FILE", help="Open Costs with your own figures (naas cost template)."),
]
CouncilOption = Annotated[
    str | None, typer.Option("--council", metavar="NAME", help="Open Costs with this council.")
]


def to_open(wanted: Wanted) -> Wanted:
    """What is wanted, where it can be opened. Raises `InputError` C001 for a plain page."""
    from rules.errors import problem
    from tui.start import HELP

    if wanted.screen == HELP:
        hint = "naas tui --plain help lists the screens; in the interface, f1 says what each key does"
        raise problem("C001", "help is a plain page and no screen", hint=hint)
    return wanted


def settings(
    replications: int | None, seed: int | None, scale: float | None, until: str | None, interval: int | None
) -> dict[str, object]:
    """What was given, by name."""
    given = {
        "replications": replications,
        "seed": seed,
        "scale": scale,
        "until": until,
        "interval": interval,
    }
    return {name: value for name, value in given.items() if value is not None}
