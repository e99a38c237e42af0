"""A forecast as a file: JSON with its samples, and a digest that shows whether it was altered since."""

from __future__ import annotations

import hashlib
import json
import math
import os
from pathlib import Path
from typing import Any, Final

import numpy as np

from analysis.forecast.forecast import LEVELS, Forecast, Row
from analysis.forecast.series import Point, Series
from rules.errors import InputError, Place, problem
from scenarios import atomic

SCHEMA: Final = 1
MAX_BYTES: Final = 64 * 2**20


def to_text(found: Forecast) -> str:
    """The file of a forecast: the same forecast, the same text."""
    body = document(found, samples=True)
    return f"{_written({**body, 'digest': _digest(body)})}\n"


def document(found: Forecast, *, samples: bool = False) -> dict[str, object]:
    """A forecast as plain data, with every replication's number if so wished; None where not defined."""
    return {
        "naas_forecast": SCHEMA,
        "forecast": found.name,
        "title": found.title,
        "provenance": dict(found.provenance),
        "series": [
            {"id": s.id, "label": s.label, "definition": s.definition, "unit": s.unit, "times": s.times}
            for s in found.series
        ],
        "rows": [_stored(row) if samples else described(row) for row in found.rows],
    }


def described(row: Row) -> dict[str, object]:
    """One row without its sample: its point, mean, median and intervals; None where not defined."""
    told: dict[str, object] = {
        "series": row.point.series,
        "when": row.point.when,
        "group": row.point.group,
        "mean": _plain(row.mean),
        "median": _plain(row.median),
    }
    for level in LEVELS:
        low, high = row.interval(level)
        told |= {f"low_{level * 100:.0f}": _plain(low), f"high_{level * 100:.0f}": _plain(high)}
    return told


def _stored(row: Row) -> dict[str, object]:
    return {**described(row), "sample": [_plain(value) for value in row.sample.tolist()]}


def check_place(path: Path, *, replace: bool = False) -> None:
    """Raise F012 or F013 before any work is done where no file can be written, or one is there already."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir() or not os.access(path if path.exists() else folder, os.W_OK):
        why = "it is a folder" if path.is_dir() else "there is no such folder, or it takes no file"
        raise problem("F012", f"the forecast cannot be written: {why}", Place(str(path)))
    if path.exists() and not replace:
        raise _there_already(path)


def write(found: Forecast, path: Path, *, replace: bool = False) -> None:
    """Write a forecast, whole or not at all.

    Raises F012 where the place takes no file, and F013 where one is there that is not to be replaced.
    """
    data = to_text(found).encode()
    try:
        if replace:
            atomic.write(path, data)
        else:
            atomic.write_new(path, data)
    except FileExistsError:
        raise _there_already(path) from None
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise problem("F012", f"the forecast cannot be written: {said}", Place(str(path))) from error


def _there_already(path: Path) -> InputError:
    hint = "nothing was written; a forecast that was made is kept, and --replace replaces it"
    return problem("F013", "there is a file already", Place(str(path)), hint)


def read(path: Path) -> Forecast:
    """A forecast from its file. Raises F002, F003 or F004 for one that cannot be trusted."""
    place = Place(str(path))
    try:
        if path.is_char_device() or path.is_block_device():
            raise problem("F002", "this is a device, and a file is needed", place)
        if path.stat().st_size > MAX_BYTES:
            raise problem("F002", f"the file is larger than {MAX_BYTES // 2**20} MiB", place)
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise problem("F002", f"the forecast cannot be read: {error.strerror or error}", place) from error
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise problem("F003", "this is not a forecast: it is not JSON", place) from error
    if not isinstance(content, dict) or content.get("naas_forecast") != SCHEMA:
        hint = "naas forecast as-delivered --out FILE writes one"
        raise problem("F003", "this is not a forecast that this version can read", place, hint)
    stated = content.pop("digest", "")
    if stated != _digest(content):
        raise problem("F004", "the forecast was altered after it was written", place)
    try:
        return _parsed(content)
    except (KeyError, TypeError, ValueError) as error:
        raise problem("F003", f"this is not a whole forecast: {error}", place) from error


def _parsed(content: dict[str, Any]) -> Forecast:
    rows = tuple(
        Row(
            Point(str(row["series"]), str(row["when"]), str(row["group"])),
            np.array([math.nan if value is None else float(value) for value in row["sample"]]),
        )
        for row in content["rows"]
    )
    series = tuple(
        Series(*(str(item[name]) for name in ("id", "label", "definition", "unit", "times")))
        for item in content["series"]
    )
    return Forecast(str(content["forecast"]), str(content["title"]), content["provenance"], series, rows)


def _digest(body: dict[str, Any]) -> str:
    return hashlib.sha256(_written(body).encode()).hexdigest()


def _written(body: dict[str, Any]) -> str:
    """Plain data as text, a row on a line."""
    head = {name: value for name, value in body.items() if name != "rows"}
    text = json.dumps(head, ensure_ascii=False, indent=1, allow_nan=False)
    lines = ",\n".join(
        f"  {json.dumps(row, ensure_ascii=False, separators=(',', ':'), allow_nan=False)}"
        for row in body["rows"]
    )
    return f'{text[:-2]},\n "rows": [\n{lines}\n ]\n}}'


def _plain(value: float) -> float | int | None:
    """A number as short as it can be said; None where it is not defined."""
    if math.isnan(value):
        return None
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
