"""Questions of `naas cost` about the case itself: one to edit, a challenge, and the assumption log."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.cost_options import CostOptions
from cli.costing import case_of, costed
from cli.output import Format, columns, emphasis, paragraph, width, write, write_csv, write_json
from reports.money import in_millions, millions, number, quantity

if TYPE_CHECKING:
    from analysis.cost_assumptions import Assumption, WorldAssumption

USUAL: Final = "consultation"
"""The scenario that is costed where none is named."""


def template() -> int:
    """Write the default cost case, which says how it is edited."""
    from analysis.cost_case import DEFAULT

    write(DEFAULT.read_text(encoding="utf-8").rstrip("\n"))
    return 0


def challenge(asked: CostOptions, against: Path | None, names: Sequence[str]) -> int:
    """What differs between two cases, whose figure it is, and what each does to the total."""
    from dataclasses import replace

    from analysis.cost_assumptions import OURS
    from analysis.cost_case import CostCase
    from analysis.cost_challenge import challenge as challenged
    from analysis.cost_payers import changed_payers
    from reports.cost_tables import planned_days
    from reports.switching_tables import both_totals, together
    from rules.errors import problem

    if asked.case is None and not asked.settings:
        said = "a challenge needs a case: --case FILE, or figures: --set line=value"
        raise problem("K013", said, hint="for example --set leavers=15000; naas cost template writes a case")
    mine, settings = case_of(asked)
    theirs = CostCase.load(against) if against else CostCase.default()
    theirs = replace(theirs, price_year=mine.price_year)  # both totals in the prices that the head names
    found = costed(names or [USUAL], asked, mine, settings)
    if not found.runs:
        return found.code
    result = challenged(found.runs[0], mine, theirs, asked.view, asked.rate)
    rows = [
        {
            "figure": row.key,
            "label": row.mine.label,
            "mine": row.mine.mode,
            "against": row.theirs.mode,
            "unit": row.mine.unit,
            "whose": row.mine.owner or OURS,
            "dated": row.mine.dated,
            "evidence": row.mine.evidence,
            "moves_total_gbp": row.moved.mean,
            "moves_total_p10": row.moved.p10,
            "moves_total_p90": row.moved.p90,
        }
        for row in result.rows
    ]
    if asked.form is Format.json:
        totals = {
            "total": result.total,
            "against": result.against,
            "change": result.change,
            "together": result.together,
        }
        spreads = {name: vars(item) for name, item in totals.items()}
        means = {name: item.mean for name, item in totals.items()}
        write_json(
            {**found.about(), "scenario": found.runs[0].name, **means, "spreads": spreads, "figures": rows}
        )
    elif asked.form is Format.csv:
        fields = (
            "figure",
            "label",
            "mine",
            "against",
            "unit",
            "whose",
            "dated",
            "evidence",
            "moves_total_gbp",
            "moves_total_p10",
            "moves_total_p90",
        )
        beside = found.beside()
        write_csv([{**beside, **row} for row in rows], (*beside, *fields))
    else:
        for line in (paragraph(line) for line in found.head()):
            write(line)
        write()
        write(paragraph(both_totals(result, found.runs[0].name, mine, theirs)))
        payers = changed_payers(mine, theirs)
        if payers:
            write(f"Who pays differs in {', '.join(payers)}; that moves no total.")
        elif not rows:
            write("The two cases do not differ.")
        for row in result.rows:
            write()
            moved = in_millions(row.moved, signed=True)
            said = paragraph(f"{row.mine.label} ({row.mine.key}): £ million {moved}")
            write(emphasis(said, "strong"))
            was = quantity(row.theirs.mode, row.theirs.unit)
            write(f"  {quantity(row.mine.mode, row.mine.unit)} instead of {was}; {row.mine.owner or OURS}")
            write(paragraph(row.mine.evidence, "  "))
            if note := planned_days([row.key]):
                write(paragraph(note, "  "))
        if len(rows) > 1:
            write()
            write(paragraph(together(result)))
    return found.code


def assumptions(asked: CostOptions, names: Sequence[str]) -> int:
    """The assumption log, with how far each figure and each parameter of the world moves the headline."""
    from analysis.cost_assumptions import COLUMNS, assumption_log, world_log
    from analysis.cost_product import product
    from analysis.world_swings import world_swings
    from reports.cost_tables import planned_days

    case, settings = case_of(asked)
    found = costed(names or [USUAL], asked, case, settings)
    if not found.runs:
        return found.code
    item = product(found.runs[0], case, asked.view, asked.rate)
    [arm] = found.arms
    store = asked.opened()
    swings = world_swings(arm, case, asked.view, asked.rate, store, asked.replications)
    log, world = assumption_log(item), world_log(item, arm.inputs.parameters, swings)
    rows = [*(entry.row() for entry in log), *(entry.row() for entry in world)]
    if asked.form is Format.json:
        write_json({**found.about(), "scenario": found.runs[0].name, "assumptions": rows})
    elif asked.form is Format.csv:
        beside = found.beside()
        write_csv([{**beside, **row} for row in rows], (*beside, *COLUMNS))
    else:
        for line in (*map(paragraph, found.head()), "", *_prices_log(log)):
            write(line)
        if note := planned_days([entry.figure.key for entry in log]):
            write(paragraph(note))
        write()
        for line in _world_log(world, _running_them((names or [USUAL])[0], asked, settings, found.used)):
            write(line)
        write()
        write("--format csv has the evidence, owner and date of each.")
    return found.code


def _prices_log(log: Sequence[Assumption]) -> list[str]:
    """Every figure of the case, the one that moves the social cost most first."""
    table = [
        [
            entry.figure.key,
            quantity(entry.figure.mode, entry.figure.unit),
            f"{number(entry.figure.low)} to {number(entry.figure.high)}",
            entry.figure.rating,
            entry.impact,
            millions(entry.swing),
        ]
        for entry in log
    ]
    return _log_table("Figures of the cost case", table)


def _world_log(world: Sequence[WorldAssumption], command: str) -> list[str]:
    """The parameters of the world whose part is known from stored runs, and what runs the others."""
    from analysis.cost_assumptions import NOT_RUN

    table = [
        [
            entry.parameter.id,
            quantity(entry.parameter.value, entry.parameter.unit),
            f"{entry.factor.shown(entry.factor.low)} to {entry.factor.shown(entry.factor.high)}",
            entry.parameter.rating,
            entry.impact,
            millions(abs(entry.swing)),
        ]
        for entry in world
        if entry.swing is not None and entry.factor is not None
    ]
    lines = _log_table("Parameters of the world, as far as they have been run", table) if table else []
    rest = sum(entry.impact == NOT_RUN for entry in world)
    told = []
    if rest:
        others = "more parameters" if table else "parameters"
        said = f"{rest} {others} of the world have not been run at both ends of their ranges. This runs them:"
        told += [paragraph(said), f"  {command}"]
    return [*lines, *([""] if table and told else []), *told]


def _running_them(name: str, asked: CostOptions, settings: Sequence[str], used: int) -> str:
    """What runs every parameter at both ends of its range, beside the same world without a scheme."""
    from scenarios.request import DEFAULT_SEED

    words = ["naas", "sensitivity", "no-scheme", name, "-n", str(used)]
    given = (("--until", asked.until), ("--scale", asked.scale), ("--workforce", asked.workforce))
    words += [word for option, value in given if value is not None for word in (option, str(value))]
    words += ["--seed", str(asked.seed)] if asked.seed != DEFAULT_SEED else []
    words += ["--store", str(asked.store)] if asked.store else []
    return shlex.join([*words, *(word for text in settings for word in ("--set", text))])


def _log_table(title: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a log under their heads, without the ranges where there is no room."""
    head = ["", "value", "range", "quality", "impact", "moves, £m"]
    shown = columns([head, *rows], right=(5,))
    if any(len(line) > width() for line in shown):
        shown = columns([[*row[:2], *row[3:]] for row in [head, *rows]], right=(4,))
    return [emphasis(title, "strong"), *shown]
