"""Writing results: tables that fit the terminal, JSON, and CSV. Only results go to standard output."""

from __future__ import annotations

import csv
import json
import math
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

WIDEST: Final = 100
NARROWEST: Final = 60


class Format(StrEnum):
    """How a result is written."""

    table = "table"
    json = "json"
    csv = "csv"


def width() -> int:
    """Columns to write in: the terminal's, within reason; 100 where there is no terminal."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return WIDEST
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def write(text: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(f"{text}\n")


def note(text: str) -> None:
    """A line that is not part of the result."""
    sys.stderr.write(f"{text}\n")


def write_json(document: Mapping[str, object]) -> None:
    """One JSON document; a number that is not defined is null."""
    json.dump(_finite(document), sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def write_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """One CSV table with a header; a number that is not defined is an empty cell."""
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(row.get(name, "")) for name in columns})


def columns(rows: Sequence[Sequence[str]], right: Sequence[int] = (), gap: int = 2) -> list[str]:
    """Rows as lines with aligned columns; `right` names the columns aligned to the right."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))] if rows else []
    return [
        (" " * gap)
        .join(
            cell.rjust(widths[index]) if index in right else cell.ljust(widths[index])
            for index, cell in enumerate(row)
        )
        .rstrip()
        for row in rows
    ]


def listing(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Names with their texts beside them, folded to the width; the text goes below where there is no room."""
    left = min(max((len(name) for name, _ in pairs), default=0), 34)
    lines: list[str] = []
    for name, text in pairs:
        room = width() - left - 4
        folded = textwrap.wrap(text, room) or [""]
        if len(name) > left:
            lines.append(f"  {name}")
            lines += [f"  {'':{left}}  {part}" for part in folded]
        else:
            lines.append(f"  {name:{left}}  {folded[0]}".rstrip())
            lines += [f"  {'':{left}}  {part}" for part in folded[1:]]
    return lines


def paragraph(text: str, indent: str = "") -> str:
    """Prose folded to the width."""
    return textwrap.fill(text, width(), initial_indent=indent, subsequent_indent=indent)


def emphasis(text: str, style: str) -> str:
    """Colour, where a person is watching and has not asked for none. Never the only sign of anything."""
    codes = {"good": "32", "bad": "31", "quiet": "2", "strong": "1"}
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return f"\033[{codes[style]}m{text}\033[0m"


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def _cell(value: object) -> object:
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else value
