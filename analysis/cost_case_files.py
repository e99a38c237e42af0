"""Reading cost case files: what a figure must say about itself before money is reckoned with it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from analysis.cost_case import CostCase
from analysis.cost_lines import RATINGS, UNITS, VALUATIONS, Figure, Line, unit_words
from analysis.cost_payers import with_payers, wrong_payer
from analysis.deflator import deflators
from rules.document import Node, in_order, read_document
from rules.errors import InputError, Problem, nearest

_SECTIONS: Final = ("case", "title", "price_year", "prices", "lines")
_EVIDENCE: Final = (
    "label",
    "value",
    "unit",
    "price_year",
    "source",
    "assumption",
    "rating",
    "dated",
    "owner",
)
_STRUCTURE: Final = (
    "driver",
    "valued_at",
    "times",
    "share_of",
    "mode",
    "views",
    "payer",
    "paid_to",
    "grants",
    "behaviour",
    "timing",
)
PAYER: Final = "payer"
"""The one field of a line's structure that a person's file may change, alone or beside a figure."""

_EARLIEST, _LATEST = 1990, 2100


def read_whole(path: Path) -> CostCase:
    """The case of a file that holds every price and line. Raises `InputError` with all its problems."""
    return _Reading(path, None).case()


def read_over(path: Path, base: CostCase) -> CostCase:
    """`base` with the figures of a file in place of its own. Raises `InputError` with all its problems."""
    return _Reading(path, base).case()


def checked_numbers(name: str, numbers: Sequence[float], unit: str) -> tuple[str, str] | None:
    """The code and message of what is wrong with a value in a unit, or None."""
    if len(numbers) not in (1, 3) or not all(math.isfinite(number) for number in numbers):
        return "K004", f"the value of '{name}' is one finite number, or three: min, mode, max"
    low, high = UNITS[unit]
    for number in numbers:
        if not low <= number <= high:
            said = f"{number:g} is impossible for '{name}', in {unit_words(unit)}"
            return "K009", f"{said} ({low:,.0f} to {high:,.0f})"
    if list(numbers) != sorted(numbers):
        return "K005", f"the value of '{name}' is not in rising order: min, mode, max"
    return None


class _Reading:
    """One file on its way to a case."""

    def __init__(self, path: Path, base: CostCase | None) -> None:
        self._document, self._base = read_document(path), base
        self._path = path
        self._problems: list[Problem] = []
        self._payers: dict[str, str] = {}

    def case(self) -> CostCase:
        top = self._mapping(self._document, "a cost case", _SECTIONS)
        figures: dict[str, Figure] = {}
        lines: list[Line] = []
        for section in ("prices", "lines"):
            entries = self._mapping(top[section], section) if section in top else {}
            for key, node in entries.items():
                fields = self._entry(section, key, node, top[section])
                if fields is None:
                    continue
                self._payer(key, fields)
                figure = None if self._only_payer(fields) else self._figure(key, node, fields)
                if figure is not None:
                    figures[key] = figure
                if self._base is None and section == "lines":
                    lines.append(_line(key, fields))
        year = self._price_year(top, "price_year", self._document)
        name, title = self._text(top, "case"), self._text(top, "title")
        if self._problems:
            raise InputError(in_order(self._problems))
        if self._base is None:
            return CostCase(name, title, year, figures, tuple(lines))
        named = replace(
            self._base, name=name or self._path.stem, title=title or f"Costs of {self._path.name}"
        )
        paid = with_payers(named, self._payers)
        return replace(paid.changed(figures), price_year=year or self._base.price_year)

    def _entry(self, section: str, key: str, node: Node, parent: Node) -> Mapping[str, Node] | None:
        """The fields of an entry; None where it is not one, or no such entry is known."""
        if self._base is not None:
            known = {line.key for line in self._base.lines}
            names = known if section == "lines" else set(self._base.figures) - known
            if key not in names:
                kind = section.removesuffix("s")
                hint = nearest(key, sorted(self._base.figures)) or "naas cost template lists them"
                self._wrong("K002", f"no {kind} is called '{key}'", parent, hint, at_key=key)
                return None
        allowed = _EVIDENCE if section == "prices" else (*_EVIDENCE, *_STRUCTURE)
        return self._mapping(node, f"'{key}'", allowed) if node.value is not None else None

    def _figure(self, key: str, node: Node, fields: Mapping[str, Node]) -> Figure | None:
        before = len(self._problems)
        base = self._base.figures[key] if self._base is not None else None
        for name in ("value", "unit"):
            if name not in fields:
                self._wrong("K001", f"'{key}' lacks '{name}'", node)
        unit = self._unit(key, fields, base)
        low, mode, high = self._numbers(key, fields, unit)
        year = self._year_of(key, node, fields, unit)
        source, assumption = self._text(fields, "source"), self._text(fields, "assumption")
        if bool(source) == bool(assumption):
            said = "has no evidence" if not source else "has both a source and an assumption"
            self._wrong("K006", f"'{key}' {said}", node, "give one: 'source: ...' or 'assumption: ...'")
        rating = self._text(fields, "rating") or (base.rating if base else "")
        if rating not in RATINGS:
            self._wrong(
                "K010", f"the rating of '{key}' is one of {', '.join(RATINGS)}", fields.get("rating", node)
            )
        self._same_structure(key, fields)
        if len(self._problems) > before:
            return None
        found = Figure(
            key,
            self._text(fields, "label") or (base.label if base else key),
            low,
            mode,
            high,
            unit,
            year,
            source,
            assumption,
            rating,
            self._dated(key, fields, base),
            self._text(fields, "owner") or (self._path.name if base else ""),
            node.place,
        )
        return base if base is not None and _says_the_same(found, base) else found

    def _unit(self, key: str, fields: Mapping[str, Node], base: Figure | None) -> str:
        unit = self._text(fields, "unit")
        if not unit:
            return ""
        if unit not in UNITS:
            hint = f"'{key}' is in {base.unit}" if base is not None else nearest(unit, UNITS)
            self._wrong("K007", f"'{unit}' is not a unit", fields["unit"], hint)
            return ""
        if base is not None and unit != base.unit:
            self._wrong("K007", f"'{key}' is in {base.unit}, not in {unit}", fields["unit"])
            return ""
        return unit

    def _numbers(self, key: str, fields: Mapping[str, Node], unit: str) -> tuple[float, float, float]:
        node = fields.get("value")
        if node is None or not unit:
            return 0.0, 0.0, 0.0
        items = node.value if isinstance(node.value, list) else [node]
        numbers: list[float] = []
        for item in items:
            if isinstance(item.value, bool) or not isinstance(item.value, int | float):
                self._wrong("K004", f"{item.found()} is not a number", item, f"in {unit}")
                return 0.0, 0.0, 0.0
            numbers.append(float(item.value))
        wrong = checked_numbers(key, numbers, unit)
        if wrong is not None:
            self._wrong(*wrong, node)
            return 0.0, 0.0, 0.0
        return (numbers[0], numbers[0], numbers[0]) if len(numbers) == 1 else tuple(numbers)  # type: ignore[return-value]

    def _year_of(self, key: str, node: Node, fields: Mapping[str, Node], unit: str) -> int:
        money = unit.startswith("gbp")
        if money and "price_year" not in fields:
            self._wrong("K008", f"'{key}' is money and lacks its price_year", node)
        elif unit and not money and "price_year" in fields:
            self._wrong("K008", f"'{key}' is in {unit} and has no price_year", fields["price_year"])
        elif money:
            return self._price_year(fields, "price_year", node)
        return 0

    def _price_year(self, fields: Mapping[str, Node], name: str, node: Node) -> int:
        """A year that the deflator covers; 0 when it is not given in a person's file."""
        if name not in fields:
            if self._base is None:
                self._wrong("K008", "the file lacks its price_year", node)
            return 0
        written = fields[name].value
        years = deflators()
        if isinstance(written, bool) or not isinstance(written, int) or written not in years:
            said = f"the price year is a year from {min(years)} to {max(years)}, not {fields[name].found()}"
            self._wrong("K008", said, fields[name])
            return 0
        return written

    def _dated(self, key: str, fields: Mapping[str, Node], base: Figure | None) -> int:
        if "dated" not in fields:
            return base.dated if base else 0
        written = fields["dated"].value
        if isinstance(written, bool) or not isinstance(written, int) or not _EARLIEST <= written <= _LATEST:
            self._wrong("K010", f"'dated' of '{key}' is the year of the evidence", fields["dated"])
            return 0
        return written

    def _only_payer(self, fields: Mapping[str, Node]) -> bool:
        """Whether a person's entry says who pays, and leaves the figure as it is."""
        return self._base is not None and set(fields) == {PAYER}

    def _payer(self, key: str, fields: Mapping[str, Node]) -> None:
        """Take a payer that a person's file names."""
        own = self._own(key)
        if own is None or PAYER not in fields:
            return
        payer = self._text(fields, PAYER)
        if not payer or (own.transfer and payer == own.payer):
            return
        wrong = wrong_payer(own, payer)
        if wrong is not None:
            self._wrong(wrong.code, wrong.message, fields[PAYER], wrong.hint)
        else:
            self._payers[key] = payer

    def _own(self, key: str) -> Line | None:
        """The line of the case that a person's file changes; None for a price, or in a whole file."""
        lines = self._base.lines if self._base is not None else ()
        return next((line for line in lines if line.key == key), None)

    def _same_structure(self, key: str, fields: Mapping[str, Node]) -> None:
        """What a line is the product of belongs to the model; a person's file can only repeat it.

        But for its payer, which `_payer` takes.
        """
        own = self._own(key)
        for name in _STRUCTURE:
            if name == PAYER or name not in fields or own is None:
                continue
            written = _plain(fields[name])
            ours = getattr(own, name)
            if written != (list(ours) if isinstance(ours, tuple) else ours):
                said = f"'{name}' of '{key}' is part of the model and cannot be changed by a cost case"
                self._wrong("K003", said, fields[name])

    def _mapping(self, node: Node, what: str, known: Sequence[str] = ()) -> Mapping[str, Node]:
        if not isinstance(node.value, dict):
            self._wrong("K001", f"{what} is a mapping of keys to values, not {node.found()}", node)
            return {}
        for name in node.value if known else ():
            if name not in known:
                hint = nearest(name, known) or f"one of: {', '.join(known)}"
                self._wrong("K003", f"unknown field '{name}'", node, hint, at_key=name)
        return node.value

    def _text(self, fields: Mapping[str, Node], name: str) -> str:
        node = fields.get(name)
        if node is None:
            return ""
        if not isinstance(node.value, str) or node.misread or not node.value.strip():
            self._wrong("K001", f"'{name}' is a text, not {node.found()}", node)
            return ""
        return node.value.strip()

    def _wrong(self, code: str, message: str, node: Node, hint: str = "", *, at_key: str = "") -> None:
        place = node.key_places.get(at_key, node.place) if at_key else node.place
        self._problems.append(Problem(code, message, place, hint, node.text.excerpt(place.line)))


