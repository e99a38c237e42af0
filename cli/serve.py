"""`naas serve`: the terminal interface in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import options, screens
from cli.output import note


def serve(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCREEN] [SCENARIO ...]", help="Where to begin, as with naas tui."),
    ] = None,
    host: Annotated[
        str,
        typer.Option("--host", help="The address to listen on. Any but this machine's is open to others."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port; 0 for any that is free.")] = 8017,
    idle: Annotated[
        float,
        typer.Option("--idle", metavar="MINUTES", help="Close a tab in which nothing is done for so long."),
    ] = 60.0,
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
    """Serve the terminal interface to a browser on this machine.

    \b
    naas serve
    naas serve --council Leeds --port 8018
    """
    import asyncio

    from rules.errors import InputError, Problem, problem
    from tui.serve.server import Server, Serving
    from tui.serve.server import serve as served
    from tui.start import Wanted

    wrong = []
    if not 0 <= port <= 65535:
        wrong.append(Problem("C013", f"--port is a whole number from 0 to 65535, not {port}"))
    if not 0.1 <= idle <= 10_000:
        wrong.append(Problem("C013", f"--idle is a number of minutes from 0.1 to 10,000, not {idle:g}"))
    if wrong:
        raise InputError(wrong)
    settings = screens.settings(replications, seed, scale, until, interval)
    wanted = screens.to_open(Wanted.read(names or [], settings, glyphs, theme, store, case, council))
    serving = Serving(wanted, host, port, idle * 60)
    try:
        asyncio.run(served(Server(serving), _ready))
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        hint = "name another with --port, or --port 0 for any that is free"
        raise problem("C013", f"nothing can be served at {host}, port {port}: {said}", hint=hint) from error
    return 0


def _ready(server: object) -> None:
    from tui.serve.server import Server

    assert isinstance(server, Server)
    if not server.serving.local:
        note(
            f"WARNING: there is no login. Whoever can reach {server.serving.host} can use this interface, "
            "read and write files where this command runs, and start runs. Nothing is encrypted."
        )
    note(f"Open {server.address} in a browser. Ctrl-C ends it.")
