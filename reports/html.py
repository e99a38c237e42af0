"""A page as one HTML file that stands alone: real tables under real headings, no scripts, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from reports.colours import step
from reports.html_charts import bands, split, tornado
from reports.legible import MARK_WORDS, legible
from reports.page import (
    BandChart,
    Cell,
    Chart,
    Column,
    HeatChart,
    Page,
    Prose,
    SplitChart,
    Table,
    TornadoChart,
)
from reports.plain import column_head, one_unit, over_words
from reports.provenance import facts
from reports.scale import date_text
from reports.sentences import sentences

_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #111; font: 1rem/1.5 Arial, Helvetica, sans-serif; }
main, footer { max-width: 66rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
.summary { font-size: 1.15rem; max-width: 46rem; }
p, li { max-width: 46rem; overflow-wrap: anywhere; }
p + ul { margin-top: -.5rem; }
.wide { overflow-x: auto; position: relative; }
.wide:focus-visible { outline: 3px solid #12436d; outline-offset: 2px; }
table { border-collapse: collapse; font-size: .95rem; }
caption { text-align: left; color: #4a545e; padding: .25rem 0; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid #b1b4b6; }
th { overflow-wrap: break-word; max-width: 24rem; }
tbody th { min-width: 9rem; }
thead th { border-bottom: 2px solid #111; vertical-align: bottom; }
tbody th { font-weight: 400; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.heat td { border: 1px solid #fff; text-align: right; font-variant-numeric: tabular-nums; }
.heat th[scope="row"] { position: sticky; left: 0; background: #fff; }
.mark { font-weight: 700; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
svg { max-width: 100%; height: auto; display: block; }
details { margin: .5rem 0; }
summary { cursor: pointer; color: #12436d; text-decoration: underline; width: fit-content; }
summary:focus-visible { outline: 3px solid #12436d; }
footer { border-top: 4px solid #12436d; margin-top: 2rem; font-size: .95rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { font-weight: 700; } dd { margin: 0; overflow-wrap: anywhere; }
code { font-family: Consolas, Menlo, monospace; font-size: .95em; background: #eef1f4; padding: .1rem .3rem; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print {
  main, footer { max-width: none; padding: 0; } .wide { overflow: visible; } h2 { break-after: avoid; }
  tr, svg { break-inside: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def html(page: Page) -> str:
    """The page as a document. Every text from data is escaped, and none can turn the letters around it."""
    title = _text(page.title)
    parts = [
        "<!doctype html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{title}</h1>",
    ]
    if page.summary:
        parts.append(f'<p class="summary">{_text(page.summary)}</p>')
    for number, block in enumerate(page.blocks, start=1):
        parts += _block(block, f"part-{number}")
    parts += ["</main>", *_footer(page), "</body>", "</html>"]
    return "\n".join(parts) + "\n"


def _text(text: str) -> str:
    return escape(legible(text), quote=True)


def _name(text: str) -> str:
    """A name from data, which may be written from the right, kept apart from what is around it."""
    shown = _text(text)
    return shown if shown.isascii() else f"<bdi>{shown}</bdi>"


def _block(block: Table | Prose | Chart, anchor: str) -> Iterator[str]:
    yield f'<section aria-labelledby="{anchor}">' if block.title else "<section>"
    if block.title:
        unit = one_unit(block) if isinstance(block, Table) else "" if isinstance(block, Prose) else block.unit
        said = (
            f", {_text(unit)}" if unit and unit not in block.title and unit not in ("share", "count") else ""
        )
        yield f'<h2 id="{anchor}">{_text(block.title)}{said}</h2>'
    if isinstance(block, Prose):
        yield from _prose(block)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, HeatChart):
        yield from _heat(block)
    else:
        yield from _drawn(block)
    yield "</section>"


def _prose(block: Prose) -> Iterator[str]:
    """Paragraphs; lines that hang under another are a list."""
    listed = False
    for place, text in sentences(block.lines):
        if (place == "under") != listed:
            listed = not listed
            yield "<ul>" if listed else "</ul>"
        said = escape(text, quote=True)
        if place == "under":
            yield f"<li>{said}</li>"
        else:
            yield f"<p><strong>{said}</strong></p>" if place == "head" else f"<p>{said}</p>"
    if listed:
        yield "</ul>"


def _drawn(chart: BandChart | TornadoChart | SplitChart) -> Iterator[str]:
    """A drawing, and its figures as a table: at once for few, to be opened for many."""
    if isinstance(chart, BandChart):
        yield bands(chart)
        table = chart.table()
        rows = tuple(
            (cells[0].model_copy(update={"text": date_text(cells[0].text)}), *cells[1:])
            for cells in table.rows
        )
        yield "<details><summary>The figures, date by date</summary>"
        yield from _table(table.model_copy(update={"rows": rows}))
        yield "</details>"
        return
    yield tornado(chart) if isinstance(chart, TornadoChart) else split(chart)
    yield from _table(chart.table())


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield "<p>None.</p>"
        return
    said = one_unit(table)
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{_text(table.title or "Table")}">'
    yield "<table>"
    if table.of is not None and table.of != len(table.rows):
        yield f"<caption>{len(table.rows)} of {table.of} rows</caption>"
    heads = "".join(
        f'<th scope="col"{_class(column)}>{_name(column_head(column, said))}</th>' for column in table.columns
    )
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = "".join(
            f'<th scope="row">{_cell(cell)}</th>' if not place else f"<td{_class(column)}>{_cell(cell)}</td>"
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True))
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody>"
    yield "</table></div>"
    if table.note:
        yield f"<p>{_text(table.note)}</p>"


def _class(column: Column) -> str:
    return ' class="n"' if column.number else ""


def _cell(cell: Cell, attention: str = "needs attention") -> str:
    """A cell with its mark for the eye, and the mark's word for the ear."""
    text = _name(cell.text)
    if not cell.mark:
        return text
    word = attention if cell.mark == "!" else MARK_WORDS.get(cell.mark, "")
    spoken = "" if word in cell.text.lower() else f'<span class="said"> {word}</span>'
    return f'<span class="mark" aria-hidden="true">{_text(cell.mark)}</span> {text}{spoken}'


