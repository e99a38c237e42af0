"""How tables of capacity are written to a terminal and to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cli.output import columns, emphasis, paragraph, width
from reports.page import Table


def block(title: str, rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """A titled table with its head in the first row; where too wide, one entry below the other."""
    shown = columns(rows, right)
    if not fits(rows):
        head, *rest = rows
        shown = []
        for row in rest:
            shown.append(row[0])
            shown += [f"    {name}: {cell}" for name, cell in zip(head[1:], row[1:], strict=True) if cell]
    return [*heading(title), *shown]


def fits(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table of these rows is no wider than there is room."""
    return all(len(line) <= width() for line in columns(rows))


def heading(title: str) -> list[str]:
    """A title, folded to the width."""
    return [emphasis(line, "strong") for line in paragraph(title).splitlines()]


def flat(found: Mapping[str, object], before: str = "") -> dict[str, object]:
    """A nested document as one row, its names joined by underscores."""
    row: dict[str, object] = {}
    for name, value in found.items():
        if isinstance(value, Mapping):
            row |= flat(value, f"{before}{name}_")
        else:
            row[f"{before}{name}"] = value
    return row


def told(found: Table) -> list[str]:
    """A table of a page, as a titled table."""
    heads = [column.label for column in found.columns]
    rows = [[cell.text for cell in row] for row in found.rows]
    return block(found.title, [heads, *rows], range(1, len(heads)))
