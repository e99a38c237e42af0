"""`naas export`: a screen of the interface as a page or a file, from results that are stored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from cli import options, screens
from cli.output import note

SCREEN: Final = "Of one screen"

_OWN: Final = {
    "measure": ("compare", "measure"),
    "by": ("compare", "by"),
    "worker": ("why", "worker"),
    "fact": ("why", "facts"),
    "replication": ("why", "replication"),
    "set": ("levers", "edits"),
}
"""The screen that an option is for, and what its page calls it."""


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
    measure: Annotated[
        str | None,
        typer.Option("--measure", metavar="ID", help="Compare: chart this measure.", rich_help_panel=SCREEN),
    ] = None,
    by: Annotated[
        options.Cut | None,
        typer.Option("--by", help="Compare: cut the measure by this.", rich_help_panel=SCREEN),
    ] = None,
    worker: Annotated[
        str | None,
        typer.Option(
            "--worker", metavar="ID", help="Why: explain this worker; 1 if not given.", rich_help_panel=SCREEN
        ),
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            "--fact",
            metavar="NAME=VALUE",
            help="Why: a fact about a person made up; may be repeated.",
            rich_help_panel=SCREEN,
        ),
    ] = None,
    replication: Annotated[
        int | None, typer.Option("--replication", help="Why: whose life to tell.", rich_help_panel=SCREEN)
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="LEVER=VALUE",
            help="Levers: an edit that is not saved; may be repeated.",
            rich_help_panel=SCREEN,
        ),
    ] = None,
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
    naas export why voluntary mandatory --worker 12 --to why.html
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
    given: dict[str, Any] = {"measure": measure, "by": by and by.value, "worker": worker, "fact": fact}
    given |= {"replication": replication, "set": setting and _edits(setting)}
    wanted = Wanted.read(names, settings, None, None, store)
    page = page_of(wanted, **_own(wanted.screen or "library", given))
    if any(block.id == "empty" for block in page.blocks):
        command = page.provenance.command
        hint = f"first: {command}" if command else ""
        raise problem("C014", f"{page.title}: not all that this needs has been run", hint=hint)
    if to is None:
        sys.stdout.write(text_of(page, form or "text"))
        return 0
    note(f"Written: {write(page, to, form=form or '', replace=replace)}")
    return 0


def _own(screen: str, given: dict[str, Any]) -> dict[str, Any]:
    """What a page is asked beside the rest. Raises `InputError` C010 with each option of another screen."""
    from rules.errors import InputError, Problem

    asked = {name: value for name, value in given.items() if value not in (None, [], {})}
    if wrong := [name for name in asked if _OWN[name][0] != screen]:
        raise InputError(Problem("C010", f"--{name} goes with naas export {_OWN[name][0]}") for name in wrong)
    return {_OWN[name][1]: value for name, value in asked.items()}


def _edits(settings: list[str]) -> dict[str, str]:
    """Levers with the text that is typed over each. Raises `InputError` with what sets no lever."""
    from rules.errors import InputError, Problem
    from scenarios.settings import read

    _, parameters = read(settings)
    if parameters:
        raise InputError(
            Problem("L001", f"'{name}' is a parameter; naas export levers takes levers")
            for name in parameters
        )
    pairs = (text.partition("=") for text in settings)
    return {lever.strip(): value.strip() for lever, _, value in pairs}