def _heat(chart: HeatChart) -> Iterator[str]:
    """The table is the chart: each cell has its colour, its number, and its sentence on hovering."""
    if over_words(chart):
        yield f"<p>! over: {_text(over_words(chart))}.</p>"
    values = [cell.value for row in chart.cells for cell in row if _number(cell)]
    known = [float(value) for value in values if isinstance(value, int | float)]
    known += [chart.limit] if chart.limit is not None else []
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{_text(chart.title)}">'
    yield '<table class="heat">'
    heads = "".join(f'<th scope="col" class="n">{_name(date_text(name))}</th>' for name in chart.columns)
    yield f'<thead><tr><th scope="col"><span class="said">Row</span></th>{heads}</tr></thead>'
    yield "<tbody>"
    for name, cells, about in zip(chart.rows, chart.cells, chart.about, strict=True):
        line = "".join(_heat_cell(cell, words, low, high) for cell, words in zip(cells, about, strict=True))
        yield f'<tr><th scope="row">{_name(name)}</th>{line}</tr>'
    yield "</tbody>"
    yield "</table></div>"


def _heat_cell(cell: Cell, words: str, low: float, high: float) -> str:
    if not _number(cell) or not isinstance(cell.value, int | float):
        return f'<td title="{_text(words)}">{_name(cell.text)}</td>'
    background, colour = step((cell.value - low) / (high - low) if high > low else 0.5)
    look = f"background:{background};color:{colour}"
    return f'<td style="{look}" title="{_text(words)}">{_cell(cell, "over")}</td>'


def _number(cell: Cell) -> bool:
    return isinstance(cell.value, int | float) and abs(cell.value) < float("inf")


def _footer(page: Page) -> Iterator[str]:
    found = facts(page)
    if not found:
        return
    yield "<footer>"
    yield '<h2 id="source">Where this comes from</h2>'
    yield "<dl>"
    for label, text in found:
        shown = f"<code>{_text(text)}</code>" if label == "Made by" else _name(text)
        yield f"<dt>{_text(label)}</dt><dd>{shown}</dd>"
    yield "</dl>"
    yield "</footer>"
