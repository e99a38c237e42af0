"""Every figure of a cost case as a person changes it: value, range, unit, who pays, and the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from analysis.cost_case import CostCase
from analysis.cost_edits import changed_figures, grouped
from analysis.cost_lines import Figure, unit_words
from analysis.cost_payers import changed_payers
from reports.page import Block, Cell, Column, Prose, Table

if TYPE_CHECKING:
    from analysis.cost_edits import Stretch
    from analysis.cost_lines import Line
    from tui.views.costing import Prices

PAID_BY: Final = {"department": "department", "employer": "employers", "individual": "individuals"}
"""Who pays a line, short enough for a column; employers are councils and others."""


def figures_of(given: Prices, order: Sequence[str] = ()) -> list[Block]:
    """Every figure, those first that move most, the ranges that gave way to a value, and what is far off."""
    far = [
        Prose(id=far_id(key), title=given.case.figures[key].label, lines=(said,))
        for key, said in given.far().items()
    ]
    return [inputs(given, order), *([_stretched(given)] if given.stretched else []), *far]


def left_out(given: Prices) -> list[Block]:
    """What was typed and cannot be used, each under the label of its figure, with what stands meanwhile."""
    return [Prose(id=wrong_id(item.key), title=item.label, lines=(item.words(),)) for item in given.left_out]


def wrong_id(key: str) -> str:
    """The id of the block that says what is wrong with a figure."""
    return f"wrong {key}"


def far_id(key: str) -> str:
    """The id of the block that says a value is far outside its range."""
    return f"far {key}"


def inputs(given: Prices, order: Sequence[str] = ()) -> Table:
    """Every figure of the case with its range, who pays, and its evidence, in an order.

    A figure that is not the default one, or whose payer is not, has the mark "*"; "!" where what was typed
    cannot be used.
    """
    case, default = given.case, CostCase.default()
    lines = {line.key: line for line in case.lines}
    changed = {*changed_figures(case, default), *changed_payers(case, default)}
    keys = [*order, *(key for key in case.figures if key not in order)]
    marks = dict.fromkeys(changed, "*") | {item.key: "!" for item in given.left_out}
    rows = tuple(_row(case.figures[key], lines.get(key), marks.get(key, "")) for key in keys)
    columns = (
        Column(id="figure", label="Assumption", number=False),
        Column(id="low", label="Low"),
        Column(id="mode", label="Value"),
        Column(id="high", label="High"),
        Column(id="unit", label="Unit", number=False),
        Column(id="payer", label="Paid by", number=False),
        Column(id="rating", label="Evidence is", number=False),
        Column(id="evidence", label="Source or assumption", number=False),
    )
    note = f"{len(changed)} of {len(rows)} differ from the default case." if changed else ""
    title = f"Assumptions: {case.title}"
    return Table(id="inputs", title=title, columns=columns, rows=rows, keys=tuple(keys), note=note)


def _row(figure: Figure, line: Line | None, mark: str) -> tuple[Cell, ...]:
    unit, evidence = unit_words(figure.unit), figure.source or figure.assumption
    return (
        Cell(text=figure.label, value=figure.label, mark=mark),
        *(Cell(text=grouped(value), value=value) for value in (figure.low, figure.mode, figure.high)),
        Cell(text=unit, value=unit),
        _payer(line),
        Cell(text=figure.rating, value=figure.rating),
        Cell(text=evidence, value=evidence, mark="#" if figure.source else "~"),
    )


def _payer(line: Line | None) -> Cell:
    """Who pays; its value is what may be changed, and None for a price or a transfer, where nothing may."""
    if line is None:
        return Cell(text="")
    if line.paid_to:
        return Cell(text=f"{PAID_BY[line.payer]} to {PAID_BY[line.paid_to]}")
    return Cell(text=PAID_BY[line.payer], value=line.payer)


def _stretched(given: Prices) -> Table:
    """The ends of ranges that a value typed beyond them has moved: nobody typed these."""
    return Table(
        id="stretched",
        title="Ranges that gave way to a value typed beyond them",
        columns=(
            Column(id="figure", label="Assumption", number=False),
            Column(id="end", label="End", number=False),
            Column(id="was", label="Was"),
            Column(id="now", label="Now"),
        ),
        rows=tuple(_moved(given.case.figures[item.key], item) for item in given.stretched),
        keys=tuple(item.key for item in given.stretched),
    )


def _moved(figure: Figure, item: Stretch) -> tuple[Cell, ...]:
    return (
        Cell(text=figure.label, value=figure.label),
        Cell(text=item.end, value=item.end),
        Cell(text=grouped(item.was), value=item.was, unit=unit_words(figure.unit)),
        Cell(text=grouped(item.now), value=item.now, unit=unit_words(figure.unit)),
    )


def stretched_words(found: Table, key: str) -> str:
    """What became of the range of one figure, in a sentence; nothing where it stayed."""
    if key not in found.keys:
        return ""
    _, end, was, now = (cell.text for cell in found.rows[found.keys.index(key)])
    return f"{end.capitalize()} end moved with the value: {now}, was {was}."
