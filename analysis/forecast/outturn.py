"""What happened, as a CSV file: one number a row, each for one point of a forecast."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analysis.forecast.forecast import Forecast
from analysis.forecast.series import TOTAL, Point
from rules.errors import InputError, Place, Problem, nearest, problem

COLUMNS: Final[dict[str, str]] = {
    "series": "a series of the forecast, such as assessed or headcount",
    "when": "a time as the forecast has it: 2019-12, 2019-09-30 or 2019-20",
    "group": f"a group of the forecast, such as phase one; empty means {TOTAL}",
    "value": "what happened, a number; people and FTE as they are, shares as 0.153, money in pounds",
    "source": "where the number is from; not read",
}
NEEDED: Final = ("series", "when", "value")
MAX_BYTES: Final = 16 * 2**20
MAX_PROBLEMS: Final = 100

_NUMBER: Final = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")


def template(found: Forecast) -> str:
    """An out-turn to fill in: every point of a forecast, without a value. Rows left empty are not marked."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found.rows:
        writer.writerow([row.point.series, row.point.when, row.point.group, "", ""])
    return out.getvalue()


def read_outturn(path: Path, found: Forecast) -> dict[Point, float]:
    """What happened, by point. Raises `InputError` with every bad row, by its line."""
    text, name = _text(path), str(path)
    problems: list[Problem] = []
    values: dict[Point, float] = {}
    lines: dict[Point, int] = {}
    for line, cells in _rows(text, name, problems):
        if not cells["value"]:
            continue
        point = Point(cells["series"], cells["when"], cells.get("group") or TOTAL)
        value = _number(cells["value"])
        if value is None:
            message = f"'{cells['value'][:40]}' is not a number"
            problems.append(Problem("F008", message, Place(name, line, 1), "write 1234.5, without units"))
        elif found.row(point) is None:
            problems.append(Problem("F009", _unknown(point), Place(name, line, 1), _hint(point, found)))
        elif point in values:
            message = f"{point} is given on line {lines[point]} too"
            problems.append(Problem("F010", message, Place(name, line, 1)))
        else:
            values[point], lines[point] = value, line
    if problems:
        raise InputError(sorted(problems, key=lambda one: one.place or Place(name))[:MAX_PROBLEMS])
    if not values:
        hint = "naas score FORECAST --template writes the rows to fill in"
        raise problem("F011", "there is no value in the out-turn", Place(name), hint)
    return values


def _text(path: Path) -> str:
    place = Place(str(path))
    try:
        if path.is_char_device() or path.is_block_device():
            raise problem("F002", "this is a device, and a file is needed", place)
        if path.stat().st_size > MAX_BYTES:
            raise problem("F002", f"the file is larger than {MAX_BYTES // 2**20} MiB", place)
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise problem("F002", f"the out-turn cannot be read: {error.strerror or error}", place) from error
    except UnicodeDecodeError as error:
        hint = "save it as 'CSV UTF-8 (comma delimited)'"
        raise problem("F005", "the out-turn is not UTF-8 text", place, hint) from error


def _rows(text: str, name: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        problems.extend(_header_problems(header, name))
        if problems:
            return
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                yield line, {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
            elif cells:
                message = f"the header has {len(header)} cells and this row has {len(cells)}"
                problems.append(Problem("F007", message, Place(name, line, 1)))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(
            Problem("F005", f"not a CSV file that can be read: {error}", Place(name, reader.line_num, 1))
        )


def _header_problems(header: list[str], name: str) -> Iterator[Problem]:
    for index, column in enumerate(header):
        place = Place(name, 1, index + 1)
        if column not in COLUMNS:
            hint = nearest(column, COLUMNS) or f"the columns are: {', '.join(COLUMNS)}"
            yield Problem("F006", f"unknown column '{column[:40]}'", place, hint)
        elif column in header[:index]:
            yield Problem("F006", f"the column '{column}' is there twice", place)
    for column in NEEDED:
        if column not in header:
            yield Problem("F006", f"the column '{column}' is missing", Place(name, 1, 1))


def _number(text: str) -> float | None:
    """A finite number, with commas between thousands or without; a comma before decimals is none."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", ""))
    return value if math.isfinite(value) else None


def _unknown(point: Point) -> str:
    return f"the forecast has no series '{point.series}' at '{point.when}' for '{point.group}'"


def _hint(point: Point, found: Forecast) -> str:
    """The part of a point that is wrong, and what it might have been."""
    points = [row.point for row in found.rows]
    if point.series not in {other.series for other in points}:
        return nearest(point.series, [series.id for series in found.series])
    same = [other for other in points if other.series == point.series]
    if point.when not in {other.when for other in same}:
        times = sorted({other.when for other in same})
        return f"its times are {times[0]} to {times[-1]}"
    return f"its groups are: {', '.join(dict.fromkeys(o.group for o in same if o.when == point.when))}"
