"""Sentences of a page and how they hang together: a line set in by two spaces belongs to the one above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from reports.legible import legible

Place = Literal["line", "head", "under"]
"""A line of its own, one that others hang under, one that hangs under another."""


def sentences(lines: Sequence[str]) -> Iterator[tuple[Place, str]]:
    """Each line with its place, fit to show."""
    for number, line in enumerate(lines):
        if _under(line):
            yield "under", legible(line)
        else:
            below = lines[number + 1] if number + 1 < len(lines) else ""
            yield "head" if _under(below) else "line", legible(line)


def _under(line: str) -> bool:
    return line.startswith("  ") and bool(line.strip())
