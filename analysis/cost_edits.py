"""Figures of a cost case changed by hand, field by field, and the case written as a file of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Final

from analysis.cost_case import CostCase
from analysis.cost_case_files import checked_numbers
from analysis.cost_lines import RATINGS, Figure, unit_words
from analysis.cost_payers import changed_payers, with_payers
from rules.errors import InputError, Problem, nearest
from scenarios import atomic

FORM: Final = "cost form"
"""Whose figure it is, until it is saved in a file with a name."""

NO_REASON: Final = "changed by hand, no reason given yet"


@dataclass(frozen=True)
class Edit:
    """What a person has typed for one figure; an empty text leaves that part as it is.

    `source` and `assumption` are the two kinds of evidence, of which one figure has one. `payer` is who pays
    the line of that name.
    """

    mode: str = ""
    low: str = ""
    high: str = ""
    source: str = ""
    assumption: str = ""
    rating: str = ""
    payer: str = ""


def edited(case: CostCase, edits: Mapping[str, Edit]) -> CostCase:
    """The case with figures as typed. Raises `InputError` with everything that is wrong, nothing changed.

    Where the range was left alone it grows to hold the value. A number that is changed without evidence loses
    the old one, which was evidence for another number.
    """
    problems: list[Problem] = []
    figures: dict[str, Figure] = {}
    for key, edit in edits.items():
        try:
            figures[key] = _edited(case, key, edit)
        except InputError as error:
            problems.extend(error.problems)
    payers = {key: edit.payer for key, edit in edits.items() if edit.payer and key in figures}
    try:
        paid = with_payers(case, payers)
    except InputError as error:
        problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return paid.changed(figures)


@dataclass(frozen=True)
class Stretch:
    """An end of a range, "low" or "high", that gave way to a value typed beyond it."""

    key: str
    end: str
    was: float
    now: float


def stretched(case: CostCase, edits: Mapping[str, Edit]) -> tuple[Stretch, ...]:
    """The ends that a value moved, where nobody typed that end. Raises `InputError` as `edited`."""
    after = edited(case, edits)
    found: list[Stretch] = []
    for key, edit in edits.items():
        for end in ("low", "high"):
            was, now = (float(getattr(one.figures[key], end)) for one in (case, after))
            if not getattr(edit, end).strip() and was != now:
                found.append(Stretch(key, end, was, now))
    return tuple(found)


def _edited(case: CostCase, key: str, edit: Edit) -> Figure:
    if key not in case.figures:
        raise InputError(
            [Problem("K002", f"no line or price is called '{key}'", hint=nearest(key, case.figures))]
        )
    figure = case.figures[key]
    typed = {
        name: _number(figure.label, text, figure.unit)
        for name, text in _numbers(edit).items()
        if text.strip()
    }
    mode = typed.get("mode", figure.mode)
    low = typed.get("low", min(figure.low, mode))
    high = typed.get("high", max(figure.high, mode))
    wrong = checked_numbers(figure.label, (low, mode, high), figure.unit)
    if wrong is not None:
        raise InputError([Problem(*wrong)])
    source, assumption = _line(edit.source), _line(edit.assumption)
    if source and assumption:
        raise InputError(
            [Problem("K006", f"'{figure.label}' has both a source and an assumption", hint="give one")]
        )
    rating = edit.rating.strip() or figure.rating
    if rating not in RATINGS:
        raise InputError([Problem("K010", f"the rating of '{figure.label}' is one of {', '.join(RATINGS)}")])
    same = (low, mode, high) == (figure.low, figure.mode, figure.high)
    found = replace(figure, low=low, mode=mode, high=high, rating=rating)
    if source or assumption:
        return replace(found, source=source, assumption=assumption, owner=FORM)
    if same:
        return found if rating == figure.rating else replace(found, owner=FORM)
    rating = edit.rating.strip() or "red"
    return replace(found, source="", assumption=NO_REASON, rating=rating, owner=FORM)


def _numbers(edit: Edit) -> dict[str, str]:
    return {"low": edit.low, "mode": edit.mode, "high": edit.high}


def _number(name: str, text: str, unit: str) -> float:
    """A number as a person types it: 12,000 or £12,000, and 35% where the unit is a share or a ratio."""
    plain = text.strip().removeprefix("£").replace(",", "").replace(" ", "")
    percent = plain.endswith("%") and unit in ("share", "ratio")
    try:
        found = float(plain.removesuffix("%") if percent else plain)
    except ValueError:
        raise InputError(
            [Problem("K004", f"'{text.strip()}' is not a number for '{name}', in {unit_words(unit)}")]
        ) from None
    return found / 100 if percent else found


def _line(text: str) -> str:
    """A text as one line of signs that can be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def changed_figures(case: CostCase, base: CostCase) -> dict[str, Figure]:
    """The figures of a case whose numbers, evidence or rating are not those of another."""
    return {key: found for key, found in case.figures.items() if _said(found) != _said(base.figures[key])}


