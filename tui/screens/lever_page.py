"""What a page of levers says of each question and each lever, in the words and marks of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from reports.legible import legible
from reports.page import Cell, Page, Prose, Table
from rules.lever_specs import SPECS

_SETTING, _SAVED, _PARENT = 2, 3, 4
"""Columns of the table of levers."""


@dataclass(frozen=True)
class LeverPage:
    """Reads a page; without one, what holds before it comes."""

    page: Page | None

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by lever."""
        table = self._table("problems")
        return {key: row[1].text for key, row in zip(table.keys, table.rows, strict=True)} if table else {}

    @property
    def questions(self) -> dict[str, str]:
        """The name of each section with its mark before it and its edits behind it."""
        table = self._table("questions")
        if table is None:
            return {}
        return {key: _question(row) for key, row in zip(table.keys, table.rows, strict=True)}

    def saved(self, lever: str) -> str:
        """What the scenario has, as it is typed."""
        row = self._lever(lever)
        return _typed(row[_SAVED]) if row else str(SPECS[lever].default)

    def parent(self, lever: str) -> str:
        """What the parent has, as it is typed."""
        row = self._lever(lever)
        return _typed(row[_PARENT]) if row else str(SPECS[lever].default)

    def note(self, lever: str) -> str:
        """What to say beside the label: what was saved, and what the parent has where that differs."""
        row = self._lever(lever)
        if row is None:
            return ""
        now, saved, parent = row[_SETTING], row[_SAVED], row[_PARENT]
        if now.value == saved.value:
            return f"* parent: {parent.text}" if now.value != parent.value else ""
        also = f"; parent: {parent.text}" if parent.value not in (now.value, saved.value) else ""
        return f"* was {saved.text}{also}"

    def effect(self, counts: bool) -> list[tuple[str, bool]]:
        """The lines about what an edit does, each with whether it is a heading; with `counts`, the table.

        What to think of comes after it, so that however much there is it never hides the effect.
        """
        lines = self._prose("effect-words")
        table = self._table("effect")
        if counts and table is not None:
            heads = [column.label for column in table.columns]
            rows = [heads, *([cell.text for cell in row] for row in table.rows)]
            lines += [("", False), (legible(table.title), True), *((_in_line(row), False) for row in rows)]
        return [*lines, *self._prose("warnings")]

    def _prose(self, name: str) -> list[tuple[str, bool]]:
        block = self._block(name)
        if not isinstance(block, Prose):
            return []
        return [(legible(block.title), True), *((legible(line), False) for line in block.lines)]

    def _lever(self, lever: str) -> tuple[Cell, ...] | None:
        table = self._table("levers")
        return table.rows[table.keys.index(lever)] if table else None

    def _table(self, name: str) -> Table | None:
        block = self._block(name)
        return block if isinstance(block, Table) else None

    def _block(self, name: str) -> object:
        blocks = self.page.blocks if self.page else ()
        return next((block for block in blocks if block.id == name), None)


def _question(row: tuple[Cell, ...]) -> str:
    edits = f" ({row[2].text})" if row[2].text else ""
    return f"{row[0].mark or ' '} {legible(row[0].text)}{edits}"


def _typed(cell: Cell) -> str:
    return f"{cell.value:g}" if isinstance(cell.value, float) else str(cell.value)


def _in_line(texts: list[str]) -> str:
    """A row of the effect with its columns in line."""
    name, before, after, change = texts
    return f"{name[:22]:22}{before:>7}{after:>8} {change}"
