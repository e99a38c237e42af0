"""The workplace Run as a page: what is stored of what is asked for, and how sure it makes the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reports.numbers import amount, half_width
from reports.page import Cell, Column, Next, Page, Prose, Table
from reports.provenance import of_the_mean
from tui.asked import Asked
from tui.views.other_version import other_version
from tui.views.provenance import provenance

if TYPE_CHECKING:
    from scenarios.experiment import Arm, Results
    from tui.desk.desk import Desk

MEASURE: Final = "accredited"
"""The measure whose precision is followed."""

MOST_WIDTHS: Final = 24
"""Rows of the table of precision; more are thinned out."""


def run(
    desk: Desk,
    scenarios: Sequence[str] = ("voluntary", "mandatory"),
    settings: Mapping[str, Any] | None = None,
) -> Page:
    """What is stored of these scenarios under these settings, and what a run would add."""
    asked = desk.asked(settings)
    ready = desk.line_up(scenarios, settings)
    arms = [arm for _, arm in ready]
    results = desk.results(arms, asked)
    used = int(results.whole.sum())
    command = asked.command("compare" if len(scenarios) > 1 else "run", list(scenarios))
    blocks = [_stored(desk, arms, results), _asked(asked, arms, used)]
    if used > 2:
        blocks.append(widths(results, asked))
    other = other_version(desk, arms)
    return Page(
        screen="run",
        title="Run",
        summary=other.words or _summary(results, used),
        blocks=tuple(blocks),
        provenance=provenance(ready, asked, command, results, interval=of_the_mean(asked.interval, used)),
        next=other.next(command) if other.names else _next(results, used, command),
    )


def _summary(results: Results, used: int) -> str:
    if used == results.requested:
        return f"Everything asked for is there: {used} of {results.requested} replications of each scenario."
    if not results.finished.any():
        return "Nothing of this has been run yet."
    return f"{used} of {results.requested} replications are there for every scenario."


def _next(results: Results, used: int, command: str) -> Next:
    if used == results.requested:
        keys = "Press c to compare them." if len(results.arms) > 1 else "Press c to look at it."
    elif not results.finished.any():
        keys = "Press r to run it."
    else:
        keys = "Press r to go on from there: what is finished is kept and never run again."
    return Next(keys=keys, command=command)


def _stored(desk: Desk, arms: Sequence[Arm], results: Results) -> Table:
    from scenarios.kept import held

    rows = []
    for index, arm in enumerate(arms):
        finished = int(results.finished[index].sum())
        failed = len(list(desk.store.run_folder(held(desk.store, arm)[0]).glob("failure-*.json")))
        cells = (
            Cell(text=arm.name, value=arm.name),
            Cell(text=f"{finished} of {results.requested}", value=finished),
            Cell(text=str(failed), value=failed, mark="!" if failed else ""),
        )
        rows.append(cells)
    columns = (
        Column(id="scenario", label="Scenario", number=False),
        Column(id="stored", label="Replications there"),
        Column(id="failed", label="Failed"),
    )
    keys = tuple(arm.name for arm in arms)
    return Table(id="stored", title="What is there", columns=columns, rows=tuple(rows), keys=keys)


def _asked(asked: Asked, arms: Sequence[Arm], used: int) -> Prose:
    inputs = arms[0].inputs
    size = "England as it was" if inputs.scale == 1 else f"a workforce of scale {inputs.scale:g}"
    lines = [
        f"{len(arms)} scenarios, {asked.replications} replications each, on {size}, seed {asked.seed}.",
        f"From {inputs.start} to {inputs.until}; intervals cover {asked.interval}%.",
        "The same replication of every scenario shares its random draws, so that differences are sharp.",
    ]
    if inputs.scale != 1:
        lines.append(
            "A small workforce shows how things work; its numbers are not England's. Use scale 1 for figures."
        )
    if asked.precision:
        lines.append(
            f"It runs until {asked.precision}, and no further than {asked.replications} replications."
        )
    if used < 3:
        lines.append("Precision can be said from 3 finished replications on.")
    return Prose(id="asked", title="What is asked for", lines=tuple(lines))


def precision_page(results: Results, asked: Asked) -> Page:
    """The precision so far, while a run is going."""
    used = int(results.whole.sum())
    blocks = (widths(results, asked),) if used > 2 else ()
    return Page(
        screen="run", title="Precision so far", summary=_precision(results, asked, used), blocks=blocks
    )


def _precision(results: Results, asked: Asked, used: int) -> str:
    from scenarios.precision import half_widths
    from simulation.measures import MEASURES

    if used < 3:
        return f"{used} of {asked.replications} replications; precision can be said from 3 on."
    _, found = half_widths(results, MEASURE, asked.interval / 100)
    n, last = found[-1]
    measure = MEASURES[MEASURE]
    kind = "difference in" if len(results.arms) > 1 else "mean of"
    return (
        f"After {n} replications the {kind} {measure.label.lower()} is {amount(last.mean, measure.unit)} "
        f"{half_width(last.low, last.high, measure.unit)}."
    )


def widths(results: Results, asked: Asked) -> Table:
    """How the interval of the main measure narrows as replications are added."""
    from scenarios.precision import half_widths
    from simulation.measures import MEASURES

    measure = MEASURES[MEASURE]
    key, found = half_widths(results, MEASURE, asked.interval / 100)
    every = -(-len(found) // MOST_WIDTHS)
    shown = [item for index, item in enumerate(found) if (len(found) - 1 - index) % every == 0]
    rows = tuple(
        (
            Cell(text=str(n), value=n),
            Cell(text=amount(item.mean, measure.unit), value=item.mean),
            Cell(text=half_width(item.low, item.high, measure.unit), value=(item.high - item.low) / 2),
        )
        for n, item in shown
    )
    columns = (
        Column(id="n", label="Replications"),
        Column(id="mean", label="Difference" if len(results.arms) > 1 else "Mean", unit=measure.unit),
        Column(id="half", label=f"Half-width, {asked.interval}%", unit=measure.unit),
    )
    what = "paired difference in " if len(results.arms) > 1 else ""
    at = f", {key.at}" if key.at else ""
    return Table(
        id="precision",
        title=f"Precision: {what}{measure.label.lower()}{at}",
        columns=columns,
        rows=rows,
        of=len(found),
        note="The widest of the differences from the first scenario." if len(results.arms) > 2 else "",
    )