def _said(figure: Figure) -> tuple[object, ...]:
    numbers = figure.low, figure.mode, figure.high, figure.price_year
    return *numbers, figure.source, figure.assumption, figure.rating


def written(case: CostCase, base: CostCase, name: str, title: str) -> str:
    """A file that `naas cost --case` reads: the figures that are not those of `base`, with their evidence.

    And the payers that are not those of `base`.
    """
    lines = [
        f"case: {_text(name)}",
        f"title: {_text(_line(title) or name)}",
        f"price_year: {case.price_year}",
    ]
    of_lines = {line.key for line in case.lines}
    changed, payers = changed_figures(case, base), changed_payers(case, base)
    said = [key for key in case.figures if key in changed or key in payers]
    for section, keys in (
        ("prices", [key for key in said if key not in of_lines]),
        ("lines", [key for key in said if key in of_lines]),
    ):
        if keys:
            lines += ["", f"{section}:"]
        for key in keys:
            entry = [f"payer: {payers[key]}"] if key in payers else []
            entry += _entry(changed[key]) if key in changed else []
            lines += [f"  {key}:", *(f"    {said}" for said in entry)]
    return "\n".join(lines) + "\n"


def _entry(figure: Figure) -> list[str]:
    kind = "source" if figure.source else "assumption"
    said = [
        f"value: [{', '.join(map(plain_digits, (figure.low, figure.mode, figure.high)))}]",
        f"unit: {figure.unit}",
        *([f"price_year: {figure.price_year}"] if figure.price_year else []),
        f"{kind}: {_text(figure.source or figure.assumption)}",
        f"rating: {figure.rating}",
    ]
    if figure.owner and figure.owner != FORM:
        said.append(f"owner: {_text(figure.owner)}")
    return said


def plain_digits(number: float) -> str:
    """A number in digits alone, as a case file and a form hold it, and as exactly as it is kept."""
    digits = format(Decimal(repr(float(number))), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def grouped(number: float, separator: str = ",") -> str:
    """The same with thousands apart, as a form shows it."""
    whole, point, rest = plain_digits(number).partition(".")
    return f"{int(whole):,}".replace(",", separator) + point + rest


def _text(text: str) -> str:
    return json.dumps(_line(text), ensure_ascii=False)


def save(case: CostCase, base: CostCase, folder: Path, name: str, title: str) -> Path:
    """Write the case as a new file; an older one of the same name stays, and this one gets a number.

    The file appears whole or not at all. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name.strip())
    safe = safe.strip("-")[:60] or "costs"
    for number in count(1):
        path = folder / f"{safe if number == 1 else f'{safe}-{number}'}.yaml"
        try:
            atomic.write_new(path, written(case, base, path.stem, title).encode())
        except FileExistsError:
            continue
        return path
    raise AssertionError
