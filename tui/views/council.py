"""My council: what a scenario means for one of them, chosen by name, code or something near its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.cost_runs import busiest_of, released_of
from analysis.councils import find
from analysis.my_council import my_council
from reports import council_tables as tables
from reports.page import Block, Page, Prose
from reports.provenance import of_the_replications
from tui.views.costing import Costing, Prices, Valued, command, costing, prices, sample_of, valued
from tui.views.provenance import provenance

if TYPE_CHECKING:
    from tui.desk.desk import Desk


def council(
    desk: Desk,
    scenarios: Sequence[str] = (),
    settings: Mapping[str, Any] | None = None,
    case: str = "",
    edits: Mapping[str, Mapping[str, str]] | None = None,
    view: Mapping[str, Any] | None = None,
    council: str = "",
    before: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
) -> Page:
    """One council under the last of the scenarios; `before` as `prices` has it.

    Raises `InputError` K012, with the nearest name.
    """
    how = valued(view)
    given = prices(desk, case, edits, how.price_year, before)
    found = costing(desk, scenarios, settings)
    blocks = (
        [*sample_of(found, "council sample"), *blocks_of(found, given, how, council)] if found.runs else []
    )
    made = command(["council", council, *found.words[-1:]], found, given, how)
    return Page(
        screen="costs",
        title=f"My council: {council}",
        summary=next((block.title for block in blocks if not isinstance(block, Prose)), ""),
        blocks=tuple(blocks),
        provenance=provenance(
            found.ready[-1:], found.asked, made, found.results, interval=of_the_replications(found.used)
        ),
    )


def councils(desk: Desk, asked: str = "") -> dict[str, Any]:
    """Every council by name with its code, and the name of the one that is asked for.

    Raises `InputError` K012 for one that is not known, with the nearest name.
    """
    from simulation.published import authorities

    del desk
    listed = authorities()
    found = listed.name[find(asked, listed.name, listed.code)] if asked else ""
    pairs = sorted(zip(listed.name, listed.code, strict=True))
    return {"councils": [list(pair) for pair in pairs], "found": found}


def blocks_of(found: Costing, given: Prices, how: Valued, asked: str) -> list[Block]:
    """The tables and sentences of `naas cost council`."""
    last = len(found.runs) - 1
    run = found.runs[last]
    days = found.ready[last][1].inputs.parameters.value("posts.release_days_per_fte_month")
    released, months = released_of(found.results, last)
    busiest = busiest_of(found.results, last)
    told = my_council(run, given.case, how.view, released, busiest, months, days, asked)
    said = [text for text in (tables.turbulence(), tables.explained(), tables.few(told)) if text]
    return [
        tables.at_a_glance(told, run.name),
        tables.pays(told),
        tables.own_lines(told),
        tables.beside_others(told),
        tables.by_quintile(told),
        Prose(id="council notes", lines=tuple(said)),
    ]
