"""`naas --version`: which version this is, and whose results can be compared with its own."""

from __future__ import annotations

import typer

from cli.output import write


def tell(asked: bool) -> None:
    """Say the version and the number of the engine, and stop."""
    if not asked:
        return
    from importlib.metadata import version

    from simulation.replicate import ENGINE_VERSION

    write(f"naas {version('naas-policy-simulator')}, engine {ENGINE_VERSION}")
    raise typer.Exit
