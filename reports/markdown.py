"""A page as Markdown, for a brief or a wiki: headings, sentences, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reports.legible import legible, spoken
from reports.page import HeatChart, Page, Prose, Table
from reports.plain import column_head, one_unit, over_words, titled
from reports.provenance import facts
from reports.sentences import Place, sentences

_SIGNS: Final = re.compile(r"([\\`*\[\]|~$]|(?<!\w)_|_(?!\w))")
_LIST: Final = re.compile(r"^(\d+)([.)])(\s)")
_STARTS: Final = ("#", "+", "-", "=", ">")


def markdown(page: Page) -> str:
    """The page in the Markdown that GitHub reads. Nothing in data is taken for a sign of layout."""
    return "\n".join(_lines(page)) + "\n"


def escaped(text: str) -> str:
    """Text that stands in Markdown as it is."""
    safe = legible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SIGNS.sub(r"\\\1", safe)


def line(text: str) -> str:
    """Text that begins a line of Markdown as it is: no heading, list or rule."""
    safe = _LIST.sub(r"\1\\\2\3", escaped(text))
    return f"\\{safe}" if safe.startswith(_STARTS) else safe


def code(text: str) -> str:
    """Text between backticks, more of them than it has itself."""
    plain = legible(text)
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    space = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{space}{plain}{space}{fence}"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    if page.summary:
        yield ""
        yield line(page.summary)
    for block in page.blocks:
        if isinstance(block, Prose):
            yield from _prose(block)
            continue
        table = block if isinstance(block, Table) else block.table()
        rule = over_words(block) if isinstance(block, HeatChart) else ""
        yield from _table(table, "over" if rule else "")
        if rule:
            yield ""
            yield f"Over: {escaped(rule)}."
    found = facts(page)
    if found:
        yield ""
        yield "## Where this comes from"
        yield ""
        for label, text in found:
            yield f"- {label}: {code(text) if label == 'Made by' else escaped(text)}"


def _prose(block: Prose) -> Iterator[str]:
    yield ""
    if block.title:
        yield f"## {escaped(block.title)}"
        yield ""
    before: Place | None = None
    for place, text in sentences(block.lines):
        if before is not None and not (place == before == "under"):
            yield ""
        before = place
        if place == "under":
            yield f"- {line(text)}"
        else:
            yield f"**{escaped(text)}**" if place == "head" and text else line(text)


def _table(table: Table, over: str) -> Iterator[str]:
    said = one_unit(table)
    yield ""
    if table.title:
        yield f"## {escaped(titled(table))}"
        yield ""
    if not table.rows:
        yield "None."
        return
    yield _row([escaped(column_head(column, said)) for column in table.columns])
    yield _row(["---:" if column.number else "---" for column in table.columns])
    for row in table.rows:
        yield _row([escaped(spoken(cell, over)) for cell in row])
    if table.of is not None and table.of != len(table.rows):
        yield ""
        yield f"{len(table.rows)} of {table.of} rows."
    if table.note:
        yield ""
        yield line(table.note)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
