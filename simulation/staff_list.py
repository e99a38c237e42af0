"""A council's own staff list: a CSV file in place of the synthetic workforce.

The list is of the people in post on 30 September 2016, the day on which every simulation begins; no one
joins later. It is read here and goes nowhere else. `COLUMNS` documents the columns, `template` writes a
file to fill in. Every bad row is reported, with its line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rules.errors import InputError, Place, Problem, nearest, problem
from simulation.codes import CONTRACTS, ETHNICITIES, FUNCTIONS, ORIGINS, REGIONS, ROLES, SEXES
from simulation.parameters import Parameters
from simulation.staff_cells import Row
from simulation.staff_rows import Staff
from simulation.workforce import Workforce

CODES: Final[dict[str, str]] = {
    "W001": "The scale is out of range.",
    "W002": "The staff list cannot be read: it is missing, a folder, unreadable or too large.",
    "W003": "The staff list is not UTF-8 text.",
    "W004": "The file is not a well-formed CSV file.",
    "W005": "A column is missing, unknown or written twice.",
    "W006": "The staff list has no rows.",
    "W007": "A row has more or fewer cells than the header.",
    "W008": "A cell that must not be empty is empty.",
    "W009": "A cell is not one of the choices of its column.",
    "W010": "A cell is not a number, or lies outside the range of its column.",
    "W011": "A cell is not a date, or not a possible one.",
    "W012": "Two rows have the same worker.",
    "W013": "A text would be read by a spreadsheet as a formula, or holds characters that cannot be shown.",
    "W014": "The employer and its region do not fit together.",
    "W015": "There are more problems than are shown.",
}

MAX_BYTES: Final = 64 * 2**20
MAX_ROWS: Final = 400_000
MAX_PROBLEMS: Final = 100


@dataclass(frozen=True)
class Column:
    """A column of the staff list: its name, whether every row needs it, what it means, two examples."""

    name: str
    needed: bool
    meaning: str
    examples: tuple[str, str]


COLUMNS: Final = (
    Column("worker", True, "any id of your own, one row each; shown in output", ("W0001", "W0002")),
    Column(
        "employer",
        True,
        "an authority by name or ONS code, or another employer",
        ("Leeds", "A fostering agency"),
    ),
    Column("region", False, f"needed unless an authority: {', '.join(REGIONS)}", ("", "North East")),
    Column("role", True, f"one of {', '.join(ROLES)}", ("case_holder", "first_line_manager")),
    Column("contract", False, f"one of {', '.join(CONTRACTS)}; empty means employed", ("employed", "")),
    Column("age", True, "years on 30 September 2016, 18 to 80", ("34", "51")),
    Column(
        "service_start",
        True,
        "first day with this employer, 2014-09-01 or 01/09/2014",
        ("2014-09-01", "2003-05-12"),
    ),
    Column("role_start", False, "first day in this role; empty means with service", ("", "2016-02-01")),
    Column("asye_start", False, "first day of the ASYE; empty means none", ("2014-11-03", "")),
    Column("origin", False, f"one of {', '.join(ORIGINS)}; empty means established", ("newly_qualified", "")),
    Column("fte", False, "part of a full week, 0.1 to 1; empty means 1", ("1", "0.8")),
    Column("sex", False, f"one of {', '.join(SEXES)}; empty is filled by the national share", ("female", "")),
    Column(
        "ethnicity",
        False,
        f"one of {', '.join(ETHNICITIES)}; empty is filled by the mix of the area",
        ("white", ""),
    ),
    Column(
        "functions",
        False,
        f"separated by semicolons: {', '.join(FUNCTIONS)}; 'none'; empty is filled by the role",
        ("case_responsibility;statutory_plans", ""),
    ),
)
_BY_NAME: Final = {column.name: column for column in COLUMNS}


def template() -> str:
    """A staff list with its header and two rows to replace."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in COLUMNS)
    for example in range(2):
        writer.writerow(column.examples[example] for column in COLUMNS)
    return out.getvalue()


def load_staff_list(path: Path, parameters: Parameters) -> Workforce:
    """The workforce of a staff list. Raises `InputError` with every bad row, up to `MAX_PROBLEMS` of them."""
    name = str(path)
    staff = Staff(name)
    problems: list[Problem] = []
    for row in _rows(_text(path), name, problems):
        staff.add(row)
    problems.extend(staff.problems)
    if not problems and not staff.people:
        raise problem("W006", "the staff list has a header and no rows", Place(name))
    if problems:
        problems.sort(key=lambda found: found.place or Place(name))
        rest = len(problems) - MAX_PROBLEMS
        more = [Problem("W015", f"{rest} more problems in this file", Place(name))] if rest > 0 else []
        raise InputError([*problems[:MAX_PROBLEMS], *more])
    return staff.workforce(parameters)


def _text(path: Path) -> str:
    place = Place(str(path))
    try:
        if path.is_dir():
            raise problem("W002", "this is a folder, not a file", place)
        if path.stat().st_size > MAX_BYTES:
            raise problem("W002", f"the file is larger than {MAX_BYTES // 2**20} MiB", place)
        raw = path.read_bytes()
    except OSError as error:
        raise problem("W002", f"the file cannot be read: {error.strerror or error}", place) from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise problem("W002", "this is not the name of a file", place) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        hint = "save it as 'CSV UTF-8 (comma delimited)'"
        raise problem("W003", "the file is not UTF-8 text", Place(str(path), line), hint) from error


def _rows(text: str, name: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows below the header. Stops at what cannot be read on from, with the reason in `problems`."""
    first = text.split("\n", 1)[0]
    # A spreadsheet set to a continental language separates by semicolons.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        if "\0" in text:
            raise csv.Error("it holds a zero byte")
        header = [cell.strip().lower() for cell in next(reader, [])]
        problems.extend(_header_problems(header, name))
        if problems:
            return
        position = {column: index + 1 for index, column in enumerate(header)}
        line = reader.line_num + 1
        for count, cells in enumerate(reader):
            if count >= MAX_ROWS:
                raise csv.Error(f"it has more than {MAX_ROWS:,} rows")
            if len(cells) == len(header):
                if any(cell.strip() for cell in cells):
                    yield Row(line, {n: c.strip() for n, c in zip(header, cells, strict=True)}, position)
            elif cells:
                message = f"the header has {len(header)} cells and this row has {len(cells)}"
                problems.append(Problem("W007", message, Place(name, line, 1)))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem("W004", f"not a CSV file that can be read: {error}", Place(name, line, 1)))


def _header_problems(header: list[str], name: str) -> Iterator[Problem]:
    if not any(header):
        yield Problem("W006", "the staff list is empty", Place(name))
        return
    seen: set[str] = set()
    for index, column in enumerate(header):
        place = Place(name, 1, index + 1)
        if column not in _BY_NAME:
            yield Problem("W005", f"unknown column '{column[:40]}'", place, nearest(column, _BY_NAME))
        elif column in seen:
            yield Problem("W005", f"the column '{column}' is there twice", place)
        seen.add(column)
    for known in COLUMNS:
        if known.needed and known.name not in seen:
            hint = f"needed: {', '.join(c.name for c in COLUMNS if c.needed)}"
            yield Problem("W005", f"the column '{known.name}' is missing", Place(name, 1, 1), hint)
