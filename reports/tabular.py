"""A page for spreadsheets and programs: CSV of its tables and charts, and a JSON document of all of it."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from reports.legible import legible, spoken
from reports.page import BandChart, Cell, Chart, Column, HeatChart, Page, Prose, Table
from reports.plain import column_head, over_words
from reports.provenance import facts

_STARTS_FORMULA: Final = frozenset("=+-@\t\r#")
_FIGURE: Final = re.compile(
    r"[+-]?£?\d[\d,.]*%?(?:m|k|bn)?(?: points| million)?"
    r"(?: ±[\d,.]+)?(?: \[[\d\s.,%£mkto+-]*\])?(?: \([a-z ]+\))?"
)
"""A figure of ours as it is read, such as "+8,400 [7,100, 9,800]": its sign starts no formula."""

SCHEMA: Final = "naas-page/1"
"""The kind and version of the JSON document."""


def csv_text(page: Page) -> str:
    """The tables and charts of a page, one after the other, each under a line with its title.

    Lines that are not rows begin with "#". A column of numbers comes twice: the value that it is sorted by,
    and as a person reads it. Where a column holds figures of several units,
    each row names its own. Nothing that data names can start is a formula to a spreadsheet: such text has an
    apostrophe before it.
    """
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow([f"# {legible(page.title)}"])
    for line in _notes(page):
        rows.writerow([f"# {line}"])
    for block in page.blocks:
        if isinstance(block, Prose):
            continue
        rows.writerow([])
        rows.writerow([f"# {_title(block)}"])
        for row in frame(block):
            rows.writerow([_written(item) for item in row])
        if isinstance(block, Table) and block.note:
            rows.writerow([f"# {legible(block.note)}"])
    return written.getvalue()


_FOR_SCREENS: Final[dict[str, bool | dict[str, set[str]]]] = {
    "next": True,
    "blocks": {"__all__": {"press", "fixed"}},
}
"""What names keys, or says how rows may be looked at: no file has it."""


def json_text(page: Page) -> str:
    """Everything that a page holds, with null for a number that does not exist."""
    document = {"schema": SCHEMA, **page.model_dump(mode="python", exclude=_FOR_SCREENS)}
    return json.dumps(_known(document), ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def frame(block: Table | Chart) -> Iterator[list[str | float]]:
    """The head and the rows of a block as a spreadsheet has them; NaN where there is no number."""
    if isinstance(block, BandChart):
        yield from _bands(block)
    elif isinstance(block, HeatChart):
        yield from _heat(block)
    else:
        yield from _table(block if isinstance(block, Table) else block.table())


def _table(table: Table) -> Iterator[list[str | float]]:
    keyed = any(key != row[0].text for key, row in zip(table.keys, table.rows, strict=False))
    units = [_own_unit(table.columns, row) for row in table.rows]
    head: list[str | float] = ["key"] if keyed else []
    for number, column in enumerate(table.columns):
        label = column_head(column)
        head += [label, f"{label}, as read"] if column.number else [label]
        head += ["unit"] if any(units) and not number else []
    yield head
    for place, row in enumerate(table.rows):
        line: list[str | float] = [legible(table.keys[place])] if keyed else []
        for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            line += [_value(cell), spoken(cell)] if column.number else [spoken(cell)]
            line += [legible(units[place])] if any(units) and not number else []
        yield line


def _own_unit(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    """The unit of a row's numbers whose columns name none."""
    found = {
        cell.unit for column, cell in zip(columns, row, strict=True) if column.number and not column.unit
    }
    return " or ".join(sorted(found - {""}))


def _bands(chart: BandChart) -> Iterator[list[str | float]]:
    head: list[str | float] = ["date"]
    for band in chart.bands:
        name = legible(band.name)
        head += [name, f"{name}, low", f"{name}, high", f"{name}, as read"]
    yield head
    for place, at in enumerate(chart.axis):
        line: list[str | float] = [at]
        for band, texts in zip(chart.bands, chart.texts, strict=True):
            line += [band.value[place], band.low[place], band.high[place], legible(texts[place])]
        yield line


def _heat(chart: HeatChart) -> Iterator[list[str | float]]:
    rule = over_words(chart)
    yield ["row", "column", "value", "as read", f"over ({rule})" if rule else "over", "in words"]
    for name, cells, about in zip(chart.rows, chart.cells, chart.about, strict=True):
        for column, cell, words in zip(chart.columns, cells, about, strict=True):
            over = "over" if cell.mark == "!" else ""
            yield [legible(name), legible(column), _value(cell), legible(cell.text), over, legible(words)]


def _value(cell: Cell) -> str | float:
    return math.nan if cell.value is None else cell.value


def _title(block: Table | Chart) -> str:
    unit = "" if isinstance(block, Table) else legible(block.unit)
    title = legible(block.title)
    if isinstance(block, Table) and block.of is not None and block.of != len(block.rows):
        return f"{title}, {len(block.rows)} of {block.of} rows"
    return f"{title}, {unit}" if unit and unit not in title else title


def _notes(page: Page) -> Iterable[str]:
    if page.summary:
        yield legible(page.summary)
    for label, text in facts(page):
        yield f"{label}: {text}"


def _written(item: str | float) -> str:
    """A cell of the file: a number in full, a text that starts no formula."""
    if isinstance(item, str):
        return harmless(legible(item))
    if not math.isfinite(item):
        return ""
    return str(int(item)) if item == int(item) and abs(item) < 1e15 else repr(float(item))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, nor a reader of this file for a note."""
    if text[:1] in _STARTS_FORMULA and not _FIGURE.fullmatch(text):
        return f"'{text}"
    return text


def _known(item: Any) -> Any:
    """The same with None for numbers that JSON does not have."""
    if isinstance(item, float):
        return item if math.isfinite(item) else None
    if isinstance(item, dict):
        return {key: _known(value) for key, value in item.items()}
    if isinstance(item, Sequence) and not isinstance(item, str):
        return [_known(value) for value in item]
    return item