def _says_the_same(one: Figure, other: Figure) -> bool:
    """Whether two figures have the same numbers on the same evidence, whoever wrote them down."""
    return replace(one, owner="", place=None) == replace(other, owner="", place=None)


def _line(key: str, fields: Mapping[str, Node]) -> Line:
    texts = {
        name: str(fields[name].value) for name in _STRUCTURE if name in fields and _is_text(fields[name])
    }
    lists = {
        name: tuple(str(item) for item in _listed(fields[name])) for name in fields if _is_list(fields[name])
    }
    lists.pop("value", None)
    return Line(
        key=key,
        label=str(fields["label"].value),
        payer=texts["payer"],
        behaviour=texts["behaviour"],
        timing=texts["timing"],
        driver=texts.get("driver", ""),
        valued_at=texts.get("valued_at", ""),
        times=lists.get("times", ()),
        share_of=lists.get("share_of", ()),
        mode=texts.get("mode", ""),
        views=lists.get("views", tuple(VALUATIONS)),
        paid_to=texts.get("paid_to", ""),
        grants=texts.get("grants", ""),
    )


def _is_text(node: Node) -> bool:
    return isinstance(node.value, str)


def _is_list(node: Node) -> bool:
    return isinstance(node.value, list)


def _listed(node: Node) -> list[object]:
    return [item.value for item in node.value] if isinstance(node.value, list) else []


def _plain(node: Node) -> object:
    return _listed(node) if isinstance(node.value, list) else node.value
