"""The commands in the order in which a newcomer wants them."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import (
    attribute,
    capacity,
    changed,
    check,
    compare,
    cost,
    explain,
    export,
    forecast,
    listing,
    measures,
    parameters,
    results,
    run,
    schema,
    score,
    sensitivity,
    serve,
    show,
    tui,
    verify,
    workforce,
)
from cli.version import tell

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def naas(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=tell, help="Say which version this is, and stop."),
    ] = False,
) -> None:
    """Compare policies for accrediting England's child and family social workers.

    \b
    naas compare voluntary mandatory
    naas show mandatory
    """


_COMPARE, _LOOK, _WHY = "Run and compare", "Look at what there is", "Ask why and check"

app.command("compare", rich_help_panel=_COMPARE)(compare.compare)
app.command("run", rich_help_panel=_COMPARE)(run.run)
app.command("tui", rich_help_panel=_COMPARE)(tui.tui)
app.command("export", rich_help_panel=_COMPARE)(export.export)
app.command("serve", rich_help_panel=_COMPARE)(serve.serve)
app.add_typer(cost.cost, name="cost", rich_help_panel=_COMPARE)
app.add_typer(capacity.capacity, name="capacity", rich_help_panel=_COMPARE)
app.command("forecast", rich_help_panel=_COMPARE)(forecast.forecast)
app.command("score", rich_help_panel=_COMPARE)(score.score)
app.command("list", rich_help_panel=_LOOK)(listing.list_scenarios)
app.command("show", rich_help_panel=_LOOK)(show.show)
app.command("measures", rich_help_panel=_LOOK)(measures.measures)
app.command("parameters", rich_help_panel=_LOOK)(parameters.parameters)
app.command("workforce", rich_help_panel=_LOOK)(workforce.workforce)
app.add_typer(results.results, name="results", rich_help_panel=_LOOK)
app.command("changed", rich_help_panel=_WHY)(changed.changed)
app.command("attribute", rich_help_panel=_WHY)(attribute.attribute)
app.command("sensitivity", rich_help_panel=_WHY)(sensitivity.sensitivity)
app.command("explain", rich_help_panel=_WHY)(explain.explain)
app.command("check", rich_help_panel=_WHY)(check.check)
app.command("schema", rich_help_panel=_WHY)(schema.schema)
app.command("verify", rich_help_panel=_WHY)(verify.verify)
