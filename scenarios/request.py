"""What can be asked of an experiment: how many random futures, of what size, from which seed, until when.

Every face checks what it is given by what stands here, and takes what is usual from here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from rules.errors import InputError, Problem, problem

DEFAULT_REPLICATIONS: Final = 20
DEFAULT_SEED: Final = 2017
DEFAULT_INTERVAL: Final = 80
"""The percent that intervals cover."""

MOST_REPLICATIONS: Final = 100_000
SMALLEST_SCALE: Final = 0.001
LARGEST_SCALE: Final = 100.0
INTERVALS: Final = (80, 95)

WHOLE: Final[Mapping[str, tuple[int, int]]] = {
    "replications": (1, MOST_REPLICATIONS),
    "seed": (0, 2**63 - 1),
    "jobs": (0, 1_024),
}
"""The least and the most of what is a whole number; 0 jobs are as many as there are cores."""

NUMBERS: Final = (*WHOLE, "scale", "interval")
"""What `check` knows."""

_TARGET: Final = re.compile(r"\s*([a-z0-9_]+)\s*=\s*([0-9]*\.?[0-9]+)\s*(%?)\s*")


def wrong(name: str, value: object) -> str:
    """What is wrong with one part of a request, to be read after its name; empty when nothing is.

    `until` and `precision` are texts, empty where nothing is asked for. Raises KeyError for an unknown name.
    """
    if name == "until":
        return _wrong_date(str(value)) if value else ""
    if name == "precision":
        return _wrong_target(str(value)) if value else ""
    if name == "interval":
        return "" if value in INTERVALS else f"is {' or '.join(map(str, INTERVALS))}, not {value}"
    if name == "scale":
        fits = isinstance(value, int | float) and math.isfinite(value)
        fits = fits and SMALLEST_SCALE <= value <= LARGEST_SCALE  # type: ignore[operator]
        return "" if fits else f"is a number from {SMALLEST_SCALE:g} to {LARGEST_SCALE:g}, not {value}"
    least, most = WHOLE[name]
    if isinstance(value, int) and least <= value <= most:
        return ""
    return f"is a whole number from {least} to {most:,}, not {value}"


def check(option: str = "", **asked: object) -> None:
    """Raise `InputError` C001 with everything that is wrong with numbers; `option` stands before each name.

    A scale of None is the scenario's own.
    """
    found = {name: wrong(name, value) for name, value in asked.items() if value is not None}
    if any(found.values()):
        raise InputError(Problem("C001", f"{option}{name} {said}") for name, said in found.items() if said)


def checked_date(text: str, name: str = "until") -> date:
    """A day that the working calendar covers. Raises `InputError` C002, which calls it by its name."""
    if said := _wrong_date(text):
        raise problem("C002", f"{name} {said}")
    return date.fromisoformat(text)


def target(text: str) -> tuple[str, float, bool]:
    """A measure, a half-width, and whether that is a share of the mean, from a text such as `accredited=1%`.

    Raises `InputError` C011 for what is no such text.
    """
    found = _TARGET.fullmatch(text)
    if found is None or not float(found[2]) > 0:
        hint = "such as accredited=1% of the mean, or accredited=50 people"
        raise problem("C011", f"'{text}' is not a measure and a half-width above 0", hint=hint)
    name, number, percent = found.groups()
    return name, float(number) / (100 if percent else 1), bool(percent)


def _wrong_date(text: str) -> str:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:  # other spellings of a day are read nowhere else
        return f"is a date such as 2021-12-31, not '{text}'"
    from simulation.calendar import BASELINE, LAST  # which brings arrays along: only for a date

    if BASELINE < found <= LAST:
        return ""
    return f"must be after {BASELINE} and no later than {LAST}, not {found}"


def _wrong_target(text: str) -> str:
    try:
        target(text)
    except InputError:
        return f"is a measure and a half-width above 0 such as accredited=1%, not '{text}'"
    return ""
