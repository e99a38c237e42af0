"""`naas tui`: the terminal interface, and each of its screens as plain text."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli import options, screens
from cli.output import write


def tui(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCREEN] [SCENARIO ...]",
            help=f"A workplace to begin with ({screens.NAMES}), then "
            "scenarios to mark, the baseline first. --plain help says what each of them prints.",
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Print the screen as plain text, for a screen reader, and leave.")
    ] = False,
    glyphs: screens.GlyphsOption = None,
    theme: screens.ThemeOption = None,
    replications: options.AsStoredReplicationsOption = None,
    seed: options.AsStoredSeedOption = None,
    scale: options.ScaleOption = None,
    until: options.UntilOption = None,
    interval: options.AsStoredIntervalOption = None,
    case: screens.CaseOption = None,
    council: screens.CouncilOption = None,
    store: options.StoreOption = None,
) -> int:
    """Open the terminal interface, or print one of its screens.

    \b
    naas tui
    naas tui --plain compare voluntary mandatory
    """
    from rules.errors import problem
    from tui.start import Wanted, opened, printed

    settings = screens.settings(replications, seed, scale, until, interval)
    wanted = Wanted.read(names or [], settings, glyphs, theme, store, case, council)
    if plain:
        for line in printed(wanted):
            write(line)
        return 0
    screens.to_open(wanted)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = "add --plain to print a screen as text, or use naas serve for a browser"
        raise problem("C015", "naas tui needs a terminal to draw in", hint=hint)
    return opened(wanted)
