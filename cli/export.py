"""`naas export`: a screen of the interface as a file, from results that are stored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import options, screens
from cli.output import note


def export(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="SCREEN [SCENARIO ...]",
            help=f"One of {screens.NAMES}, then scenarios, the baseline first.",
        ),
    ],
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Write here; the ending says the form. Without it: print."),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--form", help="csv, markdown, json, html or text, whatever the ending.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a file that is there already.")] = False,
    until: options.UntilOption = None,
    scale: options.ScaleOption = None,
    replications: options.AsStoredReplicationsOption = None,
    seed: options.AsStoredSeedOption = None,
    store: options.StoreOption = None,
    interval: options.AsStoredIntervalOption = None,
) -> int:
    """Write a screen of the interface to a file.

    \b
    naas export levers mandatory --form markdown
    naas export compare voluntary mandatory --to brief.html
    """
    import sys

    from reports.export import form_named, form_of, text_of, write
    from rules.errors import problem
    from tui.start import Wanted, page_of

    if to is not None and form is None:
        form_of(to)  # refused before anything is reckoned
    if form is not None:
        form_named(form)
    settings = screens.settings(replications, seed, scale, until, interval)
    page = page_of(Wanted.read(names, settings, None, None, store))
    if any(block.id == "empty" for block in page.blocks):
        command = page.provenance.command
        hint = f"first: {command}" if command else ""
        raise problem("C014", f"{page.title}: not all that this needs has been run", hint=hint)
    if to is None:
        sys.stdout.write(text_of(page, form or "text"))
        return 0
    note(f"Written: {write(page, to, form=form or '', replace=replace)}")
    return 0
