"""The cells of a staff list's row, each read as what its column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rules.errors import Place, Problem, nearest
from simulation.calendar import BASELINE, day_of
from simulation.codes import FUNCTIONS
from simulation.functions_held import bits

BLANK: Final = -1
"""What stands for an empty cell of a column of choices."""

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_BRITISH: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LONGEST_TEXT: Final = 80


@dataclass(frozen=True)
class Row:
    """A row as written: the line it begins on, the text of each column trimmed, and where each stands."""

    line: int
    cells: dict[str, str]
    position: dict[str, int]


class Cells:
    """The cells of one row, read as what their columns hold."""

    def __init__(self, file: str, row: Row, problems: list[Problem]) -> None:
        self.file = file
        self.row = row
        self.problems = problems

    def wrong(self, code: str, column: str, message: str, hint: str = "") -> None:
        """Note a problem with a cell, at the line of the row and the number of its column."""
        place = Place(self.file, self.row.line, self.row.position.get(column, 1))
        self.problems.append(Problem(code, f"column '{column}': {message}", place, hint))

    def text(self, column: str) -> str:
        """A name; an empty string when it cannot be used."""
        written = self.row.cells[column]
        if not written:
            self.wrong("W008", column, "is empty")
        elif written[0] in "=+-@" or not written.isprintable() or len(written) > _LONGEST_TEXT:
            shown = "".join(sign if sign.isprintable() else "?" for sign in written[:20])
            self.wrong(
                "W013", column, f"'{shown}' cannot be used as a name", "begin with a letter or a digit"
            )
            return ""
        return written

    def choice(self, column: str, allowed: Sequence[str], empty: int = BLANK) -> int:
        """The number of a choice, written in any case, with spaces or underscores."""
        written = self.row.cells.get(column, "")
        if not written:
            if column == "role":
                self.wrong("W008", column, "is empty")
            return empty
        plain = {name.lower(): index for index, name in enumerate(allowed)}
        key = written.lower()
        found = plain.get(key, plain.get(key.replace(" ", "_")))
        if found is None:
            hint = nearest(key, plain) or f"one of: {', '.join(allowed)}"
            self.wrong("W009", column, f"'{_short(written)}' is not one of its choices", hint)
            return empty
        return found

    def number(self, column: str, low: float, high: float, *, whole: bool = True) -> float | None:
        """A number in a range, or None."""
        written = self.row.cells.get(column, "")
        if not written:
            if column == "age":
                self.wrong("W008", column, "is empty")
            return None
        pattern = r"\d{1,3}" if whole else r"\d{1,3}(\.\d{1,6})?|\.\d{1,6}"
        if not (re.fullmatch(pattern, written, re.ASCII) and low <= float(written) <= high):
            kind = "a whole number" if whole else "a number"
            self.wrong("W010", column, f"'{_short(written)}' is not {kind} from {low:g} to {high:g}")
            return None
        return float(written)

    def day(self, column: str) -> int | None:
        """A day up to the baseline, or None."""
        written = self.row.cells.get(column, "")
        if not written:
            if column == "service_start":
                self.wrong("W008", column, "is empty")
            return None
        iso, british = _ISO.fullmatch(written), _BRITISH.fullmatch(written)
        parts = iso.groups() if iso else british.groups()[::-1] if british else ()
        try:
            year, month, of_month = (int(part) for part in parts)
            when = date(year, month, of_month)
        except ValueError:
            self.wrong("W011", column, f"'{_short(written)}' is not a date", "write 2014-09-01 or 01/09/2014")
            return None
        if not date(1940, 1, 1) <= when <= BASELINE:
            hint = "the list is of people in post on 30 September 2016"
            self.wrong("W011", column, f"{when.isoformat()} is not between 1940 and that day", hint)
            return None
        return day_of(when)

    def functions(self) -> int:
        """The statutory functions as bits, 0 for the word none."""
        written = self.row.cells.get("functions", "")
        if not written:
            return BLANK
        if written.lower() == "none":
            return 0
        held = 0
        for name in (part.strip().lower() for part in re.split(r"[;|]", written)):
            if name in FUNCTIONS:
                held |= bits(name)
            else:
                hint = nearest(name, FUNCTIONS) or f"one of: {', '.join(FUNCTIONS)}"
                self.wrong("W009", "functions", f"'{_short(name)}' is not a statutory function", hint)
        return held


def _short(written: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in written[:40])
